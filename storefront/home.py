"""The home page."""

from flask import Blueprint, Response

from services.catalog import list_top_brands, list_top_gammes
from services.vehicles import list_makes
from storefront.vehicles import picker
from web.pages import page

bp = Blueprint("home", __name__)


@bp.get("/")
def index() -> Response:
    makes = list_makes()
    return page(
        "storefront/home/index.html",
        picker=picker({}, makes=makes),
        top_makes=[make for make in makes if make.is_top],
        gammes=list_top_gammes(12),
        brands=list_top_brands(12),
    )
