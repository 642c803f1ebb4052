"""Where a text leads besides products: kinds of part, vehicles, and a kind of part for a vehicle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager

from domain.references import reference_key
from domain.search import plain_words, telling_words
from domain.understanding import Named
from integrations.search import SearchAnswer, SearchRequest
from models.catalog import Family, Gamme
from models.database import session
from models.vehicles import Make, RegistrationCode, VehicleModel, VehicleType
from services.search.documents import GAMMES, VEHICLES
from services.vehicles import search_models

PER_GROUP = 5
# A kind of part is offered for so many vehicles.
TOGETHER = 3
# Of so many vehicles, those made in the year that a text names come first.
COMPARED = 40
NAMES = ("name", "plural_name")
# A « type mine » has at least so many characters, a CNIT at most so many.
CODE_LENGTHS = range(5, 21)
# What « alias-id » of an address is made of.
AliasId = tuple[str, int]


@dataclass(frozen=True)
class SuggestedGamme:
    """A gamme with its family's name."""

    id: int
    alias: str
    name: str
    plural_name: str
    family: str
    drawing: str


@dataclass(frozen=True)
class SuggestedVehicle:
    """A model, or one of its types; years in words."""

    label: str
    years: str
    make: AliasId
    model: AliasId
    type: AliasId | None


@dataclass(frozen=True)
class SuggestedFit:
    """A gamme for a vehicle: « Plaquettes de frein pour Renault Clio III »."""

    gamme: SuggestedGamme
    vehicle: SuggestedVehicle


@dataclass(frozen=True)
class Places:
    """At most five gammes and five vehicles, and three pairs of both when the text names both."""

    gammes: Sequence[SuggestedGamme] = ()
    vehicles: Sequence[SuggestedVehicle] = ()
    together: Sequence[SuggestedFit] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.gammes or self.vehicles)


def place_requests(text: str, named: Named) -> list[SearchRequest]:
    """Return what to ask the engine for the places of a text: two requests, for `read_places`."""
    words = telling_words(text)
    gammes, vehicles = named.kind or words, _complete(named.vehicle or words)
    return [
        SearchRequest(
            GAMMES.name,
            gammes,
            limit=0 if named.only_vehicle or (named.only_part and not named.kind) else _most(gammes, PER_GROUP),
            # « Amortisseurs arrière » are shock absorbers, not the rear axle's bushing of their family.
            within=NAMES if " " in named.kind else (),
        ),
        SearchRequest(
            VEHICLES.name,
            vehicles,
            limit=0 if named.only_part else _most(vehicles, COMPARED if named.year else PER_GROUP),
        ),
    ]


def read_places(answers: Sequence[SearchAnswer], named: Named) -> Places:
    """Return the places in the engine's answers to `place_requests`; those made in the year named come first."""
    gammes, vehicles = answers
    made = sorted(vehicles.documents, key=lambda found: not _is_made_in(found, named.year))
    return _places(
        [_gamme(found) for found in gammes.documents], [_vehicle(found) for found in made[:PER_GROUP]], named
    )


def _complete(words: str) -> str:
    """Close a text behind a model's number: as the beginning of a word, « clio 4 » met engines before the Clio IV."""
    return f"{words} " if words[-2:-1] == " " and words[-1:].isdigit() else words


def _most(words: str, limit: int) -> int:
    """Without a word, an engine would offer the first it has."""
    return limit if words else 0


def _is_made_in(found: Mapping[str, Any], year: int | None) -> bool:
    return year is None or found["year_from"] <= year <= (found["year_to"] or year)


def places_in_database(text: str, named: Named) -> Places:
    """Return the places of a text without the engine."""
    return _places(_gammes_named(named.kind or text), _models_named(named.vehicle or text), named)


def vehicles_by_code(text: str) -> list[SuggestedVehicle]:
    """Return the displayed types of a « type mine » or CNIT, at most five; none for a text of another shape."""
    code = reference_key(text)
    if len(code) not in CODE_LENGTHS or code.isdigit() or code.isalpha():
        return []
    named = select(RegistrationCode.type_id).where(or_(RegistrationCode.mine == code, RegistrationCode.cnit == code))
    types = session.scalars(
        select(VehicleType)
        .join(VehicleType.model)
        .join(VehicleModel.make)
        .where(VehicleType.id.in_(named), VehicleType.is_displayed, VehicleModel.is_displayed, Make.is_displayed)
        .order_by(Make.name, VehicleModel.name, VehicleType.name, VehicleType.id)
        .options(contains_eager(VehicleType.model).contains_eager(VehicleModel.make))
        .limit(PER_GROUP)
    )
    return [
        SuggestedVehicle(one.label, one.years, _alias_id(one.model.make), _alias_id(one.model), _alias_id(one))
        for one in types
    ]


def type_ids_of(vehicle: SuggestedVehicle) -> list[int]:
    """Return the displayed types a suggested vehicle stands for: its own, or those of its model."""
    if vehicle.type:
        return [vehicle.type[1]]
    return list(
        session.scalars(
            select(VehicleType.id).where(VehicleType.model_id == vehicle.model[1], VehicleType.is_displayed).limit(400)
        )
    )


def _places(gammes: list[SuggestedGamme], vehicles: list[SuggestedVehicle], named: Named) -> Places:
    together = [SuggestedFit(gammes[0], one) for one in vehicles[:TOGETHER]] if named.is_both and gammes else []
    return Places(gammes, vehicles, together)


def _gammes_named(text: str) -> list[SuggestedGamme]:
    words = [word.removesuffix("s") for word in plain_words(text).split()]
    if not words:
        return []
    found = session.scalars(
        select(Gamme)
        .join(Gamme.family)
        .where(Gamme.is_displayed, Family.is_displayed)
        .where(*(Gamme.alias.contains(word, autoescape=True) for word in words))
        .order_by(Gamme.is_top.desc(), Gamme.level, func.length(Gamme.name), Gamme.name)
        .options(contains_eager(Gamme.family))
        .limit(PER_GROUP)
    )
    return [SuggestedGamme(one.id, one.alias, one.name, one.plural_name, one.family.name, one.drawing) for one in found]


def _models_named(text: str) -> list[SuggestedVehicle]:
    return [
        SuggestedVehicle(
            f"{model.make.name} {model.short_name}", model.years, _alias_id(model.make), _alias_id(model), None
        )
        for model in search_models(text, PER_GROUP)
    ]


def _alias_id(thing: Make | VehicleModel | VehicleType) -> AliasId:
    return thing.alias, thing.id


def _gamme(found: Mapping[str, Any]) -> SuggestedGamme:
    return SuggestedGamme(
        found["id"], found["alias"], found["name"], found["plural_name"], found["family"], found["drawing"]
    )


def _vehicle(found: Mapping[str, Any]) -> SuggestedVehicle:
    first, last = found["year_from"], found["year_to"]
    years = f"depuis {first}" if last is None else f"{first}–{last}"
    vehicle_type = found["type"]
    return SuggestedVehicle(
        found["label"],
        str(first) if first == last else years,
        (found["make"][0], found["make"][1]),
        (found["model"][0], found["model"][1]),
        (vehicle_type[0], vehicle_type[1]) if vehicle_type else None,
    )
