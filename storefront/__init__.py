"""The door for shoppers: HTML and htmx blocks, one module per noun."""

from flask import Blueprint, Response

from storefront import (
    addresses,
    brands,
    cart,
    catalog,
    checkout,
    content,
    customers,
    home,
    orders,
    payments,
    products,
    recommendations,
    search,
    vehicles,
)
from web.errors import signs_in_at

door = Blueprint("storefront", __name__)
for noun in (
    home,
    catalog,
    products,
    recommendations,
    vehicles,
    search,
    brands,
    content,
    cart,
    checkout,
    payments,
    orders,
    customers,
    addresses,
):
    door.register_blueprint(noun.bp)
signs_in_at(door, "storefront.customers.sign_in")


@door.after_request
def keep_with_the_visitor(response: Response) -> Response:
    """Let browsers ask again for what is one visitor's own, and nobody in between keep it."""
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
