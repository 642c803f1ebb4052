"""The parts of a page that belong to its visitor: rendered in place, or left open in a page that many will share.

A page made for the cache gets a marker in each such place; `cut` takes the markers out again before anything is stored
or sent.
"""

import re
from typing import Any

from flask import Flask, current_app, get_flashed_messages
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from web import shared_pages
from web.auth import find_customer
from web.page_entries import Hole
from web.sessions import has_session
from web.visitor import cart_count, safely

# Its macros render the parts, each under its own name: account, account_links, cart_badge, toasts.
TEMPLATE = "components/visitor.html"


def install(app: Flask) -> None:
    """Offer `visitor_part(kind)` to every template."""
    app.jinja_env.globals["visitor_part"] = visitor_part


def visitor_part(kind: str) -> Markup:
    """Return a visitor's own part, or its open place when the page will be shared."""
    if page := shared_pages.current():
        return Markup(f"<!--{page.marker}:{kind}-->")  # noqa: S704 - our own number and a name from our templates
    return own_part(kind)


def own_part(kind: str) -> Markup:
    """Render a part for this request's visitor."""
    match kind:
        case "csrf":
            return _csrf(generate_csrf()) if has_session() else Markup("")
        case "cart_badge":
            return _render(kind, cart_count())
        case "toasts":
            return _render(kind, get_flashed_messages(with_categories=True))
        case _:
            return _render(kind, safely(find_customer, None))


def blank_part(kind: str) -> str:
    """Render a part for a visitor of whom nothing is known."""
    if kind == "csrf":
        return ""
    return str(_render(kind, {"cart_badge": 0, "toasts": []}.get(kind)))


def cut(text: str, marker: str) -> tuple[bytes, list[Hole]]:
    """Return a rendered page with blank parts in its open places, and where these stand."""
    pieces = re.split(f"<!--{marker}:([a-z_]+)-->", text)
    body, holes, end = [pieces[0].encode()], [], len(pieces[0].encode())
    blanks: dict[str, bytes] = {}
    for kind, following in zip(pieces[1::2], pieces[2::2], strict=True):
        if kind not in blanks:
            blanks[kind] = blank_part(kind).encode()
        after = following.encode()
        holes.append(Hole(kind, end, end + len(blanks[kind])))
        body += [blanks[kind], after]
        end += len(blanks[kind]) + len(after)
    return b"".join(body), holes


def _render(kind: str, value: Any) -> Markup:
    macro = getattr(current_app.jinja_env.get_template(TEMPLATE).module, kind)
    rendered: Markup = macro(value)
    return rendered


def _csrf(token: str) -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(token)
