"""From the caller's cart to the bank, and what the bank says back."""

import pytest
from sqlalchemy import select

from integrations.carts import carts
from models.database import session
from models.orders import Order
from models.payments import Payment, PaymentNotification
from models.stock import StockItem
from tests.factories import make_order, make_product, notification
from tests.factories.selling import NOW

ADDRESS = {
    "first_name": "Camille",
    "last_name": "Essai",
    "line1": "12 rue des Ateliers",
    "postal_code": "69003",
    "city": "Lyon",
    "country": "FR",
    "phone": "06 12 34 56 78",
}
TERMS = {"shipping_address": ADDRESS, "accept_terms": True}
CALLBACK = "/api/payments/paybox/callback"

pytestmark = pytest.mark.usefixtures("bank")


@pytest.fixture
def cart(signed_in):
    product = make_product(price_cents=50_00, stock=10)
    signed_in.post("/api/cart/items", json={"product_id": product.id, "quantity": 2})
    return product


def _init(client, **values):
    return client.post("/api/payments/init", json={**TERMS, **values})


def _reserved(product) -> int:
    return session.scalars(select(StockItem.reserved).where(StockItem.product_id == product.id)).one()


def _status_of_order(payment) -> str:
    return session.scalars(select(Order.status).where(Order.id == payment.order_id)).one()


def _payment(answer) -> Payment:
    payment = session.get_one(Payment, answer.json["data"]["payment_id"])
    session.expunge(payment)
    return payment


def test_it_places_the_order_of_the_cart_and_answers_with_the_banks_form(signed_in, cart):
    answer = _init(signed_in)

    assert answer.status_code == 201, answer.text
    data = answer.json["data"]
    order = session.get_one(Order, data["order_id"])
    assert (order.status, order.total_cents, order.shipping_method) == ("pending", 100_00, "standard")
    assert data["payment_ref"] == f"{order.number}-1"
    assert data["paybox_url"] == "https://bank.invalid/pay"
    assert data["fields"] == {"PBX_CMD": f"{order.number}-1", "PBX_TOTAL": "10000"}
    assert data["status"] == "processing"
    assert _reserved(cart) == 2
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_amount_that_is_sent_is_not_looked_at(signed_in, cart):
    answer = _init(signed_in, amount=0.01, total=1, price=1)
    assert answer.json["data"]["fields"]["PBX_TOTAL"] == "10000"


def test_a_total_that_has_changed_is_refused(signed_in, cart):
    answer = _init(signed_in, expected_total=99.0)
    assert answer.status_code == 409
    assert session.query(Order).count() == 0
    assert _init(signed_in, expected_total=100.0).status_code == 201


def test_asking_again_pays_the_same_order(signed_in, cart):
    first, second = _init(signed_in), _init(signed_in)
    assert first.json["data"]["order_id"] == second.json["data"]["order_id"]
    assert first.json["data"]["payment_ref"] == second.json["data"]["payment_ref"]
    assert session.scalars(select(Payment.status)).all() == ["processing"]
    assert _reserved(cart) == 2


@pytest.mark.parametrize("by", ["key", "order"])
def test_a_repeated_request_resumes_the_payment_under_way_and_tells_when_it_was_paid(signed_in, customer, cart, by):
    key = {"Idempotency-Key": "une-seule-fois"}
    first = signed_in.post("/api/payments/init", json=TERMS, headers=key)
    body = TERMS if by == "key" else {"order_id": first.json["data"]["order_id"]}
    again = signed_in.post("/api/payments/init", json=body, headers=key)
    assert again.status_code == 201
    assert again.json["data"]["payment_id"] == first.json["data"]["payment_id"]

    payment = _payment(first)
    signed_in.post(CALLBACK, data=notification(payment))
    carts().delete(f"user:{customer.id}")
    paid = signed_in.post("/api/payments/init", json=body, headers=key)
    assert paid.status_code == 409
    details = paid.json["error"]["details"]
    assert (details["payment_id"], details["status"]) == (payment.id, "paid")
    assert session.query(Payment).count() == 1


def test_a_changed_cart_replaces_the_order(signed_in, cart):
    first = _init(signed_in)
    signed_in.put(f"/api/cart/items/{cart.id}", json={"quantity": 3})
    second = _init(signed_in)
    assert first.json["data"]["order_id"] != second.json["data"]["order_id"]
    assert session.get_one(Order, first.json["data"]["order_id"]).status == "cancelled"


def test_an_order_that_waits_can_be_paid_by_its_id(signed_in, cart):
    placed = signed_in.post("/api/orders", json=TERMS)
    answer = signed_in.post("/api/payments/init", json={"order_id": placed.json["data"]["order_id"]})
    assert answer.status_code == 201
    assert answer.json["data"]["order_id"] == placed.json["data"]["order_id"]


def test_anothers_order_cannot_be_paid(signed_in, stranger, cart):
    placed = signed_in.post("/api/orders", json=TERMS)
    answer = stranger.post("/api/payments/init", json={"order_id": placed.json["data"]["order_id"]})
    assert answer.status_code == 404
    assert session.query(Payment).count() == 0


def test_guests_are_asked_to_sign_in(client):
    answer = _init(client)
    assert answer.status_code == 401
    assert answer.json["error"]["code"] == "UNAUTHORIZED"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"accept_terms": False}, "accept_terms"),
        ({"shipping_address": {**ADDRESS, "postal_code": "690"}}, "shipping_address.postal_code"),
        ({"shipping_address": {**ADDRESS, "city": ""}}, "shipping_address.city"),
        ({"shipping_method": "drone"}, "shipping_method"),
        ({"currency": "USD"}, "currency"),
        ({"shipping_address": None}, "shipping_address"),
    ],
)
def test_wrong_input_names_its_field_and_orders_nothing(signed_in, cart, values, field):
    answer = _init(signed_in, **values)
    assert answer.status_code == 400
    assert list(answer.json["error"]["details"]["fields"]) == [field]
    assert session.query(Order).count() == 0


def test_the_terms_are_not_accepted_by_silence(signed_in, cart):
    answer = signed_in.post("/api/payments/init", json={"shipping_address": ADDRESS})
    assert answer.status_code == 400
    assert session.query(Order).count() == 0


def test_an_empty_cart_cannot_be_paid(signed_in):
    assert _init(signed_in).status_code == 422


def test_an_idempotency_key_is_its_senders_own(signed_in, stranger, cart):
    stranger.post("/api/cart/items", json={"product_id": cart.id})
    headers = {"Idempotency-Key": "12345678"}
    mine = signed_in.post("/api/orders", json=TERMS, headers=headers)
    again = signed_in.post("/api/orders", json=TERMS, headers=headers)
    theirs = stranger.post("/api/orders", json=TERMS, headers=headers)
    assert mine.json["data"]["order_id"] == again.json["data"]["order_id"]
    assert theirs.status_code == 201
    assert theirs.json["data"]["order_id"] != mine.json["data"]["order_id"]


class TestNotification:
    """The bank's word, by POST and by GET."""

    def test_a_signed_success_pays_the_order(self, signed_in, cart, app):
        payment = _payment(_init(signed_in))
        answer = app.test_client().post(
            CALLBACK, data=notification(payment), content_type="application/x-www-form-urlencoded"
        )
        assert (answer.status_code, answer.data) == (200, b"")
        assert _status_of_order(payment) == "paid"
        state = signed_in.get(f"/api/payments/{payment.id}/status").json["data"]
        assert (state["status"], state["amount"], state["order_status"]) == ("paid", 100.0, "paid")

    @pytest.mark.parametrize("path", [CALLBACK, "/api/paybox/callback", CALLBACK + "/"])
    def test_it_may_come_by_get_without_redirect(self, signed_in, cart, app, path):
        payment = _payment(_init(signed_in))
        answer = app.test_client().get(f"{path}?{notification(payment).decode()}")
        assert (answer.status_code, answer.data) == (200, b"")
        assert _status_of_order(payment) == "paid"

    def test_the_bank_is_given_one_address_for_good(self, app):
        from web.links import absolute_url

        with app.app_context():
            assert absolute_url("api.payments.paybox_callback").endswith(CALLBACK)

    def test_the_bytes_are_kept_as_they_came(self, signed_in, cart, app):
        payment = _payment(_init(signed_in))
        raw = notification(payment, Carte="VISA%20PREMIER") + b"&x=a+b%2b"
        app.test_client().post(CALLBACK, data=raw, content_type="application/x-www-form-urlencoded")
        assert session.query(PaymentNotification).one().raw == raw

    def test_it_needs_no_token_no_origin_no_login(self, signed_in, cart, app):
        payment = _payment(_init(signed_in))
        app.config["WTF_CSRF_ENABLED"] = True
        try:
            headers = {"Origin": "https://tpeweb.paybox.com", "Sec-Fetch-Site": "cross-site"}
            answer = app.test_client().post(CALLBACK, data=notification(payment), headers=headers)
        finally:
            app.config["WTF_CSRF_ENABLED"] = False
        assert answer.status_code == 200

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_forged_one_is_refused_and_changes_nothing(self, signed_in, cart, app, method):
        payment = _payment(_init(signed_in))
        raw = notification(payment).replace(b"Sign=good", b"Sign=forged")
        bank = app.test_client()
        answer = bank.post(CALLBACK, data=raw) if method == "post" else bank.get(f"{CALLBACK}?{raw.decode()}")
        assert answer.status_code == 401
        assert _status_of_order(payment) == "pending"
        assert session.query(PaymentNotification).count() == 0

    def test_an_oversized_one_is_refused(self, client):
        raw = b"Sign=good&x=" + b"a" * 8192
        assert client.post(CALLBACK, data=raw).status_code == 413
        assert client.get(f"{CALLBACK}?{raw.decode()}").status_code == 413
        assert session.query(PaymentNotification).count() == 0

    def test_an_unknown_reference_is_recorded(self, client):
        answer = client.post(CALLBACK, data=b"Mt=100&Ref=ORD-0-1&Auto=1&Erreur=00000&Sign=good")
        assert answer.status_code == 200
        assert session.query(PaymentNotification).one().outcome == "anomaly"

    def test_what_we_could_not_do_is_told_again(self, signed_in, cart, app, monkeypatch):
        from api import payments
        from domain.errors import Conflict

        def refuse(*_args, **_values):
            raise Conflict("une autre fois")

        monkeypatch.setattr(payments, "receive_notification", refuse)
        assert app.test_client().post(CALLBACK, data=b"Sign=good").status_code == 500


def test_anothers_payment_is_not_found(signed_in, stranger, cart):
    payment = _payment(_init(signed_in))
    assert stranger.get(f"/api/payments/{payment.id}/status").status_code == 404


def test_a_guests_payment_is_nobodys(signed_in):
    from services.payments import start_payment

    payment = start_payment(make_order(at=NOW), at=NOW)
    assert signed_in.get(f"/api/payments/{payment.id}/status").status_code == 404
