"""Orders by JSON: the buyer's own, and nobody else's."""

import pytest

from models.database import session
from models.orders import Order
from models.stock import StockItem
from services.invoices import issue_invoice, store_document
from tests.api.test_payments import ADDRESS, TERMS
from tests.factories import make_order, make_product, pay
from tests.factories.keeping import keep
from tests.factories.selling import NOW

pytestmark = pytest.mark.usefixtures("bank")


@pytest.fixture
def order(customer, signed_in) -> Order:
    order = make_order((make_product(price_cents=63_20, deposit_cents=45_00), 2), customer_id=customer.id)
    keep()
    return order


def test_ordering_places_the_cart_at_the_shops_prices(signed_in):
    product = make_product(price_cents=50_00)
    signed_in.post("/api/cart/items", json={"product_id": product.id})
    answer = signed_in.post("/api/orders", json={**TERMS, "total": 1, "items": [{"price": 1}], "notes": "Sonnez fort"})

    assert answer.status_code == 201
    data = answer.json["data"]
    assert (data["status"], data["total"]) == ("pending", 54.9)
    order = session.get_one(Order, data["order_id"])
    assert (order.number, order.total_cents, order.customer_note) == (data["number"], 54_90, "Sonnez fort")


def test_more_than_the_shelf_holds_places_nothing(signed_in):
    product = make_product(stock=2)
    signed_in.post("/api/cart/items", json={"product_id": product.id, "quantity": 2})
    session.get_one(StockItem, product.id).on_hand = 1
    keep()
    answer = signed_in.post("/api/orders", json=TERMS)
    assert answer.status_code == 422
    assert session.query(Order).count() == 0


def test_an_order_says_everything_its_buyer_may_know(signed_in, order):
    answer = signed_in.get(f"/api/orders/{order.id}")
    data = answer.json["data"]
    assert data["totals"] == {
        "goods": 126.4,
        "discount": 0.0,
        "deposit": 90.0,
        "shipping": 0.0,
        "total": 216.4,
        "vat": 36.07,
    }
    assert [item["kind"] for item in data["items"]] == ["goods", "deposit", "shipping"]
    assert data["shipping_address"]["city"] == "Lyon"
    assert [change["to_status"] for change in data["statusHistory"]] == ["pending"]
    assert data["tracking"]["tracking_number"] == ""
    assert "staff" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_lists_are_paged_newest_first(signed_in, customer):
    ids = [make_order(customer_id=customer.id).id for _order in range(3)]
    keep()
    first = signed_in.get("/api/orders?limit=2").json
    second = signed_in.get("/api/orders?limit=2&page=2").json
    assert [order["id"] for order in first["data"]["orders"]] == [ids[2], ids[1]]
    assert [order["id"] for order in second["data"]["orders"]] == [ids[0]]
    assert first["pagination"] == {"page": 1, "limit": 2, "total": 3, "pages": 2, "totalPages": 2}


def test_lists_are_narrowed_by_state(signed_in, order):
    assert signed_in.get("/api/orders?status=pending").json["data"]["total"] == 1
    assert signed_in.get("/api/orders?status=shipped").json["data"]["orders"] == []
    assert signed_in.get("/api/orders?status=lost").status_code == 400


@pytest.mark.parametrize("query", ["limit=101", "limit=0", "page=0", "page=x"])
def test_pages_have_bounds(signed_in, query):
    assert signed_in.get(f"/api/orders?{query}").status_code == 400


@pytest.mark.parametrize("path", ["", "/invoice"])
def test_anothers_order_is_not_found(stranger, order, path):
    assert stranger.get(f"/api/orders/{order.id}{path}").status_code == 404
    assert stranger.get("/api/orders").json["data"]["total"] == 0


@pytest.mark.parametrize("path", ["/api/orders", "/api/orders/1", "/api/orders/1/invoice", "/api/payments/1/status"])
def test_guests_are_asked_to_sign_in(client, path):
    assert client.get(path).status_code == 401


def test_the_invoice_is_a_pdf(signed_in, order):
    pay(order)
    invoice = issue_invoice(order.id, at=NOW)
    keep()
    path = f"/api/orders/{order.id}/invoice"
    assert signed_in.get(path).status_code == 404
    store_document(invoice.id, b"%PDF-1.7 test")
    keep()
    answer = signed_in.get(path)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "application/pdf", b"%PDF-1.7 test")
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unpaid_order_has_no_invoice(signed_in, order):
    assert signed_in.get(f"/api/orders/{order.id}/invoice").status_code == 404


def test_a_country_not_served_is_refused_beside_its_field(signed_in):
    signed_in.post("/api/cart/items", json={"product_id": make_product().id})
    answer = signed_in.post("/api/orders", json={**TERMS, "shipping_address": {**ADDRESS, "postal_code": "97400"}})
    assert answer.status_code == 422
    assert answer.json["error"]["details"]["field"] == "postal_code"
