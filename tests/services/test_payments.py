"""Every order in which the bank can tell its story (LESSONS, payments): only a verified success pays, once."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import func, select

from domain.orders import SYSTEM, OrderStatus
from domain.payments import PaymentStatus
from integrations.carts import FakeCartStore, carts
from integrations.payments import BadSignature, FakeGateway, gateway
from models.catalog import Product
from models.database import session
from models.orders import Order
from models.outbox import OutboxEvent
from models.payments import Payment, PaymentNotification, Refund
from models.stock import StockItem
from services.orders import cancel_order, get_order
from services.payments import (
    NotPayable,
    receive_notification,
    send_to_bank,
    start_payment,
)
from tests.factories import make_cart, make_checkout, make_order, make_product, notification, pay
from tests.factories.selling import NOW

LATER = NOW + timedelta(minutes=45)


@pytest.fixture(autouse=True)
def bank(db: None) -> Iterator[FakeGateway]:
    with carts.replaced_by(FakeCartStore()), gateway.replaced_by(FakeGateway()) as fake:
        assert isinstance(fake, FakeGateway)
        yield fake


def tell(raw: bytes) -> str:
    return receive_notification(raw, source_ip="127.0.0.1", at=NOW).outcome


def events(name: str) -> int:
    return session.scalar(select(func.count()).select_from(OutboxEvent).where(OutboxEvent.name == name)) or 0


def stock_of(product: Product) -> tuple[int, int]:
    row = session.execute(select(StockItem.on_hand, StockItem.reserved).where(StockItem.product_id == product.id)).one()
    return row[0], row[1]


def status(order: Order) -> str:
    session.expire_all()
    return get_order(order.id).status


def test_an_accepted_notification_pays_the_order() -> None:
    order = make_order()
    payment = pay(order)
    assert status(order) == OrderStatus.PAID
    assert (payment.status, payment.transaction_number) == (PaymentStatus.PAID, f"7{payment.id:08d}")
    assert events("PaymentReceived") == 1


STORIES = {
    "refused": {"Erreur": "00001", "Auto": None, "Trans": "1"},
    "refused again": {"Erreur": "00159", "Auto": None, "Trans": "2"},
    "paid": {},
    "duplicate": {},
    "wrong amount": {"Mt": 1, "Trans": "3"},
}


@pytest.mark.parametrize("order_of_arrival", list(permutations(STORIES)), ids=" → ".join)
def test_in_whatever_order_they_arrive_the_order_is_paid_exactly_once(order_of_arrival: tuple[str, ...]) -> None:
    product = make_product(stock=5)
    order = make_order((product, 2))
    payment = start_payment(order, at=NOW)
    for story in order_of_arrival:
        tell(notification(payment, **STORIES[story]))
    assert status(order) == OrderStatus.PAID
    assert session.get_one(Payment, payment.id).status == PaymentStatus.PAID
    assert events("PaymentReceived") == 1
    assert stock_of(product) == (5, 2)
    assert session.scalar(select(func.count()).select_from(Refund)) == 0
    # Whether it came before or after the success, a person is told of the wrong amount.
    assert get_order(order.id).needs_review


@pytest.mark.parametrize("story", ["refused", "refused again", "wrong amount"])
def test_nothing_but_success_pays(story: str) -> None:
    order = make_order()
    payment = start_payment(order, at=NOW)
    tell(notification(payment, **STORIES[story]))
    assert status(order) == OrderStatus.PENDING
    assert events("PaymentReceived") == 0
    assert not session.get_one(Payment, payment.id).refundable_cents


def test_a_refusal_is_told_once_and_the_order_still_waits() -> None:
    order = make_order()
    payment = start_payment(order, at=NOW)
    assert tell(notification(payment, **STORIES["refused"])) == "refused"
    assert tell(notification(payment, **STORIES["refused again"])) == "refused"
    assert events("PaymentRefused") == 1
    assert status(order) == OrderStatus.PENDING


def test_the_same_bytes_are_kept_once_and_counted() -> None:
    payment = start_payment(make_order(), at=NOW)
    raw = notification(payment)
    tell(raw)
    again = receive_notification(raw, source_ip="127.0.0.1", at=NOW)
    assert again.times_received == 2
    assert session.scalar(select(func.count()).select_from(PaymentNotification)) == 1


@pytest.mark.parametrize("signature", [b"&Sign=forged", b""])
def test_a_forged_notification_leaves_no_trace(signature: bytes) -> None:
    order = make_order()
    raw = notification(start_payment(order, at=NOW)).rpartition(b"&")[0] + signature
    with pytest.raises(BadSignature):
        tell(raw)
    assert status(order) == OrderStatus.PENDING
    assert session.scalar(select(func.count()).select_from(PaymentNotification)) == 0
    assert events("PaymentAnomaly") == 0


def test_an_unknown_reference_is_kept_and_a_person_told() -> None:
    payment = start_payment(make_order(), at=NOW)
    assert tell(notification(payment, Ref="ORD-1999-000001-1")) == "anomaly"
    assert events("PaymentAnomaly") == 1


def test_a_success_without_authorisation_does_not_pay() -> None:
    order = make_order()
    tell(notification(start_payment(order, at=NOW), Auto=None))
    assert status(order) == OrderStatus.PENDING


def test_a_test_authorisation_does_not_pay_unless_the_settings_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import services.payments.notifications as module

    order = make_order()
    payment = start_payment(order, at=NOW)
    real = module.settings()
    monkeypatch.setattr(
        module, "settings", lambda: real.model_copy(update={"paybox_accept_test_authorisations": False})
    )
    assert tell(notification(payment, Auto="XXXXXX")) == "anomaly"
    assert status(order) == OrderStatus.PENDING


def test_a_new_attempt_closes_the_open_one_but_its_success_still_counts() -> None:
    order = make_order()
    first = start_payment(order, at=NOW)
    second = start_payment(order, at=NOW)
    assert (first.status, second.reference) == (PaymentStatus.CANCELLED, f"{order.number}-2")
    tell(notification(first))
    assert status(order) == OrderStatus.PAID
    assert session.get_one(Payment, second.id).status == PaymentStatus.CANCELLED


def test_paid_twice_in_two_tabs_the_second_goes_back_by_itself() -> None:
    order = make_order()
    first, second = start_payment(order, at=NOW), start_payment(order, at=NOW)
    tell(notification(first))
    assert tell(notification(second)) == "refunded"
    refund = session.scalars(select(Refund)).one()
    assert (refund.payment_id, refund.amount_cents) == (second.id, order.total_cents)
    assert status(order) == OrderStatus.PAID
    assert get_order(order.id).needs_review


def test_a_late_success_takes_the_cancelled_order_up_again_when_stock_is_left() -> None:
    product = make_product(stock=3)
    order = make_order((product, 2))
    payment = start_payment(order, at=NOW)
    cancel_order(get_order(order.id), reason="Délai de paiement dépassé.", by=SYSTEM, at=LATER)
    assert stock_of(product) == (3, 0)
    assert tell(notification(payment)) == "paid"
    assert status(order) == OrderStatus.PAID
    assert stock_of(product) == (3, 2)


def test_a_late_success_without_stock_goes_back_by_itself() -> None:
    product = make_product(stock=2)
    order = make_order((product, 2))
    payment = start_payment(order, at=NOW)
    cancel_order(get_order(order.id), reason="Délai de paiement dépassé.", by=SYSTEM, at=LATER)
    make_order((product, 1))
    assert tell(notification(payment)) == "refunded"
    assert status(order) == OrderStatus.CANCELLED
    assert stock_of(product) == (2, 1)
    assert session.scalars(select(Refund)).one().amount_cents == order.total_cents


def test_a_second_payment_does_not_revive_an_order_cancelled_after_it_was_paid() -> None:
    product = make_product(stock=5)
    order = make_order((product, 2))
    first, second = start_payment(order, at=NOW), start_payment(order, at=NOW)
    tell(notification(first))
    cancel_order(get_order(order.id), reason="Le client a changé d'avis.", by=SYSTEM, at=LATER)
    assert tell(notification(second)) == "refunded"
    assert status(order) == OrderStatus.CANCELLED
    assert stock_of(product) == (5, 0)
    assert session.scalars(select(Refund)).one().payment_id == second.id


def test_success_on_a_superseded_order_goes_back_by_itself() -> None:
    product = make_product(stock=1)
    cart = make_cart((product, 1))
    from services.checkout import place_order

    old = place_order(cart, make_checkout(), customer_id=None, at=NOW)
    payment = start_payment(old, at=NOW)
    new = place_order(cart, make_checkout(), customer_id=None, at=NOW)
    assert status(old) == OrderStatus.CANCELLED
    assert tell(notification(payment)) == "refunded"
    assert status(old) == OrderStatus.CANCELLED
    assert status(new) == OrderStatus.PENDING
    assert stock_of(product) == (1, 1)


def test_a_paid_or_expired_order_cannot_be_paid_again() -> None:
    paid, expired = make_order(), make_order()
    pay(paid)
    with pytest.raises(NotPayable):
        start_payment(paid, at=NOW)
    with pytest.raises(NotPayable):
        start_payment(expired, at=LATER)
    assert not session.scalars(select(Payment).where(Payment.order_id == expired.id)).all()


def test_the_form_carries_our_amount_and_marks_the_attempt_as_sent(bank: FakeGateway) -> None:
    from integrations.payments import ReturnAddresses

    order = get_order(make_order().id)
    payment = start_payment(order, at=NOW)
    returns = ReturnAddresses("a", "b", "c", "d", "e")
    form = send_to_bank(payment, order, returns=returns, at=NOW)
    assert dict(form.fields) == {"PBX_CMD": payment.reference, "PBX_TOTAL": str(order.total_cents)}
    assert (payment.status, payment.sent_at) == (PaymentStatus.PROCESSING, NOW)
