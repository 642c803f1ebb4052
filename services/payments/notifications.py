"""What the bank tells us: only a verified success pays, success dominates, duplicates are neutral."""

import hashlib
from datetime import datetime

import structlog
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from config import settings
from domain.errors import NotFound
from domain.orders import SYSTEM, OrderStatus
from domain.payments import CAPTURED, PaymentStatus
from integrations.payments import Notification, gateway
from models.database import session
from models.orders import Order
from models.outbox import record
from models.payments import Payment, PaymentNotification
from services.orders import get_order, mark_order_paid, reopen_as_paid
from services.payments.events import PaymentAnomaly, PaymentReceived, PaymentRefused
from services.refunds import request_refund
from services.stock import OutOfStock, reserve_stock

log = structlog.get_logger()


def get_notification(notification_id: int) -> PaymentNotification:
    """Return a message of the bank as it was kept; raises NotFound."""
    notification = session.get(PaymentNotification, notification_id)
    if notification is None:
        raise NotFound("Cette notification n'existe pas.")
    return notification


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
        accept(notification, said, payment, order, at=at)
    else:
        _refuse(notification, said, payment, at=at)
    session.flush()
    log.info("payment.notified", reference=said.reference, outcome=notification.outcome, detail=notification.detail)
    return notification


def accept(
    notification: PaymentNotification, said: Notification, payment: Payment, order: Order, *, at: datetime
) -> None:
    """The bank says it took the money: check every condition, then let success win."""
    if PaymentStatus(payment.status) in CAPTURED:
        # One interface of the bank pads numbers with zeros, the other may not.
        if said.transaction_number.lstrip("0") == payment.transaction_number.lstrip("0"):
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
    # An order that was paid before and then cancelled on purpose is not taken up again by a second payment.
    never_paid = order.paid_at is None and order.superseded_by_id is None
    if status == OrderStatus.CANCELLED and never_paid and _reserve_again(order):
        reopen_as_paid(order, at=at)
        record(PaymentReceived(payment.id))
        _note(notification, "paid", "paiement tardif, stock de nouveau réservé")
        return
    reason = "Commande annulée entre-temps" if status == OrderStatus.CANCELLED else "Commande déjà payée"
    request_refund(payment, amount_cents=payment.amount_cents, reason=reason, by=SYSTEM, at=at)
    _note(notification, "refunded", f"{reason} : remboursement demandé", order=order)


def _reserve_again(order: Order) -> bool:
    """Try to promise a cancelled order its packs again, all or none."""
    try:
        with session.begin_nested():
            reserve_stock(order.id, order.packs, expires_at=None)
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
