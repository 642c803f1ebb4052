"""Finding parts by a text: references in PostgreSQL, words in the search engine, or in PostgreSQL when it is away."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.price_ranges import PRICE_RANGES
from domain.search import SearchText, read_search, telling_words
from domain.understanding import Named
from integrations.search import SearchRequest, SearchUnavailable, search_engine
from services.fitment import JudgedVehicle, judge_products, list_groups_of, list_groups_of_types
from services.products import PartRow, list_products_by_id, part_rows
from services.search.documents import FITS_ANY, PRODUCTS
from services.search.facets import ATTRIBUTES, SearchFacets, count_hits, facets_of, narrowed, read_counts
from services.search.hits import MAX_FOUND, Hit, among
from services.search.places import (
    Places,
    SuggestedVehicle,
    place_requests,
    places_in_database,
    read_places,
    type_ids_of,
    vehicles_by_code,
)
from services.search.references import MAX_BEGINNING, find_beginning, find_exactly
from services.search.vocabulary import understand
from services.search.words import find_by_words

PER_PAGE = 24

NOTHING_NAMED = Named()

_Id = Annotated[int, Field(ge=1, le=2**62)]


class SearchQuery(BaseModel):
    """A search: a text of 1 to 100 characters, narrowed by brands, gammes, prices, stock, and to the vehicle."""

    model_config = ConfigDict(frozen=True)

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    brand_ids: tuple[_Id, ...] = Field(default=(), max_length=50)
    gamme_ids: tuple[_Id, ...] = Field(default=(), max_length=50)
    price_ranges: tuple[Annotated[int, Field(ge=0, le=PRICE_RANGES[-1])], ...] = Field(default=(), max_length=10)
    in_stock: bool = False
    only_fitting: bool = False
    page: int = Field(default=1, ge=1, le=MAX_FOUND)
    per_page: int = Field(default=PER_PAGE, ge=1, le=100)

    @property
    def chosen(self) -> dict[str, Sequence[int]]:
        """The values chosen by attribute of the index."""
        return {
            "brand_id": self.brand_ids,
            "gamme_id": self.gamme_ids,
            "price_range": self.price_ranges,
            "in_stock": (True,) if self.in_stock else (),
        }

    @property
    def narrows(self) -> int:
        """How many filters are chosen."""
        return sum(map(len, self.chosen.values())) + self.only_fitting

    @property
    def is_first(self) -> bool:
        """Whether this is the first page of a text that nothing narrows but the visitor's vehicle."""
        return self.page == 1 and self.narrows == self.only_fitting

    @property
    def start(self) -> int:
        """How many products come before this page."""
        return (self.page - 1) * self.per_page


class SearchKind(StrEnum):
    """How the products were found."""

    REFERENCE = "reference"
    WORDS = "words"


@dataclass(frozen=True)
class SearchPage:
    """One page of found products; `degraded` when PostgreSQL answered words for the search engine.

    `made_for` is the vehicle that the text names and the products are made for, `words` what is left of it then.
    """

    query: SearchQuery
    kind: SearchKind
    rows: list[PartRow]
    total: int
    facets: SearchFacets
    places: Places = field(default_factory=Places)
    made_for: SuggestedVehicle | None = None
    words: str = ""
    total_is_capped: bool = False
    degraded: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // self.query.per_page))

    @property
    def first(self) -> int:
        """The rank of the first row, from 1; zero on an empty page."""
        return self.query.start + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The rank of the last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0


def search_parts(query: SearchQuery, *, vehicle: JudgedVehicle | None = None, at: datetime) -> SearchPage:
    """Search sellable parts: an exact reference first, then words; each with its verdict when a vehicle is known."""
    wanted = read_search(query.text)
    if hits := find_exactly(wanted):
        return _page_of_hits(query, SearchKind.REFERENCE, hits, vehicle, at)
    named = understand(query.text)
    try:
        return _without_reference(query, wanted, named, vehicle, at)
    except SearchUnavailable:
        return _ask_database(query, named, vehicle, at)


def _without_reference(
    query: SearchQuery, wanted: SearchText, named: Named, vehicle: JudgedVehicle | None, at: datetime
) -> SearchPage:
    """Take the beginning of a reference for one, unless the text names a part and a vehicle; else ask for its words."""
    hits = [] if named.is_both else find_beginning(wanted)
    if hits:
        found = _page_of_hits(query, SearchKind.REFERENCE, hits, vehicle, at, most=MAX_BEGINNING)
        return replace(found, places=_places_beside(query, named))
    if named.is_both:
        return _ask_for_both(query, named, vehicle, at)
    words = telling_words(query.text)
    if not words:
        return SearchPage(query, SearchKind.WORDS, [], 0, SearchFacets())
    return _ask_for_words(query, words, _groups(query, vehicle), vehicle, at, named=named)


def _page_of_hits(
    query: SearchQuery,
    kind: SearchKind,
    hits: Sequence[Hit],
    vehicle: JudgedVehicle | None,
    at: datetime,
    *,
    most: int = MAX_FOUND,
) -> SearchPage:
    """Narrow, count and cut what PostgreSQL found, at most so many hits."""
    capped = len(hits) >= most
    if query.only_fitting and vehicle is not None:
        hits = among(hits, list_groups_of(vehicle, {hit.fitment_group_id for hit in hits if hit.fitment_group_id}))
    left = narrowed(hits, query.chosen)
    return SearchPage(
        query,
        kind,
        _rows([hit.product_id for hit in left[query.start : query.start + query.per_page]], vehicle, at),
        len(left),
        facets_of(count_hits(hits, query.chosen), query.chosen),
        total_is_capped=capped,
    )


def _ask_for_both(query: SearchQuery, named: Named, vehicle: JudgedVehicle | None, at: datetime) -> SearchPage:
    """Find the vehicle that the text names, then the parts it names among those made for it."""
    places = read_places(search_engine().search(place_requests(query.text, named)), named)
    if places.together and named.model:
        found = _ask_for_words(query, named.part, _groups_named(query, places, vehicle), vehicle, at, places=places)
        if found.total or query.narrows:
            return replace(found, made_for=places.vehicles[0], words=named.part)
    return _ask_for_words(query, named.part, _groups(query, vehicle), vehicle, at, places=places)


def _ask_for_words(
    query: SearchQuery,
    words: str,
    groups: set[int] | None,
    vehicle: JudgedVehicle | None,
    at: datetime,
    *,
    named: Named = NOTHING_NAMED,
    places: Places | None = None,
) -> SearchPage:
    """Ask for the page, for each facet that is narrowed, and for the places of a first page, in one exchange."""
    chosen: dict[str, Sequence[int]] = dict(query.chosen)
    if groups is not None:
        chosen["fit_key"] = [FITS_ANY, *sorted(groups)]
    beside = place_requests(query.text, named) if places is None and query.is_first else []
    requests = _requests(words, chosen, query)
    answers = search_engine().search([*requests, *beside])
    if beside:
        places = _with_codes(query.text, read_places(answers[len(requests) :], named))
    # Who names a car has not named an article that shares a number with it.
    if not (named.only_vehicle or any(answer.total for answer in answers[: len(requests)])):
        answers = search_engine().search([replace(request, every_word=False) for request in requests])
    page = answers[0]
    counts = read_counts(page, ATTRIBUTES)
    for name, answer in zip(_narrowed_by(query), answers[1:], strict=False):
        counts |= read_counts(answer, [name])
    return SearchPage(
        query,
        SearchKind.WORDS,
        _rows([document["id"] for document in page.documents], vehicle, at),
        min(page.total, MAX_FOUND),
        facets_of(counts, query.chosen),
        places=places if places and query.is_first else Places(),
        total_is_capped=page.total >= MAX_FOUND,
    )


def _requests(words: str, chosen: dict[str, Sequence[int]], query: SearchQuery) -> list[SearchRequest]:
    """Return the request for the page, then one for each narrowed facet without its own filter."""
    page = SearchRequest(
        PRODUCTS.name,
        words,
        any_of=chosen,
        facets=ATTRIBUTES,
        limit=query.per_page,
        offset=query.start,
        every_word=True,
        fields=("id",),
    )
    return [
        page,
        *(
            replace(page, any_of={**chosen, name: ()}, facets=(name,), limit=0, offset=0)
            for name in _narrowed_by(query)
        ),
    ]


def _narrowed_by(query: SearchQuery) -> list[str]:
    return [name for name, values in query.chosen.items() if values]


def _groups(query: SearchQuery, vehicle: JudgedVehicle | None) -> set[int] | None:
    return list_groups_of(vehicle) if query.only_fitting and vehicle is not None else None


def _groups_named(query: SearchQuery, places: Places, vehicle: JudgedVehicle | None) -> set[int]:
    """Return the fitment groups of the named vehicle, in the kinds of part that the text names."""
    groups = list_groups_of_types(type_ids_of(places.vehicles[0]), [gamme.id for gamme in places.gammes])
    mine = _groups(query, vehicle)
    return groups if mine is None else groups & mine


def _places_beside(query: SearchQuery, named: Named) -> Places:
    """Return where a text may lead that is also the beginning of a reference: « 3008 » is a car as well."""
    if not query.is_first:
        return Places()
    try:
        places = read_places(search_engine().search(place_requests(query.text, named)), named)
    except SearchUnavailable:
        places = places_in_database(query.text, named)
    return _with_codes(query.text, places)


def _with_codes(text: str, places: Places) -> Places:
    """Put the vehicles of a registration document's code first."""
    by_code = vehicles_by_code(text)
    return replace(places, vehicles=by_code) if by_code else places


def _ask_database(query: SearchQuery, named: Named, vehicle: JudgedVehicle | None, at: datetime) -> SearchPage:
    places = _with_codes(query.text, places_in_database(query.text, named))
    hits = find_by_words(named.part or query.text)
    found = _page_of_hits(query, SearchKind.WORDS, hits, vehicle, at)
    if places.together and named.model:
        fitting = among(hits, list_groups_of_types(type_ids_of(places.vehicles[0]), [one.id for one in places.gammes]))
        if fitting:
            found = _page_of_hits(query, SearchKind.WORDS, fitting, vehicle, at)
            found = replace(found, made_for=places.vehicles[0], words=named.part)
    return replace(found, places=places if query.is_first else Places(), degraded=True)


def _rows(product_ids: Sequence[int], vehicle: JudgedVehicle | None, at: datetime) -> list[PartRow]:
    products = list_products_by_id(product_ids)
    return part_rows(products, judge_products(products, vehicle), at=at)
