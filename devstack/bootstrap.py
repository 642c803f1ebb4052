"""`make setup`: the virtual environment with exactly the locked packages. Standard library only.

Run by whatever Python the machine has; does nothing when the lock has not changed since.
"""

import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-dev.lock"
VENV = ROOT / ".venv"
STAMP = VENV / ".atelier-lock"


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
    total = len(re.findall(r"^[a-z0-9]", LOCK.read_text(), re.MULTILINE))
    began = time.monotonic()
    show(f"Python packages (0 of {total})")
    command = [python, "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary=:all:"]
    pip = subprocess.Popen(
        [*command, "--disable-pip-version-check", "--no-input", "--progress-bar=off", "-r", LOCK],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PIP_REQUIRE_VIRTUALENV": "false"},
    )
    lines, seen = [], 0
    for line in pip.stdout or ():
        lines.append(line.rstrip())
        if line.startswith(("Collecting ", "Processing ", "Requirement already satisfied: ")):
            seen += 1
            show(f"Python packages ({seen} of {total})")
    if pip.wait() == 0:
        show(f"{'Python packages':<44}{time.monotonic() - began:5.1f} s", last=True)
        return ""
    show("Python packages failed", last=True)
    if any("No space left on device" in line for line in lines):
        return "the disk is full; free some space and start again."
    errors = [line for line in lines if line.startswith("ERROR")] or lines[-5:]
    return "check the network and start again; pip says:\n" + "\n".join(errors[:5])


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
