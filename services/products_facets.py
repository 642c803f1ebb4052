"""What could narrow a list further: every facet of a page, counted true in one query.

Each facet leaves out its own filter, so that a second brand can be added to a first one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.selectable import CTE

from domain.fitment import Fit
from models.catalog import Brand, Criterion, Product, ProductCriterion
from models.database import session
from models.stock import StockItem
from services.stock import is_tracked

# A list with more values than this in one facet is narrowed by something else first.
MAX_VALUES = 60
MAX_CRITERIA_VALUES = 400
# As the conditions of services/products_filters.py rank them.
FITS = (Fit.FITS, Fit.TO_CHECK, Fit.DOES_NOT_FIT)


class ChosenFilters(Protocol):
    """What of the filters a facet must know: which of its values are chosen; prices in cents."""

    @property
    def brands(self) -> tuple[int, ...]: ...
    @property
    def sides(self) -> tuple[str, ...]: ...
    @property
    def price_min_cents(self) -> int | None: ...
    @property
    def price_max_cents(self) -> int | None: ...
    @property
    def in_stock(self) -> bool: ...
    @property
    def fits(self) -> tuple[Fit, ...]: ...
    @property
    def criteria(self) -> Mapping[int, tuple[str, ...]]: ...


@dataclass(frozen=True)
class FacetValue:
    """One value that can be chosen, and how many products it would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True)
class CriterionFacet:
    """A criterion that can narrow, with its values in the order of their size."""

    criterion_id: int
    name: str
    unit: str
    values: list[FacetValue]


@dataclass(frozen=True)
class Facets:
    """Everything that can narrow a list; `everything` counts it before any filter, prices in cents."""

    total: int = 0
    everything: int = 0
    unpriced: int = 0
    brands: list[FacetValue] = field(default_factory=list)
    sides: list[FacetValue] = field(default_factory=list)
    fits: list[FacetValue] = field(default_factory=list)
    criteria: list[CriterionFacet] = field(default_factory=list)
    in_stock: int = 0
    price_low_cents: int | None = None
    price_high_cents: int | None = None


def count_facets(
    scope: Sequence[ColumnElement[bool]],
    filters: ChosenFilters,
    matches: Mapping[str, ColumnElement[bool]],
    rank: ColumnElement[int] | None,
) -> Facets:
    """Count the facets of the displayed products in `scope`; `matches` has the condition of each chosen filter."""
    base = _base(scope, matches, rank)

    def all_but(own: str = "") -> ColumnElement[bool]:
        return and_(true(), *(base.c[f"m_{name}"] for name in matches if name != own))

    parts = [
        _part("total", base, where=all_but()),
        _part("everything", base, where=base.c.price_cents.is_not(None) if "priced" in matches else true()),
        _part("unpriced", base, where=base.c.price_cents.is_(None)),
        _part("price", base, where=all_but("price")),
        _part("stock", base, where=and_(base.c.in_stock, all_but("stock"))),
        _part("side", base, value=base.c.side, where=all_but("side"), chosen=_chosen(base, matches, "side")),
        _brands(base, all_but("brand"), _chosen(base, matches, "brand")),
        _criteria(base, matches, filters),
    ]
    if rank is not None:
        fit = cast(base.c.rank, String)
        parts.append(_part("fit", base, value=fit, where=all_but("fit"), chosen=_chosen(base, matches, "fit")))
    found: dict[str, list[Any]] = {}
    for row in session.execute(union_all(*parts)):
        found.setdefault(row.facet, []).append(row)
    return _read(found, filters)


def count_fits(scope: Sequence[ColumnElement[bool]], rank: ColumnElement[int]) -> list[FacetValue]:
    """Count what fits, is to be checked and does not fit among the displayed products in `scope`."""
    found = session.execute(
        select(rank, func.count())
        .select_from(Product)
        .join(Product.brand)
        .where(*scope, Product.is_displayed, Brand.is_displayed)
        .group_by(rank)
        .order_by(rank)
    )
    return [FacetValue(FITS[number], FITS[number], count) for number, count in found]


def _base(
    scope: Sequence[ColumnElement[bool]],
    matches: Mapping[str, ColumnElement[bool]],
    rank: ColumnElement[int] | None,
) -> CTE:
    """Return the products in scope, once, with the answer of each filter."""
    in_stock = func.coalesce(StockItem.on_hand - StockItem.reserved > 0, False) if is_tracked() else true()
    columns: list[Any] = [
        Product.id,
        Product.brand_id,
        Product.side,
        Product.price_cents,
        in_stock.label("in_stock"),
        (rank if rank is not None else literal(0, Integer)).label("rank"),
        *(func.coalesce(condition, False).label(f"m_{name}") for name, condition in matches.items()),
    ]
    return (
        select(*columns)
        .join(Product.brand)
        .outerjoin(StockItem, StockItem.product_id == Product.id)
        .where(*scope, Product.is_displayed, Brand.is_displayed)
        .cte("base")
    )


def _chosen(base: CTE, matches: Mapping[str, ColumnElement[bool]], name: str) -> ColumnElement[bool]:
    """What is chosen stays in sight when it leaves nothing, so that it can be given up."""
    return base.c[f"m_{name}"] if name in matches else false()


def _part(
    facet: str, base: CTE, *, where: ColumnElement[bool], value: Any = None, chosen: ColumnElement[bool] | None = None
) -> Select[*tuple[Any, ...]]:
    """Return one branch of the union: facet, key, value, label, count, lowest and highest price."""
    key = literal("") if value is None else value
    query = select(
        literal(facet).label("facet"),
        literal(0, BigInteger).label("key"),
        key.label("value"),
        literal("").label("label"),
        literal("").label("unit"),
        func.count().filter(where).label("count"),
        func.min(base.c.price_cents).label("low"),
        func.max(base.c.price_cents).label("high"),
    ).where(where if chosen is None else or_(where, chosen))
    return query.group_by(key).limit(MAX_VALUES) if value is not None else query


def _brands(base: CTE, where: ColumnElement[bool], chosen: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    count = func.count().filter(where)
    return (
        select(
            literal("brand"),
            Brand.id,
            cast(Brand.id, String),
            Brand.name,
            literal(""),
            count,
            func.min(base.c.price_cents),
            func.max(base.c.price_cents),
        )
        .join(Brand, Brand.id == base.c.brand_id)
        .where(or_(where, chosen))
        .group_by(Brand.id)
        .order_by(count.desc(), Brand.name)
        .limit(MAX_VALUES)
    )


def _criteria(
    base: CTE, matches: Mapping[str, ColumnElement[bool]], filters: ChosenFilters
) -> Select[*tuple[Any, ...]]:
    """Count values of criteria; a chosen criterion leaves out its own choice, the others all of them."""
    names = {f"criterion-{number}": number for number in filters.criteria}
    others = [base.c[f"m_{name}"] for name in matches if name not in names]
    own = [or_(base.c[f"m_{name}"], Criterion.id == number) for name, number in names.items()]
    where = and_(true(), *others, *own)
    chosen = [
        and_(Criterion.id == number, ProductCriterion.value.in_(values)) for number, values in filters.criteria.items()
    ]
    count = func.count().filter(where)
    return (
        select(
            literal("criterion"),
            Criterion.id,
            ProductCriterion.value,
            Criterion.name,
            Criterion.unit,
            count,
            func.min(base.c.price_cents),
            func.max(base.c.price_cents),
        )
        .select_from(base)
        .join(ProductCriterion, ProductCriterion.product_id == base.c.id)
        .join(Criterion, and_(Criterion.id == ProductCriterion.criterion_id, Criterion.is_filter))
        .where(or_(where, *chosen))
        .group_by(Criterion.id, ProductCriterion.value)
        .order_by(count.desc())
        .limit(MAX_CRITERIA_VALUES)
    )


def _read(found: Mapping[str, Sequence[Any]], filters: ChosenFilters) -> Facets:
    price = found["price"][0]
    return Facets(
        total=found["total"][0].count,
        everything=found["everything"][0].count,
        unpriced=found["unpriced"][0].count,
        in_stock=found["stock"][0].count,
        price_low_cents=price.low,
        price_high_cents=price.high,
        brands=[
            FacetValue(row.value, row.label, row.count, row.key in filters.brands) for row in found.get("brand", ())
        ],
        sides=sorted(
            (
                FacetValue(row.value, row.value, row.count, row.value in filters.sides)
                for row in found.get("side", ())
                if row.value
            ),
            key=lambda side: side.label,
        ),
        fits=_fits(found.get("fit", ()), filters),
        criteria=_read_criteria(found.get("criterion", ()), filters),
    )


def _fits(rows: Sequence[Any], filters: ChosenFilters) -> list[FacetValue]:
    return [
        FacetValue(FITS[int(row.value)], FITS[int(row.value)], row.count, FITS[int(row.value)] in filters.fits)
        for row in sorted(rows, key=lambda row: row.value)
    ]


def _read_criteria(rows: Sequence[Any], filters: ChosenFilters) -> list[CriterionFacet]:
    facets: dict[int, CriterionFacet] = {}
    for row in rows:
        facet = facets.setdefault(row.key, CriterionFacet(row.key, row.label, row.unit, []))
        label = f"{row.value} {row.unit}".strip()
        is_chosen = row.value in filters.criteria.get(row.key, ())
        facet.values.append(FacetValue(row.value, label, row.count, is_chosen))
    for facet in facets.values():
        facet.values.sort(key=lambda value: natural(value.value))
    # A criterion with one value for all narrows nothing.
    worth = [facet for facet in facets.values() if len(facet.values) > 1 or any(v.is_chosen for v in facet.values)]
    return sorted(worth, key=lambda facet: facet.name)


def natural(value: str) -> tuple[int, float, str]:
    """Return a key that sorts 9 before 10,5 before 280, and words after numbers."""
    try:
        return (0, float(value.replace(",", ".")), value)
    except ValueError:
        return (1, 0.0, value)
