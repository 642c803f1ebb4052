"""Products as lists show them: one query, light rows.

A list of twenty-four entities with brand, gamme, stock, pictures and criteria is some three hundred objects that the
session must watch over; these rows carry the same names (`row.brand.name`) and nobody watches them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    any_,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute

from models.catalog import Brand, Criterion, Family, Gamme, Product, ProductCriterion, ProductPicture
from models.database import session
from models.stock import StockItem

Prepared = Select[*tuple[Any, ...]]


class ListedBrand(NamedTuple):
    """The brand of a listed product."""

    id: int
    alias: str
    name: str
    is_oes: bool


class ListedGamme(NamedTuple):
    """The gamme of a listed product."""

    id: int
    alias: str
    name: str
    drawing: str


class ListedStock(NamedTuple):
    """What lies on the shelf of a listed product."""

    on_hand: int
    reserved: int
    low_threshold: int
    next_restock_on: date | None

    @property
    def available(self) -> int:
        """Packs that can still be promised."""
        return self.on_hand - self.reserved


class ListedPicture(NamedTuple):
    """One picture."""

    path: str
    alt: str


class NamedCriterion(NamedTuple):
    """What a trait is a value of; `is_filter`: lists may be narrowed by it."""

    id: int
    name: str
    unit: str
    is_filter: bool


class ListedTrait(NamedTuple):
    """A value of a criterion."""

    value: str
    criterion: NamedCriterion


class ListedProduct(NamedTuple):
    """A displayed product as a list shows it; prices in cents per pack, VAT included."""

    id: int
    name: str
    side: str
    reference: str
    price_cents: int | None
    prior_price_cents: int | None
    deposit_cents: int
    vat_basis_points: int
    sale_quantity: int
    weight_grams: int | None
    fitment_group_id: int | None
    is_universal: bool
    brand: ListedBrand
    gamme: ListedGamme
    stock: ListedStock | None
    pictures: list[ListedPicture]
    criteria: list[ListedTrait]


def read_listed(wanted: Select[int] | CompoundSelect[int], *order: Any) -> list[ListedProduct]:
    """Read the displayed products that `wanted` selects by id, bounded by it, in `order` or by id."""
    return read_prepared(prepared(wanted, *order))


def prepared(wanted: Select[int] | CompoundSelect[int], *order: Any) -> Prepared:
    """Return the statement of `read_listed`, to be made once where its form never changes: making it costs as much as
    asking."""
    return _listed_of(wanted).order_by(*order, Product.id)


def read_prepared(statement: Prepared, **values: Any) -> list[ListedProduct]:
    """Read what a prepared statement selects with `values` for its parameters."""
    return [_listed(row) for row in session.execute(statement, values)]


def read_listed_by_id(product_ids: Sequence[int]) -> Mapping[int, ListedProduct]:
    """Read the displayed products among some ids, by id."""
    return {product.id: product for product in read_prepared(_BY_ID, ids=list(product_ids))}


def one_of(column: InstrumentedAttribute[Any], ids: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a column is among some ids, in the same words however many: it is planned once."""
    among: ColumnElement[bool] = column == any_(literal(list(ids), ARRAY(BigInteger)))
    return among


def one_of_given(column: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """Return the same condition for a prepared statement, which is given the ids under `name`."""
    among: ColumnElement[bool] = column == any_(bindparam(name, type_=ARRAY(BigInteger)))
    return among


def displayed_ids() -> Select[int]:
    """Return the query of ids of displayed products, with gamme, family, brand and stock joined to narrow by."""
    return (
        select(Product.id)
        .join(Product.gamme)
        .join(Gamme.family)
        .join(Product.brand)
        .outerjoin(StockItem, StockItem.product_id == Product.id)
        .where(Product.is_displayed, Gamme.is_displayed, Family.is_displayed, Brand.is_displayed)
    )


def _listed_of(wanted: Select[int] | CompoundSelect[int]) -> Prepared:
    # The page is picked before anything is joined to it: what stands on earlier pages costs no pictures.
    picked = wanted.subquery("picked")
    return _ROWS.join(picked, picked.c.id == Product.id)


def _pictures() -> ColumnElement[Any]:
    ordered = aggregate_order_by(
        func.json_build_array(ProductPicture.path, ProductPicture.alt), ProductPicture.position.asc()
    )
    return select(func.json_agg(ordered)).where(ProductPicture.product_id == Product.id).scalar_subquery()


def _criteria() -> ColumnElement[Any]:
    trait = func.json_build_array(
        ProductCriterion.value, Criterion.id, Criterion.name, Criterion.unit, Criterion.is_filter
    )
    return (
        select(func.json_agg(aggregate_order_by(trait, ProductCriterion.position.asc())))
        .join(Criterion, Criterion.id == ProductCriterion.criterion_id)
        .where(ProductCriterion.product_id == Product.id)
        .scalar_subquery()
    )


# Built once: its form never changes, so neither does its key in SQLAlchemy's cache of statements.
_ROWS: Prepared = (
    select(
        Product.id,
        Product.name,
        Product.side,
        Product.reference,
        Product.price_cents,
        Product.prior_price_cents,
        Product.deposit_cents,
        Product.vat_basis_points,
        Product.sale_quantity,
        Product.weight_grams,
        Product.fitment_group_id,
        Product.is_universal,
        Brand.id,
        Brand.alias,
        Brand.name,
        Brand.is_oes,
        Gamme.id,
        Gamme.alias,
        Gamme.name,
        Gamme.drawing,
        StockItem.on_hand,
        StockItem.reserved,
        StockItem.low_threshold,
        StockItem.next_restock_on,
        _pictures(),
        _criteria(),
    )
    .join(Product.gamme)
    .join(Gamme.family)
    .join(Product.brand)
    .outerjoin(StockItem, StockItem.product_id == Product.id)
    .where(Product.is_displayed, Gamme.is_displayed, Family.is_displayed, Brand.is_displayed)
)

_BY_ID = _ROWS.where(one_of_given(Product.id, "ids"))


def _listed(row: Row[*tuple[Any, ...]]) -> ListedProduct:
    (*own, pictures, criteria) = row
    return ListedProduct._make(
        (
            *own[:12],
            ListedBrand._make(own[12:16]),
            ListedGamme._make(own[16:20]),
            None if own[20] is None else ListedStock._make(own[20:24]),
            [ListedPicture._make(picture) for picture in pictures or ()],
            [ListedTrait(value, NamedCriterion._make(criterion)) for value, *criterion in criteria or ()],
        )
    )
