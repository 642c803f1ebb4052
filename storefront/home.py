"""The home page."""

from flask import Blueprint, Response

from web.pages import page

bp = Blueprint("home", __name__)


@bp.get("/")
def index() -> Response:
    return page("storefront/home/index.html")
