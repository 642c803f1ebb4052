"""The lists of products under the names that the old front end has for them (spec/products.md); each is one of ours."""

from typing import Annotated

from flask import Blueprint
from pydantic import BaseModel, Field

from api.contract import Listing, Pagination, operation
from api.schemas.products import ProductList, ProductSummary
from models.database import utc_now
from services.catalog import get_family, get_gamme
from services.products_filters import MAX_OFFSET, ProductFilters, ProductSort
from services.products_listing import ProductScope, list_products
from services.vehicles import get_car
from web.addresses import vehicle_tags
from web.caching import cached
from web.shared_pages import tag

bp = Blueprint("product_lists", __name__, url_prefix="/api/products")
TAG = "Produits"
Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
_PAGES = {"page": "[1-9]", "limit": "20|50|100", "gamme": "[0-9]{1,7}"}


class ListQuery(BaseModel):
    """Which page."""

    page: int = Field(default=1, ge=1, le=MAX_OFFSET)
    limit: int = Field(default=50, ge=1, le=100)


class VehicleListQuery(ListQuery):
    """Which page, of one gamme or all."""

    gamme: Id | None = None


class VehicleWanted(VehicleListQuery):
    """The vehicle whose products are asked for."""

    type_id: Id


@bp.get("/by-gamme/<int:pg_id>")
@cached(300, kind="api", query=_PAGES)
@operation(Listing[ProductList], tag=TAG, refusals=(404,))
def of_gamme(pg_id: int, query: ListQuery) -> Listing[ProductList]:
    """Lister les produits d'une gamme."""
    tag(f"gamme:{get_gamme(pg_id).id}", "brands")
    return _listing(ProductScope(gamme_id=pg_id), query)


@bp.get("/by-famille/<int:id>")
@cached(300, kind="api", query=_PAGES)
@operation(Listing[ProductList], tag=TAG, refusals=(404,))
def of_family(id: int, query: ListQuery) -> Listing[ProductList]:
    """Lister les produits d'une famille."""
    get_family(id)
    tag("products", "menu", "brands")
    return _listing(ProductScope(family_id=id), query)


@bp.get("/vehicle/<int:id>")
@cached(300, kind="api", query=_PAGES)
@operation(Listing[ProductList], tag=TAG, refusals=(404,))
def of_vehicle(id: int, query: VehicleListQuery) -> Listing[ProductList]:
    """Lister les produits faits pour un véhicule ou pour tous."""
    return _for_vehicle(id, query)


@bp.get("/by-vehicle/<int:id>")
@cached(300, kind="api", query=_PAGES)
@operation(Listing[ProductList], tag=TAG, refusals=(404,))
def by_vehicle(id: int, query: VehicleListQuery) -> Listing[ProductList]:
    """Lister les mêmes, sous un autre nom."""
    return _for_vehicle(id, query)


@bp.post("/by-vehicle")
@operation(Listing[ProductList], tag=TAG, refusals=(403, 404, 413))
def of_wanted(json: VehicleWanted) -> Listing[ProductList]:
    """Lister les mêmes, le véhicule étant nommé dans le corps."""
    return _for_vehicle(json.type_id, json)


def _for_vehicle(type_id: int, query: VehicleListQuery) -> Listing[ProductList]:
    car = get_car(type_id)
    tag("products", "menu", "brands", *vehicle_tags(car.type))
    return _listing(ProductScope(gamme_id=query.gamme), query, type_id)


def _listing(scope: ProductScope, query: ListQuery, type_id: int | None = None) -> Listing[ProductList]:
    car = None if type_id is None else get_car(type_id)
    filters = ProductFilters(sort=ProductSort.ID_ASC, page=query.page)
    page = list_products(scope, filters, vehicle=car, per_page=query.limit, at=utc_now())
    return Listing(
        data=ProductList(
            products=[ProductSummary.of(row) for row in page.rows],
            total=page.total,
            page=query.page,
            total_is_capped=page.total_is_capped,
        ),
        pagination=Pagination.of(page=query.page, limit=query.limit, total=page.total),
    )
