"""Paying an order: attempts, the bank's notifications, what each of them moves. The browser decides nothing."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import selectinload

from config import settings
from domain.addresses import NUMERIC_COUNTRIES, PostalAddress
from domain.errors import Conflict, NotFound
from domain.orders import SYSTEM, OrderStatus
from domain.payments import CAPTURED, PaymentStatus
from integrations.payments import (
    BankAnswer,
    Buyer,
    Notification,
    PaymentForm,
    PaymentRequest,
    RefundRequest,
    ReturnAddresses,
    gateway,
)
from integrations.payments.interface import Settlement
from models.database import session
from models.orders import Order
from models.outbox import Event, record
from models.payments import Payment, PaymentNotification, paybox_question_sequence
from services.orders import get_order, mark_order_paid, reopen_as_paid
from services.refunds import request_refund
from services.stock import OutOfStock, extend_reservations, reserve_stock

log = structlog.get_logger()
MAX_RAW_BYTES = 8_000


@dataclass(frozen=True)
class PaymentReceived(Event):
    """The bank took the money of an order that waited for it."""

    payment_id: int


@dataclass(frozen=True)
class PaymentRefused(Event):
    """The bank refused an attempt; the order still waits."""

    payment_id: int


@dataclass(frozen=True)
class PaymentAnomaly(Event):
    """The bank said something that does not add up: a person must look."""

    notification_id: int


class NotPayable(Conflict):
    """The order is paid already, cancelled, or its time is over."""


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


def start_payment(order: Order, *, at: datetime) -> Payment:
    """Open a new attempt to pay a pending order; an attempt still open is closed, the order's time starts again.

    A success of the closed attempt would still count (decision 18).
    """
    order = get_order(order.id, lock=True)
    if order.status != OrderStatus.PENDING or (order.expires_at and order.expires_at <= at):
        raise NotPayable("Cette commande ne peut plus être payée. Repassez commande depuis votre panier.")
    for earlier in order.payments:
        if PaymentStatus(earlier.status).is_open:
            earlier.status, earlier.settled_at = PaymentStatus.CANCELLED, at
    session.flush()
    attempt = max((payment.attempt for payment in order.payments), default=0) + 1
    expires_at = at + timedelta(minutes=settings().payment_minutes)
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
    """Return the bank's form for an attempt and record that the shopper is on his way."""
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


def receive_notification(raw: bytes, *, source_ip: str, at: datetime) -> PaymentNotification:
    """Do what a notification says, once; raises integrations.payments.BadSignature and then keeps nothing.

    `raw` is the body or query string exactly as it came. The steps are those of docs/payments.md.
    """
    said = gateway().read_notification(raw)
    digest = hashlib.sha256(raw).hexdigest()
    notification_id = session.scalar(
        insert(PaymentNotification)
        .values(sha256=digest, raw=raw, source_ip=source_ip, verified_by=said.verified_by, received_at=at)
        .on_conflict_do_nothing()
        .returning(PaymentNotification.id)
    )
    if notification_id is None:
        return _count_repetition(digest)
    notification = session.get_one(PaymentNotification, notification_id)
    payment = session.scalar(select(Payment).where(Payment.reference == said.reference))
    if payment is None:
        _note(notification, "anomaly", f"référence inconnue : {said.reference[:60]}", alert=True)
        return notification
    notification.payment_id = payment.id
    # The order's row is the lock: whatever concerns one order happens one after the other.
    order = get_order(payment.order_id, lock=True)
    session.refresh(payment)
    if said.is_accepted:
        _accept(notification, said, payment, order, at=at)
    else:
        _refuse(notification, said, payment, at=at)
    session.flush()
    log.info("payment.notified", reference=said.reference, outcome=notification.outcome, detail=notification.detail)
    return notification


def inquire_about(payment: Payment, *, at: datetime) -> BankAnswer:
    """Ask the bank what became of an attempt of which it told us nothing."""
    number = session.scalar(paybox_question_sequence.next_value())
    assert number is not None
    return gateway().inquire(
        RefundRequest(
            question_number=number,
            reference=payment.reference,
            amount_cents=payment.amount_cents,
            currency=payment.currency,
            call_number="",
            transaction_number="",
            at=at,
        )
    )


def settle_by_inquiry(payment_id: int, answer: BankAnswer, *, at: datetime) -> None:
    """Do what the bank's answer about an attempt says; an unknown answer leaves it to be asked about again."""
    if answer.settlement == Settlement.UNKNOWN:
        return
    payment = session.get_one(Payment, payment_id)
    order = get_order(payment.order_id, lock=True)
    session.refresh(payment)
    payment.inquired_at = at
    if answer.settlement != Settlement.DONE or not answer.transaction_number:
        return
    said = Notification(
        reference=payment.reference,
        amount_cents=payment.amount_cents,
        error_code="00000",
        authorisation=answer.authorisation,
        transaction_number=answer.transaction_number,
        call_number=answer.call_number,
        card_kind="",
        three_d_secure="",
        liability_shift="",
        verified_by="inquiry",
    )
    raw = f"inquiry:{said.reference}:{said.transaction_number}".encode()
    notification = PaymentNotification(
        sha256=hashlib.sha256(raw).hexdigest(), raw=raw, verified_by="inquiry", payment_id=payment_id, received_at=at
    )
    session.add(notification)
    session.flush()
    if said.is_accepted:
        _accept(notification, said, payment, order, at=at)


def list_unsettled_payments(*, sent_before: datetime, limit: int = 50) -> list[Payment]:
    """List attempts that the bank should have told us about by now and was not asked about, oldest first."""
    return list(
        session.scalars(
            select(Payment)
            .where(
                Payment.status.in_((PaymentStatus.PROCESSING, PaymentStatus.CANCELLED)),
                Payment.error_code == "",
                Payment.inquired_at.is_(None),
                Payment.sent_at < sent_before,
            )
            .order_by(Payment.sent_at)
            .limit(limit)
        )
    )


def _accept(
    notification: PaymentNotification, said: Notification, payment: Payment, order: Order, *, at: datetime
) -> None:
    """The bank says it took the money: check every condition, then let success win."""
    if PaymentStatus(payment.status) in CAPTURED:
        if said.transaction_number == payment.transaction_number:
            _note(notification, "duplicate", "paiement déjà enregistré")
        else:
            _note(notification, "anomaly", f"deuxième transaction {said.transaction_number}", alert=True, order=order)
        return
    if said.is_test_authorisation and not settings().paybox_accept_test_authorisations:
        _note(notification, "anomaly", "autorisation de test refusée", alert=True, order=order)
        return
    if said.amount_cents != payment.amount_cents:
        detail = f"montant notifié {said.amount_cents}, attendu {payment.amount_cents}"
        _note(notification, "anomaly", detail, alert=True, order=order)
        return
    _record_answer(payment, said, PaymentStatus.PAID, at=at)
    session.flush()
    _settle_order(notification, payment, order, at=at)


def _settle_order(notification: PaymentNotification, payment: Payment, order: Order, *, at: datetime) -> None:
    """The money is there: it pays the order, or goes back by itself."""
    status = OrderStatus(order.status)
    if status == OrderStatus.PENDING:
        mark_order_paid(order, by=SYSTEM, at=at)
        for other in order.payments:
            if other.id != payment.id and PaymentStatus(other.status).is_open:
                other.status, other.settled_at = PaymentStatus.CANCELLED, at
        record(PaymentReceived(payment.id))
        _note(notification, "paid", "commande payée")
        return
    if status == OrderStatus.CANCELLED and order.superseded_by_id is None and _reserve_again(order):
        reopen_as_paid(order, at=at)
        record(PaymentReceived(payment.id))
        _note(notification, "paid", "paiement tardif, stock de nouveau réservé")
        return
    reason = "Commande annulée entre-temps" if status == OrderStatus.CANCELLED else "Commande déjà payée"
    request_refund(payment, amount_cents=payment.amount_cents, reason=reason, by=SYSTEM, at=at)
    _note(notification, "refunded", f"{reason} : remboursement demandé", order=order)


def _reserve_again(order: Order) -> bool:
    """Try to promise a cancelled order its packs again, all or none."""
    packs = {line.product_id: line.quantity for line in order.lines if line.kind == "goods" and line.product_id}
    try:
        with session.begin_nested():
            reserve_stock(order.id, packs, expires_at=None)
    except OutOfStock:
        return False
    return True


def _refuse(notification: PaymentNotification, said: Notification, payment: Payment, *, at: datetime) -> None:
    """The bank says no: never final, and never undoes a success."""
    status = PaymentStatus(payment.status)
    if status in CAPTURED:
        _note(notification, "ignored", f"refus {said.error_code} après un succès")
        return
    if said.error_code == "99999":
        _note(notification, "waiting", "paiement en attente à la banque")
        return
    was_open = status.is_open
    _record_answer(payment, said, PaymentStatus.FAILED, at=at)
    _note(notification, "refused", f"refus {said.error_code}")
    if was_open:
        record(PaymentRefused(payment.id))


def _record_answer(payment: Payment, said: Notification, status: PaymentStatus, *, at: datetime) -> None:
    payment.status, payment.settled_at = status, at
    payment.error_code = said.error_code[:8]
    payment.authorisation = said.authorisation
    payment.transaction_number = said.transaction_number
    payment.call_number = said.call_number
    payment.card_kind = said.card_kind
    payment.three_d_secure = said.three_d_secure
    payment.liability_shift = said.liability_shift


def _note(
    notification: PaymentNotification, outcome: str, detail: str, *, alert: bool = False, order: Order | None = None
) -> None:
    notification.outcome, notification.detail = outcome, detail[:300]
    if order is not None:
        order.needs_review = detail[:300]
    if alert:
        record(PaymentAnomaly(notification.id))


def _count_repetition(digest: str) -> PaymentNotification:
    """Count that the very same bytes came again; nothing else happens."""
    notification = session.scalars(
        select(PaymentNotification).where(PaymentNotification.sha256 == digest).with_for_update()
    ).one()
    notification.times_received = func.least(notification.times_received + 1, 32000)
    session.flush()
    session.refresh(notification)
    return notification
