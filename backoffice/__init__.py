"""The door for staff: closed unless opened."""

from flask import Blueprint, Response, request

from backoffice import (
    cache,
    dashboard,
    imports,
    mail,
    orders,
    products,
    search,
    searches,
    staff,
    styleguide,
    synonyms,
    texts,
)
from web.auth import get_staff_member
from web.errors import signs_in_at

OPEN_ENDPOINTS = {"backoffice.staff.sign_in", "backoffice.staff.authenticate"}

door = Blueprint("backoffice", __name__, url_prefix="/backoffice")
for noun in (cache, dashboard, imports, mail, orders, products, search, searches, staff, styleguide, synonyms, texts):
    door.register_blueprint(noun.bp)
signs_in_at(door, "backoffice.staff.sign_in")


@door.before_request
def close() -> None:
    """Let nobody but staff in, except to sign in."""
    if request.endpoint not in OPEN_ENDPOINTS:
        get_staff_member()


@door.after_request
def keep_nowhere(response: Response) -> Response:
    """Leave nothing of the shop's inside on anybody's disk."""
    response.headers["Cache-Control"] = "no-store"
    return response
