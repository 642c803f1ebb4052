"""Every component in every state, for whoever builds a page."""

from datetime import UTC, datetime

from flask import Blueprint, Response

from web.pages import page

bp = Blueprint("styleguide", __name__)


@bp.get("/styleguide")
def index() -> Response:
    return page("backoffice/styleguide/index.html", now=datetime.now(UTC))
