"""What the JSON door says of makes, models and vehicle types."""

from datetime import date

from pydantic import BaseModel, Field

from api.schemas.products import NamedThing
from models.vehicles import Make, VehicleModel, VehicleType
from web.addresses import make_url, model_url, type_url


class MakeSummary(BaseModel):
    """A vehicle make."""

    id: int
    alias: str
    name: str
    top: bool
    url: str

    @classmethod
    def of(cls, make: Make) -> "MakeSummary":
        """Show a make."""
        return cls(id=make.id, alias=make.alias, name=make.name, top=make.is_top, url=make_url(make))


class ModelSummary(BaseModel):
    """A generation of a model; `year_to` null: still built."""

    id: int
    alias: str
    name: str
    body: str
    year_from: int
    year_to: int | None
    make: NamedThing
    url: str

    @classmethod
    def of(cls, model: VehicleModel) -> "ModelSummary":
        """Show a model with its make loaded."""
        return cls(
            id=model.id,
            alias=model.alias,
            name=model.name,
            body=model.body,
            year_from=model.year_from,
            year_to=model.year_to,
            make=_named(model.make),
            url=model_url(model),
        )


class TypeSummary(BaseModel):
    """An engine and power of a model; `to` null: still built."""

    type_id: int
    label: str = Field(description="« Renault Clio III 1.5 dCi 86 ch (2005–2012) ».")
    name: str
    fuel: str
    power_hp: int
    power_kw: int
    displacement_cc: int | None
    body: str
    produced_from: date
    produced_to: date | None
    years: str
    make: NamedThing
    model: NamedThing
    url: str

    @classmethod
    def of(cls, one: VehicleType) -> "TypeSummary":
        """Show a type with its model and make loaded."""
        return cls(**_type_values(one))


class TypeDetail(TypeSummary):
    """A type with its maker's engine codes."""

    engine_codes: list[str]

    @classmethod
    def of(cls, one: VehicleType) -> "TypeDetail":
        """Show a type with its model, make and engine codes loaded."""
        return cls(**_type_values(one), engine_codes=[code.code for code in one.engine_codes])


def _type_values(one: VehicleType) -> dict[str, object]:
    return {
        "type_id": one.id,
        "label": f"{one.label} ({one.years})",
        "name": one.name,
        "fuel": one.fuel,
        "power_hp": one.power_hp,
        "power_kw": one.power_kw,
        "displacement_cc": one.displacement_cc,
        "body": one.body,
        "produced_from": one.produced_from,
        "produced_to": one.produced_to,
        "years": one.years,
        "make": _named(one.model.make),
        "model": _named(one.model),
        "url": type_url(one),
    }


def _named(thing: Make | VehicleModel) -> NamedThing:
    return NamedThing(id=thing.id, alias=thing.alias, name=thing.name)


class VehicleList(BaseModel):
    """The vehicle types that something is made for."""

    vehicles: list[TypeSummary]
