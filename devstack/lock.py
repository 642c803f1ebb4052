"""`make lock`: the exact packages with their hashes, for the shop and for its development. No address is kept."""

import subprocess
import sys

from devstack.process import ROOT

OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
)
HEADER = "# Written by `make lock` from pyproject.toml; installed with --require-hashes.\n"


def main() -> None:
    """Write both locks; the versions of the first bind the second."""
    upgrade = sys.argv[1:]
    compile_lock("requirements.lock", *upgrade)
    compile_lock("requirements-dev.lock", "--extra=dev", "--constraint=requirements.lock", *upgrade)


def compile_lock(name: str, *words: str) -> None:
    """Write one lock with pip-compile, under a header that says how it came to be."""
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *words, f"--output-file={name}", "pyproject.toml"]
    subprocess.run(command, cwd=ROOT, check=True)
    lock = ROOT / name
    lines = lock.read_text().splitlines(keepends=True)
    lock.write_text(HEADER + "".join(lines[next(i for i, line in enumerate(lines) if not line.startswith("#")) :]))


if __name__ == "__main__":
    main()
