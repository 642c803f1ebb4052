"""A success whose notification got lost is found by asking (PAYBOX: do not rely on retries)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.orders import SYSTEM, OrderStatus
from domain.payments import PaymentStatus
from integrations.carts import FakeCartStore, carts
from integrations.payments import BankAnswer, FakeGateway, ReturnAddresses, gateway
from integrations.payments.interface import Settlement, TransactionState
from models.database import session
from models.orders import Order
from models.payments import Payment
from services.orders import cancel_order, get_order
from services.payments import (
    inquire_about,
    list_unsettled_payments,
    receive_notification,
    send_to_bank,
    settle_by_inquiry,
    start_payment,
)
from tests.factories import make_order, notification
from tests.factories.selling import NOW

LATER = NOW + timedelta(minutes=21)


def found(state: TransactionState) -> BankAnswer:
    return BankAnswer(
        Settlement.DONE, "00000", transaction_number="0000000700", call_number="9", authorisation="123456", state=state
    )


FOUND = found(TransactionState.CAPTURED)
NOT_FOUND = BankAnswer(Settlement.REFUSED, "00008")


@pytest.fixture(autouse=True)
def bank(db: None) -> Iterator[FakeGateway]:
    with carts.replaced_by(FakeCartStore()), gateway.replaced_by(FakeGateway()) as fake:
        assert isinstance(fake, FakeGateway)
        yield fake


@pytest.fixture
def sent() -> Payment:
    order = get_order(make_order().id)
    payment = start_payment(order, at=NOW)
    send_to_bank(payment, order, returns=ReturnAddresses("a", "b", "c", "d", "e"), at=NOW)
    return payment


def overdue() -> list[int]:
    return [payment.id for payment in list_unsettled_payments(sent_before=LATER - timedelta(minutes=20))]


def order_of(payment: Payment) -> Order:
    session.expire_all()
    return get_order(payment.order_id)


def test_only_attempts_that_may_have_ended_otherwise_are_asked_about(sent: Payment) -> None:
    assert list_unsettled_payments(sent_before=NOW) == []
    assert overdue() == [sent.id]
    receive_notification(notification(sent), source_ip="", at=NOW)
    assert overdue() == []


def test_a_success_lost_after_a_refusal_is_found_too(sent: Payment) -> None:
    receive_notification(notification(sent, Erreur="00159", Auto=None), source_ip="", at=NOW)
    assert overdue() == [sent.id]
    settle_by_inquiry(sent.id, FOUND, at=LATER)
    assert order_of(sent).status == OrderStatus.PAID


@pytest.mark.parametrize("state", [TransactionState.CANCELLED, TransactionState.REFUNDED, TransactionState.UNKNOWN])
def test_what_the_bank_did_not_keep_pays_nothing_and_a_person_looks(sent: Payment, state: TransactionState) -> None:
    settle_by_inquiry(sent.id, found(state), at=LATER)
    order = order_of(sent)
    assert order.status == OrderStatus.PENDING
    assert "à vérifier" in order.needs_review
    assert overdue() == []


def test_a_refused_transaction_is_asked_about_again_while_the_shopper_may_still_pay(sent: Payment) -> None:
    settle_by_inquiry(sent.id, found(TransactionState.REFUSED), at=LATER)
    assert overdue() == [sent.id]


def test_a_lost_success_pays_the_order_once(sent: Payment, bank: FakeGateway) -> None:
    bank.answers.append(FOUND)
    settle_by_inquiry(sent.id, inquire_about(sent, at=LATER), at=LATER)
    order = order_of(sent)
    assert (order.status, order.payments[0].status) == (OrderStatus.PAID, PaymentStatus.PAID)
    assert overdue() == []
    # The notification comes after all.
    late = receive_notification(notification(sent, Trans="700"), source_ip="", at=LATER)
    assert late.outcome == "duplicate"


def test_who_is_still_typing_is_asked_about_again(sent: Payment) -> None:
    settle_by_inquiry(sent.id, NOT_FOUND, at=LATER)
    assert overdue() == [sent.id]
    assert order_of(sent).status == OrderStatus.PENDING


def test_once_the_order_is_cancelled_the_last_answer_counts(sent: Payment) -> None:
    cancel_order(get_order(sent.order_id), reason="Délai de paiement dépassé.", by=SYSTEM, at=LATER)
    assert overdue() == [sent.id]
    settle_by_inquiry(sent.id, NOT_FOUND, at=LATER)
    assert overdue() == []


def test_an_unknown_answer_changes_nothing(sent: Payment) -> None:
    settle_by_inquiry(sent.id, BankAnswer(Settlement.UNKNOWN, "00097"), at=LATER)
    assert overdue() == [sent.id]
    assert order_of(sent).status == OrderStatus.PENDING
