"""The demo's year of orders is one that the shop could have lived."""

from collections import Counter

from sqlalchemy import func, select

from devstack.demo.selling.orders import COUNT, add_orders
from devstack.demo.selling.people import add_people, add_staff
from domain.orders import OrderStatus
from models.customers import Customer
from models.database import session, utc_now
from models.invoices import Invoice, InvoiceCounter
from models.orders import Order
from models.payments import Payment
from models.stock import StockItem, StockMovement, StockReservation
from tests.factories import make_product


def test_a_year_of_orders_adds_up(db: None) -> None:
    for _ in range(60):
        make_product(stock=200, deposit_cents=0)
    now = utc_now()
    add_staff(now)
    people = add_people(now)
    add_orders(people, now)

    statuses = Counter(session.scalars(select(Order.status)))
    assert set(statuses) == set(OrderStatus)
    assert sum(statuses.values()) == COUNT
    assert session.scalar(select(func.count()).select_from(Customer)) == 200

    paid = session.scalar(select(func.count()).select_from(Order).where(Order.paid_at.is_not(None)))
    assert session.scalar(select(func.count()).select_from(Invoice)) == paid
    for counter in session.scalars(select(InvoiceCounter)):
        numbers = session.scalars(select(Invoice.sequence).where(Invoice.year == counter.year)).all()
        assert sorted(numbers) == list(range(1, counter.last + 1))
    in_time = session.execute(select(Invoice.year, Invoice.sequence).order_by(Invoice.issued_at, Invoice.id)).all()
    assert in_time == sorted(in_time)

    captured = dict(
        session.execute(
            select(Payment.order_id, func.sum(Payment.amount_cents))
            .where(Payment.status.in_(("paid", "refunded")))
            .group_by(Payment.order_id)
        ).all()
    )
    totals = dict(session.execute(select(Order.id, Order.total_cents).where(Order.paid_at.is_not(None))).all())
    assert captured == totals

    left = session.scalar(select(func.sum(StockMovement.quantity)))
    assert session.scalar(select(func.sum(StockItem.on_hand))) == 60 * 200 - left
    promised = session.scalar(select(func.sum(StockReservation.quantity)).where(StockReservation.status == "active"))
    assert session.scalar(select(func.sum(StockItem.reserved))) == promised
