"""A page under way that many visitors will share: what it shows, as tags, and the marker of its open places."""

import secrets
from dataclasses import dataclass, field

from flask import g, has_app_context


@dataclass
class SharedPage:
    """A page being made for everybody; its marker is drawn for it alone, so that no text can pass for one."""

    tags: set[str] = field(default_factory=set)
    marker: str = field(default_factory=lambda: secrets.token_hex(12))


def begin(tags: set[str]) -> SharedPage:
    """Begin a page that will be shared: from here on its templates leave the visitor's parts open."""
    page: SharedPage = SharedPage(tags)
    g.shared_page = page
    return page


def end() -> None:
    """End it: from here on parts are this visitor's again."""
    g.shared_page = None


def current() -> SharedPage | None:
    """Return the page under way, None when the answer is this visitor's alone."""
    page: SharedPage | None = g.get("shared_page") if has_app_context() else None
    return page


def tag(*names: str) -> None:
    """Say that the answer under way shows these things: a change of any of them ends it.

    Links do so by themselves (web/addresses.py): who shows a product, a brand or a vehicle links to it.
    """
    if page := current():
        page.tags.update(names)
