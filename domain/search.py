"""What a search text asks for: a part number, the kind of part it names, or plain words (spec/search.md, rules 1–2)."""

import re
import unicodedata
from dataclasses import dataclass

from domain.references import MIN_PREFIX, looks_like_reference, reference_key
from domain.spelling import spelled_out

_WORDS = re.compile(r"[^a-z0-9]+")

# Kinds of part as people name them, accents and plural removed; beside a reference they filter on the gamme.
_CATEGORY_WORDS = """
    plaquette frein filtre air huile carburant habitacle kit distribution courroie timing disque freinage amortisseur
    suspension bougie allumage demarreur starter alternateur radiateur refroidissement pompe eau
"""
CATEGORY_WORDS = frozenset(_CATEGORY_WORDS.split())
_STOP_WORDS = """
    a au aux d de des du en et l la le les ou par pour sur un une avec ref reference
    auriez avez besoin bonjour cher cherche combien coute il je ma merci mes mon n pas prix quel quelle quels quelles
    svp trouver veux voiture voudrais vous
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

# A part of the text is a reference of its own only when it is long enough not to be a year, a power or a displacement.
MIN_RUN = 5
MAX_TOKENS = 8
_APART = re.compile(r"(?<!\d),|,(?!\d)|[\s;/]+")
_NAMED_SO = re.compile(r"\b(?:r[ée]f(?:[ée]rence)?\s*[.:]|n°)\s*", re.IGNORECASE)
# « 1.5 » beside a model is the size of an engine: « 307 2.0 » is not part 30720.
_DISPLACEMENT = re.compile(r"\d[.,]\d")


@dataclass(frozen=True)
class SearchText:
    """A search text taken apart.

    `keys` are comparable references to look up, most complete first; `prefix` is the one that may be the beginning of
    a reference, empty when none; `categories` are kinds of part named beside it, as stems of gamme aliases.
    """

    text: str
    keys: tuple[str, ...]
    prefix: str
    categories: tuple[str, ...]


def plain_words(text: str) -> str:
    """Return `text` in lower case without accents or punctuation: what the PostgreSQL search stores and compares."""
    spelled = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return _WORDS.sub(" ", unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()).strip()


def telling_words(text: str) -> str:
    """Return `text` written in full without the words that tell nothing (« de », « pour »), all of it if only those.

    Empty when it holds neither a letter nor a digit that names of parts are written with.
    """
    tokens = [token for token in spelled_out(text) if plain_words(token)]
    return " ".join(token for token in tokens if plain_words(token) not in STOP_WORDS) or " ".join(tokens)


def search_text(*parts: str) -> str:
    """Return what `Product.search_text` holds: plain words of name, side, gamme, brand and references, once each."""
    return " ".join(dict.fromkeys(plain_words(" ".join(parts)).split()))


def read_search(text: str) -> SearchText:
    """Take a search text apart; a text without any possible reference has no keys and is searched by its words."""
    tokens = [token for token in _APART.split(_NAMED_SO.sub(" ", text)) if token][:MAX_TOKENS]
    categories = tuple(dict.fromkeys(stem for token in tokens if (stem := _category(token))))
    rest = [token for token in tokens if not _category(token) and plain_words(token) not in STOP_WORDS]
    whole = " ".join(rest)
    if not looks_like_reference(whole):
        return SearchText(text, (), "", ())
    key = reference_key(whole)
    partial = _partial_keys(rest, key)
    if len(rest) > 1 and any(map(_DISPLACEMENT.fullmatch, rest)):
        return SearchText(text, tuple(partial), "", categories if partial else ())
    return SearchText(text, (key, *partial), key if len(key) >= MIN_PREFIX else "", categories)


def _category(token: str) -> str:
    """Return the stem of a word that names a kind of part, empty for any other word."""
    word = plain_words(token)
    stem = word.removesuffix("s")
    return stem if stem in CATEGORY_WORDS or word in CATEGORY_WORDS else ""


def _partial_keys(tokens: list[str], whole: str) -> list[str]:
    """Return the keys of neighbouring tokens, longest first: « bosch 0 986 494 123 » also asks for 0986494123."""
    keys = {
        reference_key("".join(tokens[start:end]))
        for start in range(len(tokens))
        for end in range(start + 1, len(tokens) + 1)
        if end == start + 1 or not any(map(_DISPLACEMENT.fullmatch, tokens[start:end]))
    }
    long_enough = (key for key in keys if len(key) >= MIN_RUN and key != whole and looks_like_reference(key))
    return sorted(long_enough, key=lambda key: (-len(key), key))
