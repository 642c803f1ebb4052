"""What was paid for leaves the cart, wherever the cart goes."""

from datetime import datetime, timedelta

from services.cart import take_out_ordered
from services.orders import list_orders_paid_from

# The job that follows each payment is at most as late as this.
LATELY = timedelta(days=1)


def take_out_paid_orders(owner: str, *, at: datetime) -> None:
    """Take what was lately paid for out of a cart before it moves: the job may come too late for it.

    Once per order, whichever comes first. Raises ConnectionError when carts are away.
    """
    for order in list_orders_paid_from(owner, since=at - LATELY):
        take_out_ordered(owner, order.packs, order_id=order.id, at=at)
