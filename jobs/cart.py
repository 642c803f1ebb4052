"""The cart after the purchase."""

from models.database import utc_now
from services.cart import take_out_ordered
from services.orders import get_order


def clear_paid_cart(order_id: int) -> None:
    """Take what was paid for out of the cart it came from; raises ConnectionError, and is tried again."""
    order = get_order(order_id)
    if not order.cart_owner:
        return
    packs: dict[int, int] = {}
    for line in order.lines:
        if line.kind == "goods" and line.product_id is not None:
            packs[line.product_id] = packs.get(line.product_id, 0) + line.quantity
    take_out_ordered(order.cart_owner, packs, order_id=order.id, at=utc_now())
