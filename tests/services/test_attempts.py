"""Attempts to pay: which may go to the bank, and until when."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from domain.orders import SYSTEM
from domain.payments import PaymentStatus
from integrations.carts import FakeCartStore, carts
from integrations.payments import FakeGateway, ReturnAddresses, gateway
from models.database import session
from models.payments import Payment
from models.stock import StockReservation
from services.orders import cancel_order, get_order
from services.payments import NotPayable, send_to_bank, start_payment
from services.payments.attempts import LONGEST_WAIT
from tests.factories import make_order
from tests.factories.selling import NOW

LATER = NOW + timedelta(minutes=45)


@pytest.fixture(autouse=True)
def bank(db: None) -> Iterator[None]:
    with carts.replaced_by(FakeCartStore()), gateway.replaced_by(FakeGateway()):
        yield


def test_an_attempt_that_was_closed_meanwhile_is_not_sent_to_the_bank() -> None:
    returns = ReturnAddresses("a", "b", "c", "d", "e")
    order = make_order()
    seen = start_payment(order, at=NOW)
    start_payment(order, at=NOW)
    session.flush()
    # What the door read before the retry: only the lock's own reading counts.
    set_committed_value(seen, "status", PaymentStatus.PENDING)
    with pytest.raises(NotPayable):
        send_to_bank(seen, order, returns=returns, at=NOW)
    assert (session.get_one(Payment, seen.id).status, seen.sent_at) == (PaymentStatus.CANCELLED, None)

    expired = make_order()
    late = start_payment(expired, at=NOW)
    with pytest.raises(NotPayable):
        send_to_bank(late, expired, returns=returns, at=LATER)
    cancel_order(get_order(expired.id), reason="Délai de paiement dépassé.", by=SYSTEM, at=LATER)
    with pytest.raises(NotPayable):
        send_to_bank(late, expired, returns=returns, at=NOW)
    assert late.status == PaymentStatus.CANCELLED


def test_however_often_it_is_tried_again_an_order_is_held_for_two_hours() -> None:
    order = make_order()
    for minutes in (0, 25, 50, 75, 100):
        start_payment(order, at=NOW + timedelta(minutes=minutes))
    late = start_payment(order, at=NOW + timedelta(minutes=119))
    assert late.expires_at == order.expires_at == NOW + LONGEST_WAIT
    reservation = session.scalars(select(StockReservation).where(StockReservation.order_id == order.id)).one()
    assert reservation.expires_at == NOW + LONGEST_WAIT
    with pytest.raises(NotPayable, match="deux heures"):
        start_payment(order, at=NOW + LONGEST_WAIT)
