"""Words without the search engine: PostgreSQL's French full text, every word first, then any of them (decision 6)."""

from typing import Any

from sqlalchemy import func, literal_column

from domain.search import plain_words
from models.catalog import Product
from services.search.hits import MAX_FOUND, Hit, read_hits, sellable_hits

_FRENCH: Any = literal_column("'french'")


def find_by_words(text: str) -> list[Hit]:
    """Return at most 1 000 products that hold the words of `text`, best match first."""
    words = plain_words(text)
    if not words:
        return []
    # As typed too: words stored with their accents are found with them.
    every = func.websearch_to_tsquery(_FRENCH, words).op("||")(func.websearch_to_tsquery(_FRENCH, text))
    return _matching(every) or _matching(func.to_tsquery(_FRENCH, " | ".join(words.split())))


def _matching(query: Any) -> list[Hit]:
    vector = func.to_tsvector(_FRENCH, Product.search_text)
    return read_hits(
        sellable_hits()
        .where(vector.op("@@")(query))
        .order_by(func.ts_rank(vector, query).desc(), Product.id)
        .limit(MAX_FOUND)
    )
