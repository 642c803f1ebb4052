"""The orders placed in this visit: whoever comes back from the bank sees the way to them, a borrowed link does not."""

from flask import session

from models.orders import Order
from web.auth import find_customer

# Also named in web/auth.py: a guest who signs in keeps them.
KEY = "placed_orders"
REMEMBERED = 10


def remember(order: Order) -> None:
    """Remember that this visitor placed the order, or opened it by its own link."""
    known: list[int] = session.get(KEY, [])
    if order.id not in known:
        session[KEY] = [*known, order.id][-REMEMBERED:]


def is_visitors(order: Order) -> bool:
    """Say whether the order was placed in this visit or belongs to the signed-in customer."""
    customer = find_customer()
    return order.id in session.get(KEY, []) or (customer is not None and order.customer_id == customer.id)
