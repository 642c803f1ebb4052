"""Does it fit? One question to the database for all the products of a page (LESSONS: fitment)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy import CompoundSelect, Select, select, union_all
from sqlalchemy.orm import aliased

from domain.fitment import NOT_LISTED, UNIVERSAL, UNKNOWN, FitmentRow, Production, Verdict, judge
from models.catalog import Fitment, Product
from models.database import session
from services.products_rows import ListedProduct, one_of

_Rows = Select[int, date | None, date | None, str]


class JudgedVehicle(Protocol):
    """What is asked about: the id of a vehicle type and when the car was built (services/vehicles.py: Car)."""

    @property
    def id(self) -> int:
        """The vehicle type."""

    @property
    def production(self) -> Production:
        """When it was built."""


def judge_products(products: Iterable[Product | ListedProduct], vehicle: JudgedVehicle | None) -> dict[int, Verdict]:
    """Return the verdict of each product for `vehicle` by product id, with one query; empty without a vehicle."""
    if vehicle is None:
        return {}
    products = list(products)
    group_ids = {product.fitment_group_id for product in products if product.fitment_group_id is not None}
    groups: Mapping[int, Verdict] = {}
    if group_ids:
        groups = _judge(_rows(vehicle).where(one_of(Fitment.group_id, group_ids)), vehicle)
    return {product.id: verdict_of(product, groups) for product in products}


def judge_product(product: Product, vehicle: JudgedVehicle | None) -> Verdict | None:
    """Return the verdict of one product, None without a vehicle."""
    return judge_products([product], vehicle).get(product.id)


def judge_groups(gamme_id: int, vehicle: JudgedVehicle) -> dict[int, Verdict]:
    """Return the verdict of every fitment group of a gamme that lists the vehicle, by group id: one index range."""
    return _judge(_rows(vehicle).where(Fitment.gamme_id == gamme_id), vehicle)


def products_for(type_id: int) -> CompoundSelect[int]:
    """Return the query of ids of products made for a vehicle type or for any: two index ranges, never a scan."""
    product = aliased(Product)
    groups = select(Fitment.group_id).where(Fitment.vehicle_type_id == type_id).distinct().subquery()
    return union_all(
        select(product.id).join(groups, groups.c.group_id == product.fitment_group_id),
        select(product.id).where(product.is_universal, product.is_displayed),
    )


def list_groups_of(vehicle: JudgedVehicle, among: Iterable[int] | None = None) -> set[int]:
    """Return the fitment groups that list the vehicle, all of them or those `among` some."""
    query = select(Fitment.group_id).where(Fitment.vehicle_type_id == vehicle.id).distinct()
    if among is not None:
        query = query.where(Fitment.group_id.in_(set(among)))
    return set(session.scalars(query))


def list_groups_of_types(type_ids: Sequence[int], gamme_ids: Sequence[int]) -> set[int]:
    """Return the fitment groups of some gammes that list any of some vehicle types: one index range per pair."""
    query = select(Fitment.group_id).where(Fitment.vehicle_type_id.in_(type_ids), Fitment.gamme_id.in_(gamme_ids))
    return set(session.scalars(query.distinct()))


def verdict_of(product: Product | ListedProduct, groups: Mapping[int, Verdict]) -> Verdict:
    """Return a product's verdict from the judged groups of its page."""
    if product.is_universal:
        return UNIVERSAL
    if product.fitment_group_id is None:
        return UNKNOWN
    return groups.get(product.fitment_group_id, NOT_LISTED)


def _rows(vehicle: JudgedVehicle) -> _Rows:
    rows = select(Fitment.group_id, Fitment.fitted_from, Fitment.fitted_to, Fitment.restriction)
    return rows.where(Fitment.vehicle_type_id == vehicle.id).order_by(Fitment.group_id, Fitment.position)


def _judge(query: _Rows, vehicle: JudgedVehicle) -> dict[int, Verdict]:
    rows: defaultdict[int, list[FitmentRow]] = defaultdict(list)
    for group_id, fitted_from, fitted_to, restriction in session.execute(query):
        rows[group_id].append(FitmentRow(fitted_from, fitted_to, restriction))
    return {group_id: judge(found, vehicle.production) for group_id, found in rows.items()}
