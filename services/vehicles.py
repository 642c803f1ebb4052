"""Makes, models and vehicle types, and the way to the visitor's own car."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from domain.errors import NotFound
from domain.fitment import Production
from domain.search import plain_words
from domain.vehicle_names import NUMERALS
from models.database import session
from models.vehicles import Make, RegistrationCode, VehicleModel, VehicleType

# The largest make has some two hundred models, the largest model some hundred types.
MAX_LISTED = 400
FIRST_YEAR = 1900
LAST_YEAR = 2030


@dataclass(frozen=True)
class Car:
    """A vehicle somebody owns or asks about: its type, and the year when he gave one."""

    type: VehicleType
    year: int | None = None

    @property
    def id(self) -> int:
        """The id of its type."""
        return self.type.id

    @property
    def label(self) -> str:
        """Make, model, type and power."""
        return self.type.label

    @property
    def years(self) -> str:
        """The year that was given, else the years of production."""
        return str(self.year) if self.year else self.type.years

    @property
    def production(self) -> Production:
        """When it was built, as the fitment rules need to know."""
        return Production(self.type.produced_from, self.type.produced_to, self.year)


def list_makes(*, top_only: bool = False) -> list[Make]:
    """List the displayed makes: tops first, then by position and name."""
    query = select(Make).where(Make.is_displayed)
    if top_only:
        query = query.where(Make.is_top)
    return list(session.scalars(query.order_by(Make.is_top.desc(), Make.position, Make.name).limit(MAX_LISTED)))


def get_make(make_id: int) -> Make:
    """Return a displayed make; raises NotFound."""
    make = session.scalar(select(Make).where(Make.id == make_id, Make.is_displayed))
    if make is None:
        raise NotFound("Ce constructeur n'existe pas ou plus.")
    return make


def list_models(make_id: int, *, year: int | None = None) -> list[VehicleModel]:
    """List a make's displayed models that have a displayed type, of `year` when given (spec/vehicles.md, rule 2)."""
    has_type = (
        select(VehicleType.id)
        .where(VehicleType.model_id == VehicleModel.id, VehicleType.is_displayed, *_built_in(year))
        .exists()
    )
    return list(
        session.scalars(
            select(VehicleModel)
            .where(VehicleModel.make_id == make_id, VehicleModel.is_displayed, has_type)
            .order_by(VehicleModel.position, VehicleModel.name, VehicleModel.year_from)
            .limit(MAX_LISTED)
        )
    )


def list_years_of_make(make_id: int, *, today: date) -> list[int]:
    """List the years in which a make built the models shown, latest first, none in the future (rule 3)."""
    return years_of_models(list_models(make_id), today=today)


def years_of_models(models: Sequence[VehicleModel], *, today: date) -> list[int]:
    """Return the years in which any of `models` was built, latest first, none in the future."""
    years: set[int] = set()
    for model in models:
        years.update(range(model.year_from, (model.year_to or today.year) + 1))
    return sorted((year for year in years if year <= today.year), reverse=True)


def get_model(model_id: int) -> VehicleModel:
    """Return a displayed model with its make; raises NotFound."""
    model = session.scalar(
        select(VehicleModel)
        .join(VehicleModel.make)
        .where(VehicleModel.id == model_id, VehicleModel.is_displayed, Make.is_displayed)
        .options(contains_eager(VehicleModel.make))
    )
    if model is None:
        raise NotFound("Ce modèle n'existe pas ou plus.")
    return model


def list_years(types: list[VehicleType], *, today: date) -> list[int]:
    """List the years in which any of `types` was built, latest first, none in the future."""
    years: set[int] = set()
    for vehicle_type in types:
        last = vehicle_type.produced_to or today
        years.update(range(vehicle_type.produced_from.year, min(last.year, today.year) + 1))
    return sorted(years, reverse=True)


def list_types(model_id: int, *, year: int | None = None) -> list[VehicleType]:
    """List a model's displayed types with model, make and engine codes, of `year` when given, by fuel then name."""
    return list(
        session.scalars(
            _displayed_types()
            .where(VehicleType.model_id == model_id, *_built_in(year))
            .order_by(VehicleType.fuel, VehicleType.position, VehicleType.name, VehicleType.power_hp)
            .options(selectinload(VehicleType.engine_codes))
            .limit(MAX_LISTED)
        )
    )


def find_vehicle_type(type_id: int) -> VehicleType | None:
    """Return a displayed vehicle type with its model and make, None when there is none."""
    return session.scalar(_displayed_type(), {"type_id": type_id})


def get_car(type_id: int) -> Car:
    """Return a displayed vehicle type as a car of no particular year; raises NotFound."""
    vehicle_type = find_vehicle_type(type_id)
    if vehicle_type is None:
        raise NotFound("Ce véhicule n'existe pas ou plus.")
    return Car(vehicle_type)


def get_vehicle_type(type_id: int) -> VehicleType:
    """Return a displayed vehicle type with its model, make and engine codes; raises NotFound."""
    vehicle_type = session.scalar(
        _displayed_types().where(VehicleType.id == type_id).options(selectinload(VehicleType.engine_codes))
    )
    if vehicle_type is None:
        raise NotFound("Ce véhicule n'existe pas ou plus.")
    return vehicle_type


def list_types_by_code(code: str) -> list[VehicleType]:
    """List the types of a « type mine » or CNIT, compared without spaces and case (rule 6); several are possible."""
    wanted = "".join(code.split()).upper()
    if not wanted:
        return []
    named = select(RegistrationCode.type_id).where(
        or_(RegistrationCode.mine == wanted, RegistrationCode.cnit == wanted)
    )
    return list(
        session.scalars(
            _displayed_types()
            .where(VehicleType.id.in_(named))
            .order_by(Make.name, VehicleModel.name, VehicleType.name)
            .options(selectinload(VehicleType.engine_codes))
            .limit(MAX_LISTED)
        )
    )


def list_codes_of_model(model_id: int) -> list[RegistrationCode]:
    """List the registration codes of a model's displayed types, by code, at most 500."""
    return list(
        session.scalars(
            select(RegistrationCode)
            .join(VehicleType, VehicleType.id == RegistrationCode.type_id)
            .where(VehicleType.model_id == model_id, VehicleType.is_displayed)
            .order_by(RegistrationCode.mine, RegistrationCode.cnit, RegistrationCode.id)
            .limit(MAX_LISTED)
        )
    )


def search_models(text: str, limit: int = 6) -> list[VehicleModel]:
    """List the displayed models whose make and model names hold every word of `text`, tops first (rule 5)."""
    words = plain_words(text).split()
    if not words:
        return []
    names = "-" + Make.alias + "-" + VehicleModel.alias + "-"
    return list(
        session.scalars(
            select(VehicleModel)
            .join(VehicleModel.make)
            .where(VehicleModel.is_displayed, Make.is_displayed)
            .where(*(_holds(names, word) for word in words))
            .order_by(Make.is_top.desc(), Make.position, Make.name, VehicleModel.name)
            .options(contains_eager(VehicleModel.make))
            .limit(min(limit, MAX_LISTED))
        )
    )


def _holds(names: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Compare a word with the words of a name; « 3 » also finds « III »."""
    held = names.contains(word, autoescape=True)
    return or_(held, names.contains(f"-{NUMERALS[word]}-")) if word in NUMERALS else held


@cache
def _displayed_type() -> Select[VehicleType]:
    return _displayed_types().where(VehicleType.id == bindparam("type_id"))


def _displayed_types() -> Select[VehicleType]:
    return (
        select(VehicleType)
        .join(VehicleType.model)
        .join(VehicleModel.make)
        .where(VehicleType.is_displayed, VehicleModel.is_displayed, Make.is_displayed)
        .options(contains_eager(VehicleType.model).contains_eager(VehicleModel.make))
    )


def _built_in(year: int | None) -> list:  # type: ignore[type-arg]
    if year is None:
        return []
    ends = func.coalesce(VehicleType.produced_to, date(9999, 1, 1))
    return [VehicleType.produced_from <= date(year, 12, 31), ends >= date(year, 1, 1)]
