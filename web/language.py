"""The language of answers: message ids are the French text, other languages come from catalogues.

A page says some two hundred sentences; looked up once per language and process, they cost next to nothing.
"""

from functools import lru_cache

import flask_babel
from babel.support import NullTranslations
from flask import Flask, g
from markupsafe import Markup


def gettext(text: str, **values: object) -> str:
    """Return `text` in the visitor's language with `values` put in."""
    return str(flask_babel.gettext(text, **values))


def locale() -> str:
    """Return the visitor's language, chosen once per request."""
    found: str | None = g.get("locale")
    if found is None:
        found = g.locale = str(flask_babel.get_locale() or "fr")
    return found


def install(app: Flask) -> None:
    """Give the templates of `app` their sentences: escaped values go into sentences that are markup already."""
    flask_babel.Babel(app)
    app.jinja_env.globals.update(gettext=_say, ngettext=_count, _=_say)


def _say(text: str, /, **values: object) -> Markup:
    # A sentence is a format even without values, so that « %% » reads the same in all of them.
    return _sentence(locale(), text) % values if values else _plain(locale(), text)


def _count(one: str, many: str, count: int, /, **values: object) -> Markup:
    sentence = _translations().ungettext(one, many, count)
    return Markup(sentence) % {"num": count, **values}  # noqa: S704 - our own words; the values are escaped


@lru_cache(maxsize=5_000)
def _sentence(_locale: str, text: str) -> Markup:
    return Markup(_translations().ugettext(text))  # noqa: S704 - our own words


@lru_cache(maxsize=5_000)
def _plain(locale: str, text: str) -> Markup:
    return _sentence(locale, text) % {}


def _translations() -> NullTranslations:
    found: NullTranslations = flask_babel.get_translations()
    return found
