"""Lists of products: what is in them, how they are narrowed and sorted, and what could narrow them further.

What fits a car in a gamme is short and read whole (services/products_short_list.py); a whole gamme is read page by page
and its facets come counted, or are counted in one query when something narrows it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select

from domain.errors import Gone
from domain.fitment import Verdict
from domain.slugs import slugify
from models.catalog import Brand, Family, Gamme, Product
from models.database import session
from models.stock import StockItem
from services.fitment import JudgedVehicle, judge_groups, judge_products, products_for, verdict_of
from services.gamme_facets import find_gamme_facets
from services.products import PartRow, availability
from services.products_facets import Facets, count_facets, count_fits
from services.products_filters import (
    FIT_RANKS,
    MAX_OFFSET,
    ProductFilters,
    ProductSort,
    fit_rank,
    matches_of,
    order_of,
    side_order,
)
from services.products_rows import ListedProduct, displayed_ids, read_listed
from services.products_short_list import Candidate, narrow, read_candidates, side_rank

PER_PAGE = 24
MAX_PER_PAGE = 100
# Counting stops here where facets are not counted.
COUNT_CAP = 10_000


class NothingFits(Gone):
    """No part of this gamme is sold for this vehicle (spec/catalog.md, rule 7)."""


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
    rank = fit_rank(groups) if vehicle else None
    scope = (Product.gamme_id == gamme_id,)
    matches = matches_of(filters, rank)
    facets = _facets_of_gamme(gamme_id, filters, matches, rank)
    products = _read(scope, filters, matches, per_page, *([rank] if rank is not None else []))
    rows = _rows(products, groups if vehicle else None, at)
    return ProductPage(rows, facets.total, filters.page, per_page, filters, facets)


def _facets_of_gamme(
    gamme_id: int,
    filters: ProductFilters,
    matches: Mapping[str, ColumnElement[bool]],
    rank: ColumnElement[int] | None,
) -> Facets:
    """Return the kept counts where nothing narrows the gamme, with a vehicle what fits it besides; else count."""
    scope = (Product.gamme_id == gamme_id,)
    kept = None if filters.narrows else find_gamme_facets(gamme_id)
    if kept is None:
        return count_facets(scope, filters, matches, rank)
    return kept if rank is None else replace(kept, fits=count_fits(scope, rank))


def list_products_for_vehicle(
    gamme_id: int, vehicle: JudgedVehicle, filters: ProductFilters, *, per_page: int = PER_PAGE, at: datetime
) -> ProductPage:
    """List a gamme's parts that are made for a vehicle or fit any, side by side, what fits first within a side.

    Parts without a price are only counted. Raises NothingFits when nothing is sold for it at all.
    """
    groups = judge_groups(gamme_id, vehicle)
    candidates = read_candidates(gamme_id, groups)
    if candidates is None:
        return _long_list_for_vehicle(gamme_id, groups, filters, per_page, at)
    kept, facets = narrow(candidates, filters)
    if facets.everything == 0:
        raise _nothing_fits()
    first = (filters.page - 1) * per_page
    shown = _in_order(kept, filters.sort)[first : first + per_page]
    rows = [PartRow(one.product, availability(one.product, at=at), one.verdict) for one in shown]
    return ProductPage(rows, facets.total, filters.page, per_page, filters, facets, unpriced=facets.unpriced)


def _long_list_for_vehicle(
    gamme_id: int, groups: Mapping[int, Verdict], filters: ProductFilters, per_page: int, at: datetime
) -> ProductPage:
    """The same, page by page in SQL: a gamme of fluids or bulbs may hold thousands that suit every car."""
    rank = fit_rank(groups)
    listed = or_(Product.is_universal, Product.fitment_group_id.in_(groups) if groups else false())
    scope = (Product.gamme_id == gamme_id, listed)
    matches = matches_of(filters, rank) | {"priced": Product.price_cents.is_not(None)}
    facets = count_facets(scope, filters, matches, rank)
    if facets.everything == 0:
        raise _nothing_fits()
    products = _read(scope, filters, matches, per_page, side_order(), Product.side, rank)
    rows = _rows(products, groups, at)
    return ProductPage(rows, facets.total, filters.page, per_page, filters, facets, unpriced=facets.unpriced)


def _nothing_fits() -> NothingFits:
    return NothingFits("Nous ne proposons plus de pièce de cette gamme pour ce véhicule.")


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
    matches = matches_of(filters, None)
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


def _rows(products: Sequence[ListedProduct], groups: Mapping[int, Verdict] | None, at: datetime) -> list[PartRow]:
    return [
        PartRow(product, availability(product, at=at), None if groups is None else verdict_of(product, groups))
        for product in products
    ]


def _in_order(candidates: Sequence[Candidate], sort: ProductSort) -> list[Candidate]:
    """Return candidates by side, then what fits first, then in the order asked for, equal ones by id."""
    keys: dict[ProductSort, Callable[[ListedProduct], Any]] = {
        ProductSort.PRICE_ASC: lambda product: product.price_cents,
        ProductSort.PRICE_DESC: lambda product: -(product.price_cents or 0),
        ProductSort.NAME_ASC: lambda product: slugify(product.name),
        ProductSort.NAME_DESC: lambda product: slugify(product.name),
        ProductSort.STOCK_DESC: lambda product: (
            -(product.stock.available if product.stock else 0),
            product.price_cents,
        ),
        ProductSort.ID_ASC: lambda product: product.id,
        ProductSort.ID_DESC: lambda product: -product.id,
    }
    ordered = sorted(candidates, key=lambda one: one.product.id)
    ordered.sort(key=lambda one: keys[sort](one.product), reverse=sort is ProductSort.NAME_DESC)
    ordered.sort(key=lambda one: (side_rank(one.product.side), one.product.side, FIT_RANKS[one.verdict.fit]))
    return ordered


def _on_shelf(product: ListedProduct) -> int:
    return product.stock.available if product.stock else 0


def _read(
    scope: Sequence[ColumnElement[bool]],
    filters: ProductFilters,
    matches: Mapping[str, ColumnElement[bool]],
    per_page: int,
    *first_by: Any,
) -> list[ListedProduct]:
    offset = (filters.page - 1) * per_page
    if offset >= MAX_OFFSET:
        return []
    order = (*first_by, *order_of(filters.sort))
    wanted = displayed_ids().where(*scope, *matches.values()).order_by(*order).offset(offset).limit(per_page)
    return read_listed(wanted, *order)


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
