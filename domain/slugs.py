"""Names as they stand in addresses."""

import re
import unicodedata

_GAP = re.compile(r"[^a-z0-9]+")


def slugify(text: str) -> str:
    """Return `text` in lower-case ASCII words joined by hyphens, « x » when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE")).encode("ascii", "ignore").decode()
    return _GAP.sub("-", plain.lower()).strip("-") or "x"
