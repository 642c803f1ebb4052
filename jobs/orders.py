"""What follows the life of an order, and what time does to one that nobody pays."""

from domain.orders import OrderStatus
from jobs.letters import cancellation_notice, delivery_notice, order_confirmation, post, shipping_notice
from jobs.unit_of_work import for_each
from models.database import utc_now
from services.orders import cancel_expired_order, get_order, list_expired_orders


def send_order_confirmation(order_id: int) -> None:
    """Tell the buyer that his order is on record, paid or still to pay; not one that is called off already."""
    order = get_order(order_id)
    if order.status not in (OrderStatus.CANCELLED, OrderStatus.REFUNDED):
        post(order_confirmation(order))


def send_shipping_notice(order_id: int) -> None:
    """Tell the buyer that his parcel has left and where to follow it."""
    post(shipping_notice(get_order(order_id)))


def send_delivery_notice(order_id: int) -> None:
    """Tell the buyer that his parcel has arrived, and what he may still do."""
    post(delivery_notice(get_order(order_id)))


def send_cancellation_notice(order_id: int) -> None:
    """Tell the buyer that his order is called off; not when he replaced it himself, nor when it was taken up again."""
    order = get_order(order_id)
    is_off = order.status in (OrderStatus.CANCELLED, OrderStatus.REFUNDED)
    if is_off and order.superseded_by_id is None:
        post(cancellation_notice(order))


def cancel_unpaid_orders() -> None:
    """Cancel the orders whose time to be paid is over, each on its own, and free their stock."""
    for_each(list_expired_orders(at=utc_now()), _cancel_if_unpaid)


def _cancel_if_unpaid(order_id: int) -> None:
    cancel_expired_order(order_id, at=utc_now())
