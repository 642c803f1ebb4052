"""The products a visitor looked at: their ids in a cookie of his own, for 30 days, and nothing about him.

Pages of products are shared between visitors, so a view is recorded by the block that shows this list: it is asked for
after each page, with the product's id (docs/recommendations.md).
"""

import re

from flask import Response, request

from config import settings

COOKIE = "viewed"
KEPT = 20
SECONDS = 30 * 86400
# What says of itself that it is no reader. Others do not run the scripts that ask for the block.
_MACHINE = re.compile(r"bot|crawl|spider|slurp|preview|headless|lighthouse|monitor|python|curl|wget", re.IGNORECASE)


def list_viewed() -> list[int]:
    """Return the ids of the products looked at, newest first, each once, at most 20; what is no id is left out."""
    found: dict[int, None] = {}
    for text in request.cookies.get(COOKIE, "")[:1000].split("."):
        if text.isascii() and text.isdigit() and 0 < len(text) <= 18:
            found.setdefault(int(text))
    return list(found)[:KEPT]


def remember_viewed(response: Response, product_ids: list[int]) -> None:
    """Keep these ids, newest first, for 30 days from now."""
    response.set_cookie(
        COOKIE,
        ".".join(str(number) for number in product_ids[:KEPT]),
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings().is_production,
        path="/",
    )


def forget_viewed(response: Response) -> None:
    """Drop the list."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", path="/")


def is_reader() -> bool:
    """Say whether a person's browser seems to ask: machines that say what they are do not count as readers."""
    agent = request.headers.get("User-Agent", "")
    return bool(agent) and not _MACHINE.search(agent)
