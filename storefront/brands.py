"""Makers of parts: the directory and each one's gammes."""

from itertools import groupby

from flask import Blueprint, Response

from services.catalog import get_brand, list_brands, list_offers_of_brand
from services.product_choices import list_best_sellers
from web.addresses import AliasId, brand_url, moved_to
from web.caching import cached
from web.pages import page
from web.shared_pages import tag

bp = Blueprint("brands", __name__, url_prefix="/equipementiers")
MAX_BEST = 6


@bp.get("")
@cached(3600)
def index() -> Response:
    tag("brands")
    return page("storefront/brands/index.html", brands=list_brands())


@bp.get("/<alias_id:brand>.html")
@cached(1800)
def show(brand: AliasId) -> Response:
    found = get_brand(brand.id)
    if moved := moved_to(brand_url(found)):
        return moved
    tag(f"brand:{found.id}", f"range:brand:{found.id}", "recommendations")
    offers = list_offers_of_brand(found.id)
    sections = [(family, list(of)) for family, of in groupby(offers, key=lambda offer: offer.gamme.family)]
    return page(
        "storefront/brands/show.html",
        brand=found,
        sections=sections,
        offers=offers,
        best_sellers=list_best_sellers(brand_id=found.id, limit=MAX_BEST),
    )
