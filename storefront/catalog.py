"""Families and gammes: the menu as pages, and the lists of parts."""

from flask import Blueprint, Response, redirect, request

from domain.page_subjects import Offered
from models.catalog import Gamme
from models.database import utc_now
from services.catalog import (
    get_family,
    get_gamme,
    list_menu,
    list_offers_for_vehicle,
    list_offers_of_family,
    merged_into,
)
from services.products_facets import Facets
from services.products_filters import ProductFilters
from services.products_listing import (
    NothingFits,
    group_by_side,
    list_products_for_vehicle,
    list_products_of_gamme,
)
from services.seo import get_gamme_page, get_vehicle_page, list_engine_cards
from services.vehicles import Car, get_car
from storefront.listing import SORTS, list_page, read_filters
from web.addresses import AliasId, family_url, gamme_for_vehicle_url, gamme_url, moved_to, vehicle_tags
from web.caching import cached
from web.language import gettext as _
from web.pages import page
from web.shared_pages import tag
from web.templating import money, number
from web.visitor import find_vehicle

bp = Blueprint("catalog", __name__)
# What of a list is kept: its first pages, in each order, all of it or what is in stock. Other filters are too many.
FIRST_PAGES = {"page": "[1-9]", "tri": "|".join(SORTS), "stock": "1"}


@bp.get("/pieces")
@cached(300)
def families() -> Response:
    return page("storefront/catalog/families.html", "families_menu", whole_menu=list_menu())


@bp.get("/familles/<alias_id:family>.html")
@cached(300)
def family(family: AliasId) -> Response:
    found = get_family(family.id)
    if moved := moved_to(family_url(found)):
        return moved
    vehicle = find_vehicle()
    suited = list_offers_for_vehicle(vehicle.id, family_id=found.id) if vehicle else []
    offers = list_offers_of_family(found.id)
    tag(f"family:{found.id}", "ranges", *(f"gamme:{offer.gamme.id}" for offer in offers))
    return page(
        "storefront/catalog/family.html",
        family=found,
        offers=offers,
        for_vehicle={offer.gamme.id: offer for offer in suited},
    )


@bp.get("/pieces/<alias_id:gamme>.html")
@cached(1800, query=FIRST_PAGES)
def gamme(gamme: AliasId) -> Response:
    gamme_page = get_gamme_page(merged_into(gamme.id))
    found, vehicle = gamme_page.gamme, find_vehicle()
    if moved := moved_to(gamme_url(found)):
        return moved
    tag("texts", f"gamme:{found.id}")
    form = read_filters(request.args)
    filters = form.value or ProductFilters()
    parts = list_products_of_gamme(found.id, filters, vehicle=vehicle, at=utc_now())
    texts = gamme_page.write(_offer_of(found, parts.facets))
    # Who has said what he drives is led to his own list instead.
    cards = [] if vehicle else list_engine_cards(found, texts)
    return list_page(
        "storefront/catalog/gamme.html",
        parts,
        form,
        gamme=found,
        siblings=gamme_page.siblings,
        texts=texts,
        cards=cards,
    )


@bp.get("/pieces/<alias_id:gamme>/mon-vehicule")
def gamme_for_mine(gamme: AliasId) -> Response:
    """Lead from a gamme to the visitor's own list of it, once he has chosen his vehicle."""
    found, vehicle = get_gamme(merged_into(gamme.id)), find_vehicle()
    target = gamme_for_vehicle_url(found, vehicle.type) if vehicle else gamme_url(found)
    return redirect(target, 302)  # type: ignore[return-value]


@bp.get("/pieces/<alias_id:gamme>/<alias_id:make>/<alias_id:model>/<alias_id:vehicle_type>.html")
@cached(1800, query=FIRST_PAGES)
def gamme_for_vehicle(gamme: AliasId, make: AliasId, model: AliasId, vehicle_type: AliasId) -> Response:
    vehicle_page, car = get_vehicle_page(merged_into(gamme.id), vehicle_type.id), _car(vehicle_type.id)
    found = vehicle_page.gamme
    if moved := moved_to(gamme_for_vehicle_url(found, car.type)):
        return moved
    tag("texts", f"gamme:{found.id}", *vehicle_tags(car.type))
    form = read_filters(request.args)
    try:
        parts = list_products_for_vehicle(found.id, car, form.value or ProductFilters(), at=utc_now())
    except NothingFits:
        return _nothing_fits(found, car)
    groups = group_by_side(parts.rows)
    texts = vehicle_page.write(car.type, _offered(parts.facets))
    return list_page(
        "storefront/catalog/gamme_for_vehicle.html", parts, form, gamme=found, car=car, groups=groups, texts=texts
    )


def _offered(facets: Facets) -> Offered:
    low = facets.price_low_cents
    return Offered(facets.everything, "" if low is None else money(low))


def _offer_of(gamme: Gamme, facets: Facets) -> str:
    """What a gamme offers, in a sentence; empty when nothing of it has a price."""
    if facets.price_low_cents is None:
        return ""
    words = {"gammes": gamme.plural_name, "count": number(facets.everything), "price": money(facets.price_low_cents)}
    if facets.everything == 1:
        return _("%(gammes)s : une référence à %(price)s, avec stock et compatibilité pour votre véhicule.", **words)
    return _(
        "%(gammes)s : %(count)s références dès %(price)s, avec stock et compatibilité pour votre véhicule.", **words
    )


def _car(type_id: int) -> Car:
    """The visitor's own car brings its year; any other is only its type."""
    chosen = find_vehicle()
    return chosen if chosen and chosen.id == type_id else get_car(type_id)


def _nothing_fits(gamme: Gamme, car: Car) -> Response:
    """410: there is no such list, and here is what there is (spec/seo-system.md, rule 17)."""
    offers = list_offers_for_vehicle(car.id)
    tag("ranges", *(f"gamme:{offer.gamme.id}" for offer in offers))
    nearest = [offer for offer in offers if offer.gamme.family_id == gamme.family_id] or offers
    return page("storefront/catalog/nothing_fits.html", status=410, gamme=gamme, car=car, offers=nearest[:12])
