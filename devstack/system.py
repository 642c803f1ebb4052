"""`make system`: the programs and libraries of the operating system that the tests need.

In CI, as root on Debian, the missing ones are installed; elsewhere one line says how to get them.
"""

import os
import shutil
import subprocess
import sys

from devstack.checks import LIBRARIES, can_load

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FONT = "fonts-dejavu-core"
LIBRARY_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")


def main() -> int:
    """Return 0 when nothing is missing (any more)."""
    packages = missing_packages()
    if packages and may_install():
        print(f"Installing {' '.join(packages)}", flush=True)
        install(packages)
        packages = missing_packages()
    if packages:
        print(f"The tests need system packages that are missing: apt-get install {' '.join(packages)}", file=sys.stderr)
        return 1
    return 0


def missing_packages() -> list[str]:
    """Return the Debian names of what is missing."""
    packages = []
    if not any(map(shutil.which, BROWSERS)):
        packages.append("chromium")
    if not shutil.which("pdftotext"):
        packages.append("poppler-utils")
    if not all(any(map(can_load, files)) for files in LIBRARIES.values()):
        packages += [*LIBRARY_PACKAGES, FONT]
    return packages


def may_install() -> bool:
    """Say whether this is CI, where nobody is there to ask."""
    return os.environ.get("CI") == "true" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install Debian packages without questions."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "--quiet", *words], env=environment, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(main())
