"""The key under which an answer is cached: everything the answer depends on, and nothing a stranger can multiply."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from werkzeug.http import parse_cookie

from services.vehicles import FIRST_YEAR, LAST_YEAR

ROOT = Path(__file__).parent.parent
VEHICLE_COOKIE = "vehicle"
# Left by advertisements and newsletters: they change nothing on a page.
TRACKING = frozenset(
    "gclid gclsrc dclid gbraid wbraid fbclid msclkid yclid ttclid twclid igshid li_fat_id mc_cid mc_eid _ga _gl".split()
)
LONGEST_PATH = 300
LONGEST_QUERY = 100


def page_key(environ: Mapping[str, Any]) -> str | None:
    """Return the key of a GET's answer, None when its address is of no kind that is cached."""
    path = environ["PATH_INFO"]
    query = environ.get("QUERY_STRING", "")
    if len(path) > LONGEST_PATH or len(query) > LONGEST_QUERY:
        return None
    if query:
        # Escapes would give one page many names.
        if "%" in query or "+" in query:
            return None
        query = "&".join(sorted(query.split("&")))
    variant = ""
    if "HTTP_HX_REQUEST" in environ:
        is_whole = "HTTP_HX_BOOSTED" in environ or "HTTP_HX_HISTORY_RESTORE_REQUEST" in environ
        variant = "whole" if is_whole else "part"
    cookies = environ.get("HTTP_COOKIE", "")
    vehicle = _vehicle_of(cookies) if VEHICLE_COOKIE in cookies else ""
    return f"page:{release()}:{variant}:{vehicle}:{path}?{query}"


def without_tracking(query: str) -> str:
    """Return a query string without what advertisements added to it."""
    return "&".join(part for part in query.split("&") if part and not _is_tracking(part.partition("=")[0]))


def read_vehicle(value: str) -> tuple[int, int | None] | None:
    """Read the cookie of the chosen vehicle, « 1234 » or « 1234.2008 »; a browser may hold anything.

    What is no year of a car is no year at all.
    """
    number, _dot, year = value.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        return None
    is_year = year.isascii() and year.isdigit() and len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR
    return int(number), int(year) if is_year else None


@cache
def release() -> str:
    """Return what tells this release's pages from another's: they name its built files."""
    digest = hashlib.sha256()
    for path in (ROOT / "static" / "build" / "manifest.json", *sorted((ROOT / "templates").rglob("*.html"))):
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith("utm_")


def _vehicle_of(cookies: str) -> str:
    chosen = read_vehicle(parse_cookie(cookies).get(VEHICLE_COOKIE, ""))
    if chosen is None:
        return ""
    number, year = chosen
    return f"{number}.{year}" if year else str(number)
