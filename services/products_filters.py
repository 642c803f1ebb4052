"""What narrows and sorts a list of products: the choices as a shopper makes them, and their conditions in SQL."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import ColumnElement, case, exists, false, func, true

from domain.fitment import Fit, Verdict
from models.catalog import Product, ProductCriterion
from models.stock import StockItem
from services.stock import is_tracked

# Nobody reads further than this; deeper pages would only cost (LESSONS: large catalogue).
MAX_OFFSET = 5_000


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
    def prices_inorder_of(self) -> "ProductFilters":
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


def fit_rank(groups: Mapping[int, Verdict]) -> ColumnElement[int]:
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


def matches_of(filters: ProductFilters, rank: ColumnElement[int] | None) -> dict[str, ColumnElement[bool]]:
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


def side_order() -> ColumnElement[int]:
    """Front before rear before anything else, as a mechanic reads a car; no side comes last."""
    return case(
        (Product.side.icontains("avant"), 0), (Product.side.icontains("arrière"), 1), (Product.side != "", 2), else_=3
    )


def order_of(sort: ProductSort) -> tuple[Any, ...]:
    """Return the columns that put a list in order, the id last; the query joins StockItem."""
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
