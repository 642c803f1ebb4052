"""Parts of pages that come out the same again and again, kept ready in the memory of the process.

`{% call kept_part("footer", facts…) %}` keeps what stands around every page; `{% set stock = remembered(stock) %}`
keeps what a macro made of the same arguments. Both are told all that the part depends on: what is left out would be
shown wrongly. A fact that is none cannot be told: then the part is rendered.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g
from markupsafe import Markup

from web import language, shared_pages
from web.visitor_parts import visitor_part

# Far more than the menus and languages of a day, and than the ways a list words its stock.
_MOST_PARTS = 64
_MOST_ANSWERS = 4_000


def install(app: Flask) -> None:
    """Offer both to every template; while templates are being written (`make dev`), no part is kept."""
    parts: dict[tuple[Any, ...], list[str]] = {}

    def kept_part(name: str, *facts: Any, caller: Callable[[], Markup]) -> Markup:
        if current_app.debug or None in facts:
            return caller()
        key = (name, language.locale(), *(tuple(fact) if isinstance(fact, list) else fact for fact in facts))
        pieces = parts.get(key)
        if pieces is None:
            pieces = _pieces_of(caller)
            if len(parts) >= _MOST_PARTS:
                parts.clear()
            parts[key] = pieces
        return _whole(pieces)

    app.jinja_env.globals.update(kept_part=kept_part, remembered=remembered)


def remembered(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """Return `macro` with a memory: for one that depends on its arguments, all hashable, and on the language alone."""

    # Typed, for « <b> » as text and as HTML are equal, and are not written alike.
    @lru_cache(maxsize=_MOST_ANSWERS, typed=True)
    def answer(_locale: str, /, *args: Any, **named: Any) -> Markup:
        return macro(*args, **named)

    def ask(*args: Any, **named: Any) -> Markup:
        return answer(language.locale(), *args, **named)

    return ask


def _pieces_of(caller: Callable[[], Markup]) -> list[str]:
    """Render a part with the visitor's places open: text, kind of place, text, kind of place, … text."""
    outer, inner = shared_pages.current(), shared_pages.begin(set())
    try:
        text = str(caller())
    finally:
        g.shared_page = outer
    if inner.tags:
        # Kept, they would be missing from the next page that shows it.
        raise RuntimeError(f"A kept part shows what a change must end: {sorted(inner.tags)}")
    return re.split(f"<!--{inner.marker}:([a-z_]+)-->", text)


def _whole(pieces: list[str]) -> Markup:
    filled = list(pieces)
    filled[1::2] = [visitor_part(kind) for kind in pieces[1::2]]
    return Markup("".join(filled))  # noqa: S704 - what our templates rendered, escaped there
