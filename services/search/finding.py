"""Finding parts by a text: references in PostgreSQL, words in the search engine, or in PostgreSQL when it is away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import select

from domain.search import read_search
from integrations.search import SearchAnswer, SearchRequest, SearchUnavailable, search_engine
from models.catalog import Brand, Gamme
from models.database import session
from services.fitment import JudgedVehicle, judge_products, list_groups_of
from services.products import PartRow, list_products_by_id, part_rows
from services.search.documents import FITS_ANY, PRODUCTS
from services.search.hits import MAX_FOUND, Hit, SearchFacetValue, brand_facet, gamme_facet
from services.search.references import find_by_reference
from services.search.words import find_by_words

PER_PAGE = 24

_Id = Annotated[int, Field(ge=1, le=2**62)]


class SearchQuery(BaseModel):
    """A search: a text of 1 to 100 characters, narrowed by brands and gammes, and to what is made for the vehicle."""

    model_config = ConfigDict(frozen=True)

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    brand_ids: tuple[_Id, ...] = Field(default=(), max_length=50)
    gamme_ids: tuple[_Id, ...] = Field(default=(), max_length=50)
    only_fitting: bool = False
    page: int = Field(default=1, ge=1, le=MAX_FOUND)
    per_page: int = Field(default=PER_PAGE, ge=1, le=100)

    @property
    def narrows(self) -> bool:
        """Whether anything but the text is chosen."""
        return bool(self.brand_ids or self.gamme_ids or self.only_fitting)


class SearchKind(StrEnum):
    """How the products were found."""

    REFERENCE = "reference"
    WORDS = "words"


@dataclass(frozen=True)
class SearchPage:
    """One page of found products; `degraded` when PostgreSQL answered words for the search engine."""

    query: SearchQuery
    kind: SearchKind
    rows: list[PartRow]
    total: int
    brands: list[SearchFacetValue]
    gammes: list[SearchFacetValue]
    total_is_capped: bool = False
    degraded: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // self.query.per_page))

    @property
    def first(self) -> int:
        """The rank of the first row, from 1; zero on an empty page."""
        return (self.query.page - 1) * self.query.per_page + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The rank of the last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0


def search_parts(query: SearchQuery, *, vehicle: JudgedVehicle | None = None, at: datetime) -> SearchPage:
    """Search sellable parts: an exact reference first, then words; each with its verdict when a vehicle is known."""
    hits = find_by_reference(read_search(query.text))
    if hits:
        return _page_of_hits(query, SearchKind.REFERENCE, hits, vehicle, at)
    try:
        return _ask_engine(query, vehicle, at)
    except SearchUnavailable:
        found = _page_of_hits(query, SearchKind.WORDS, find_by_words(query.text), vehicle, at)
        return replace(found, degraded=True)


def _page_of_hits(
    query: SearchQuery, kind: SearchKind, hits: Sequence[Hit], vehicle: JudgedVehicle | None, at: datetime
) -> SearchPage:
    """Narrow, count and cut what PostgreSQL found."""
    capped = len(hits) >= MAX_FOUND
    if query.only_fitting and vehicle is not None:
        made_for = list_groups_of(vehicle, {hit.fitment_group_id for hit in hits if hit.fitment_group_id})
        hits = [hit for hit in hits if hit.is_universal or hit.fitment_group_id in made_for]
    of_brand = [hit for hit in hits if not query.brand_ids or hit.brand_id in query.brand_ids]
    of_gamme = [hit for hit in hits if not query.gamme_ids or hit.gamme_id in query.gamme_ids]
    left = [hit for hit in of_brand if not query.gamme_ids or hit.gamme_id in query.gamme_ids]
    start = (query.page - 1) * query.per_page
    return SearchPage(
        query,
        kind,
        _rows([hit.product_id for hit in left[start : start + query.per_page]], vehicle, at),
        len(left),
        brand_facet(of_gamme, query.brand_ids),
        gamme_facet(of_brand, query.gamme_ids),
        total_is_capped=capped,
    )


def _ask_engine(query: SearchQuery, vehicle: JudgedVehicle | None, at: datetime) -> SearchPage:
    """Ask for the page and for each facet without its own filter, in one exchange."""
    filters: dict[str, Sequence[int | str]] = {"brand_id": query.brand_ids, "gamme_id": query.gamme_ids}
    if query.only_fitting and vehicle is not None:
        filters["fit_key"] = [FITS_ANY, *sorted(list_groups_of(vehicle))]
    start = (query.page - 1) * query.per_page
    page, by_brand, by_gamme = search_engine().search(
        [
            SearchRequest(PRODUCTS.name, query.text, any_of=filters, limit=query.per_page, offset=start),
            _facet_request(query.text, filters, "brand_id"),
            _facet_request(query.text, filters, "gamme_id"),
        ]
    )
    brands, gammes = _counts(by_brand, "brand_id"), _counts(by_gamme, "gamme_id")
    return SearchPage(
        query,
        SearchKind.WORDS,
        _rows([document["id"] for document in page.documents], vehicle, at),
        min(page.total, MAX_FOUND),
        _facet(brands, _brand_names(brands), query.brand_ids),
        _facet(gammes, _gamme_names(gammes), query.gamme_ids),
        total_is_capped=page.total >= MAX_FOUND,
    )


def _facet_request(text: str, filters: Mapping[str, Sequence[int | str]], own: str) -> SearchRequest:
    others = {name: values for name, values in filters.items() if name != own}
    return SearchRequest(PRODUCTS.name, text, any_of=others, facets=(own,), limit=0)


def _rows(product_ids: Sequence[int], vehicle: JudgedVehicle | None, at: datetime) -> list[PartRow]:
    products = list_products_by_id(product_ids)
    return part_rows(products, judge_products(products, vehicle), at=at)


def _counts(answer: SearchAnswer, name: str) -> dict[int, int]:
    return {int(value): count for value, count in answer.facets.get(name, {}).items()}


def _brand_names(ids: Mapping[int, int]) -> dict[int, str]:
    return {brand.id: brand.name for brand in session.scalars(select(Brand).where(Brand.id.in_(ids)))}


def _gamme_names(ids: Mapping[int, int]) -> dict[int, str]:
    return {gamme.id: gamme.name for gamme in session.scalars(select(Gamme).where(Gamme.id.in_(ids)))}


def _facet(counts: Mapping[int, int], names: Mapping[int, str], chosen: Sequence[int]) -> list[SearchFacetValue]:
    values = [SearchFacetValue(key, names[key], count, key in chosen) for key, count in counts.items() if key in names]
    return sorted(values, key=lambda value: (-value.count, value.label))
