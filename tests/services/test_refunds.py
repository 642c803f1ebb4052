from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.orders import SYSTEM, OrderStatus
from domain.payments import PaymentStatus
from integrations.carts import FakeCartStore, carts
from integrations.payments import BankAnswer, FakeGateway, gateway
from integrations.payments.interface import Settlement, TransactionState
from models.database import session
from models.outbox import OutboxEvent
from models.payments import Payment, Refund
from services.orders import cancel_order, get_order
from services.refunds import (
    NotRefundable,
    ask_bank,
    claim_refund,
    list_orders_to_refund,
    refund_again,
    refund_cancelled_order,
    request_refund,
    settle_refund,
)
from tests.factories import make_order, pay
from tests.factories.selling import NOW


@pytest.fixture(autouse=True)
def bank(db: None) -> Iterator[FakeGateway]:
    with carts.replaced_by(FakeCartStore()), gateway.replaced_by(FakeGateway()) as fake:
        assert isinstance(fake, FakeGateway)
        yield fake


@pytest.fixture
def payment() -> Payment:
    return pay(make_order())


def ask_back(payment: Payment, cents: int) -> Refund:
    return request_refund(payment, amount_cents=cents, reason="Geste commercial", by=SYSTEM, at=NOW)


def settle(refund: Refund) -> Refund:
    before = claim_refund(refund.id)
    first = before == "requested"
    return settle_refund(refund.id, ask_bank(refund.id, first_time=first, at=NOW), first_time=first, at=NOW)


def test_parts_never_exceed_what_was_captured(payment: Payment) -> None:
    ask_back(payment, 10_00)
    ask_back(payment, payment.amount_cents - 10_00)
    assert payment.status == PaymentStatus.REFUNDED
    with pytest.raises(NotRefundable):
        ask_back(payment, 1)
    assert payment.refunded_cents == payment.amount_cents
    assert session.scalar(select(func.count()).select_from(Refund)) == 2


@pytest.mark.parametrize("cents", [0, -1, 10**9])
def test_it_refuses_amounts_that_make_no_sense(payment: Payment, cents: int) -> None:
    with pytest.raises(NotRefundable):
        ask_back(payment, cents)
    assert (payment.refunded_cents, payment.status) == (0, PaymentStatus.PAID)


def test_an_unpaid_payment_gives_nothing_back() -> None:
    from services.payments import start_payment

    payment = start_payment(make_order(), at=NOW)
    with pytest.raises(NotRefundable):
        ask_back(payment, 1)


def test_every_call_has_a_number_of_its_own(payment: Payment) -> None:
    assert ask_back(payment, 1).question_number != ask_back(payment, 1).question_number


def found(state: TransactionState) -> BankAnswer:
    return BankAnswer(Settlement.DONE, "00000", state=state)


def lose_the_answer(payment: Payment, cents: int, bank: FakeGateway) -> Refund:
    """A refund whose worker dies after the claim: nobody knows whether the bank has carried it out."""
    refund = ask_back(payment, cents)
    assert claim_refund(refund.id) == "requested"
    ask_bank(refund.id, first_time=True, at=NOW)
    return refund


def test_a_crash_after_the_claim_leads_to_an_inquiry_never_to_a_second_refund(
    payment: Payment, bank: FakeGateway
) -> None:
    refund = lose_the_answer(payment, payment.amount_cents, bank)
    bank.answers.append(found(TransactionState.REFUNDED))
    settle(refund)
    assert (len(bank.refunds), len(bank.inquiries)) == (1, 1)
    assert bank.inquiries[0].amount_cents == payment.amount_cents
    assert refund.status == "completed"


def test_a_refund_that_the_bank_never_carried_out_is_sent_again(payment: Payment, bank: FakeGateway) -> None:
    refund = lose_the_answer(payment, payment.amount_cents, bank)
    number = refund.question_number
    bank.answers.append(found(TransactionState.CAPTURED))
    assert settle(refund).status == "requested"
    assert (
        session.scalar(select(func.count()).select_from(OutboxEvent).where(OutboxEvent.name == "RefundCompleted")) == 0
    )
    assert settle(refund).status == "completed"
    assert len(bank.refunds) == 2
    assert refund.question_number != number


@pytest.mark.parametrize("state", [TransactionState.REFUNDED, TransactionState.CAPTURED, TransactionState.UNKNOWN])
def test_a_part_whose_answer_was_lost_is_for_a_person_to_check(
    payment: Payment, bank: FakeGateway, state: TransactionState
) -> None:
    refund = lose_the_answer(payment, 10_00, bank)
    bank.answers.append(found(state))
    assert settle(refund).status == "unknown"
    assert payment.refunded_cents == 10_00
    assert "banque" in get_order(payment.order_id).needs_review


def test_what_never_left_is_sent_again_under_its_number(payment: Payment, bank: FakeGateway) -> None:
    refund = ask_back(payment, 10_00)
    number = refund.question_number
    bank.answers.append(BankAnswer(Settlement.NOT_SENT, ""))
    assert settle(refund).status == "requested"
    assert settle(refund).status == "completed"
    assert refund.question_number == number


def test_what_the_bank_refused_can_be_asked_for_again_and_closes_the_order(bank: FakeGateway) -> None:
    order = make_order()
    pay(order)
    cancel_order(get_order(order.id), reason="Le client a changé d'avis.", by=SYSTEM, at=NOW)
    refund_cancelled_order(order.id, at=NOW)
    bank.answers.append(BankAnswer(Settlement.REFUSED, "00015"))
    settle(session.scalars(select(Refund)).one())
    assert get_order(order.id).status == OrderStatus.CANCELLED
    assert refund_again(order.id, by=SYSTEM, at=NOW) == 1
    with pytest.raises(NotRefundable):
        refund_again(order.id, by=SYSTEM, at=NOW)
    settle(session.scalars(select(Refund).order_by(Refund.id.desc())).first())
    assert get_order(order.id).status == OrderStatus.REFUNDED


def test_a_cancelled_order_whose_money_nobody_asked_back_is_found() -> None:
    order = make_order()
    pay(order)
    cancel_order(get_order(order.id), reason="Le client a changé d'avis.", by=SYSTEM, at=NOW)
    later = NOW + timedelta(minutes=10)
    assert list_orders_to_refund(cancelled_before=later) == [order.id]
    refund_cancelled_order(order.id, at=later)
    assert list_orders_to_refund(cancelled_before=later) == []


def test_an_unknown_answer_stays_unknown(payment: Payment, bank: FakeGateway) -> None:
    bank.answers.append(BankAnswer(Settlement.UNKNOWN, "00097"))
    assert settle(ask_back(payment, 10_00)).status == "unknown"
    assert payment.refunded_cents == 10_00


def test_a_refused_refund_can_be_asked_again_and_a_person_is_told(payment: Payment, bank: FakeGateway) -> None:
    bank.answers.append(BankAnswer(Settlement.REFUSED, "00015", "déjà remboursé"))
    refund = settle(ask_back(payment, 10_00))
    assert (refund.status, payment.refunded_cents, payment.status) == ("failed", 0, PaymentStatus.PAID)
    assert session.scalar(select(func.count()).select_from(OutboxEvent).where(OutboxEvent.name == "RefundFailed")) == 1


def test_a_settled_refund_is_settled_once(payment: Payment) -> None:
    refund = settle(ask_back(payment, 10_00))
    settle_refund(refund.id, BankAnswer(Settlement.REFUSED, "00015"), first_time=True, at=NOW)
    assert refund.status == "completed"


def test_a_cancelled_paid_order_gives_everything_back_once_and_ends_refunded() -> None:
    order = make_order()
    pay(order)
    cancel_order(get_order(order.id), reason="Le client a changé d'avis.", by=SYSTEM, at=NOW)
    assert refund_cancelled_order(order.id, at=NOW) == 1
    assert refund_cancelled_order(order.id, at=NOW) == 0
    refund = session.scalars(select(Refund)).one()
    assert refund.amount_cents == order.total_cents
    settle(refund)
    assert get_order(order.id).status == OrderStatus.REFUNDED
