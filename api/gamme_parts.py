"""Gammes and their parts as JSON lists (spec/catalog.md); whole pages of gammes are api/gammes.py."""

from typing import Annotated

from flask import Blueprint
from pydantic import BaseModel, Field, StringConstraints

from api.catalog import FamilyLeaf, GammeNode
from api.contract import Answer, Euros, Listing, PageQuery, Pagination, operation
from api.offers import OfferedGammes, VehicleQuery, offered_gammes
from api.schemas.gammes import SeoBlock
from api.schemas.lists import Filters, Id, Parts, PartsQuery
from api.schemas.products import ProductSummary
from domain.money import to_euros
from domain.page_subjects import Offered
from models.database import utc_now
from services.catalog import get_gamme, get_gamme_by, list_offers
from services.products_facets import Facets
from services.products_filters import ProductFilters
from services.products_listing import (
    NothingFits,
    ProductPage,
    list_products_for_vehicle,
    list_products_of_gamme,
)
from services.related_products import list_linked_gammes
from services.seo import get_vehicle_page, read_gamme_aggregate
from services.vehicles import get_car
from web.addresses import vehicle_tags
from web.caching import cached
from web.shared_pages import tag
from web.templating import money

bp = Blueprint("gamme_parts", __name__, url_prefix="/api/catalog")
TAG = "Gammes"
MOST_ON_PAGE = 20
_ID = "[0-9]{1,7}"


class GammeQuery(PageQuery):
    """Which gammes."""

    top_only: bool = False
    search: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""


class GammeWithParts(GammeNode):
    """A gamme with its family, the texts of its page and its cheapest parts."""

    description: str
    famille: FamilyLeaf
    seo: SeoBlock
    parent: GammeNode | None = Field(default=None, description="Null : les gammes n'ont pas de mère ici.")
    sub_gammes: list[GammeNode]
    products_count: int
    min_price: Euros | None
    products: list[ProductSummary]


class FilterQuery(BaseModel):
    """The gamme that is narrowed, for a vehicle or not."""

    pg_id: Id
    type_id: Id | None = None


@bp.get("/gamme")
@cached(120, kind="api", query={"page": "[1-9]", "limit": "20|50|100", "top_only": "true|false"})
@operation(Listing[OfferedGammes], tag=TAG)
def index(query: GammeQuery) -> Listing[OfferedGammes]:
    """Lister les gammes, dans l'ordre du menu."""
    tag("menu", "ranges")
    found = list_offers(text=query.search, top_only=query.top_only)
    first = (query.page - 1) * query.limit
    shown = offered_gammes(found[first : first + query.limit])
    pagination = Pagination.of(page=query.page, limit=query.limit, total=len(found))
    return Listing(data=OfferedGammes(gammes=shown), pagination=pagination)


@bp.get("/gamme/<key>")
@cached(300, kind="api")
@operation(Answer[GammeWithParts], tag=TAG, refusals=(404,))
def show(key: str) -> Answer[GammeWithParts]:
    """Lire une gamme, par son numéro ou son alias, avec ses pièces les moins chères."""
    found = read_gamme_aggregate(get_gamme_by(key).id)
    gamme, texts = found.gamme, found.texts
    tag("texts", "menu", f"gamme:{gamme.id}", f"range:gamme:{gamme.id}")
    page = list_products_of_gamme(gamme.id, ProductFilters(), per_page=MOST_ON_PAGE, at=utc_now())
    low = page.facets.price_low_cents
    return Answer(
        data=GammeWithParts(
            **GammeNode.of(gamme).model_dump(),
            description=texts.description,
            famille=FamilyLeaf.of(gamme.family),
            seo=SeoBlock(h1=texts.h1, content=texts.content, title=texts.title, description=texts.description),
            sub_gammes=[],
            products_count=page.total,
            min_price=None if low is None else to_euros(low),
            products=[ProductSummary.of(row) for row in page.rows],
        )
    )


@bp.get("/gamme/<int:pg_id>/products")
@cached(120, kind="api", query={"page": "[1-9]", "limit": "20|50|100", "type_id": _ID})
@operation(Listing[Parts], tag=TAG, refusals=(404,))
def products(pg_id: int, query: PartsQuery) -> Listing[Parts]:
    """Lister les pièces d'une gamme, pour un véhicule s'il est donné, et ce qui peut les trier."""
    page = _parts(pg_id, query.type_id, query.filters(), query.limit)
    return Listing(
        data=Parts(
            products=[ProductSummary.of(row) for row in page.rows], total=page.total, filters=Filters.of(page.facets)
        ),
        pagination=Pagination.of(page=query.page, limit=query.limit, total=page.total),
    )


@bp.get("/filters/available")
@cached(300, kind="api", query={"pg_id": _ID, "type_id": _ID})
@operation(Answer[Filters], tag=TAG, refusals=(404,))
def filters(query: FilterQuery) -> Answer[Filters]:
    """Lire ce qui peut trier les pièces d'une gamme, pour un véhicule s'il est donné."""
    return Answer(data=Filters.of(_parts(query.pg_id, query.type_id, ProductFilters(), 1).facets))


@bp.get("/gamme/<int:pg_id>/related")
@cached(300, kind="api", query={"type_id": _ID})
@operation(Answer[OfferedGammes], tag="Recommandations", refusals=(404,))
def related(pg_id: int, query: VehicleQuery) -> Answer[OfferedGammes]:
    """Lister les gammes qui vont avec une autre, sous un autre nom."""
    gamme = get_gamme(pg_id)
    if query.type_id is not None:
        get_car(query.type_id)
    tag(f"gamme:{pg_id}", "menu", "ranges")
    return Answer(data=OfferedGammes(gammes=offered_gammes(list_linked_gammes(gamme.id, type_id=query.type_id))))


@bp.get("/gammes/<int:pg_id>/seo-content")
@cached(1800, kind="api", query={"type_id": _ID})
@operation(Answer[SeoBlock], tag=TAG, refusals=(404,))
def texts(pg_id: int, query: VehicleQuery) -> Answer[SeoBlock]:
    """Lire les textes de la page d'une gamme, ou de cette gamme pour un véhicule."""
    if query.type_id is None:
        written = read_gamme_aggregate(pg_id).texts
        tag("texts", f"gamme:{pg_id}", f"range:gamme:{pg_id}")
        return Answer(
            data=SeoBlock(h1=written.h1, content=written.content, title=written.title, description=written.description)
        )
    page = _parts(pg_id, query.type_id, ProductFilters(), 1)
    tag("texts")
    low = page.facets.price_low_cents
    offered = Offered(page.total, "" if low is None else money(low))
    own = get_vehicle_page(pg_id, query.type_id).write(get_car(query.type_id).type, offered)
    return Answer(data=SeoBlock(h1=own.h1, content=own.content, title=own.title, description=own.description))


def _parts(gamme_id: int, type_id: int | None, wanted: ProductFilters, per_page: int) -> ProductPage:
    """Read one page of a gamme; where nothing fits the vehicle, the page is empty."""
    gamme, at = get_gamme(gamme_id), utc_now()
    tag(f"gamme:{gamme.id}", f"range:gamme:{gamme.id}", "menu", "brands")
    if type_id is None:
        return list_products_of_gamme(gamme.id, wanted, per_page=per_page, at=at)
    car = get_car(type_id)
    tag(*vehicle_tags(car.type))
    try:
        return list_products_for_vehicle(gamme.id, car, wanted, per_page=per_page, at=at)
    except NothingFits:
        return ProductPage([], 0, wanted.page, per_page, wanted, Facets())
