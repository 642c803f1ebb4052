"""Giving money back: requested in the shop first, then asked of the bank, settled by its answer or by inquiry."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from domain.errors import NotFound, ShopError
from domain.money import to_euros
from domain.orders import SYSTEM, Actor, OrderStatus
from domain.payments import CAPTURED, PaymentStatus
from integrations.payments import BankAnswer, RefundRequest, gateway
from integrations.payments.interface import Settlement, TransactionState
from models.database import session
from models.orders import Order
from models.outbox import Event, record
from models.payments import Payment, Refund, paybox_question_sequence
from services.orders import get_order, mark_order_refunded


@dataclass(frozen=True)
class RefundRequested(Event):
    """Money is to go back; the bank does not know yet."""

    refund_id: int


@dataclass(frozen=True)
class RefundCompleted(Event):
    """The bank has given money back."""

    refund_id: int


@dataclass(frozen=True)
class RefundFailed(Event):
    """The bank refused to give money back: a person must look."""

    refund_id: int


class NotRefundable(ShopError):
    """More would go back than was captured."""


def request_refund(payment: Payment, *, amount_cents: int, reason: str, by: Actor, at: datetime) -> Refund:
    """Write a refund as requested and count it against the captured amount, under the payment's lock."""
    session.refresh(payment, with_for_update=True)
    if not 0 < amount_cents <= payment.refundable_cents:
        rest = str(to_euros(payment.refundable_cents)).replace(".", ",")
        raise NotRefundable(f"Il reste {rest} € à rembourser au plus sur ce paiement.", field="amount")
    payment.refunded_cents += amount_cents
    payment.status = (
        PaymentStatus.REFUNDED if payment.refunded_cents == payment.amount_cents else PaymentStatus.PARTIALLY_REFUNDED
    )
    refund = Refund(
        payment_id=payment.id,
        question_number=session.scalar(paybox_question_sequence.next_value()),
        amount_cents=amount_cents,
        reason=reason[:255],
        by=str(by),
        created_at=at,
    )
    session.add(refund)
    session.flush()
    record(RefundRequested(refund.id))
    return refund


def refund_cancelled_order(order_id: int, *, at: datetime) -> int:
    """Ask back all that is still captured of a cancelled order; return how many refunds were requested."""
    order = get_order(order_id, lock=True)
    asked = 0
    if order.status != OrderStatus.CANCELLED:
        return asked
    for payment in order.payments:
        if payment.refundable_cents > 0:
            request_refund(payment, amount_cents=payment.refundable_cents, reason=order.cancel_reason, by=SYSTEM, at=at)
            asked += 1
    return asked


def get_refund(refund_id: int) -> Refund:
    """Return a refund with its payment; raises NotFound."""
    refund = session.scalar(select(Refund).where(Refund.id == refund_id).options(selectinload(Refund.payment)))
    if refund is None:
        raise NotFound("Ce remboursement n'existe pas.")
    return refund


def claim_refund(refund_id: int) -> str:
    """Mark a refund as on its way to the bank; return its state before, which says whether to ask or to inquire.

    The caller commits before it calls the bank: a crash after that leaves « unknown », never a second refund.
    """
    refund = session.scalars(select(Refund).where(Refund.id == refund_id).with_for_update()).one()
    before = refund.status
    if before == "requested":
        refund.status = "unknown"
    session.flush()
    return before


def ask_bank(refund_id: int, *, first_time: bool, at: datetime) -> BankAnswer:
    """Call the bank for a claimed refund: the refund itself the first time, an inquiry after that."""
    refund = session.scalars(select(Refund).where(Refund.id == refund_id).options(selectinload(Refund.payment))).one()
    payment = refund.payment
    request = RefundRequest(
        question_number=refund.question_number if first_time else _next_question(),
        reference=payment.reference,
        amount_cents=refund.amount_cents if first_time else payment.amount_cents,
        currency=payment.currency,
        call_number=payment.call_number,
        transaction_number=payment.transaction_number,
        at=at,
    )
    return gateway().refund(request) if first_time else gateway().inquire(request)


def settle_refund(refund_id: int, answer: BankAnswer, *, first_time: bool, at: datetime) -> Refund:
    """Write what the bank answered to the refund itself, or to the inquiry that followed an unknown answer."""
    refund = session.scalars(
        select(Refund).where(Refund.id == refund_id).options(selectinload(Refund.payment)).with_for_update(of=Refund)
    ).one()
    if refund.status in ("completed", "failed"):
        return refund
    refund.bank_answer = f"{answer.code} {answer.comment}".strip()[:200]
    if answer.settlement == Settlement.NOT_SENT:
        _send_again(refund, new_number=False)
    elif not first_time:
        _settle_by_state(refund, answer.state, at=at)
    elif answer.settlement == Settlement.DONE:
        _complete(refund, at=at)
    elif answer.settlement == Settlement.REFUSED:
        _fail(refund, at=at)
    session.flush()
    return refund


def _settle_by_state(refund: Refund, state: TransactionState, *, at: datetime) -> None:
    """Conclude from what the transaction is now; only a full refund shows in it, so a part is for a person to check."""
    is_whole = refund.amount_cents == refund.payment.amount_cents
    if is_whole and state in (TransactionState.REFUNDED, TransactionState.CANCELLED):
        _complete(refund, at=at)
    elif is_whole and state == TransactionState.CAPTURED:
        # The bank has the money still: the refund was not carried out.
        _send_again(refund, new_number=True)
    else:
        order = get_order(refund.payment.order_id, lock=True)
        order.needs_review = order.needs_review or "Remboursement sans réponse : à vérifier auprès de la banque"


def _complete(refund: Refund, *, at: datetime) -> None:
    refund.status, refund.settled_at = "completed", at
    record(RefundCompleted(refund.id))
    _close_order(refund.payment.order_id, at=at)


def _fail(refund: Refund, *, at: datetime) -> None:
    payment = refund.payment
    # Another refund of this payment may be under way: its amount must not be lost.
    session.refresh(payment, with_for_update=True)
    refund.status, refund.settled_at = "failed", at
    payment.refunded_cents -= refund.amount_cents
    payment.status = PaymentStatus.PARTIALLY_REFUNDED if payment.refunded_cents else PaymentStatus.PAID
    record(RefundFailed(refund.id))


def _send_again(refund: Refund, *, new_number: bool) -> None:
    """Put a refund that the bank never carried out back to where it was before it was claimed."""
    refund.status = "requested"
    if new_number:
        refund.question_number = _next_question()


def refund_again(order_id: int, *, by: Actor, at: datetime) -> int:
    """Ask anew for what a cancelled or returned order's bank refused to give back; return how many were requested.

    Raises NotRefundable when nothing is left to ask for.
    """
    order = get_order(order_id, lock=True)
    asked = 0
    if order.status in (OrderStatus.CANCELLED, OrderStatus.RETURNED):
        for payment in order.payments:
            if payment.refundable_cents > 0:
                reason = order.cancel_reason or "Commande retournée"
                request_refund(payment, amount_cents=payment.refundable_cents, reason=reason, by=by, at=at)
                asked += 1
    if not asked:
        raise NotRefundable("Il n'y a rien à rembourser sur cette commande.")
    return asked


def list_orders_to_refund(*, cancelled_before: datetime, limit: int = 50) -> list[int]:
    """List the ids of cancelled orders whose captured money nobody has asked back yet, oldest first."""
    asked = select(Refund.id).where(Refund.payment_id == Payment.id).exists()
    return list(
        session.scalars(
            select(Order.id)
            .join(Order.payments)
            .where(
                Order.status == OrderStatus.CANCELLED,
                Order.cancelled_at < cancelled_before,
                Payment.status == PaymentStatus.PAID,
                ~asked,
            )
            .order_by(Order.id)
            .distinct()
            .limit(limit)
        )
    )


def list_unsettled_refunds(*, requested_before: datetime, limit: int = 50) -> list[int]:
    """List the ids of refunds whose answer is still unknown, the latest first."""
    return list(
        session.scalars(
            select(Refund.id)
            .where(Refund.status.in_(("requested", "unknown")), Refund.created_at < requested_before)
            # The latest first: one that stays unknown keeps no other waiting.
            .order_by(Refund.created_at.desc())
            .limit(limit)
        )
    )


def _close_order(order_id: int, *, at: datetime) -> None:
    """Move a cancelled or returned order on to refunded once nothing captured is left and every refund is settled."""
    order = get_order(order_id, lock=True)
    if order.status not in (OrderStatus.CANCELLED, OrderStatus.RETURNED):
        return
    session.flush()
    open_refund = session.scalar(
        select(Refund.id)
        .join(Refund.payment)
        .where(Payment.order_id == order_id, Refund.status.in_(("requested", "unknown")))
        .limit(1)
    )
    captured = [payment for payment in order.payments if PaymentStatus(payment.status) in CAPTURED]
    if open_refund is None and captured and not any(payment.refundable_cents for payment in captured):
        mark_order_refunded(order, by=SYSTEM, at=at)


def _next_question() -> int:
    number: int | None = session.scalar(paybox_question_sequence.next_value())
    assert number is not None
    return number
