"""Public addresses: « alias-id », found by the id; what no table can hold as an id is not found at all."""

from functools import lru_cache
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote, urlsplit

from flask import Flask, Response, current_app, redirect, request, url_for
from werkzeug.routing import BaseConverter, IntegerConverter

from config import settings
from domain.slugs import slugify
from models.catalog import Product, ProductPicture
from models.vehicles import VehicleModel, VehicleType
from services.products_rows import ListedProduct
from services.search import SuggestedFit, SuggestedVehicle
from web.shared_pages import tag


class AliasId(NamedTuple):
    """One « alias-id » of an address; only the id finds."""

    alias: str
    id: int


class Named(Protocol):
    """Anything with an alias and an id: a family, a gamme, a brand, a make…"""

    @property
    def alias(self) -> str:
        """Its name in addresses."""

    @property
    def id(self) -> int:
        """Its id."""


class RowNumber(IntegerConverter):
    """Up to 18 plain digits: always within PostgreSQL's bigint."""

    regex = r"[0-9]{1,18}"


class AliasIdConverter(BaseConverter):
    """`<alias_id:gamme>` in a route: gives an AliasId."""

    regex = r"[^/]+-[0-9]{1,18}"

    def to_python(self, value: str) -> AliasId:
        """Take « disque-de-frein-82 » apart."""
        alias, _dash, number = value.rpartition("-")
        return AliasId(alias, int(number))

    def to_url(self, value: tuple[str, int]) -> str:
        """Put an alias and an id together."""
        alias, number = value
        return super().to_url(f"{alias}-{number}")


def install(app: Flask) -> None:
    """Teach routes their numbers, and templates the addresses of things; to be called before the doors register."""
    # `<int:…>` of every door means a row's number.
    app.url_map.converters.update(int=RowNumber, alias_id=AliasIdConverter)
    for address in (
        family_url,
        gamme_url,
        gamme_for_vehicle_url,
        product_url,
        fitted_vehicles_url,
        related_parts_url,
        part_url,
        cart_add_url,
        brand_url,
        make_url,
        model_url,
        type_url,
        suggested_vehicle_url,
        suggested_fit_url,
        legal_url,
        picture_url,
        absolute,
    ):
        app.jinja_env.globals[address.__name__] = address


def moved_to(url: str) -> Response | None:
    """Return the permanent redirect to `url` when this request came by another path, keeping its query."""
    if urlsplit(url).path == request.path:
        return None
    query = request.query_string.decode("ascii", "ignore")
    return redirect(f"{url}?{query}" if query else url, 301)  # type: ignore[return-value]


def picture_url(picture: ProductPicture) -> str | None:
    """Return where a picture is served, or None where none are: then a page shows the drawing of the gamme."""
    base = settings().pictures_url
    return f"{base}/{quote(picture.path)}" if base else None


def family_url(family: Named) -> str:
    """Return « /familles/freinage-2.html »."""
    return _path("storefront.catalog.family", family=_alias_id(family))


def gamme_url(gamme: Named, **query: Any) -> str:
    """Return « /pieces/disque-de-frein-82.html »."""
    return _path("storefront.catalog.gamme", gamme=_alias_id(gamme), **query)


def gamme_for_vehicle_url(gamme: Named, vehicle_type: VehicleType) -> str:
    """Return the address of a gamme for a vehicle type, whose model and make are loaded."""
    return _path("storefront.catalog.gamme_for_vehicle", gamme=_alias_id(gamme), **_vehicle(vehicle_type))


def product_url(product: Product | ListedProduct) -> str:
    """Return the address of a product, whose brand is loaded."""
    tag(f"product:{product.id}", f"brand:{product.brand.id}")
    return _path("storefront.products.show", product=_product(product))


def part_url(product_id: int, name: str, brand: str, reference: str) -> str:
    """Return « /piece/disque-de-frein-brembo-09-a123-4711.html »."""
    return _path("storefront.products.show", product=AliasId(slugify(f"{name} {brand} {reference}"), product_id))


def fitted_vehicles_url(product: Product, **query: Any) -> str:
    """Return the address of the cars that a product fits."""
    return _path("storefront.products.vehicles", product=_product(product), **query)


def related_parts_url(product: Product) -> str:
    """Return the address of what goes with a product."""
    return _path("storefront.recommendations.related", product=_product(product))


def cart_add_url() -> str:
    """Return where a product is put in the cart."""
    return _path("storefront.cart.add")


def brand_url(brand: Named) -> str:
    """Return « /equipementiers/bosch-30.html »."""
    tag(f"brand:{brand.id}")
    return _path("storefront.brands.show", brand=_alias_id(brand))


def make_url(make: Named) -> str:
    """Return « /constructeurs/renault-140.html »."""
    tag(f"make:{make.id}")
    return _path("storefront.vehicles.make", make=_alias_id(make))


def model_url(model: VehicleModel) -> str:
    """Return the address of a model, whose make is loaded."""
    tag(f"model:{model.id}", f"make:{model.make_id}")
    return _path("storefront.vehicles.model", make=_alias_id(model.make), model=_alias_id(model))


def type_url(vehicle_type: VehicleType) -> str:
    """Return the address of a vehicle type, whose model and make are loaded."""
    tag(*vehicle_tags(vehicle_type))
    return _path("storefront.vehicles.vehicle_type", **_vehicle(vehicle_type))


def suggested_vehicle_url(vehicle: SuggestedVehicle) -> str:
    """Return the address of a suggested model or type."""
    if vehicle.type is None:
        return _path("storefront.vehicles.model", make=vehicle.make, model=vehicle.model)
    return url_for(
        "storefront.vehicles.vehicle_type", make=vehicle.make, model=vehicle.model, vehicle_type=vehicle.type
    )


def vehicle_tags(vehicle_type: VehicleType) -> set[str]:
    """Return what a page that names a vehicle type shows, as tags of the cache; needs its model loaded."""
    model = vehicle_type.model
    return {f"type:{vehicle_type.id}", f"model:{model.id}", f"make:{model.make_id}"}


def suggested_fit_url(fit: SuggestedFit) -> str:
    """Return the address of a gamme for a suggested type; of a model, the choice of its type on the way there."""
    vehicle = fit.vehicle
    if vehicle.type is None:
        steps = {"make": vehicle.make[1], "model": vehicle.model[1], "suite": gamme_url(fit.gamme)}
        return _path("storefront.vehicles.choose", **steps)
    return _path(
        "storefront.catalog.gamme_for_vehicle",
        gamme=_alias_id(fit.gamme),
        make=vehicle.make,
        model=vehicle.model,
        vehicle_type=vehicle.type,
    )


def legal_url(slug: str) -> str:
    """Return the address of a legal page."""
    return url_for("storefront.content.legal", slug=slug)


def absolute(path: str) -> str:
    """Return the public address of a path, for canonical links and search engines: from APP_URL, never from Host."""
    return f"{settings().app_url.rstrip('/')}{path}"


def _path(endpoint: str, **values: Any) -> str:
    return _built(endpoint, tuple(values.items()))


# The menu alone asks for some two hundred on every page; an address depends on nothing but what stands in it.
@lru_cache(maxsize=10_000)
def _built(endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return current_app.url_map.bind("").build(endpoint, dict(values))


def _product(product: Product | ListedProduct) -> AliasId:
    return AliasId(slugify(f"{product.name} {product.brand.name} {product.reference}"), product.id)


def _vehicle(vehicle_type: VehicleType) -> dict[str, Any]:
    model = vehicle_type.model
    return {"make": _alias_id(model.make), "model": _alias_id(model), "vehicle_type": _alias_id(vehicle_type)}


def _alias_id(thing: Named) -> AliasId:
    return AliasId(thing.alias or "x", thing.id)
