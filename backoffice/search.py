"""The command palette: an order number, an e-mail, a parcel or a reference, and where it leads."""

from typing import Annotated

from flask import Blueprint, Response, request
from pydantic import BaseModel, StringConstraints

from services.orders_listing import OrderFilter, search_orders
from services.search import suggest_references
from web.forms import read_form
from web.pages import page

bp = Blueprint("search", __name__, url_prefix="/search")
SHORTEST = 3
MOST_ORDERS = 8


class PaletteQuery(BaseModel):
    """What somebody types to get somewhere."""

    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""


@bp.get("")
def index() -> Response:
    query = read_form(PaletteQuery, request.args).value or PaletteQuery()
    is_enough = len(query.q) >= SHORTEST
    return page(
        "backoffice/search/index.html",
        "palette_results",
        q=query.q,
        orders=search_orders(OrderFilter(search=query.q), limit=MOST_ORDERS) if is_enough else [],
        parts=suggest_references(query.q) if is_enough else [],
    )
