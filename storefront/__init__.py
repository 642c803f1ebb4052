"""The door for shoppers: HTML and htmx blocks, one module per noun."""

from flask import Blueprint

from storefront import home
from web.errors import signs_in_at

door = Blueprint("storefront", __name__)
for noun in (home,):
    door.register_blueprint(noun.bp)
signs_in_at(door, "storefront.customers.sign_in")
