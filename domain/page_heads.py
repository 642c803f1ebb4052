"""The title and description of a page, within what search engines show: 60 and 100 to 170 characters."""

import re

TITLE_LENGTH = 60
TITLE_ENOUGH = 20
DESCRIPTION_LENGTH = 170
DESCRIPTION_ENOUGH = 100
_ELLIPSIS = "..."
_SPACES = re.compile(r"[ \t\r\n]+")
_TAG = re.compile(r"<[^<>]*>")


def fit_title(*candidates: str) -> str:
    """Return the first candidate that says enough and is short enough, else the first short one, else the last, cut."""
    short = [text for text in map(_plain, candidates) if text and len(text) <= TITLE_LENGTH]
    enough = (text for text in short if len(text) >= TITLE_ENOUGH)
    return next(enough, short[0] if short else cut(_plain(candidates[-1]), TITLE_LENGTH))


def fit_description(*sentences: str) -> str:
    """Return the sentences that fit, in order, until they say enough; the first one always stands, cut if need be."""
    found = ""
    for sentence in filter(None, map(_plain, sentences)):
        longer = f"{found} {sentence}".strip()
        if not found or len(longer) <= DESCRIPTION_LENGTH:
            found = longer
        if len(found) >= DESCRIPTION_ENOUGH:
            break
    return cut(found, DESCRIPTION_LENGTH)


def cut(text: str, length: int) -> str:
    """Return `text` as it is when short enough, else its start with « ... », ending at a word where one ends near."""
    if len(text) <= length:
        return text
    kept = text[: length - len(_ELLIPSIS)]
    start, space, _rest = kept.rpartition(" ")
    if space and not text[len(kept)].isspace() and len(start) > length // 2:
        kept = start
    return kept.rstrip(" ,;:–-(") + _ELLIPSIS


def _plain(text: str) -> str:
    return _SPACES.sub(" ", _TAG.sub(" ", text)).strip()
