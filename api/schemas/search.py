"""What the JSON door says of a search."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from api.contract import Euros
from domain.money import to_euros
from domain.price_ranges import bounds_of
from domain.quality import quality_of
from services.products import PartRow
from services.search import SearchFacetValue, SearchKind, SearchPage, SearchQuery, Suggestions
from web.addresses import gamme_url, part_url, product_url, suggested_fit_url, suggested_vehicle_url


def _ids(text: object) -> object:
    """Read « 12,34 »."""
    return [part for part in text.split(",") if part] if isinstance(text, str) else text


_Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
Ids = Annotated[list[_Id], BeforeValidator(_ids), Field(max_length=50, description="Numéros séparés par des virgules.")]
SearchText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class SearchParameters(BaseModel):
    """What to search for, and which page of it."""

    query: SearchText
    page: int = Field(default=1, ge=1, le=1000)
    limit: int = Field(default=20, ge=1, le=100)
    marqueIds: Ids = []
    gammeIds: Ids = []
    inStock: bool = False

    def wanted(self) -> SearchQuery:
        """Return the same as the service knows it."""
        return SearchQuery(
            text=self.query,
            brand_ids=tuple(self.marqueIds),
            gamme_ids=tuple(self.gammeIds),
            in_stock=self.inStock,
            page=self.page,
            per_page=self.limit,
        )


class ShortSearchParameters(BaseModel):
    """The same under the catalogue's names."""

    q: SearchText
    page: int = Field(default=1, ge=1, le=1000)
    limit: int = Field(default=20, ge=1, le=100)

    def wanted(self) -> SearchQuery:
        """Return the same as the service knows it."""
        return SearchQuery(text=self.q, page=self.page, per_page=self.limit)


class AdvancedFilters(BaseModel):
    """What narrows a search; any of the brands, any of the gammes."""

    brand: list[_Id] = Field(default=[], max_length=50)
    gamme: list[_Id] = Field(default=[], max_length=50)
    inStock: bool = False
    vehicle: _Id | None = Field(default=None, description="Motorisation : seulement ce qui lui convient.")


class AdvancedSearch(BaseModel):
    """What to search for, narrowed."""

    query: SearchText
    page: int = Field(default=1, ge=1, le=1000)
    limit: int = Field(default=20, ge=1, le=100)
    filters: AdvancedFilters = AdvancedFilters()

    def wanted(self) -> SearchQuery:
        """Return the same as the service knows it."""
        return SearchQuery(
            text=self.query,
            brand_ids=tuple(self.filters.brand),
            gamme_ids=tuple(self.filters.gamme),
            in_stock=self.filters.inStock,
            only_fitting=self.filters.vehicle is not None,
            page=self.page,
            per_page=self.limit,
        )


class FoundItem(BaseModel):
    """A found product."""

    id: int
    name: str
    reference: str
    brand: str
    brandId: int
    category: str
    categoryId: int
    price: Euros
    deposit: Euros
    inStock: bool
    quality: int = Field(description="1 origine, 2 équipementier, 3 échange standard, 4 autre.")
    url: str

    @classmethod
    def of(cls, row: PartRow) -> "FoundItem":
        """Show a row."""
        product = row.product
        return cls(
            id=product.id,
            name=product.name,
            reference=product.reference,
            brand=product.brand.name,
            brandId=product.brand.id,
            category=product.gamme.name,
            categoryId=product.gamme.id,
            price=to_euros(product.price_cents or 0),
            deposit=to_euros(product.deposit_cents),
            inStock=row.availability.packs > 0,
            quality=quality_of(product.brand.is_oes, deposit_cents=product.deposit_cents),
            url=product_url(product),
        )


class FoundValue(BaseModel):
    """A value that narrows, with how many products it would leave."""

    value: str
    label: str
    count: int


class FoundFacet(BaseModel):
    """What can narrow a search; each is counted without its own filter."""

    field: Literal["marque", "gamme", "price"]
    label: str
    values: list[FoundValue]

    @classmethod
    def all_of(cls, page: SearchPage) -> "list[FoundFacet]":
        """Show the facets of a page that have values."""
        facets = page.facets
        prices = [FoundValue(value=_range(one.id), label=_range(one.id), count=one.count) for one in facets.prices]
        every = [
            cls(field="marque", label="Marque", values=_values(facets.brands)),
            cls(field="gamme", label="Gamme", values=_values(facets.gammes)),
            cls(field="price", label="Prix", values=prices),
        ]
        return [facet for facet in every if facet.values]


class FoundPage(BaseModel):
    """One page of a search; `degraded`: found without the search engine, so perhaps fewer."""

    items: list[FoundItem]
    total: int
    totalIsCapped: bool = Field(description="Il y en a davantage.")
    page: int
    limit: int
    pages: int
    executionTime: float = Field(description="Millisecondes.")
    kind: SearchKind
    degraded: bool
    facets: list[FoundFacet]

    @classmethod
    def of(cls, page: SearchPage, *, seconds: float) -> "FoundPage":
        """Show a page that took `seconds`."""
        return cls(
            items=[FoundItem.of(row) for row in page.rows],
            total=page.total,
            totalIsCapped=page.total_is_capped,
            page=page.query.page,
            limit=page.query.per_page,
            pages=page.pages,
            executionTime=round(seconds * 1000, 1),
            kind=page.kind,
            degraded=page.degraded,
            facets=FoundFacet.all_of(page),
        )


class SuggestionQuery(BaseModel):
    """What is typed so far; nothing is suggested before two characters."""

    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    limit: int = Field(default=10, ge=1, le=20)


class SuggestedItem(BaseModel):
    """Something the text may become."""

    type: Literal["reference", "gamme_vehicle", "gamme", "vehicle", "product"]
    label: str
    url: str


class SuggestedItems(BaseModel):
    """Suggestions in the order to show them."""

    suggestions: list[SuggestedItem]
    degraded: bool

    @classmethod
    def of(cls, offered: Suggestions, *, limit: int) -> "SuggestedItems":
        """Show at most `limit` suggestions."""
        places = offered.places
        items = [
            SuggestedItem(
                type=kind,
                label=f"{one.brand} {one.reference} · {one.name}",
                url=part_url(one.id, one.name, one.brand, one.reference),
            )
            for kind, parts in (("reference", offered.references), ("product", offered.products))
            for one in parts
        ]
        between = [
            *(
                SuggestedItem(
                    type="gamme_vehicle",
                    label=f"{fit.gamme.plural_name} pour {fit.vehicle.label}",
                    url=suggested_fit_url(fit),
                )
                for fit in places.together
            ),
            *(SuggestedItem(type="gamme", label=one.name, url=gamme_url(one)) for one in places.gammes),
            *(
                SuggestedItem(type="vehicle", label=one.label, url=suggested_vehicle_url(one))
                for one in places.vehicles
            ),
        ]
        at = len(offered.references)
        return cls(suggestions=[*items[:at], *between, *items[at:]][:limit], degraded=offered.degraded)


class PopularSearches(BaseModel):
    """What several visitors searched for with success in the last 30 days, most of them first."""

    searches: list[str]


class EngineHealth(BaseModel):
    """Whether the engine answers, and how far behind its index is."""

    status: Literal["ok", "degraded"]
    documents: int | None = Field(description="Produits dans l'index ; null : inconnu.")
    lag_seconds: float


class SearchMetrics(BaseModel):
    """The searches of the last 24 hours."""

    searches: int
    zeroResults: int
    degraded: int
    averageMs: float | None
    p95Ms: float | None


class PerformanceReport(BaseModel):
    """How the search fared in the last 24 hours, and how its index is; null: unknown, or nothing was searched for."""

    searches: int
    averageMs: float | None
    p95Ms: float | None
    zeroResultRate: float | None
    degradedRate: float | None
    documents: int | None
    lagSeconds: float


class ReindexJob(BaseModel):
    """The job that builds the index anew."""

    job_id: str


def _values(values: Sequence[SearchFacetValue]) -> list[FoundValue]:
    return [FoundValue(value=str(one.id), label=one.label, count=one.count) for one in values]


def _range(number: int) -> str:
    low, above = (None if cents is None else cents // 100 for cents in bounds_of(number))
    if low is None:
        return f"<{above}"
    return f"{low}+" if above is None else f"{low}-{above}"
