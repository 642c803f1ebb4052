from datetime import timedelta

from sqlalchemy import select

from domain.orders import SYSTEM, OrderStatus
from jobs.orders import cancel_unpaid_orders, send_cancellation_notice, send_order_confirmation
from models.database import session, utc_now
from models.mail import Mail
from models.stock import StockItem
from services.orders import cancel_expired_order, cancel_order, get_order
from services.payments import start_payment
from tests.factories import make_cart, make_checkout, make_order, make_product, pay
from tests.jobs.conftest import Outside

LONG_AGO = utc_now() - timedelta(hours=2)


def mails() -> list[str]:
    return list(session.scalars(select(Mail.template).order_by(Mail.id)))


def test_an_order_is_confirmed_once(outside: Outside) -> None:
    order = make_order(at=utc_now())
    send_order_confirmation(order.id)
    send_order_confirmation(order.id)
    assert mails() == ["order_confirmation"]


def test_an_order_that_was_called_off_meanwhile_is_not_confirmed(outside: Outside) -> None:
    order = make_order(at=utc_now())
    cancel_order(order, reason="Le client a changé d'avis.", by=SYSTEM, at=utc_now())
    send_order_confirmation(order.id)
    assert mails() == []


def test_an_order_that_a_new_one_replaced_is_called_off_silently(outside: Outside) -> None:
    from services.checkout import place_order

    product = make_product()
    cart = make_cart((product, 1), owner="session:same")
    first = place_order(cart, make_checkout(), customer_id=None, at=utc_now())
    place_order(cart, make_checkout(), customer_id=None, at=utc_now())
    session.refresh(first)
    assert first.status == OrderStatus.CANCELLED
    send_cancellation_notice(first.id)
    assert mails() == []


def test_unpaid_orders_are_cancelled_after_their_time_and_free_their_stock(outside: Outside) -> None:
    product = make_product(stock=5)
    late = make_order((product, 2), at=LONG_AGO)
    timely = make_order((product, 1), at=utc_now())
    cancel_unpaid_orders()
    assert get_order(late.id).status == OrderStatus.CANCELLED
    assert get_order(late.id).cancel_reason == "Paiement non reçu dans le délai imparti."
    assert get_order(timely.id).status == OrderStatus.PENDING
    stock = session.get_one(StockItem, product.id, populate_existing=True)
    assert stock.reserved == 1


def test_one_that_was_paid_meanwhile_stays(outside: Outside) -> None:
    order = make_order(at=LONG_AGO)
    pay(order, at=LONG_AGO)
    assert not cancel_expired_order(order.id, at=utc_now())
    assert get_order(order.id).status == OrderStatus.PAID


def test_one_whose_time_starts_again_stays(outside: Outside) -> None:
    order = make_order(at=utc_now() - timedelta(minutes=29))
    start_payment(order, at=utc_now())
    assert not cancel_expired_order(order.id, at=utc_now() + timedelta(minutes=2))
    assert get_order(order.id).status == OrderStatus.PENDING


def test_an_unpaid_order_tells_its_buyer_that_it_is_off(outside: Outside) -> None:
    order = make_order(at=LONG_AGO)
    cancel_unpaid_orders()
    send_cancellation_notice(order.id)
    send_cancellation_notice(order.id)
    assert mails() == ["cancellation_notice"]
