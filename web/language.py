"""The language of answers: message ids are the French text, other languages come from catalogues."""

import flask_babel


def gettext(text: str, **values: object) -> str:
    """Return `text` in the visitor's language with `values` put in."""
    return str(flask_babel.gettext(text, **values))
