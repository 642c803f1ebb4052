"""What PostgreSQL finds, before it is shown: at most 1 000 products with what filters and facets need of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from models.catalog import Brand, Family, Gamme, Product
from models.database import session

MAX_FOUND = 1_000


@dataclass(frozen=True)
class Hit:
    """A sellable product that a text found; it compares without being loaded."""

    product_id: int
    price_cents: int
    brand_id: int
    brand: str
    gamme_id: int
    gamme: str
    fitment_group_id: int | None
    is_universal: bool


@dataclass(frozen=True)
class SearchFacetValue:
    """A brand or a gamme that could narrow a search, with how many products it would leave."""

    id: int
    label: str
    count: int
    is_chosen: bool = False


HitColumns = Select[int, int | None, int, str, int, str, int | None, bool]


def sellable_hits() -> HitColumns:
    """Return the query of hits: products that are shown and priced, of displayed brands, gammes and families."""
    return (
        select(
            Product.id,
            Product.price_cents,
            Brand.id,
            Brand.name,
            Gamme.id,
            Gamme.name,
            Product.fitment_group_id,
            Product.is_universal,
        )
        .join(Product.brand)
        .join(Product.gamme)
        .join(Gamme.family)
        .where(Product.is_displayed, Product.price_cents.is_not(None))
        .where(Brand.is_displayed, Gamme.is_displayed, Family.is_displayed)
    )


def read_hits(query: HitColumns) -> list[Hit]:
    """Return what a query of `sellable_hits` finds."""
    return [Hit(row[0], row[1] or 0, *row[2:]) for row in session.execute(query)]


def brand_facet(hits: Iterable[Hit], chosen: Sequence[int]) -> list[SearchFacetValue]:
    """Count hits by brand, most first."""
    return _facet(Counter((hit.brand_id, hit.brand) for hit in hits), chosen)


def gamme_facet(hits: Iterable[Hit], chosen: Sequence[int]) -> list[SearchFacetValue]:
    """Count hits by gamme, most first."""
    return _facet(Counter((hit.gamme_id, hit.gamme) for hit in hits), chosen)


def _facet(counts: Counter[tuple[int, str]], chosen: Sequence[int]) -> list[SearchFacetValue]:
    values = [SearchFacetValue(key, label, count, key in chosen) for (key, label), count in counts.items()]
    return sorted(values, key=lambda value: (-value.count, value.label))
