"""Where an attempt to pay stands, in the eyes of the one who pays."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from domain.orders import OrderStatus
from domain.payments import PaymentStatus
from models.database import session
from models.orders import Order
from models.payments import Payment, Refund


class Situation(StrEnum):
    """What the payer's page tells: each says what happened and what comes next."""

    READY = "ready"  # not yet sent to the bank
    WAITING = "waiting"  # at the bank, or back and the notification has not come
    PAID = "paid"
    REFUSED = "refused"
    REPLACED = "replaced"  # another attempt was opened after this one
    REFUNDED = "refunded"  # the money came but pays nothing: it goes back
    EXPIRED = "expired"  # cancelled without payment


def situation_of(payment: Payment, order: Order, *, at: datetime) -> Situation:
    """Return where an attempt stands; needs `order.payments` loaded. The order's state counts before the attempt's."""
    status = PaymentStatus(payment.status)
    if order.status == OrderStatus.CANCELLED or order.status == OrderStatus.REFUNDED:
        return Situation.REFUNDED if status.is_captured else Situation.EXPIRED
    if order.paid_at is not None:
        return Situation.REFUNDED if _is_second(payment, order) else Situation.PAID
    is_late = order.expires_at is not None and order.expires_at <= at
    # Whoever is at the bank may still pay: only its word or the cancelled order ends that.
    if is_late and status != PaymentStatus.PROCESSING:
        return Situation.EXPIRED
    if status == PaymentStatus.FAILED:
        return Situation.REFUSED
    if status == PaymentStatus.CANCELLED:
        return Situation.REPLACED
    return Situation.READY if payment.sent_at is None else Situation.WAITING


def find_paying_payment(order: Order) -> Payment | None:
    """Return the payment that paid an order, None when it came another way; needs `order.payments` loaded.

    A second payment of two tabs goes back at once, so what was kept comes first; when all went back, the one that
    settled as the order was paid.
    """
    captured = [payment for payment in order.payments if PaymentStatus(payment.status).is_captured]
    return min(
        captured,
        key=lambda payment: (
            payment.status == PaymentStatus.REFUNDED,
            payment.settled_at != order.paid_at,
            payment.id,
        ),
        default=None,
    )


def sum_refunds_of_cancellation(order: Order) -> int:
    """Return what comes back because an order was called off, in cents; needs `order.payments` loaded.

    That is what is left of its payments and what was asked of the bank since; not what went back before.
    """
    asked = session.scalar(
        select(func.coalesce(func.sum(Refund.amount_cents), 0)).where(
            Refund.payment_id.in_([payment.id for payment in order.payments]),
            Refund.created_at >= (order.cancelled_at or order.placed_at),
            Refund.status != "failed",
        )
    )
    return sum(payment.refundable_cents for payment in order.payments) + int(asked or 0)


def is_settled(payment: Payment) -> bool:
    """Say whether all is known of an attempt: it was never sent to the bank, its money came, or the bank was asked."""
    return payment.sent_at is None or PaymentStatus(payment.status).is_captured or payment.inquired_at is not None


def _is_second(payment: Payment, order: Order) -> bool:
    """Say whether this attempt took the money of an order that another one had paid, so that it was given back."""
    if payment.status != PaymentStatus.REFUNDED:
        return False
    return any(other.id != payment.id and PaymentStatus(other.status).is_captured for other in order.payments)
