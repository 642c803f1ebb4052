"""Search as JSON, under its own address and under the names that the old front end has for it."""

import time
from typing import Annotated

from flask import Blueprint
from pydantic import BaseModel, Field

from api.contract import Answer, operation
from api.schemas.search import (
    AdvancedSearch,
    EngineHealth,
    FoundPage,
    PerformanceReport,
    PopularSearches,
    ReindexJob,
    SearchMetrics,
    SearchParameters,
    ShortSearchParameters,
    SuggestedItems,
    SuggestionQuery,
)
from config import settings
from models.database import utc_now
from models.vehicles import VehicleType
from services.index_marks import index_lag_seconds
from services.search import SearchQuery, search_parts, suggest
from services.search.care import ask_for_reindex, count_searches, find_indexed
from services.search.journal import list_popular_searches, note_search
from services.vehicles import Car, get_car, get_model, list_codes_of_model, list_types_by_code
from web.addresses import type_url
from web.auth import level_required, staff_actor
from web.limits import limiter
from web.visitor import visitor_of_day

bp = Blueprint("search", __name__)
TAG = "Recherche"
searches = limiter.shared_limit(lambda: settings().limit_search, scope="search")
Count = Annotated[int, Field(ge=1, le=50)]


class PopularQuery(BaseModel):
    """How many."""

    limit: Count = 10


class RegistrationCodes(BaseModel):
    """What a registration document says of a type."""

    type_id: int
    mine: str | None
    cnit: str | None


class ModelCodes(BaseModel):
    """The codes of a model, at most 500."""

    codes: list[RegistrationCodes]
    total: int


class CodedType(BaseModel):
    """A vehicle type that a registration document's code names."""

    id: int
    label: str
    fuel: str
    years: str
    url: str

    @classmethod
    def of(cls, found: VehicleType) -> "CodedType":
        """Show a type with its model and make loaded."""
        return cls(id=found.id, label=found.label, fuel=found.fuel, years=found.years, url=type_url(found))


@bp.get("/api/search")
@searches
@operation(Answer[FoundPage], tag=TAG)
def index(query: SearchParameters) -> Answer[FoundPage]:
    """Chercher des pièces par référence ou par mots."""
    return _search(query.wanted())


@bp.get("/api/search-existing/search")
@searches
@operation(Answer[FoundPage], tag=TAG)
def existing(query: SearchParameters) -> Answer[FoundPage]:
    """Chercher, sous le nom d'avant."""
    return _search(query.wanted())


@bp.get("/api/catalog/search")
@searches
@operation(Answer[FoundPage], tag=TAG)
def catalog(query: ShortSearchParameters) -> Answer[FoundPage]:
    """Chercher dans le catalogue."""
    return _search(query.wanted())


@bp.get("/api/products/search")
@searches
@operation(Answer[FoundPage], tag=TAG)
def products(query: ShortSearchParameters) -> Answer[FoundPage]:
    """Chercher des produits."""
    return _search(query.wanted())


@bp.post("/api/catalog/search/advanced")
@searches
@operation(Answer[FoundPage], tag=TAG, refusals=(403, 404, 413))
def catalog_advanced(json: AdvancedSearch) -> Answer[FoundPage]:
    """Chercher dans le catalogue, avec des filtres."""
    return _advanced(json)


@bp.post("/api/products/search/advanced")
@searches
@operation(Answer[FoundPage], tag=TAG, refusals=(403, 404, 413))
def products_advanced(json: AdvancedSearch) -> Answer[FoundPage]:
    """Chercher des produits, avec des filtres."""
    return _advanced(json)


@bp.get("/api/search/suggestions")
@searches
@operation(Answer[SuggestedItems], tag=TAG)
def suggestions(query: SuggestionQuery) -> Answer[SuggestedItems]:
    """Proposer ce que le texte peut devenir."""
    return _suggest(query)


@bp.get("/api/search-existing/suggestions")
@searches
@operation(Answer[SuggestedItems], tag=TAG)
def existing_suggestions(query: SuggestionQuery) -> Answer[SuggestedItems]:
    """Proposer, sous le nom d'avant."""
    return _suggest(query)


@bp.get("/api/catalog/autocomplete")
@searches
@operation(Answer[SuggestedItems], tag=TAG)
def catalog_autocomplete(query: SuggestionQuery) -> Answer[SuggestedItems]:
    """Proposer pendant la frappe."""
    return _suggest(query)


@bp.get("/api/catalog/search/suggestions")
@searches
@operation(Answer[SuggestedItems], tag=TAG)
def catalog_suggestions(query: SuggestionQuery) -> Answer[SuggestedItems]:
    """Proposer, sous un autre nom."""
    return _suggest(query)


@bp.get("/api/products/autocomplete")
@searches
@operation(Answer[SuggestedItems], tag=TAG)
def products_autocomplete(query: SuggestionQuery) -> Answer[SuggestedItems]:
    """Proposer des produits et ce qui y mène."""
    return _suggest(query)


@bp.get("/api/search/popular")
@operation(Answer[PopularSearches], tag=TAG)
def popular(query: PopularQuery) -> Answer[PopularSearches]:
    """Lire ce que plusieurs visiteurs ont cherché et trouvé depuis 30 jours."""
    return Answer(data=PopularSearches(searches=list_popular_searches(at=utc_now(), limit=query.limit)))


@bp.get("/api/catalog/search/popular")
@operation(Answer[PopularSearches], tag=TAG)
def catalog_popular(query: PopularQuery) -> Answer[PopularSearches]:
    """Lire la même chose sous un autre nom."""
    return Answer(data=PopularSearches(searches=list_popular_searches(at=utc_now(), limit=query.limit)))


@bp.get("/api/search/health")
@operation(Answer[EngineHealth], tag=TAG)
def health() -> Answer[EngineHealth]:
    """Dire si le moteur répond et de combien son index est en retard."""
    documents = find_indexed()
    status = "degraded" if documents is None else "ok"
    return Answer(data=EngineHealth(status=status, documents=documents, lag_seconds=round(index_lag_seconds(), 1)))


@bp.get("/api/search/metrics")
@level_required(7)
@operation(Answer[SearchMetrics], tag=TAG, refusals=(403,), login=True)
def metrics() -> Answer[SearchMetrics]:
    """Compter les recherches des dernières 24 heures."""
    found = count_searches(at=utc_now())
    return Answer(
        data=SearchMetrics(
            searches=found.searches,
            zeroResults=found.in_vain,
            degraded=found.degraded,
            averageMs=found.average_ms,
            p95Ms=found.p95_ms,
        )
    )


@bp.get("/api/search/performance-report")
@level_required(7)
@operation(Answer[PerformanceReport], tag=TAG, refusals=(403,), login=True)
def performance_report() -> Answer[PerformanceReport]:
    """Lire comment la recherche se porte : son temps, ses échecs, l'état et le retard de l'index."""
    counts, documents = count_searches(at=utc_now()), find_indexed()
    return Answer(
        data=PerformanceReport(
            searches=counts.searches,
            averageMs=counts.average_ms,
            p95Ms=counts.p95_ms,
            zeroResultRate=round(counts.in_vain / counts.searches, 3) if counts.searches else None,
            degradedRate=round(counts.degraded / counts.searches, 3) if counts.searches else None,
            documents=documents,
            lagSeconds=round(index_lag_seconds(), 1),
        )
    )


@bp.post("/api/search/reindex")
@level_required(8)
@operation(Answer[ReindexJob], tag=TAG, status=202, refusals=(403,), login=True)
def reindex() -> tuple[Answer[ReindexJob], int]:
    """Demander que l'index soit construit à neuf, à côté de celui qui répond."""
    return Answer(data=ReindexJob(job_id=ask_for_reindex(by=staff_actor(), at=utc_now()))), 202


@bp.get("/api/vehicles/search/mine/<code>")
@operation(Answer[list[CodedType]], tag=TAG)
def mine(code: str) -> Answer[list[CodedType]]:
    """Trouver les motorisations d'un type mine (case D.2 de la carte grise)."""
    return Answer(data=[CodedType.of(found) for found in list_types_by_code(code)])


@bp.get("/api/vehicles/search/cnit/<code>")
@operation(Answer[list[CodedType]], tag=TAG)
def cnit(code: str) -> Answer[list[CodedType]]:
    """Trouver les motorisations d'un CNIT (case D.2.1 de la carte grise)."""
    return Answer(data=[CodedType.of(found) for found in list_types_by_code(code)])


@bp.get("/api/vehicles/mines/model/<int:id>")
@operation(Answer[ModelCodes], tag=TAG, refusals=(404,))
def codes_of_model(id: int) -> Answer[ModelCodes]:
    """Lister les types mine et CNIT des motorisations d'un modèle."""
    found = list_codes_of_model(get_model(id).id)
    codes = [RegistrationCodes(type_id=one.type_id, mine=one.mine, cnit=one.cnit) for one in found]
    return Answer(data=ModelCodes(codes=codes, total=len(codes)))


def _advanced(asked: AdvancedSearch) -> Answer[FoundPage]:
    type_id = asked.filters.vehicle
    return _search(asked.wanted(), None if type_id is None else get_car(type_id))


def _search(query: SearchQuery, vehicle: Car | None = None) -> Answer[FoundPage]:
    began, now = time.perf_counter(), utc_now()
    found = search_parts(query, vehicle=vehicle, at=now)
    seconds = time.perf_counter() - began
    note_search(found, seconds=seconds, visitor=visitor_of_day(now), at=now)
    return Answer(data=FoundPage.of(found, seconds=seconds))


def _suggest(query: SuggestionQuery) -> Answer[SuggestedItems]:
    return Answer(data=SuggestedItems.of(suggest(query.q), limit=query.limit))
