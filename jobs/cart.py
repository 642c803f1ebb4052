"""The cart after the purchase."""

from models.database import utc_now
from services.cart import take_out_ordered
from services.orders import get_order


def clear_paid_cart(order_id: int) -> None:
    """Take what was paid for out of the cart it came from; raises ConnectionError, and is tried again."""
    order = get_order(order_id)
    if order.cart_owner:
        take_out_ordered(order.cart_owner, order.packs, order_id=order.id, at=utc_now())
