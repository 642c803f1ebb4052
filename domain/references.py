"""Part numbers as people type them and as they are compared."""

import re
import unicodedata

_NOT_REFERENCE = re.compile(r"[^A-Z0-9]+")
MIN_PREFIX = 4


def reference_key(text: str) -> str:
    """Return the comparable form of a reference: upper case, A–Z and 0–9 only, every zero kept."""
    plain = unicodedata.normalize("NFKD", text).upper()
    return _NOT_REFERENCE.sub("", plain)


def looks_like_reference(text: str) -> bool:
    """Say whether a search text may be a part number: it has a digit and at least three comparable characters."""
    key = reference_key(text)
    return len(key) >= 3 and any(character.isdigit() for character in key)
