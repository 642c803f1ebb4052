"""Part numbers, looked up in PostgreSQL before anything else: exact, then by their beginning (spec/search.md, 1–5)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, literal, select, union_all

from domain.search import SearchText
from models.catalog import Gamme, Product, ProductReference
from models.database import session
from services.search.hits import MAX_FOUND, Hit, read_hits, sellable_hits

# Own number first, then the vehicle maker's, a rival's, an EAN.
_EAN = 3
_KIND = case({"oem": 1, "cross": 2}, value=ProductReference.kind, else_=_EAN)


def find_by_reference(wanted: SearchText) -> list[Hit]:
    """Return the products under the references of a text, best kind first, then dearest; none when it names none.

    Only the most complete reference that exists counts. A kind of part named beside it filters on the gamme, unless
    nothing would be left.
    """
    if not wanted.keys:
        return []
    kinds = _exact(wanted.keys) or _beginning_with(wanted.prefix)
    if not kinds:
        return []
    return _hits(kinds, wanted.categories) or (_hits(kinds, ()) if wanted.categories else [])


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


def _beginning_with(prefix: str) -> dict[int, int]:
    if not prefix:
        return {}
    # Keys hold only A–Z and 0–9, so nothing of them means anything to LIKE.
    pattern = f"{prefix}%"
    rows = session.execute(
        union_all(
            select(Product.id.label("id"), literal(0).label("kind")).where(Product.reference_key.like(pattern)),
            select(ProductReference.product_id, _KIND).where(ProductReference.reference_key.like(pattern)),
        ).limit(MAX_FOUND)
    ).all()
    return _lowest_kind([(row.id, row.kind) for row in rows])


def _lowest_kind(rows: Sequence[tuple[int, Any]]) -> dict[int, int]:
    kinds: dict[int, int] = {}
    for product_id, kind in rows:
        kinds[product_id] = min(kind, kinds.get(product_id, kind))
    return kinds


def _hits(kinds: dict[int, int], categories: Sequence[str]) -> list[Hit]:
    hits = read_hits(
        sellable_hits()
        .where(Product.id.in_(kinds))
        .where(*(Gamme.alias.contains(stem, autoescape=True) for stem in categories))
    )
    return sorted(hits, key=lambda hit: (kinds[hit.product_id], -hit.price_cents, hit.product_id))
