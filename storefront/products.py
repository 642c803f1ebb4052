"""A product's page, and the cars it fits."""

from flask import Blueprint, Response, request

from domain.money import contained_vat
from models.catalog import Product
from models.database import utc_now
from models.vehicles import Make
from services.fitment import judge_products
from services.fitted_vehicles import list_fitted_makes, list_fitted_vehicles
from services.products import (
    availability,
    get_product,
    part_rows,
    quote_delivery,
)
from services.related_products import list_alternatives
from services.seo import list_fitted_models
from web.addresses import AliasId, absolute, fitted_vehicles_url, moved_to, product_url
from web.caching import cached
from web.page_heads import tell_robots
from web.pages import page, see_other
from web.shared_pages import tag
from web.visitor import find_vehicle

bp = Blueprint("products", __name__)


@bp.get("/piece/<alias_id:product>.html")
@cached(600)
def show(product: AliasId) -> Response:
    found = get_product(product.id)
    if moved := moved_to(product_url(found)):
        return moved
    at, vehicle = utc_now(), find_vehicle()
    alternatives = list_alternatives(found)
    tag(f"range:gamme:{found.gamme_id}", *(f"group:{one.fitment_group_id}" for one in (found, *alternatives)))
    verdicts = judge_products([found, *alternatives], vehicle)
    response = page(
        "storefront/products/show.html",
        product=found,
        # For whoever has not said what he drives: he sees the verdict for his own car.
        fitted_models=[] if vehicle else list_fitted_models(found),
        net_cents=_net_cents(found),
        availability=availability(found, at=at),
        delivery=quote_delivery(found, at=at),
        verdict=verdicts.get(found.id),
        alternatives=part_rows(alternatives, verdicts, at=at),
    )
    return tell_robots(response, canonical=absolute(product_url(found)))


@bp.get("/piece/<alias_id:product>/vehicules")
@cached(900, query={"marque": "[0-9]{1,6}", "page": "[1-9][0-9]?"})
def vehicles(product: AliasId) -> Response:
    found = get_product(product.id)
    if moved := moved_to(fitted_vehicles_url(found)):
        return moved
    makes = list_fitted_makes(found)
    tag(f"group:{found.fitment_group_id}", *(f"make:{fitted.make.id}" for fitted in makes))
    chosen = _chosen_make([made.make for made in makes])
    fitted = list_fitted_vehicles(found, make_id=chosen.id, page=_page_asked_for()) if chosen else None
    if fitted and not fitted.models:
        return see_other(fitted_vehicles_url(found))
    return page(
        "storefront/products/vehicles.html", "fitted_vehicles", product=found, makes=makes, make=chosen, fitted=fitted
    )


def _page_asked_for() -> int:
    text = request.args.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) else 1


def _chosen_make(makes: list[Make]) -> Make | None:
    """The make that the address names, else that of the visitor's own car, else the first."""
    vehicle = find_vehicle()
    own = str(vehicle.type.model.make_id) if vehicle else ""
    by_id = {str(make.id): make for make in makes}
    return by_id.get(request.args.get("marque", "")) or by_id.get(own) or next(iter(makes), None)


def _net_cents(product: Product) -> int | None:
    """The price without VAT, for those who get it back."""
    if product.price_cents is None:
        return None
    return product.price_cents - contained_vat(product.price_cents, product.vat_basis_points)
