"""What is offered while somebody types: references, gammes, vehicles, products."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from domain.references import MIN_PREFIX
from domain.search import plain_words, read_search
from domain.slugs import slugify
from integrations.search import Document, IndexDefinition, SearchRequest, SearchUnavailable, search_engine
from models.catalog import Family, Gamme, Product
from models.database import session
from services.products import list_products_by_id
from services.search.documents import GAMMES, PRODUCTS, VEHICLES
from services.search.references import find_by_reference
from services.search.words import find_by_words
from services.vehicles import search_models

MIN_LENGTH = 2
PER_GROUP = 5
# What « alias-id » of an address is made of.
AliasId = tuple[str, int]


@dataclass(frozen=True)
class SuggestedPart:
    """A product by its name or by one of its references."""

    id: int
    name: str
    brand: str
    reference: str
    drawing: str


@dataclass(frozen=True)
class SuggestedGamme:
    """A gamme with its family's name."""

    id: int
    alias: str
    name: str
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
class Suggestions:
    """At most five of each; `degraded` when PostgreSQL answered for the search engine."""

    references: list[SuggestedPart] = field(default_factory=list)
    gammes: list[SuggestedGamme] = field(default_factory=list)
    vehicles: list[SuggestedVehicle] = field(default_factory=list)
    products: list[SuggestedPart] = field(default_factory=list)
    degraded: bool = False


def suggest(text: str) -> Suggestions:
    """Return what `text`, typed so far, may become; nothing before two characters."""
    text = text.strip()
    if len(plain_words(text)) < MIN_LENGTH:
        return Suggestions()
    references = _references(text)
    try:
        return _ask_engine(text, references)
    except SearchUnavailable:
        return _ask_database(text, references)


def suggest_places(text: str) -> Suggestions:
    """Return only the gammes and vehicles that `text` names: what stands above the results of a search."""
    text = text.strip()
    if len(plain_words(text)) < MIN_LENGTH:
        return Suggestions()
    try:
        gammes, vehicles = _ask_engine_for(text, GAMMES, VEHICLES)
    except SearchUnavailable:
        return Suggestions(gammes=_gammes_named(text), vehicles=_models_named(text), degraded=True)
    return Suggestions(gammes=[_gamme(found) for found in gammes], vehicles=[_vehicle(found) for found in vehicles])


def _references(text: str) -> list[SuggestedPart]:
    wanted = read_search(text)
    if not any(len(key) >= MIN_PREFIX for key in wanted.keys):
        return []
    ids = [hit.product_id for hit in find_by_reference(wanted)[:PER_GROUP]]
    return [_part_of(product) for product in list_products_by_id(ids)]


def _ask_engine(text: str, references: list[SuggestedPart]) -> Suggestions:
    gammes, vehicles, products = _ask_engine_for(text, GAMMES, VEHICLES, PRODUCTS)
    known = {part.id for part in references}
    return Suggestions(
        references=references,
        gammes=[_gamme(found) for found in gammes],
        vehicles=[_vehicle(found) for found in vehicles],
        products=[
            SuggestedPart(found["id"], found["name"], found["brand"], found["reference"], found["drawing"])
            for found in products
            if found["id"] not in known
        ],
    )


def _ask_engine_for(text: str, *indexes: IndexDefinition) -> list[list[Document]]:
    answers = search_engine().search([SearchRequest(index.name, text, limit=PER_GROUP) for index in indexes])
    return [answer.documents for answer in answers]


def _ask_database(text: str, references: list[SuggestedPart]) -> Suggestions:
    ids = [] if references else [hit.product_id for hit in find_by_words(text)[:PER_GROUP]]
    return Suggestions(
        references=references,
        gammes=_gammes_named(text),
        vehicles=_models_named(text),
        products=[_part_of(product) for product in list_products_by_id(ids)],
        degraded=True,
    )


def _gammes_named(text: str) -> list[SuggestedGamme]:
    words = [word.removesuffix("s") for word in slugify(text).split("-")]
    found = session.scalars(
        select(Gamme)
        .join(Gamme.family)
        .where(Gamme.is_displayed, Family.is_displayed)
        .where(*(Gamme.alias.contains(word, autoescape=True) for word in words))
        .order_by(Gamme.is_top.desc(), Gamme.level, Gamme.name)
        .options(contains_eager(Gamme.family))
        .limit(PER_GROUP)
    )
    return [SuggestedGamme(gamme.id, gamme.alias, gamme.name, gamme.family.name, gamme.drawing) for gamme in found]


def _models_named(text: str) -> list[SuggestedVehicle]:
    return [
        SuggestedVehicle(
            f"{model.make.name} {model.name}",
            model.years,
            (model.make.alias, model.make.id),
            (model.alias, model.id),
            None,
        )
        for model in search_models(text, PER_GROUP)
    ]


def _part_of(product: Product) -> SuggestedPart:
    return SuggestedPart(product.id, product.name, product.brand.name, product.reference, product.gamme.drawing)


def _gamme(found: Mapping[str, Any]) -> SuggestedGamme:
    return SuggestedGamme(found["id"], found["alias"], found["name"], found["family"], found["drawing"])


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
