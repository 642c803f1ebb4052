"""What must be on the machine before anything starts; each lack is one sentence with its remedy."""

import ctypes
import shutil
import sys
from collections.abc import Mapping

from devstack.errors import StackError

# What WeasyPrint (invoices) loads, by the names its own loader tries, and the Debian packages that bring it.
LIBRARIES = {
    "GObject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "HarfBuzz-Subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
}
DEBIAN_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"


def require_libraries(libraries: Mapping[str, tuple[str, ...]] = LIBRARIES) -> None:
    """Raise StackError when a system library that invoices need is missing."""
    missing = [name for name, files in libraries.items() if not any(map(can_load, files))]
    if not missing:
        return
    if sys.platform == "darwin":
        remedy = "brew install pango"
    elif shutil.which("apt-get"):
        remedy = f"apt-get install {DEBIAN_PACKAGES}"
    else:
        remedy = "install Pango with your system's package manager"
    raise StackError(f"The PDF invoices need {', '.join(missing)}, missing on this machine: {remedy}.")


def can_load(file: str) -> bool:
    """Say whether the dynamic loader finds this library."""
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True
