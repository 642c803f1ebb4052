"""The figures of the day, reckoned in Paris whatever the server's clock says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from domain.orders import SYSTEM, OrderStatus
from integrations.payments import FakeGateway, gateway
from models.database import session
from models.orders import Order
from services import dashboard
from services.orders import cancel_order, get_order
from services.stock import reserve_stock
from tests.factories import make_order, make_product, pay

# Wednesday 11 March 2026, 15:00 in Paris.
NOW = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 10, 23, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def bank(db):
    with gateway.replaced_by(FakeGateway()) as fake:
        yield fake


def _paid(at: datetime) -> Order:
    order = make_order(at=at - timedelta(minutes=1))
    pay(order, at=at)
    return get_order(order.id)


def test_a_day_starts_at_midnight_in_paris():
    for minutes in (-1, 1):
        _paid(MIDNIGHT + timedelta(minutes=minutes))
    assert dashboard.count_paid_orders_of_day(at=NOW).so_far == 1
    assert dashboard.count_paid_orders_of_day(at=NOW).yesterday == 1


def test_yesterday_is_read_up_to_the_same_hour_and_whole():
    day_before = NOW - timedelta(days=1)
    for at in (NOW - timedelta(hours=1), day_before - timedelta(hours=1), day_before + timedelta(hours=2)):
        _paid(at)
    day = dashboard.count_paid_orders_of_day(at=NOW)
    assert (day.so_far, day.yesterday_so_far, day.yesterday) == (1, 1, 2)
    assert day.change_percent == 0


def test_revenue_is_what_was_paid():
    order, unpaid = _paid(NOW - timedelta(hours=2)), make_order(at=NOW)
    revenue = dashboard.sum_revenue_of_day(at=NOW)
    assert revenue.so_far == order.total_cents
    assert unpaid.total_cents > 0
    assert (revenue.yesterday, revenue.change_percent) == (0, None)


def test_an_order_given_up_before_payment_is_no_order_of_the_day():
    make_order(at=NOW - timedelta(hours=1))
    gone = make_order(at=NOW - timedelta(hours=1))
    cancel_order(get_order(gone.id), reason="Le client renonce avant de payer", by=SYSTEM, at=NOW)
    assert dashboard.count_orders_of_day(at=NOW).so_far == 1


def test_the_longest_and_the_shortest_day_have_their_hours():
    # 29 March 2026 has 23 hours in Paris, 25 October 25.
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        start, end = dashboard._midnight(day), dashboard._midnight(day + timedelta(days=1))
        assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours)


def test_takings_have_every_day_once():
    first, second = _paid(NOW - timedelta(days=3)), _paid(NOW - timedelta(days=3, hours=1))
    _paid(NOW - timedelta(days=20))
    takings = dashboard.list_takings(days=14, at=NOW)
    assert [day.day for day in takings] == [date(2026, 2, 26) + timedelta(days=n) for n in range(14)]
    assert [(day.cents, day.orders) for day in takings if day.orders] == [(first.total_cents + second.total_cents, 2)]


def test_states_are_counted_up_to_a_cap(monkeypatch):
    for _order in range(4):
        make_order(at=NOW)
    _paid(NOW)
    counts = dashboard.count_orders_by_status()
    assert (counts[OrderStatus.PENDING], counts[OrderStatus.PAID], counts[OrderStatus.SHIPPED]) == (4, 1, 0)
    monkeypatch.setattr(dashboard, "MOST_COUNTED", 2)
    assert dashboard.count_orders_by_status()[OrderStatus.PENDING] == 3


def test_low_stock_lists_the_emptiest_first_and_nothing_hidden():
    plenty, few, none = make_product(stock=50), make_product(stock=4), make_product(stock=0)
    make_product(stock=0, is_displayed=False)
    promised = make_product(stock=9)
    reserve_stock(make_order(at=NOW).id, {promised.id: 6}, expires_at=None)
    session.expire_all()
    items = dashboard.list_low_stock()
    assert [item.product_id for item in items] == [none.id, promised.id, few.id]
    assert dashboard.count_low_stock() == 3
    assert plenty.id not in {item.product_id for item in items}


def test_low_stock_is_read_from_its_index():
    session.execute(text("SET LOCAL enable_seqscan = off"))
    plan = "\n".join(
        session.scalars(
            text(
                "EXPLAIN SELECT product_id FROM stock_item WHERE on_hand - reserved <= low_threshold"
                " ORDER BY (on_hand - reserved), product_id LIMIT 10"
            )
        )
    )
    assert "ix_stock_item_low" in plan
