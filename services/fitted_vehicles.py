"""The cars that a product fits, which may be thousands: a count per make, then one make at a time, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from models.catalog import Fitment, Product
from models.database import session
from models.vehicles import Make, VehicleModel, VehicleType

PER_PAGE = 60
MAX_PAGES = 100
MAX_MAKES = 400

_DISPLAYED = (VehicleType.is_displayed, VehicleModel.is_displayed, Make.is_displayed)


@dataclass(frozen=True)
class FittedMake:
    """A make with the number of its vehicle types that a product fits."""

    make: Make
    types: int


@dataclass(frozen=True)
class FittedVehicle:
    """A vehicle type that a product fits, with the months and restrictions of each of its fitment rows."""

    type: VehicleType
    fitments: tuple[Fitment, ...]


@dataclass(frozen=True)
class FittedModel:
    """A model with the types of a page that a product fits."""

    model: VehicleModel
    vehicles: tuple[FittedVehicle, ...]

    @property
    def years(self) -> str:
        """The years in which any of these types was built: « 2005–2012 », « depuis 2019 »."""
        first = min(one.type.produced_from.year for one in self.vehicles)
        ends = [one.type.produced_to for one in self.vehicles]
        last = None if None in ends else max(end.year for end in ends if end)
        if last is None:
            return f"depuis {first}"
        return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True)
class FittedPage:
    """One page of the vehicles of a make, model by model."""

    models: list[FittedModel]
    page: int
    has_more: bool


def list_fitted_makes(product: Product) -> list[FittedMake]:
    """List the makes a product fits with the number of types of each, by name, in one query."""
    if product.fitment_group_id is None:
        return []
    rows = session.execute(
        select(Make, func.count(func.distinct(VehicleType.id)))
        .join(VehicleModel, VehicleModel.make_id == Make.id)
        .join(VehicleType, VehicleType.model_id == VehicleModel.id)
        .join(Fitment, Fitment.vehicle_type_id == VehicleType.id)
        .where(Fitment.group_id == product.fitment_group_id, *_DISPLAYED)
        .group_by(Make.id)
        .order_by(Make.name)
        .limit(MAX_MAKES)
    )
    return [FittedMake(make, types) for make, types in rows]


def list_fitted_vehicles(
    product: Product, *, make_id: int | None = None, page: int = 1, per_page: int = PER_PAGE
) -> FittedPage:
    """List the types that a product fits, of one make or all, by make, model and type; at most 100 pages of them."""
    page = min(page, MAX_PAGES)
    if product.fitment_group_id is None:
        return FittedPage([], page, False)
    listed = _listed_types(product.fitment_group_id, make_id).offset((page - 1) * per_page).limit(per_page + 1)
    type_ids = list(session.scalars(listed))
    fitted = _with_fitments(product.fitment_group_id, type_ids[:per_page])
    models = [FittedModel(model, tuple(of)) for model, of in groupby(fitted, key=lambda one: one.type.model)]
    return FittedPage(models, page, len(type_ids) > per_page)


def count_fitted_vehicles(product: Product) -> int:
    """Return how many displayed vehicle types a product fits."""
    return sum(one.types for one in list_fitted_makes(product))


def _listed_types(group_id: int, make_id: int | None) -> Select[int]:
    query = (
        select(VehicleType.id)
        .join(VehicleType.model)
        .join(VehicleModel.make)
        # However often a group names a vehicle, it is listed once.
        .where(VehicleType.id.in_(select(Fitment.vehicle_type_id).where(Fitment.group_id == group_id)), *_DISPLAYED)
        .order_by(Make.name, VehicleModel.name, VehicleModel.year_from, VehicleModel.id)
        .order_by(VehicleType.name, VehicleType.power_hp, VehicleType.id)
    )
    return query if make_id is None else query.where(Make.id == make_id)


def _with_fitments(group_id: int, type_ids: Sequence[int]) -> list[FittedVehicle]:
    fitments: dict[int, list[Fitment]] = {type_id: [] for type_id in type_ids}
    for fitment in session.scalars(
        select(Fitment)
        .join(Fitment.vehicle)
        .join(VehicleType.model)
        .join(VehicleModel.make)
        .where(Fitment.group_id == group_id, Fitment.vehicle_type_id.in_(type_ids))
        .order_by(Fitment.vehicle_type_id, Fitment.position)
        .options(contains_eager(Fitment.vehicle).contains_eager(VehicleType.model).contains_eager(VehicleModel.make))
    ):
        fitments[fitment.vehicle_type_id].append(fitment)
    return [FittedVehicle(found[0].vehicle, tuple(found)) for found in fitments.values()]
