from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from integrations.carts import FakeCartStore, carts
from integrations.payments import FakeGateway, gateway
from models.database import session
from models.invoices import Invoice, InvoiceDocument
from services.invoices import (
    DocumentNotReady,
    NotInvoiceable,
    get_document_of_order,
    issue_invoice,
    store_document,
)
from services.orders import get_order
from tests.factories import make_order, make_product, pay
from tests.factories.selling import NOW


@pytest.fixture(autouse=True)
def fakes() -> Iterator[None]:
    with carts.replaced_by(FakeCartStore()), gateway.replaced_by(FakeGateway()):
        yield


def paid_order() -> int:
    order = make_order(
        (make_product(price_cents=33_33, deposit_cents=45_00), 3), (make_product(vat_basis_points=550), 1)
    )
    pay(order)
    return order.id


def test_it_says_exactly_what_the_order_says(db: None) -> None:
    order_id = paid_order()
    invoice = issue_invoice(order_id, at=NOW)
    order = get_order(order_id)
    assert invoice.number == "2026-000001"
    assert invoice.total_cents == order.total_cents == sum(payment.amount_cents for payment in order.payments)
    assert invoice.vat_cents == order.vat_cents
    session.refresh(invoice, ["lines"])
    assert [line.total_cents for line in invoice.lines] == [line.total_cents for line in order.lines]
    assert sum(rate["total_cents"] for rate in invoice.vat_breakdown) == invoice.total_cents
    assert [rate["basis_points"] for rate in invoice.vat_breakdown] == [2000, 550]


def test_asked_again_it_is_the_same_invoice(db: None) -> None:
    order_id = paid_order()
    assert issue_invoice(order_id, at=NOW).id == issue_invoice(order_id, at=NOW).id


def test_an_unpaid_order_has_none(db: None) -> None:
    order = make_order()
    with pytest.raises(NotInvoiceable):
        issue_invoice(order.id, at=NOW)
    assert session.scalars(select(Invoice)).all() == []


def test_each_year_begins_at_one(db: None) -> None:
    first, second = paid_order(), paid_order()
    new_year_in_paris = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert issue_invoice(first, at=NOW).number == "2026-000001"
    assert issue_invoice(second, at=new_year_in_paris).number == "2027-000001"


def test_the_first_document_stays(db: None) -> None:
    order_id = paid_order()
    invoice = issue_invoice(order_id, at=NOW)
    with pytest.raises(DocumentNotReady):
        get_document_of_order(get_order(order_id))
    store_document(invoice.id, b"%PDF first")
    store_document(invoice.id, b"%PDF second")
    assert get_document_of_order(get_order(order_id)) == ("facture-2026-000001.pdf", b"%PDF first")


def test_numbers_have_no_gap_when_many_are_issued_at_once_and_some_fail(committed: None) -> None:
    orders = [paid_order() for _ in range(12)]
    session.commit()
    session.remove()

    def issue(order_id: int) -> None:
        try:
            issue_invoice(order_id, at=NOW)
            # Every third worker dies before it commits; somebody tries again.
            if order_id % 3 == 0:
                session.rollback()
                issue_invoice(order_id, at=NOW)
            session.commit()
        finally:
            session.remove()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(issue, orders + orders))
    invoices = session.execute(select(Invoice.sequence, Invoice.order_id)).all()
    assert sorted(sequence for sequence, _order in invoices) == list(range(1, 13))
    assert set(Counter(order for _sequence, order in invoices).values()) == {1}
    assert session.scalars(select(InvoiceDocument)).all() == []
