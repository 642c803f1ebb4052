"""Makes, models, years and types as JSON (spec/vehicles.md)."""

from typing import Annotated

from flask import Blueprint
from pydantic import BaseModel, Field, StringConstraints

from api.contract import Answer, Listing, Pagination, operation
from api.schemas.vehicles import MakeSummary, ModelSummary, TypeDetail
from config import settings
from models.database import utc_now
from services.product_choices import list_best_gammes_of_make
from services.products import PARIS
from services.vehicle_search import (
    count_vehicles,
    get_make_by,
    list_makes_page,
    search_models_of_make,
    search_vehicles,
)
from services.vehicles import FIRST_YEAR, LAST_YEAR, get_model, get_vehicle_type, list_types, list_years_of_make
from web.addresses import gamme_url
from web.caching import cached
from web.limits import limiter
from web.shared_pages import tag

bp = Blueprint("vehicles", __name__, url_prefix="/api/vehicles")

Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
_YEARS = {"year": "(19|20)[0-9]{2}"}


class MakeQuery(BaseModel):
    """Which makes."""

    search: Text = ""
    page: int = Field(default=1, ge=1, le=1000)
    limit: int = Field(default=50, ge=1, le=100)


class ModelQuery(BaseModel):
    """Which models of a make."""

    year: Year | None = Field(
        default=None, description="Seulement ceux dont une motorisation fut produite cette année."
    )
    search: Text = ""


class YearQuery(BaseModel):
    """Which types of a model."""

    year: Year | None = None


class VehicleSearch(BaseModel):
    """A make, model or type by name."""

    q: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]


class Years(BaseModel):
    """The years in which something was built, latest first."""

    years: list[int]
    min: int | None
    max: int | None


class Found(BaseModel):
    """What a text names: exact names first, then those that begin with it."""

    brands: list[MakeSummary]
    models: list[ModelSummary]
    types: list[TypeDetail]
    total: int


class Counts(BaseModel):
    """How many are shown."""

    total_brands: int
    total_models: int
    total_types: int


class BoughtGamme(BaseModel):
    """A gamme and the packs of it that were bought in 90 days for the vehicles of a make."""

    pg_id: int
    alias: str
    name: str
    packs: int
    url: str


@bp.get("/brands")
@cached(3600, kind="api", query={"page": "[1-9]", "limit": "20|50|100"})
@operation(Listing[list[MakeSummary]], tag="Véhicules")
def brands(query: MakeQuery) -> Listing[list[MakeSummary]]:
    """Lister les constructeurs affichés."""
    tag("makes")
    found = list_makes_page(text=query.search, page=query.page, per_page=query.limit)
    pagination = Pagination.of(page=query.page, limit=query.limit, total=found.total)
    return Listing(data=[MakeSummary.of(make) for make in found.makes], pagination=pagination)


@bp.get("/brands/<key>")
@cached(3600, kind="api")
@operation(Answer[MakeSummary], tag="Véhicules", refusals=(404,))
def brand(key: str) -> Answer[MakeSummary]:
    """Lire un constructeur, par son numéro ou son alias."""
    return Answer(data=MakeSummary.of(get_make_by(key)))


@bp.get("/brands/<key>/models")
@cached(1800, kind="api", query=_YEARS)
@operation(Answer[list[ModelSummary]], tag="Véhicules", refusals=(404,))
def models(key: str, query: ModelQuery) -> Answer[list[ModelSummary]]:
    """Lister les modèles d'un constructeur."""
    make = get_make_by(key)
    tag(f"make:{make.id}")
    found = search_models_of_make(make, text=query.search, year=query.year)
    return Answer(data=[ModelSummary.of(model) for model in found])


@bp.get("/brands/<key>/years")
@cached(1800, kind="api")
@operation(Answer[Years], tag="Véhicules", refusals=(404,))
def years(key: str) -> Answer[Years]:
    """Lister les années de production d'un constructeur."""
    make = get_make_by(key)
    tag(f"make:{make.id}")
    found = list_years_of_make(make.id, today=utc_now().astimezone(PARIS).date())
    return Answer(data=Years(years=found, min=min(found, default=None), max=max(found, default=None)))


@bp.get("/models/<int:id>/types")
@cached(900, kind="api", query=_YEARS)
@operation(Answer[list[TypeDetail]], tag="Véhicules", refusals=(404,))
def types(id: int, query: YearQuery) -> Answer[list[TypeDetail]]:
    """Lister les motorisations d'un modèle."""
    model = get_model(id)
    tag(f"model:{model.id}", f"make:{model.make_id}")
    return Answer(data=[TypeDetail.of(one) for one in list_types(model.id, year=query.year)])


@bp.get("/types/<int:id>")
@cached(900, kind="api")
@operation(Answer[TypeDetail], tag="Véhicules", refusals=(404,))
def vehicle_type(id: int) -> Answer[TypeDetail]:
    """Lire une motorisation."""
    return Answer(data=TypeDetail.of(get_vehicle_type(id)))


@bp.get("/search/advanced")
@limiter.limit(lambda: settings().limit_search)
@operation(Answer[Found], tag="Véhicules")
def search(query: VehicleSearch) -> Answer[Found]:
    """Chercher constructeurs, modèles et motorisations par leur nom."""
    found = search_vehicles(query.q)
    return Answer(
        data=Found(
            brands=[MakeSummary.of(make) for make in found.makes],
            models=[ModelSummary.of(model) for model in found.models],
            types=[TypeDetail.of(one) for one in found.types],
            total=found.total,
        )
    )


@bp.get("/stats")
@cached(3600, kind="api")
@operation(Answer[Counts], tag="Véhicules")
def stats() -> Answer[Counts]:
    """Compter ce qui est affiché."""
    tag("makes")
    found = count_vehicles()
    return Answer(data=Counts(total_brands=found.makes, total_models=found.models, total_types=found.types))


@bp.get("/brand/<key>/bestsellers")
@cached(3600, kind="api")
@operation(Answer[list[BoughtGamme]], tag="Véhicules", refusals=(404,))
def bestsellers(key: str) -> Answer[list[BoughtGamme]]:
    """Lister les gammes les plus achetées pour un constructeur, en 90 jours."""
    make = get_make_by(key)
    tag(f"make:{make.id}", "recommendations", "menu")
    bought = list_best_gammes_of_make(make.id)
    return Answer(
        data=[
            BoughtGamme(pg_id=gamme.id, alias=gamme.alias, name=gamme.name, packs=packs, url=gamme_url(gamme))
            for gamme, packs in bought
        ]
    )
