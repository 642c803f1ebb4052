"""Lists of products: what is in them, how they are narrowed and sorted, and what could narrow them further.

A page costs three queries whatever the catalogue holds: its rows, their criteria, and one that counts every facet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import ColumnElement, Select, case, exists, false, func, or_, select, true

from domain.errors import Gone
from domain.fitment import Fit, Verdict
from models.catalog import Brand, Family, Gamme, Product, ProductCriterion
from models.database import session
from models.stock import StockItem
from services.fitment import JudgedVehicle, judge_groups, judge_products, products_for, verdict_of
from services.products import PartRow, availability, displayed_products, list_options
from services.products_facets import Facets, count_facets
from services.stock import is_tracked

PER_PAGE = 24
MAX_PER_PAGE = 100
# Nobody reads further than this; deeper pages would only cost (LESSONS: large catalogue).
MAX_OFFSET = 5_000
# Counting stops here where facets are not counted.
COUNT_CAP = 10_000


class NothingFits(Gone):
    """No part of this gamme is sold for this vehicle (spec/catalog.md, rule 7)."""


class ProductSort(StrEnum):
    """The orders a list can be read in; equal ones by id."""

    PRICE_ASC = "price_asc"
    PRICE_DESC = "price_desc"
    NAME_ASC = "name_asc"
    NAME_DESC = "name_desc"
    STOCK_DESC = "stock_desc"
    # As the catalogue numbers them: the one order that costs nothing over all products.
    ID_ASC = "id_asc"
    ID_DESC = "id_desc"


_Value = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
_Id = Annotated[int, Field(ge=1, le=2**62)]


class ProductFilters(BaseModel):
    """What narrows and sorts a list; within one filter any value will do, all filters must agree. Prices in cents."""

    model_config = ConfigDict(frozen=True)

    brands: tuple[_Id, ...] = Field(default=(), max_length=50)
    sides: tuple[_Value, ...] = Field(default=(), max_length=20)
    price_min_cents: int | None = Field(default=None, ge=0, le=10**9)
    price_max_cents: int | None = Field(default=None, ge=0, le=10**9)
    in_stock: bool = False
    fits: tuple[Fit, ...] = ()
    # criterion id → values
    criteria: dict[_Id, tuple[_Value, ...]] = Field(default={}, max_length=20)
    sort: ProductSort = ProductSort.PRICE_ASC
    page: int = Field(default=1, ge=1, le=MAX_OFFSET)

    @model_validator(mode="after")
    def prices_in_order(self) -> "ProductFilters":
        """Refuse a range without inside."""
        low, high = self.price_min_cents, self.price_max_cents
        if low is not None and high is not None and low > high:
            raise PydanticCustomError("shop", "Le prix minimum dépasse le prix maximum.")
        return self

    @property
    def narrows(self) -> bool:
        """Whether anything but order and page is chosen."""
        chosen = (self.brands, self.sides, self.in_stock, self.fits, self.criteria)
        return any(chosen) or self.price_min_cents is not None or self.price_max_cents is not None


@dataclass(frozen=True)
class ProductScope:
    """Which products a list is about, before any filter; `query` is not part of it (services/search)."""

    gamme_id: int | None = None
    family_id: int | None = None
    brand_id: int | None = None


@dataclass(frozen=True)
class ProductPage:
    """One page of a list. `total` is exact unless `total_is_capped`; `unpriced` counts what has no price to show."""

    rows: list[PartRow]
    total: int
    page: int
    per_page: int
    filters: ProductFilters
    facets: Facets
    total_is_capped: bool = False
    unpriced: int = 0

    @property
    def first(self) -> int:
        """The rank of the first row, from 1; zero on an empty page."""
        return (self.page - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The rank of the last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def pages(self) -> int:
        """How many pages can be read, at least 1."""
        readable = min(self.total, MAX_OFFSET)
        return max(1, -(-readable // self.per_page))


def list_products_of_gamme(
    gamme_id: int,
    filters: ProductFilters,
    *,
    vehicle: JudgedVehicle | None = None,
    per_page: int = PER_PAGE,
    at: datetime,
) -> ProductPage:
    """List a gamme's displayed products, unpriced ones last; with a vehicle what fits comes first, each row judged."""
    groups = judge_groups(gamme_id, vehicle) if vehicle else {}
    rank = _fit_rank(groups) if vehicle else None
    scope = (Product.gamme_id == gamme_id,)
    facets = count_facets(scope, filters, _matches(filters, rank), rank)
    products = _read(scope, filters, _matches(filters, rank), per_page, *([rank] if rank is not None else []))
    rows = _rows(products, groups if vehicle else None, at)
    return ProductPage(rows, facets.total, filters.page, per_page, filters, facets)


def list_products_for_vehicle(
    gamme_id: int, vehicle: JudgedVehicle, filters: ProductFilters, *, per_page: int = PER_PAGE, at: datetime
) -> ProductPage:
    """List a gamme's parts that are made for a vehicle or fit any, side by side, what fits first within a side.

    Parts without a price are only counted. Raises NothingFits when nothing is sold for it at all.
    """
    groups = judge_groups(gamme_id, vehicle)
    rank = _fit_rank(groups)
    listed = or_(Product.is_universal, Product.fitment_group_id.in_(groups) if groups else false())
    scope = (Product.gamme_id == gamme_id, listed)
    matches = _matches(filters, rank) | {"priced": Product.price_cents.is_not(None)}
    facets = count_facets(scope, filters, matches, rank)
    if facets.everything == 0:
        raise NothingFits("Nous ne proposons plus de pièce de cette gamme pour ce véhicule.")
    products = _read(scope, filters, matches, per_page, _side_rank(), Product.side, rank)
    rows = _rows(products, groups, at)
    return ProductPage(rows, facets.total, filters.page, per_page, filters, facets, unpriced=facets.unpriced)


def list_products(
    scope: ProductScope,
    filters: ProductFilters,
    *,
    vehicle: JudgedVehicle | None = None,
    per_page: int = PER_PAGE,
    at: datetime,
) -> ProductPage:
    """List displayed products of any scope; with a vehicle only what is made for it or fits any. No facets.

    The total is counted up to 10 000.
    """
    conditions = [
        column == wanted
        for column, wanted in (
            (Product.gamme_id, scope.gamme_id),
            (Gamme.family_id, scope.family_id),
            (Product.brand_id, scope.brand_id),
        )
        if wanted is not None
    ]
    if vehicle is not None:
        conditions.append(Product.id.in_(products_for(vehicle.id)))
    per_page = min(per_page, MAX_PER_PAGE)
    matches = _matches(filters, None)
    products = _read(conditions, filters, matches, per_page)
    verdicts = judge_products(products, vehicle)
    total = _count(conditions, matches)
    rows = [PartRow(product, availability(product, at=at), verdicts.get(product.id)) for product in products]
    return ProductPage(
        rows, min(total, COUNT_CAP), filters.page, per_page, filters, Facets(), total_is_capped=total > COUNT_CAP
    )


def group_by_side(rows: Sequence[PartRow]) -> list[tuple[str, list[PartRow]]]:
    """Return rows under their side (« Essieu avant »), in the order they came; one group when none has a side."""
    groups: dict[str, list[PartRow]] = {}
    for row in rows:
        groups.setdefault(row.product.side, []).append(row)
    return list(groups.items())


def _rows(products: Sequence[Product], groups: Mapping[int, Verdict] | None, at: datetime) -> list[PartRow]:
    return [
        PartRow(product, availability(product, at=at), None if groups is None else verdict_of(product, groups))
        for product in products
    ]


def _fit_rank(groups: Mapping[int, Verdict]) -> ColumnElement[int]:
    """Return 0 for what fits, 1 for what is to be checked, 2 for what does not fit: verdict_of, in SQL."""

    def groups_that(fit: Fit) -> ColumnElement[bool]:
        ids = [group_id for group_id, verdict in groups.items() if verdict.fit == fit]
        return Product.fitment_group_id.in_(ids) if ids else false()

    return case(
        (Product.is_universal, 0),
        (Product.fitment_group_id.is_(None), 1),
        (groups_that(Fit.FITS), 0),
        (groups_that(Fit.TO_CHECK), 1),
        else_=2,
    )


FIT_RANKS = {Fit.FITS: 0, Fit.TO_CHECK: 1, Fit.DOES_NOT_FIT: 2}


def _matches(filters: ProductFilters, rank: ColumnElement[int] | None) -> dict[str, ColumnElement[bool]]:
    """Return the condition of each chosen filter by its name, so that a facet can leave out its own."""
    found: dict[str, ColumnElement[bool]] = {}
    if filters.brands:
        found["brand"] = Product.brand_id.in_(filters.brands)
    if filters.sides:
        found["side"] = Product.side.in_(filters.sides)
    if filters.price_min_cents is not None or filters.price_max_cents is not None:
        found["price"] = _price_within(filters)
    if filters.in_stock:
        found["stock"] = in_stock()
    if filters.fits and rank is not None:
        found["fit"] = rank.in_([FIT_RANKS[fit] for fit in filters.fits])
    for criterion_id, values in filters.criteria.items():
        found[f"criterion-{criterion_id}"] = exists().where(
            ProductCriterion.product_id == Product.id,
            ProductCriterion.criterion_id == criterion_id,
            ProductCriterion.value.in_(values),
        )
    return found


def _price_within(filters: ProductFilters) -> ColumnElement[bool]:
    low, high = filters.price_min_cents, filters.price_max_cents
    within: ColumnElement[bool] = Product.price_cents.is_not(None)
    if low is not None:
        within &= Product.price_cents >= low
    if high is not None:
        within &= Product.price_cents <= high
    return within


def in_stock() -> ColumnElement[bool]:
    """Return the condition that a pack can be promised; the query joins StockItem."""
    return StockItem.on_hand - StockItem.reserved > 0 if is_tracked() else true()


def _side_rank() -> ColumnElement[int]:
    """Front before rear before anything else, as a mechanic reads a car; no side comes last."""
    return case(
        (Product.side.icontains("avant"), 0), (Product.side.icontains("arrière"), 1), (Product.side != "", 2), else_=3
    )


def _order(sort: ProductSort) -> tuple[Any, ...]:
    by_price = Product.price_cents.asc().nulls_last()
    orders: dict[ProductSort, tuple[ColumnElement[Any], ...]] = {
        ProductSort.PRICE_ASC: (by_price,),
        ProductSort.PRICE_DESC: (Product.price_cents.desc().nulls_last(),),
        ProductSort.NAME_ASC: (Product.name.asc(),),
        ProductSort.NAME_DESC: (Product.name.desc(),),
        ProductSort.ID_ASC: (),
        ProductSort.ID_DESC: (Product.id.desc(),),
        ProductSort.STOCK_DESC: (func.coalesce(StockItem.on_hand - StockItem.reserved, 0).desc(), by_price),
    }
    return (*orders[sort], Product.id)


def _read(
    scope: Sequence[ColumnElement[bool]],
    filters: ProductFilters,
    matches: Mapping[str, ColumnElement[bool]],
    per_page: int,
    *first_by: Any,
) -> list[Product]:
    offset = (filters.page - 1) * per_page
    if offset >= MAX_OFFSET:
        return []
    query: Select[Product] = (
        displayed_products()
        .outerjoin(StockItem, StockItem.product_id == Product.id)
        .where(*scope, *matches.values())
        .order_by(*first_by, *_order(filters.sort))
        .options(*list_options())
        .offset(offset)
        .limit(per_page)
    )
    return list(session.scalars(query).unique())


def _count(scope: Sequence[ColumnElement[bool]], matches: Mapping[str, ColumnElement[bool]]) -> int:
    """Count up to one more than the cap."""
    some = (
        select(Product.id)
        .join(Product.gamme)
        .join(Gamme.family)
        .join(Product.brand)
        .outerjoin(StockItem, StockItem.product_id == Product.id)
        .where(Product.is_displayed, Gamme.is_displayed, Family.is_displayed, Brand.is_displayed)
        .where(*scope, *matches.values())
        .limit(COUNT_CAP + 1)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(some)) or 0
