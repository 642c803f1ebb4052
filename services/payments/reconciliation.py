"""Notifications get lost: attempts of which the bank told us nothing are asked about."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import select

from domain.payments import PaymentStatus
from integrations.payments import BankAnswer, Notification, RefundRequest, gateway
from integrations.payments.interface import Settlement, TransactionState
from models.database import session
from models.payments import Payment, PaymentNotification, paybox_question_sequence
from services.orders import get_order
from services.payments.notifications import accept

WINDOW = timedelta(days=1)


def list_unsettled_payments(*, sent_before: datetime, limit: int = 50) -> list[Payment]:
    """List attempts of the last day of whose end the bank should have told us by now, the latest first.

    A refused attempt is on it too: a refusal may be followed by a success whose notification got lost.

    An attempt is on the list until an answer settles it; the latest first, so that none is kept waiting by others
    of which the bank never knows anything.
    """
    return list(
        session.scalars(
            select(Payment)
            .where(
                Payment.status.in_((PaymentStatus.PROCESSING, PaymentStatus.CANCELLED, PaymentStatus.FAILED)),
                Payment.inquired_at.is_(None),
                Payment.sent_at < sent_before,
                Payment.sent_at > sent_before - WINDOW,
            )
            .order_by(Payment.sent_at.desc())
            .limit(limit)
        )
    )


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
    if answer.settlement in (Settlement.UNKNOWN, Settlement.NOT_SENT):
        return
    payment = session.get_one(Payment, payment_id)
    order = get_order(payment.order_id, lock=True)
    session.refresh(payment)
    took_nothing = answer.settlement == Settlement.REFUSED or answer.state == TransactionState.REFUSED
    if took_nothing and PaymentStatus(payment.status).is_open:
        # The shopper may still be typing his card number: asked again until his time is over.
        return
    payment.inquired_at = at
    if took_nothing or PaymentStatus(payment.status).is_captured:
        return
    if answer.state != TransactionState.CAPTURED:
        order.needs_review = f"La banque dit le paiement {payment.reference} « {answer.state} » : à vérifier avec elle"
        session.flush()
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
        accept(notification, said, payment, order, at=at)
