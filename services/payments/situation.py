"""Where an attempt to pay stands, in the eyes of the one who pays."""

from datetime import datetime
from enum import StrEnum

from domain.orders import OrderStatus
from domain.payments import PaymentStatus
from models.orders import Order
from models.payments import Payment


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


def _is_second(payment: Payment, order: Order) -> bool:
    """Say whether this attempt took the money of an order that another one had paid, so that it was given back."""
    if payment.status != PaymentStatus.REFUNDED:
        return False
    return any(other.id != payment.id and PaymentStatus(other.status).is_captured for other in order.payments)
