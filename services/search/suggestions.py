"""What is offered while somebody types: references, gammes, vehicles, products."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from domain.references import MIN_PREFIX
from domain.search import plain_words, read_search, telling_words
from domain.understanding import Named
from integrations.search import SearchRequest, SearchUnavailable, search_engine
from models.catalog import Brand, Gamme, Product
from models.database import session
from services.search.documents import PRODUCTS
from services.search.hits import Hit
from services.search.places import (
    PER_GROUP,
    Places,
    place_requests,
    places_in_database,
    read_places,
    vehicles_by_code,
)
from services.search.references import find_beginning, find_exactly
from services.search.vocabulary import understand
from services.search.words import find_by_words

MIN_LENGTH = 2
# Of the references that begin so, the best of this many are offered.
MOST_COMPARED = 50


@dataclass(frozen=True)
class SuggestedPart:
    """A product by its name or by one of its references."""

    id: int
    name: str
    brand: str
    reference: str
    drawing: str


@dataclass(frozen=True)
class Suggestions:
    """At most five of each; `degraded` when PostgreSQL answered for the search engine."""

    references: Sequence[SuggestedPart] = ()
    places: Places = field(default_factory=Places)
    products: Sequence[SuggestedPart] = ()
    degraded: bool = False


def suggest(text: str) -> Suggestions:
    """Return what `text`, typed so far, may become; nothing before two characters."""
    text = text.strip()
    if len(plain_words(text)) < MIN_LENGTH:
        return Suggestions()
    references, codes = suggest_references(text), vehicles_by_code(text)
    named = understand(text)
    try:
        offered = _ask_engine(text, named, references)
    except SearchUnavailable:
        offered = _ask_database(text, named, references)
    if codes:
        return Suggestions(references, Places(vehicles=codes), degraded=offered.degraded)
    return offered


def suggest_references(text: str) -> list[SuggestedPart]:
    """Return at most five products under the reference that `text` is, or that begins with it from four characters."""
    wanted = read_search(text)
    if not any(len(key) >= MIN_PREFIX for key in wanted.keys):
        return []
    return _parts(find_exactly(wanted) or find_beginning(wanted, limit=MOST_COMPARED))


def _ask_engine(text: str, named: Named, references: list[SuggestedPart]) -> Suggestions:
    words = named.part or telling_words(text)
    # Who names a car has not named an article that shares a number with it, nor one that is made for another.
    limit = 0 if not words or (named.is_both and named.model) else PER_GROUP
    products = SearchRequest(PRODUCTS.name, words, limit=limit, every_word=named.only_vehicle)
    *places, found = search_engine().search([*place_requests(text, named), products])
    known = {part.id for part in references}
    parts = [_part(document) for document in found.documents if document["id"] not in known]
    return Suggestions(references, read_places(places, named), parts)


def _ask_database(text: str, named: Named, references: list[SuggestedPart]) -> Suggestions:
    products = [] if references else _parts(find_by_words(named.part or text))
    return Suggestions(references, places_in_database(text, named), products, degraded=True)


def _parts(hits: Sequence[Hit]) -> list[SuggestedPart]:
    ids = [hit.product_id for hit in hits[:PER_GROUP]]
    if not ids:
        return []
    rows = session.execute(
        select(Product.id, Product.name, Brand.name, Product.reference, Gamme.drawing)
        .join(Product.brand)
        .join(Product.gamme)
        .where(Product.id.in_(ids))
    )
    found = {row[0]: SuggestedPart(*row) for row in rows}
    return [found[product_id] for product_id in ids if product_id in found]


def _part(found: Mapping[str, Any]) -> SuggestedPart:
    return SuggestedPart(found["id"], found["name"], found["brand"], found["reference"], found["drawing"])
