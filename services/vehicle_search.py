"""Makes, models and types by name, as the JSON door lists them; hidden ones are never found (spec/vehicles.md)."""

from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func, select
from sqlalchemy.orm import contains_eager, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from domain.errors import NotFound
from domain.slugs import slugify
from models.database import session
from models.vehicles import Make, VehicleModel, VehicleType
from services.vehicles import get_make, list_models

MIN_LETTERS = 2
MAX_FOUND = 20
_DISPLAYED = (VehicleType.is_displayed, VehicleModel.is_displayed, Make.is_displayed)


@dataclass(frozen=True)
class MakePage:
    """One page of the makes, and how many there are."""

    makes: list[Make]
    total: int


@dataclass(frozen=True)
class FoundVehicles:
    """What a text names: exact names first, then those that begin with it, then those that hold it."""

    makes: list[Make] = field(default_factory=list)
    models: list[VehicleModel] = field(default_factory=list)
    types: list[VehicleType] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many were found; at most 20 of each."""
        return len(self.makes) + len(self.models) + len(self.types)


@dataclass(frozen=True)
class VehicleCounts:
    """How many makes, models and types are shown."""

    makes: int
    models: int
    types: int


def list_makes_page(*, text: str = "", page: int = 1, per_page: int = 50) -> MakePage:
    """List the displayed makes whose name holds `text`, tops first, then by position and name."""
    wanted = [Make.is_displayed, *([Make.alias.contains(slugify(text), autoescape=True)] if text else [])]
    makes = session.scalars(
        select(Make)
        .where(*wanted)
        .order_by(Make.is_top.desc(), Make.position, Make.name)
        .offset((page - 1) * per_page)
        .limit(per_page)
    )
    total = session.scalar(select(func.count()).select_from(Make).where(*wanted)) or 0
    return MakePage(list(makes), total)


def get_make_by(key: str) -> Make:
    """Return a displayed make by its id or alias; raises NotFound."""
    if key.isascii() and key.isdigit() and len(key) <= 18:
        return get_make(int(key))
    make = session.scalar(select(Make).where(Make.alias == key.lower(), Make.is_displayed))
    if make is None:
        raise NotFound("Ce constructeur n'existe pas ou plus.")
    return make


def search_models_of_make(make: Make, *, text: str = "", year: int | None = None) -> list[VehicleModel]:
    """List a make's displayed models that were built in `year` and whose name holds `text`, when these are given."""
    wanted = slugify(text) if text else ""
    models = [model for model in list_models(make.id, year=year) if wanted in slugify(model.name)]
    for model in models:
        set_committed_value(model, "make", make)
    return models


def search_vehicles(text: str) -> FoundVehicles:
    """Find makes, models and types by name: exact before beginning before containing, at most 20 of each (rule 5)."""
    wanted = slugify(text)
    if len(wanted) < MIN_LETTERS:
        return FoundVehicles()
    makes = select(Make).where(Make.is_displayed, Make.alias.contains(wanted, autoescape=True))
    models = (
        select(VehicleModel)
        .join(VehicleModel.make)
        .where(VehicleModel.is_displayed, Make.is_displayed)
        .where(VehicleModel.alias.contains(wanted, autoescape=True))
        .options(contains_eager(VehicleModel.make))
    )
    types = (
        select(VehicleType)
        .join(VehicleType.model)
        .join(VehicleModel.make)
        .where(*_DISPLAYED, VehicleType.alias.contains(wanted, autoescape=True))
        .options(
            contains_eager(VehicleType.model).contains_eager(VehicleModel.make), selectinload(VehicleType.engine_codes)
        )
    )
    tops = (Make.is_top.desc(), Make.position, Make.name)
    return FoundVehicles(
        list(session.scalars(makes.order_by(_rank(Make.alias, wanted), *tops).limit(MAX_FOUND))),
        list(
            session.scalars(
                models.order_by(_rank(VehicleModel.alias, wanted), *tops, VehicleModel.name).limit(MAX_FOUND)
            )
        ),
        list(
            session.scalars(
                types.order_by(_rank(VehicleType.alias, wanted), *tops, VehicleModel.name, VehicleType.id).limit(
                    MAX_FOUND
                )
            )
        ),
    )


def count_vehicles() -> VehicleCounts:
    """Return how many makes, models and types are shown."""
    shown = (
        select(
            func.count(VehicleType.id), func.count(func.distinct(VehicleModel.id)), func.count(func.distinct(Make.id))
        )
        .join(VehicleType.model)
        .join(VehicleModel.make)
        .where(*_DISPLAYED)
    )
    types, models, makes = session.execute(shown).one()
    return VehicleCounts(makes, models, types)


def _rank(alias: SQLColumnExpression[str], wanted: str) -> ColumnElement[int]:
    return case((alias == wanted, 0), (alias.startswith(wanted, autoescape=True), 1), else_=2)
