"""Part numbers, looked up in PostgreSQL before anything else: exact, then by their beginning (spec/search.md, 1–5)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, literal, select, text, union_all

from domain.search import SearchText
from domain.slugs import slugify
from models.catalog import Product, ProductReference
from models.database import session
from services.search.hits import MAX_FOUND, Hit, read_hits, sellable_hits

# Whoever types four characters of a number goes on typing: a few hundred of those that begin so are enough.
MAX_BEGINNING = 300
# Own number first, then the vehicle maker's, a rival's, an EAN.
_EAN = 3
_KIND = case({"oem": 1, "cross": 2}, value=ProductReference.kind, else_=_EAN)


def find_exactly(wanted: SearchText) -> list[Hit]:
    """Return the products under the references of a text, best kind first, then dearest; none when it names none.

    Only the most complete reference that exists counts. A kind of part named beside it filters on the gamme, unless
    nothing would be left.
    """
    return _hits(_exact(wanted.keys), wanted.categories) if wanted.keys else []


def find_beginning(wanted: SearchText, *, limit: int = MAX_BEGINNING) -> list[Hit]:
    """Return at most `limit` products with a reference that begins like the text, in the same order and manner."""
    return _hits(_beginning_with(wanted.prefix, limit), wanted.categories) if wanted.prefix else []


def _exact(keys: Sequence[str]) -> dict[int, int]:
    """Return the kind of reference by id of each product found under the longest of `keys` that exists."""
    rows = session.execute(
        union_all(
            select(Product.id.label("id"), literal(0).label("kind"), Product.reference_key.label("key")).where(
                Product.reference_key.in_(keys)
            ),
            select(ProductReference.product_id, _KIND, ProductReference.reference_key).where(
                ProductReference.reference_key.in_(keys)
            ),
            select(Product.id, literal(_EAN), Product.ean).where(Product.ean.in_(keys)),
        ).limit(MAX_FOUND)
    ).all()
    best = min((keys.index(row.key) for row in rows), default=None)
    return {} if best is None else _lowest_kind([(row.id, row.kind) for row in rows if row.key == keys[best]])


def _beginning_with(prefix: str, limit: int) -> dict[int, int]:
    # Keys hold only A–Z and 0–9, so nothing of them means anything to LIKE.
    pattern = f"{prefix}%"
    own = select(Product.id.label("id"), literal(0).label("kind"))
    others = select(ProductReference.product_id, _KIND)
    rows = session.execute(
        union_all(
            _first_of(own, Product.reference_key, pattern, limit),
            _first_of(others, ProductReference.reference_key, pattern, limit),
        )
    ).all()
    kinds = _lowest_kind([(row.id, row.kind) for row in rows])
    return dict(sorted(kinds.items(), key=lambda pair: pair[1])[:limit])


def _first_of(query: Any, key: Any, pattern: str, limit: int) -> Any:
    """Cut in the order of the index, so that the same text always finds the same ones without sorting all."""
    return query.where(key.like(pattern)).order_by(key.op("USING")(text("~<~"))).limit(limit)


def _lowest_kind(rows: Sequence[tuple[int, Any]]) -> dict[int, int]:
    kinds: dict[int, int] = {}
    for product_id, kind in rows:
        kinds[product_id] = min(kind, kinds.get(product_id, kind))
    return kinds


def _hits(kinds: dict[int, int], categories: Sequence[str]) -> list[Hit]:
    if not kinds:
        return []
    hits = read_hits(sellable_hits().where(Product.id.in_(kinds)))
    if categories:
        hits = [hit for hit in hits if all(stem in slugify(hit.gamme) for stem in categories)] or hits
    return sorted(hits, key=lambda hit: (kinds[hit.product_id], -hit.price_cents, hit.product_id))
