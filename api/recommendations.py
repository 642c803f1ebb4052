"""What goes with a product and what the shop puts forward, as JSON (spec/products.md)."""

from collections.abc import Iterable
from typing import Annotated

from flask import Blueprint
from pydantic import BaseModel, Field

from api.contract import Answer, Listing, PageQuery, Pagination, operation
from api.schemas.products import ProductSummary
from api.schemas.vehicles import TypeSummary, VehicleList
from models.catalog import Product
from models.database import utc_now
from services.fitment import judge_products
from services.fitted_vehicles import count_fitted_vehicles, list_fitted_vehicles
from services.product_choices import (
    list_best_sellers,
    list_featured_products,
    list_new_products,
    list_reduced_products,
)
from services.products import get_product, part_rows
from services.products_rows import ListedProduct
from services.related_products import list_alternatives, list_bought_together, list_cross_sell, list_up_sell
from services.vehicles import Car, get_car
from web.addresses import vehicle_tags
from web.caching import cached
from web.shared_pages import tag

bp = Blueprint("recommendations", __name__, url_prefix="/api/products")

Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
_COUNTS = {"limit": "[1-4]?[0-9]"}
_TYPES = {"type_id": "[0-9]{1,7}"}
# What the product page of the Remix front end has room for.
MAX_RECOMMENDED = 6


class CountQuery(BaseModel):
    """How many products."""

    limit: int = Field(default=12, ge=1, le=50)


class VehicleQuery(BaseModel):
    """The vehicle to judge them for."""

    type_id: Id | None = None


class Products(BaseModel):
    """Some products, the best first."""

    products: list[ProductSummary]


@bp.get("/featured")
@cached(600, kind="api", query=_COUNTS)
@operation(Answer[Products], tag="Recommandations")
def featured(query: CountQuery) -> Answer[Products]:
    """Lister la meilleure pièce de chaque gamme demandée."""
    return _products(list_featured_products(limit=query.limit))


@bp.get("/new")
@cached(300, kind="api", query=_COUNTS)
@operation(Answer[Products], tag="Recommandations")
def new(query: CountQuery) -> Answer[Products]:
    """Lister ce qui est entré au catalogue depuis 90 jours, le plus récent d'abord."""
    return _products(list_new_products(at=utc_now(), limit=query.limit))


@bp.get("/bestsellers")
@cached(600, kind="api", query=_COUNTS)
@operation(Answer[Products], tag="Recommandations")
def bestsellers(query: CountQuery) -> Answer[Products]:
    """Lister les meilleures ventes de 90 jours."""
    return _products(list_best_sellers(limit=query.limit))


@bp.get("/on-sale")
@cached(600, kind="api", query=_COUNTS)
@operation(Answer[Products], tag="Recommandations")
def on_sale(query: CountQuery) -> Answer[Products]:
    """Lister les pièces à prix réduit, la plus forte baisse d'abord."""
    return _products(list_reduced_products(limit=query.limit))


@bp.get("/<int:id>/alternatives")
@cached(600, kind="api", query=_TYPES)
@operation(Answer[Products], tag="Recommandations", refusals=(404,))
def alternatives(id: int, query: VehicleQuery) -> Answer[Products]:
    """Lister les équivalents vendus d'autres marques, le moins cher d'abord."""
    car = _car(query)
    return _products(list_alternatives(_product(id)), car)


@bp.get("/<int:id>/up-sell")
@cached(600, kind="api", query=_TYPES)
@operation(Answer[Products], tag="Recommandations", refusals=(404,))
def up_sell(id: int, query: VehicleQuery) -> Answer[Products]:
    """Lister les équivalents en stock mieux classés ou plus chers."""
    car = _car(query)
    return _products(list_up_sell(_product(id)), car)


@bp.get("/<int:id>/cross-sell")
@cached(600, kind="api", query=_TYPES)
@operation(Answer[Products], tag="Recommandations", refusals=(404,))
def cross_sell(id: int, query: VehicleQuery) -> Answer[Products]:
    """Lister une pièce en stock de chaque gamme qui va avec celle du produit."""
    car = _car(query)
    return _products(list_cross_sell(_product(id), type_id=query.type_id), car)


@bp.get("/<int:id>/recommendations")
@cached(600, kind="api", query=_TYPES)
@operation(Answer[Products], tag="Recommandations", refusals=(404,))
def recommendations(id: int, query: VehicleQuery) -> Answer[Products]:
    """Lister au plus 6 pièces qui vont avec le produit : achetées ensemble, puis des gammes voisines."""
    car, product = _car(query), _product(id)
    found = {one.id: one for one in list_bought_together(product.id)}
    found |= {one.id: one for one in list_cross_sell(product, type_id=query.type_id) if one.id not in found}
    return _products(list(found.values())[:MAX_RECOMMENDED], car)


@bp.get("/<int:id>/frequently-bought")
@cached(600, kind="api", query=_TYPES)
@operation(Answer[Products], tag="Recommandations", refusals=(404,))
def frequently_bought(id: int, query: VehicleQuery) -> Answer[Products]:
    """Lister ce qu'au moins deux commandes payées contiennent avec le produit."""
    car = _car(query)
    return _products(list_bought_together(_product(id).id), car)


@bp.get("/<int:id>/compatibility")
@cached(600, kind="api", query={"page": "[1-9]", "limit": "20|50|100"})
@operation(Listing[VehicleList], tag="Produits", refusals=(404,))
def compatibility(id: int, query: PageQuery) -> Listing[VehicleList]:
    """Lister les véhicules auxquels le produit convient, par constructeur et modèle."""
    product = _product(id)
    tag(f"group:{product.fitment_group_id}", "makes")
    fitted = list_fitted_vehicles(product, page=query.page, per_page=query.limit)
    vehicles = [TypeSummary.of(one.type) for model in fitted.models for one in model.vehicles]
    pagination = Pagination.of(page=query.page, limit=query.limit, total=count_fitted_vehicles(product))
    return Listing(data=VehicleList(vehicles=vehicles), pagination=pagination)


def _product(id: int) -> Product:
    product = get_product(id)
    tag(f"product:{id}", f"gamme:{product.gamme_id}", f"group:{product.fitment_group_id}")
    return product


def _car(query: VehicleQuery) -> Car | None:
    return None if query.type_id is None else get_car(query.type_id)


def _products(products: Iterable[Product | ListedProduct], car: Car | None = None) -> Answer[Products]:
    found = list(products)
    tag("ranges", "recommendations", "menu", *(f"product:{one.id}" for one in found))
    tag(*(vehicle_tags(car.type) if car else ()), *(f"group:{one.fitment_group_id}" for one in found))
    rows = part_rows(found, judge_products(found, car), at=utc_now())
    return Answer(data=Products(products=[ProductSummary.of(row) for row in rows]))
