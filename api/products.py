"""Products as JSON: lists, one product, search."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal, Self

from flask import Blueprint
from pydantic import BaseModel, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.contract import Answer, Listing, Pagination, operation
from api.schemas.products import FacetValue, ProductDetail, ProductList, ProductSummary, SearchFacets, SearchResults
from config import settings
from domain.money import to_cents
from models.database import utc_now
from services.fitment import judge_product
from services.products import PartRow, availability, get_product
from services.products_filters import MAX_OFFSET, ProductFilters, ProductSort
from services.products_listing import ProductPage, ProductScope, list_products
from services.search import SearchFacetValue, SearchPage, SearchQuery, search_parts
from services.vehicles import Car, get_car
from web.addresses import vehicle_tags
from web.caching import cached
from web.limits import limiter
from web.shared_pages import tag

bp = Blueprint("products", __name__, url_prefix="/api/products")

Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
Price = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


# What of a list is kept: the first pages of all, of a gamme, a family or a brand. Searches and prices are too many.
_SOME_ID = "[0-9]{1,7}"
PLAIN_LISTS = {"page": "[1-9]", "limit": "20|50|100", "gamme": _SOME_ID, "famille": _SOME_ID, "brand": _SOME_ID}


class ProductQuery(BaseModel):
    """Which products; prices in euros. With `search`, only `brand`, `gamme` and `type_id` narrow further."""

    page: int = Field(default=1, ge=1, le=MAX_OFFSET)
    limit: int = Field(default=50, ge=1, le=100)
    search: Text = ""
    gamme: Id | None = None
    famille: Id | None = None
    brand: Id | None = None
    minPrice: Price | None = None
    maxPrice: Price | None = None
    inStock: bool = False
    type_id: Id | None = Field(default=None, description="Véhicule : seulement ce qui est fait pour lui ou va à tous.")
    sort: Literal["id", "name", "price", "stock"] = "id"
    order: Literal["asc", "desc"] = "asc"

    @model_validator(mode="after")
    def can_be_answered(self) -> Self:
        """Refuse a range without inside, to sort the whole shop, and what a search does not sort or narrow by."""
        low, high = self.minPrice, self.maxPrice
        if low is not None and high is not None and low > high:
            raise PydanticCustomError("shop", "Le prix minimum dépasse le prix maximum.")
        # An index for it would lead the planner astray in a gamme or a family (docs/queries.md).
        if self.sort != "id" and not (self.search or self.gamme or self.famille or self.brand or self.type_id):
            raise PydanticCustomError(
                "shop", "Pour trier, choisissez une gamme, une famille, une marque ou un véhicule."
            )
        beside = {"minPrice", "maxPrice", "inStock", "famille", "sort", "order"} & self.model_fields_set
        if self.search and beside:
            raise PydanticCustomError("shop", "Une recherche ne se filtre que par marque, gamme et véhicule.")
        return self


class VehicleQuery(BaseModel):
    """The vehicle that is asked about."""

    type_id: Id | None = None


class SearchFilters(BaseModel):
    """What narrows a search; any of the brands, any of the gammes."""

    brand: list[Id] = Field(default=[], max_length=50)
    gamme: list[Id] = Field(default=[], max_length=50)
    type_id: Id | None = None
    only_fitting: bool = Field(default=True, description="Avec `type_id` : seulement ce qui est fait pour lui.")


class ProductSearch(BaseModel):
    """A search by reference or by words."""

    query: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100)]
    page: int = Field(default=1, ge=1, le=1000)
    limit: int = Field(default=10, ge=1, le=50)
    filters: SearchFilters = SearchFilters()


@bp.get("")
@cached(300, kind="api", query=PLAIN_LISTS)
@operation(Listing[ProductList], tag="Produits", refusals=(404,))
def index(query: ProductQuery) -> Listing[ProductList]:
    """Lister les produits."""
    tag(f"gamme:{query.gamme}" if query.gamme else "products", "menu", "brands")
    car = _car(query.type_id)
    page = _search(query, car) if query.search else _list(query, car)
    products = ProductList(
        products=[ProductSummary.of(row) for row in page.rows],
        total=page.total,
        page=query.page,
        total_is_capped=page.total_is_capped,
    )
    pagination = Pagination.of(page=query.page, limit=query.limit, total=page.total)
    return Listing(data=products, pagination=pagination)


@bp.get("/<int:id>")
@cached(600, kind="api", query={"type_id": "[0-9]{1,7}"})
@operation(Answer[ProductDetail], tag="Produits", refusals=(404,))
def show(id: int, query: VehicleQuery) -> Answer[ProductDetail]:
    """Lire un produit, avec sa compatibilité si un véhicule est demandé."""
    product, car = get_product(id), _car(query.type_id)
    tag(f"group:{product.fitment_group_id}", "menu", *(vehicle_tags(car.type) if car else ()))
    verdict = judge_product(product, car)
    return Answer(data=ProductDetail.of(PartRow(product, availability(product, at=utc_now()), verdict)))


@bp.post("/search")
@limiter.limit(lambda: settings().limit_search)
@operation(Listing[SearchResults], tag="Produits", refusals=(403, 404, 413))
def search(json: ProductSearch) -> Listing[SearchResults]:
    """Chercher par référence ou par mots."""
    filters = json.filters
    car = _car(filters.type_id)
    wanted = SearchQuery(
        text=json.query,
        brand_ids=tuple(filters.brand),
        gamme_ids=tuple(filters.gamme),
        only_fitting=filters.only_fitting and car is not None,
        page=json.page,
        per_page=json.limit,
    )
    page = search_parts(wanted, vehicle=car, at=utc_now())
    results = SearchResults(
        results=[ProductSummary.of(row) for row in page.rows],
        total=page.total,
        kind=page.kind,
        facets=SearchFacets(brands=_facet(page.facets.brands), gammes=_facet(page.facets.gammes)),
        degraded=page.degraded,
    )
    return Listing(data=results, pagination=Pagination.of(page=json.page, limit=json.limit, total=page.total))


def _car(type_id: int | None) -> Car | None:
    return None if type_id is None else get_car(type_id)


def _list(query: ProductQuery, car: Car | None) -> ProductPage:
    filters = ProductFilters(
        price_min_cents=None if query.minPrice is None else to_cents(query.minPrice),
        price_max_cents=None if query.maxPrice is None else to_cents(query.maxPrice),
        in_stock=query.inStock,
        sort=_SORTS[query.sort, query.order],
        page=query.page,
    )
    scope = ProductScope(gamme_id=query.gamme, family_id=query.famille, brand_id=query.brand)
    return list_products(scope, filters, vehicle=car, per_page=query.limit, at=utc_now())


def _search(query: ProductQuery, car: Car | None) -> SearchPage:
    wanted = SearchQuery(
        text=query.search,
        brand_ids=(query.brand,) if query.brand else (),
        gamme_ids=(query.gamme,) if query.gamme else (),
        only_fitting=car is not None,
        page=min(query.page, 1000),
        per_page=query.limit,
    )
    return search_parts(wanted, vehicle=car, at=utc_now())


def _facet(values: Sequence[SearchFacetValue]) -> list[FacetValue]:
    return [FacetValue(id=value.id, name=value.label, count=value.count) for value in values]


_SORTS = {
    ("id", "asc"): ProductSort.ID_ASC,
    ("id", "desc"): ProductSort.ID_DESC,
    ("name", "asc"): ProductSort.NAME_ASC,
    ("name", "desc"): ProductSort.NAME_DESC,
    ("price", "asc"): ProductSort.PRICE_ASC,
    ("price", "desc"): ProductSort.PRICE_DESC,
    # Nobody looks for the emptiest shelf here: most first, whatever the order.
    ("stock", "asc"): ProductSort.STOCK_DESC,
    ("stock", "desc"): ProductSort.STOCK_DESC,
}
