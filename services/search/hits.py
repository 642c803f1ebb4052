"""What PostgreSQL finds, before it is shown: at most 1 000 products with what filters and facets need of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Select, select

from domain.price_ranges import price_range_of
from models.catalog import Brand, Family, Gamme, Product
from models.database import session
from models.stock import StockItem
from services.stock import is_tracked

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
    available: int

    @cached_property
    def price_range(self) -> int:
        """The number of the range its price lies in."""
        return price_range_of(self.price_cents)

    @property
    def in_stock(self) -> bool:
        """Whether a pack can be promised now."""
        return self.available > 0 or not is_tracked()


HitColumns = Select[int, int | None, int, str, int, str, int | None, bool, int | None]


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
            StockItem.on_hand - StockItem.reserved,
        )
        .join(Product.brand)
        .join(Product.gamme)
        .join(Gamme.family)
        .outerjoin(Product.stock)
        .where(Product.is_displayed, Product.price_cents.is_not(None))
        .where(Brand.is_displayed, Gamme.is_displayed, Family.is_displayed)
    )


def read_hits(query: HitColumns) -> list[Hit]:
    """Return what a query of `sellable_hits` finds."""
    return [Hit(row[0], row[1] or 0, *row[2:8], available=row[8] or 0) for row in session.execute(query)]


def among(hits: Sequence[Hit], groups: set[int]) -> list[Hit]:
    """Keep what is made for a vehicle whose fitment groups these are, or for any."""
    return [hit for hit in hits if hit.is_universal or hit.fitment_group_id in groups]
