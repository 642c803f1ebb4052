"""The description of this door: for machines as OpenAPI 3.1, for people as a page."""

from flask import Blueprint, Response, jsonify

from api.contract import contract
from web.pages import page

bp = Blueprint("docs", __name__)


@bp.get("/api/openapi.json")
def openapi() -> Response:
    return jsonify(contract.spec)


@bp.get("/api/docs")
def index() -> Response:
    return page("api/docs/index.html", spec=contract.spec)
