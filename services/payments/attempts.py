"""Attempts to pay an order: each has its own reference, at most one is open."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from config import settings
from domain.addresses import NUMERIC_COUNTRIES, PostalAddress
from domain.errors import NotFound
from domain.orders import OrderStatus
from domain.payments import PaymentStatus
from integrations.payments import Buyer, PaymentForm, PaymentRequest, ReturnAddresses, gateway
from models.database import session
from models.orders import Order
from models.payments import Payment
from services.orders import get_order
from services.payments.events import NotPayable
from services.stock import extend_reservations

# However often it is tried again, an order holds its stock no longer than this after it was placed.
LONGEST_WAIT = timedelta(hours=2)


def get_payment_of_customer(payment_id: int, customer_id: int) -> Payment:
    """Return a payment of a customer's own order; somebody else's is NotFound."""
    payment = session.scalar(
        select(Payment)
        .join(Payment.order)
        .where(Payment.id == payment_id, Order.customer_id == customer_id)
        .options(selectinload(Payment.order))
    )
    if payment is None:
        raise NotFound("Ce paiement n'existe pas.")
    return payment


def get_payment(payment_id: int) -> Payment:
    """Return a payment, whoever's it is; raises NotFound."""
    payment = session.get(Payment, payment_id)
    if payment is None:
        raise NotFound("Ce paiement n'existe pas.")
    return payment


def resume_payment(order: Order, *, at: datetime) -> Payment:
    """Return the attempt that took the money or is under way, so that a second click goes where the first one went.

    Without one a new attempt is opened; raises NotPayable as `start_payment` does.
    """
    order = get_order(order.id, lock=True)
    for payment in order.payments:
        status = PaymentStatus(payment.status)
        if status.is_captured or (status.is_open and payment.expires_at > at):
            return payment
    return start_payment(order, at=at)


def start_payment(order: Order, *, at: datetime) -> Payment:
    """Open a new attempt to pay a pending order; an attempt still open is closed, the order's time starts again.

    It never goes beyond LONGEST_WAIT after the order was placed; raises NotPayable.
    A success of the closed attempt would still count (decision 18).
    """
    order = get_order(order.id, lock=True)
    deadline = order.placed_at + LONGEST_WAIT
    if order.status == OrderStatus.PENDING and at >= deadline:
        raise NotPayable("Les deux heures prévues pour payer cette commande sont écoulées. Repassez commande.")
    if order.status != OrderStatus.PENDING or (order.expires_at and order.expires_at <= at):
        raise NotPayable("Cette commande ne peut plus être payée. Repassez commande depuis votre panier.")
    for earlier in order.payments:
        if PaymentStatus(earlier.status).is_open:
            earlier.status, earlier.settled_at = PaymentStatus.CANCELLED, at
    session.flush()
    attempt = max((payment.attempt for payment in order.payments), default=0) + 1
    expires_at = min(at + timedelta(minutes=settings().payment_minutes), deadline)
    payment = Payment(
        # PBX_CMD must be unique per attempt: a reused one is answered 00015 (docs/payments.md).
        reference=f"{order.number}-{attempt}",
        attempt=attempt,
        amount_cents=order.total_cents,
        currency=order.currency,
        status=PaymentStatus.PENDING,
        expires_at=expires_at,
        created_at=at,
    )
    order.payments.append(payment)
    order.expires_at = expires_at
    extend_reservations(order.id, expires_at=expires_at)
    session.flush()
    return payment


def send_to_bank(payment: Payment, order: Order, *, returns: ReturnAddresses, at: datetime) -> PaymentForm:
    """Return the bank's form for an attempt and record that the shopper is on his way.

    Raises NotPayable when the attempt was settled, replaced or cancelled meanwhile, or its time is over.
    Doors call `gateway().prepare()` first: under this lock the bank is not waited for.
    """
    # The lock also reads the attempt anew: a retry or the expiry may have closed it since the door looked.
    order = get_order(order.id, lock=True)
    if order.status != OrderStatus.PENDING or not PaymentStatus(payment.status).is_open or payment.expires_at <= at:
        raise NotPayable("Ce paiement n'est plus ouvert. Revenez à votre commande pour voir où elle en est.")
    address = PostalAddress.model_validate(order.billing_address)
    packs = sum(line.quantity for line in order.lines if line.kind == "goods")
    form = gateway().payment_form(
        PaymentRequest(
            reference=payment.reference,
            amount_cents=payment.amount_cents,
            currency=payment.currency,
            packs=packs,
            buyer=Buyer(
                email=order.email,
                first_name=address.first_name,
                last_name=address.last_name,
                line1=address.line1,
                line2=address.line2,
                postal_code=address.postal_code,
                city=address.city,
                country_number=NUMERIC_COUNTRIES[address.country],
                phone=address.phone,
            ),
            returns=returns,
            at=at,
        )
    )
    payment.status, payment.sent_at = PaymentStatus.PROCESSING, at
    session.flush()
    return form
