"""The home page."""

from flask import Blueprint, Response

from models.database import utc_now
from services.catalog import list_top_brands
from services.product_choices import list_best_and_new, list_popular_gammes
from services.vehicles import list_makes
from storefront.vehicles import picker
from web.caching import cached
from web.pages import page
from web.shared_pages import tag

bp = Blueprint("home", __name__)
MAX_CARDS = 6


@bp.get("/")
@cached(300)
def index() -> Response:
    tag("makes", "brands", "ranges", "recommendations")
    makes = list_makes()
    best_sellers, new_products = list_best_and_new(at=utc_now(), limit=MAX_CARDS)
    return page(
        "storefront/home/index.html",
        picker=picker({}, makes=makes),
        top_makes=[make for make in makes if make.is_top],
        gammes=list_popular_gammes(12),
        best_sellers=best_sellers,
        new_products=new_products,
        brands=list_top_brands(12),
    )
