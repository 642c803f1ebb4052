"""What a page says to search engines and to whoever shares it: title, description, robots, and its texts as HTML."""

from flask import Flask, Response, request
from markupsafe import Markup

from domain.page_heads import fit_description, fit_title
from domain.page_texts import clean_html

# Pages of one visitor, and lists that anybody can make up: nothing to find by a search engine (seo-system, rule 16).
_UNLISTED = {
    f"storefront.{noun}" for noun in ("addresses", "cart", "checkout", "customers", "orders", "payments", "search")
}


def install(app: Flask) -> None:
    """Give templates their heads and texts, and answers their word to robots."""
    app.jinja_env.globals.update(head_title=head_title, head_text=head_text)
    app.jinja_env.filters.update(rich=rich)
    app.after_request(_tell_robots)


def head_title(*candidates: str) -> str:
    """Return the title of a page: the first of these that says enough and is short enough (domain/page_heads.py)."""
    return fit_title(*map(_unescaped, candidates))


def head_text(*sentences: str) -> str:
    """Return the description of a page: as many of these sentences as it takes, and as fit."""
    return fit_description(*map(_unescaped, sentences))


def rich(text: str) -> Markup:
    """Return the HTML of a text that staff wrote, with nothing in it but the tags of a text."""
    return Markup(clean_html(text))  # noqa: S704  (clean_html lets nothing through that could run)


def tell_robots(response: Response, *, canonical: str, is_indexable: bool = True) -> Response:
    """Say in the headers what the head says too: which address counts, and that pictures may be shown large."""
    if is_indexable:
        response.headers["X-Robots-Tag"] = "index, follow, max-image-preview:large"
        response.headers["Link"] = f'<{canonical}>; rel="canonical"'
    return response


def _unescaped(text: str) -> str:
    """A translated sentence comes as HTML, and is escaped again where it is written."""
    return text.unescape() if isinstance(text, Markup) else text


def _tell_robots(response: Response) -> Response:
    blueprint = request.blueprint or ""
    if blueprint in _UNLISTED or blueprint.partition(".")[0] in ("api", "backoffice"):
        response.headers.setdefault("X-Robots-Tag", "noindex")
    return response
