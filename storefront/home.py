"""The home page."""

from flask import Blueprint, Response

from services.catalog import list_top_brands, list_top_gammes
from services.vehicles import list_makes
from storefront.vehicles import picker
from web.caching import cached
from web.pages import page
from web.shared_pages import tag

bp = Blueprint("home", __name__)


@bp.get("/")
@cached(300)
def index() -> Response:
    tag("makes", "brands")
    makes = list_makes()
    return page(
        "storefront/home/index.html",
        picker=picker({}, makes=makes),
        top_makes=[make for make in makes if make.is_top],
        gammes=list_top_gammes(12),
        brands=list_top_brands(12),
    )
