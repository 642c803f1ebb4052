"""Pages of gammes as JSON, each in one call (spec/gamme-rest.md)."""

from time import perf_counter

from flask import Blueprint, Response, make_response
from flask.json import dumps
from pydantic import BaseModel, Field

from api.contract import operation
from api.schemas.gammes import GammeDetails, GammeLinkItem, GammePageData, GammeParts, SeoBlock, Validation
from api.schemas.products import ProductSummary
from domain.errors import ShopError
from domain.money import to_euros
from domain.page_subjects import Offered
from models.database import utc_now
from services.catalog import get_gamme
from services.products_filters import ProductFilters, ProductSort
from services.products_listing import ProductScope, list_products
from services.seo import GammeUnreadable, get_vehicle_page, read_gamme_aggregate
from services.vehicles import get_car
from web.caching import cached
from web.errors import answer_refusal
from web.forms import InvalidInput
from web.language import gettext as _
from web.limits import limiter
from web.shared_pages import tag
from web.templating import money

bp = Blueprint("gammes", __name__, url_prefix="/api")
# Whoever asks for page after page is a robot (spec/gamme-rest.md, rule 22).
LIMIT = "300/minute"
MOST_PARTS = 50
VEHICLE = {"typeId": "[0-9]{1,9}", "marqueId": "[0-9]{1,9}", "modeleId": "[0-9]{1,9}"}


class VehicleChoice(BaseModel):
    """The vehicle that is asked about; its type says all."""

    typeId: int | None = Field(default=None, ge=1, le=2**53 - 1)
    marqueId: int | None = Field(default=None, ge=1, le=2**53 - 1)
    modeleId: int | None = Field(default=None, ge=1, le=2**53 - 1)


@bp.get("/gamme-rest/<pg_id>/page-data-rpc-v2")
@limiter.limit(LIMIT)
@cached(1800, kind="api", query=VEHICLE)
@operation(GammePageData, tag="Gammes", refusals=(404,))
def page_data(pg_id: str, query: VehicleChoice) -> GammePageData:
    """Lire toute la page d'une gamme."""
    began = perf_counter()
    found = read_gamme_aggregate(_number(pg_id))
    tag("texts", f"gamme:{found.gamme.id}", f"range:gamme:{found.gamme.id}")
    return GammePageData.of(found, ms=(perf_counter() - began) * 1000)


@bp.get("/gamme-rest-optimized/<pg_id>/page-data")
@limiter.limit(LIMIT)
@cached(1800, kind="api", query=VEHICLE)
@operation(GammeParts, tag="Gammes", refusals=(404,))
def parts(pg_id: str, query: VehicleChoice) -> GammeParts:
    """Lire les pièces d'une gamme, pour un véhicule s'il est donné, avec ses textes."""
    found = read_gamme_aggregate(_number(pg_id))
    gamme, texts = found.gamme, found.texts
    tag("texts", f"gamme:{gamme.id}", f"range:gamme:{gamme.id}")
    car = None if query.typeId is None else get_car(query.typeId)
    filters = ProductFilters(sort=ProductSort.PRICE_ASC)
    listed = list_products(ProductScope(gamme_id=gamme.id), filters, vehicle=car, per_page=MOST_PARTS, at=utc_now())
    cheapest = next((row.product.price_cents for row in listed.rows if row.product.price_cents is not None), None)
    seo = SeoBlock(h1=texts.h1, content=texts.content, title=texts.title, description=texts.description)
    if car is not None:
        tag(f"type:{car.id}")
        offered = Offered(listed.total, "" if cheapest is None else money(cheapest))
        own = get_vehicle_page(gamme.id, car.id).write(car.type, offered)
        seo = SeoBlock(h1=own.h1, content=own.content, title=own.title, description=own.description)
    vehicles = found.summary.vehicle_count if found.summary else 0
    return GammeParts(
        pieces=[ProductSummary.of(row) for row in listed.rows],
        count=listed.total,
        minPrice=None if cheapest is None else to_euros(cheapest),
        seo=seo,
        crossSelling=[GammeLinkItem.of(one) for one in found.siblings],
        validation=Validation(valid=listed.total > 0, relationsCount=vehicles if car is None else listed.total),
        timestamp=utc_now().isoformat(),
        source=found.source,
    )


@bp.get("/gamme-rest-optimized/<pg_id>/details")
@limiter.limit(LIMIT)
@cached(3600, kind="api")
@operation(GammeDetails, tag="Gammes", refusals=(404,))
def details(pg_id: str) -> GammeDetails:
    """Lire une gamme."""
    gamme = get_gamme(_number(pg_id))
    tag(f"gamme:{gamme.id}")
    return GammeDetails.of(gamme)


def _number(text: str) -> int:
    """A gamme's number as the address gives it: 400 when it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise InvalidInput({"pg_id": _("Donnez le numéro de la gamme.")})
    return int(text)


@bp.errorhandler(ShopError)
def refuse(error: ShopError) -> Response:
    """Answer a refusal as every machine knows it, with the fields that this front end reads besides."""
    response = make_response(answer_refusal(error))
    more = {"status": error.status, "message": error.message, "code": error.code}
    if isinstance(error, GammeUnreadable):
        more["retryable"] = True
        response.headers["Retry-After"] = "10"
    response.set_data(dumps({**response.get_json(), **more}))
    return response
