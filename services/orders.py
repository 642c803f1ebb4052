"""Orders after they are placed: reading them, and every move from state to state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload, selectinload

from domain.errors import Conflict, Forbidden, NotFound, ShopError
from domain.orders import SYSTEM, Actor, OrderStatus, find_move
from domain.payments import PaymentStatus
from models.database import session
from models.orders import Order, OrderStatusChange
from models.outbox import Event, record
from services.stock import consume_reservations, extend_reservations, release_reservations

REASON_LENGTH = (10, 500)


@dataclass(frozen=True)
class OrderPaid(Event):
    """An order's money has come in."""

    order_id: int


@dataclass(frozen=True)
class OrderShipped(Event):
    """A parcel has left."""

    order_id: int


@dataclass(frozen=True)
class OrderDelivered(Event):
    """A parcel has arrived."""

    order_id: int


@dataclass(frozen=True)
class OrderCancelled(Event):
    """An order will not be delivered; what was captured for it goes back."""

    order_id: int


class IllegalMove(Conflict):
    """The table of moves has no such arrow (spec/orders.md)."""


class MissingReason(ShopError):
    """A cancellation or return says why, in 10 to 500 characters."""


class MissingTracking(ShopError):
    """A parcel leaves with a carrier and a tracking number."""


def get_order(order_id: int, *, lock: bool = False) -> Order:
    """Return an order with its lines, history, payments and invoices; raises NotFound."""
    query = select(Order).where(Order.id == order_id).options(*_WHOLE)
    if lock:
        query = query.with_for_update(of=Order).execution_options(populate_existing=True)
    order = session.scalar(query)
    if order is None:
        raise NotFound("Cette commande n'existe pas.")
    return order


def get_order_of_customer(order_id: int, customer_id: int) -> Order:
    """Return a customer's own order; somebody else's is NotFound, like one that does not exist."""
    order = session.scalar(select(Order).where(Order.id == order_id, Order.customer_id == customer_id).options(*_WHOLE))
    if order is None:
        raise NotFound("Cette commande n'existe pas.")
    return order


def get_order_by_number(number: str) -> Order:
    """Return the order with that number; raises NotFound."""
    order = session.scalar(select(Order).where(Order.number == number.strip().upper()).options(*_WHOLE))
    if order is None:
        raise NotFound("Cette commande n'existe pas.")
    return order


def list_orders_of_customer(
    customer_id: int,
    *,
    before_id: int | None = None,
    skip: int = 0,
    limit: int = 10,
    status: OrderStatus | None = None,
) -> list[Order]:
    """List a customer's orders, newest first, with their lines.

    The page goes on below `before_id`, the last id of the page before, or after `skip` orders for numbered pages.
    """
    query = select(Order).where(Order.customer_id == customer_id).order_by(Order.id.desc()).offset(skip).limit(limit)
    if before_id is not None:
        query = query.where(Order.id < before_id)
    if status is not None:
        query = query.where(Order.status == status)
    return list(session.scalars(query.options(selectinload(Order.lines), selectinload(Order.invoices))))


def count_orders_of_customer(customer_id: int, *, status: OrderStatus | None = None) -> int:
    """Return how many orders a customer has."""
    query = select(func.count()).select_from(Order).where(Order.customer_id == customer_id)
    if status is not None:
        query = query.where(Order.status == status)
    return session.scalar(query) or 0


def mark_order_paid(order: Order, *, by: Actor, at: datetime) -> None:
    """Record that an order's money came in: its reservation stands until the parcel leaves."""
    _move(order, OrderStatus.PAID, by=by, at=at)
    order.paid_at, order.expires_at = at, None
    extend_reservations(order.id, expires_at=None)
    record(OrderPaid(order.id))


def start_processing(order: Order, *, by: Actor, at: datetime) -> None:
    """Begin to prepare a paid order."""
    _move(order, OrderStatus.PROCESSING, by=by, at=at)


CARRIER_WANTED = "Choisissez le transporteur."
TRACKING_WANTED = "Saisissez le numéro de suivi : 6 à 60 lettres et chiffres, sans espace."


def is_tracking_number(text: str) -> bool:
    """Say whether `text` can be a carrier's number of a parcel."""
    return 6 <= len(text) <= 60 and text.isascii() and text.isalnum()


def ship_order(order: Order, *, carrier: str, tracking_number: str, by: Actor, at: datetime) -> None:
    """Send the parcel off: the reserved packs leave the shelf, the customer is told where to follow it."""
    carrier, tracking_number = carrier.strip(), tracking_number.strip()
    if not carrier:
        raise MissingTracking(CARRIER_WANTED, field="carrier")
    if not is_tracking_number(tracking_number):
        raise MissingTracking(TRACKING_WANTED, field="tracking_number")
    # The number first: the database refuses a shipped order without one.
    order.carrier, order.tracking_number, order.shipped_at = carrier, tracking_number, at
    _move(order, OrderStatus.SHIPPED, by=by, at=at, comment=f"{carrier} {tracking_number}")
    consume_reservations(order.id, by=str(by), at=at)
    record(OrderShipped(order.id))


def deliver_order(order: Order, *, by: Actor, at: datetime) -> None:
    """Record that the parcel arrived."""
    _move(order, OrderStatus.DELIVERED, by=by, at=at)
    order.delivered_at = at
    record(OrderDelivered(order.id))


def cancel_order(order: Order, *, reason: str, by: Actor, at: datetime) -> None:
    """Cancel an order before its parcel leaves: stock goes back, captured money is refunded afterwards."""
    reason = _checked_reason(reason)
    _move(order, OrderStatus.CANCELLED, by=by, at=at, comment=reason)
    order.cancelled_at, order.cancel_reason, order.expires_at = at, reason, None
    for payment in order.payments:
        if PaymentStatus(payment.status).is_open:
            payment.status, payment.settled_at = PaymentStatus.CANCELLED, at
    release_reservations(order.id, at=at)
    record(OrderCancelled(order.id))


def return_order(order: Order, *, reason: str, by: Actor, at: datetime) -> None:
    """Record that the parcel came back; whether its packs go on the shelf again is for staff to say."""
    reason = _checked_reason(reason)
    _move(order, OrderStatus.RETURNED, by=by, at=at, comment=reason)
    order.returned_at = at


def mark_order_refunded(order: Order, *, by: Actor, at: datetime) -> None:
    """Record that all captured money of a cancelled or returned order went back."""
    _move(order, OrderStatus.REFUNDED, by=by, at=at)
    order.refunded_at = at


def reopen_as_paid(order: Order, *, at: datetime) -> None:
    """Take a cancelled order up again because its money came in late and its stock could be reserved again."""
    _move(
        order, OrderStatus.PAID, by=SYSTEM, at=at, comment="Paiement reçu après l'annulation, stock de nouveau réservé"
    )
    order.paid_at, order.cancelled_at, order.cancel_reason = at, None, ""
    record(OrderPaid(order.id))


def hand_over_orders(guest: str, account: str) -> None:
    """Let the orders that a guest's cart still waits for follow that cart into the account it moves to.

    Otherwise a new checkout would not replace them, and the buyer would be blocked by his own reservation.
    """
    session.execute(
        update(Order)
        .where(Order.cart_owner == guest, Order.status == OrderStatus.PENDING)
        .values(cart_owner=account)
        .execution_options(synchronize_session=False)
    )


def list_orders_paid_from(owner: str, *, since: datetime) -> Sequence[Order]:
    """List the orders of a cart that were paid after `since`, with their lines; meant for the last day."""
    # By the index of the moment of payment: few are paid in a day, and carts are indexed for unpaid orders only.
    return session.scalars(
        select(Order)
        .where(Order.paid_at > since, Order.cart_owner == owner)
        .order_by(Order.id)
        .limit(50)
        .options(selectinload(Order.lines))
    ).all()


def list_expired_orders(*, at: datetime, limit: int = 100) -> Sequence[int]:
    """List the ids of unpaid orders whose time is over, oldest first."""
    return session.scalars(
        select(Order.id)
        .where(Order.status == OrderStatus.PENDING, Order.expires_at < at)
        .order_by(Order.expires_at)
        .limit(limit)
    ).all()


def cancel_expired_order(order_id: int, *, at: datetime) -> bool:
    """Cancel an order that is still unpaid after its time; say whether it was."""
    order = get_order(order_id, lock=True)
    # Under the lock: it may have been paid, or its time extended by a new attempt, since it was listed.
    if order.status != OrderStatus.PENDING or order.expires_at is None or order.expires_at >= at:
        return False
    cancel_order(order, reason="Paiement non reçu dans le délai imparti.", by=SYSTEM, at=at)
    return True


def _checked_reason(reason: str) -> str:
    reason = " ".join(reason.split())
    shortest, longest = REASON_LENGTH
    if not shortest <= len(reason) <= longest:
        raise MissingReason(f"Indiquez le motif, en {shortest} à {longest} caractères.", field="reason")
    return reason


def _move(order: Order, target: OrderStatus, *, by: Actor, at: datetime, comment: str = "") -> None:
    current = OrderStatus(order.status)
    move = find_move(current, target)
    if move is None:
        raise IllegalMove(f"Une commande « {STATUS_NAMES[current]} » ne peut pas passer à « {STATUS_NAMES[target]} ».")
    if not move.allows(by):
        raise Forbidden("Vous ne pouvez pas faire passer cette commande à cet état.")
    order.status = target
    order.history.append(OrderStatusChange(from_status=current, to_status=target, by=str(by), comment=comment, at=at))
    # Two editors of one order: the second flush finds another version and is refused.
    session.flush()


STATUS_NAMES: dict[OrderStatus, str] = {
    OrderStatus.PENDING: "en attente de paiement",
    OrderStatus.PAID: "payée",
    OrderStatus.PROCESSING: "en préparation",
    OrderStatus.SHIPPED: "expédiée",
    OrderStatus.DELIVERED: "livrée",
    OrderStatus.CANCELLED: "annulée",
    OrderStatus.RETURNED: "retournée",
    OrderStatus.REFUNDED: "remboursée",
}

_WHOLE = (
    selectinload(Order.lines),
    selectinload(Order.history),
    selectinload(Order.payments),
    selectinload(Order.invoices),
    joinedload(Order.customer),
)
