from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from domain.errors import Forbidden, NotFound
from domain.orders import SYSTEM, Actor, OrderStatus
from integrations.carts import FakeCartStore, carts
from integrations.payments import FakeGateway, gateway
from models.database import session
from models.orders import Order
from models.outbox import OutboxEvent
from models.stock import StockItem, StockMovement
from services.orders import (
    IllegalMove,
    MissingReason,
    MissingTracking,
    cancel_order,
    deliver_order,
    get_order,
    get_order_of_customer,
    list_expired_orders,
    ship_order,
    start_processing,
)
from services.orders_listing import OrderFilter, search_orders
from tests.factories import make_address, make_customer, make_order, make_product, pay
from tests.factories.selling import NOW

STAFF = Actor.staff(1, 7)
REASON = "Le client a changé d'avis."


@pytest.fixture(autouse=True)
def fakes(db: None) -> Iterator[None]:
    with carts.replaced_by(FakeCartStore()), gateway.replaced_by(FakeGateway()):
        yield


def paid() -> Order:
    order = make_order((make_product(stock=5), 2))
    pay(order)
    return get_order(order.id)


def stock() -> tuple[int, int]:
    row = session.execute(select(StockItem.on_hand, StockItem.reserved)).one()
    return row[0], row[1]


def events(name: str) -> int:
    return session.scalar(select(func.count()).select_from(OutboxEvent).where(OutboxEvent.name == name)) or 0


def test_the_whole_way_to_the_customer() -> None:
    order = paid()
    start_processing(order, by=STAFF, at=NOW)
    assert stock() == (5, 2)
    ship_order(order, carrier="Colissimo", tracking_number="6A12345678901", by=STAFF, at=NOW)
    assert stock() == (3, 0)
    deliver_order(order, by=STAFF, at=NOW)
    session.expire_all()
    history = [change.to_status for change in get_order(order.id).history]
    assert history == ["pending", "paid", "processing", "shipped", "delivered"]
    movement = session.scalars(select(StockMovement)).one()
    assert (movement.kind, movement.quantity, movement.on_hand_before, movement.on_hand_after) == ("out", 2, 5, 3)
    assert (events("OrderShipped"), events("OrderDelivered")) == (1, 1)


@pytest.mark.parametrize(
    ("carrier", "number", "field"),
    [("", "6A12345678901", "carrier"), ("Colissimo", "", "tracking_number"), ("Colissimo", "6A 12", "tracking_number"),
     ("DHL", "<script>1", "tracking_number")],
)  # fmt: skip
def test_no_parcel_leaves_without_carrier_and_number(carrier: str, number: str, field: str) -> None:
    order = paid()
    start_processing(order, by=STAFF, at=NOW)
    with pytest.raises(MissingTracking) as refusal:
        ship_order(order, carrier=carrier, tracking_number=number, by=STAFF, at=NOW)
    assert refusal.value.field == field
    assert order.status == OrderStatus.PROCESSING
    assert stock() == (5, 2)
    assert events("OrderShipped") == 0


def test_the_database_itself_refuses_a_shipped_order_without_a_number() -> None:
    order = paid()
    order.status = OrderStatus.SHIPPED
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_cancelling_before_the_parcel_leaves_gives_the_stock_back_once() -> None:
    order = paid()
    cancel_order(order, reason=REASON, by=STAFF, at=NOW)
    assert stock() == (5, 0)
    assert (order.status, order.cancel_reason) == (OrderStatus.CANCELLED, REASON)
    with pytest.raises(IllegalMove):
        cancel_order(order, reason=REASON, by=STAFF, at=NOW)
    assert stock() == (5, 0)
    assert events("OrderCancelled") == 1


def test_after_the_parcel_left_it_is_too_late_to_cancel() -> None:
    order = paid()
    start_processing(order, by=STAFF, at=NOW)
    ship_order(order, carrier="DHL", tracking_number="1234567890", by=STAFF, at=NOW)
    with pytest.raises(IllegalMove):
        cancel_order(order, reason=REASON, by=STAFF, at=NOW)
    assert order.status == OrderStatus.SHIPPED


@pytest.mark.parametrize("reason", ["", "trop court", "x" * 501])
def test_a_cancellation_says_why(reason: str) -> None:
    order = paid()
    reason = reason[:9] if reason == "trop court" else reason
    with pytest.raises(MissingReason):
        cancel_order(order, reason=reason, by=STAFF, at=NOW)
    assert (order.status, stock()) == (OrderStatus.PAID, (5, 2))


@pytest.mark.parametrize(
    ("actor", "refusal"), [(Actor.staff(1, 6), Forbidden), (Actor.owner(3), Forbidden), (SYSTEM, Forbidden)]
)
def test_only_who_may_can_start_processing(actor: Actor, refusal: type[Exception]) -> None:
    order = paid()
    with pytest.raises(refusal):
        start_processing(order, by=actor, at=NOW)
    assert order.status == OrderStatus.PAID
    assert len(get_order(order.id).history) == 2


def test_two_editors_of_one_order_do_not_overwrite_each_other() -> None:
    order = paid()
    seen = order.version
    session.execute(Order.__table__.update().values(version=seen + 1))  # type: ignore[attr-defined]
    with pytest.raises(StaleDataError), session.begin_nested():
        start_processing(order, by=STAFF, at=NOW)


def test_another_customers_order_does_not_exist() -> None:
    owner, stranger = make_customer(), make_customer()
    order = make_order(customer_id=owner.id)
    assert get_order_of_customer(order.id, owner.id).id == order.id
    with pytest.raises(NotFound):
        get_order_of_customer(order.id, stranger.id)


def test_unpaid_orders_expire_after_thirty_minutes() -> None:
    waiting, paid_one = make_order(), paid()
    assert list_expired_orders(at=NOW + timedelta(minutes=29)) == []
    assert list_expired_orders(at=NOW + timedelta(minutes=31)) == [waiting.id]
    assert paid_one.expires_at is None


def test_staff_find_orders_by_what_they_have_at_hand() -> None:
    product = make_product(reference="0 986 479 123")
    order = make_order((product, 1), email="Pose@Example.org", shipping=make_address(last_name="Lefèvre"))
    make_order(shipping=make_address(last_name="Autre"))
    for text in (order.number, order.number[-6:], "pose@example.org", "lefèvre", "0 986 479 123"):
        assert [found.id for found in search_orders(OrderFilter(search=text))] == [order.id], text
    assert search_orders(OrderFilter(search="%")) == []


def test_the_list_goes_on_below_the_last_one_seen() -> None:
    orders = [make_order() for _ in range(5)]
    first = search_orders(OrderFilter(), limit=2)
    second = search_orders(OrderFilter(), before_id=first[-1].id, limit=2)
    assert [order.id for order in [*first, *second]] == [order.id for order in reversed(orders)][:4]
