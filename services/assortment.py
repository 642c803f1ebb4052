"""The shop's products as staff look through them: hidden and unpriced ones too, newest first, by keyset."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, union

from domain.references import MIN_PREFIX, looks_like_reference, reference_key
from domain.search import plain_words
from models.catalog import Brand, Gamme, Product, ProductReference
from models.database import session
from models.stock import StockItem

# What a search text may mean at most, before it is cut to a page.
MOST_FOUND = 2_000
MOST_CHOICES = 500


class AssortmentView(StrEnum):
    """What staff come to look for."""

    ALL = "all"
    OUT = "out"
    LOW = "low"
    UNPRICED = "unpriced"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class AssortmentFilter:
    """What narrows the list; `search` is an id, a reference, an EAN or words."""

    view: AssortmentView = AssortmentView.ALL
    search: str = ""
    gamme_id: int | None = None
    brand_id: int | None = None


@dataclass(frozen=True)
class Article:
    """One line of the list; cents per pack, VAT included, packs on hand and promised."""

    id: int
    reference: str
    name: str
    side: str
    brand: str
    gamme_id: int
    gamme: str
    price_cents: int | None
    deposit_cents: int
    on_hand: int
    reserved: int
    low_threshold: int
    is_displayed: bool

    @property
    def available(self) -> int:
        """Packs that can still be promised."""
        return self.on_hand - self.reserved


def search_assortment(
    wanted: AssortmentFilter, *, before_id: int | None = None, after_id: int | None = None, limit: int = 50
) -> list[Article]:
    """List products by falling id, at most `limit`: below `before_id`, or the ones right above `after_id`."""
    query = _articles().limit(limit).order_by(Product.id if after_id is not None else Product.id.desc())
    if before_id is not None:
        query = query.where(Product.id < before_id)
    if after_id is not None:
        query = query.where(Product.id > after_id)
    narrow = _narrow(wanted)
    if text := wanted.search.strip():
        query = query.where(Product.id.in_(_found_by(text, narrow)))
    rows = session.execute(query.where(*narrow, *_of_view(wanted.view)))
    return sorted((Article(*row) for row in rows), key=lambda article: -article.id)


def list_gamme_choices() -> Sequence[tuple[int, str]]:
    """List every gamme as id and name, by name, at most 500: what a list can be narrowed to."""
    return [(number, name) for number, name in session.execute(_choices(Gamme))]


def list_brand_choices() -> Sequence[tuple[int, str]]:
    """List every brand as id and name, by name, at most 500."""
    return [(number, name) for number, name in session.execute(_choices(Brand))]


def _choices(table: type[Gamme] | type[Brand]) -> Select[int, str]:
    return select(table.id, table.name).order_by(table.name).limit(MOST_CHOICES)


def _articles() -> Select[*tuple[Any, ...]]:
    """Return the query of the columns of Article, in its order."""
    return (
        select(
            Product.id,
            Product.reference,
            Product.name,
            Product.side,
            Brand.name,
            Product.gamme_id,
            Gamme.name,
            Product.price_cents,
            Product.deposit_cents,
            func.coalesce(StockItem.on_hand, 0),
            func.coalesce(StockItem.reserved, 0),
            func.coalesce(StockItem.low_threshold, 0),
            Product.is_displayed,
        )
        .join(Product.brand)
        .join(Product.gamme)
        .outerjoin(StockItem, StockItem.product_id == Product.id)
    )


def _of_view(view: AssortmentView) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a view; each is that of a partial index, so that rare rows are found at once."""
    available = StockItem.on_hand - StockItem.reserved
    runs_out = available <= StockItem.low_threshold
    views: dict[AssortmentView, tuple[ColumnElement[bool], ...]] = {
        AssortmentView.ALL: (),
        AssortmentView.OUT: (runs_out, available <= 0),
        AssortmentView.LOW: (runs_out, available > 0),
        AssortmentView.UNPRICED: (Product.price_cents.is_(None),),
        AssortmentView.HIDDEN: (~Product.is_displayed,),
    }
    return views[view]


def _narrow(wanted: AssortmentFilter) -> tuple[ColumnElement[bool], ...]:
    chosen = ((Product.gamme_id, wanted.gamme_id), (Product.brand_id, wanted.brand_id))
    return tuple(column == value for column, value in chosen if value is not None)


def _found_by(text: str, narrow: Sequence[ColumnElement[bool]]) -> Select[int]:
    """Return the query of the ids that a search text may mean; every part of it is a range of an index.

    A word that half the shop bears finds its first 2,000 products, of those that `narrow` leaves.
    """
    key = reference_key(text)
    ways: list[Select[int]] = []
    if looks_like_reference(text):
        same = Product.reference_key.like(f"{key}%") if len(key) >= MIN_PREFIX else Product.reference_key == key
        ways += [
            select(Product.id).where(same).limit(MOST_FOUND),
            select(Product.id).where(Product.ean == key),
            select(ProductReference.product_id).where(ProductReference.reference_key == key).limit(MOST_FOUND),
        ]
    else:
        french: ColumnElement[str] = literal_column("'french'")
        words = func.plainto_tsquery(french, plain_words(text))
        bears = func.to_tsvector(french, Product.search_text).op("@@")(words)
        ways.append(select(Product.id).where(bears, *narrow).limit(MOST_FOUND))
    if text.isascii() and text.isdigit() and len(text) <= 15:
        ways.append(select(Product.id).where(Product.id == int(text)))
    ids = union(*(select(way.subquery().c[0]) for way in ways)).subquery()
    return select(ids.c[0])


__all__ = [
    "Article",
    "AssortmentFilter",
    "AssortmentView",
    "list_brand_choices",
    "list_gamme_choices",
    "search_assortment",
]
