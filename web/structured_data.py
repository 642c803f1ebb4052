"""What pages tell search engines in JSON-LD (schema.org); nothing is said that the page does not show or know."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Flask

from models.catalog import Gamme
from models.vehicles import VehicleModel, VehicleType
from services.products import PartRow
from services.settings import ShopIdentity
from web.addresses import absolute, gamme_for_vehicle_url, model_url, product_url, type_url

Graph = dict[str, Any]
CONTEXT = "https://schema.org"
# More would only weigh: a list of links is for whoever reads the page's beginning.
MOST_LISTED = 24


def install(app: Flask) -> None:
    """Give templates what they say in JSON-LD."""
    for data in (vehicle_list_data, gamme_list_data, shop_data, site_data):
        app.jinja_env.globals[data.__name__] = data
    app.jinja_env.filters["model_data"] = model_data


def vehicle_data(vehicle: VehicleType) -> Graph:
    """Return a vehicle type, whose model and make are loaded."""
    model = vehicle.model
    return {
        "@type": "Car",
        "name": vehicle.label,
        "manufacturer": model.make.name,
        "model": model.short_name,
        "vehicleConfiguration": vehicle.name,
        "productionDate": vehicle.produced_from.isoformat(),
        "vehicleEngine": {
            "@type": "EngineSpecification",
            "fuelType": vehicle.fuel,
            "enginePower": {"@type": "QuantitativeValue", "value": vehicle.power_kw, "unitCode": "KWT"},
        },
        "url": absolute(type_url(vehicle)),
    }


def model_data(model: VehicleModel) -> Graph:
    """Return a model of vehicle, whose make is loaded."""
    return {
        "@type": "Car",
        "name": f"{model.make.name} {model.name}",
        "manufacturer": model.make.name,
        "model": model.short_name,
        "url": absolute(model_url(model)),
    }


def vehicle_list_data(gamme: Gamme, vehicle: VehicleType, rows: Sequence[PartRow], name: str) -> Graph:
    """Return a gamme's page for a vehicle: which vehicle it is about, and the parts it lists."""
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "name": name,
        "url": absolute(gamme_for_vehicle_url(gamme, vehicle)),
        "about": vehicle_data(vehicle),
        "mainEntity": _list_of_parts(rows),
    }


def gamme_list_data(rows: Sequence[PartRow]) -> Graph:
    """Return the parts that a gamme's page lists."""
    return {"@context": CONTEXT, **_list_of_parts(rows)}


def shop_data(shop: ShopIdentity) -> Graph:
    """Return who sells; what is not set is left out."""
    data: Graph = {
        "@context": CONTEXT,
        "@type": "Organization",
        "name": shop.name,
        "url": absolute("/"),
        "legalName": shop.legal_name,
        "telephone": shop.phone,
        "email": shop.email,
    }
    if shop.address_line:
        data["address"] = {
            "@type": "PostalAddress",
            "streetAddress": shop.address_line,
            "postalCode": shop.postal_code,
            "addressLocality": shop.city,
            "addressCountry": shop.country,
        }
    return {name: value for name, value in data.items() if value}


def site_data(name: str, search_url: str) -> Graph:
    """Return the site and how its search is asked."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": name,
        "url": absolute("/"),
        "inLanguage": "fr",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{absolute(search_url)}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def _list_of_parts(rows: Iterable[PartRow]) -> Graph:
    items = [
        {"@type": "ListItem", "position": position, "url": absolute(product_url(row.product))}
        for position, row in enumerate(rows, 1)
    ][:MOST_LISTED]
    return {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
