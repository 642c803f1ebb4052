"""The cart as the front end reads it."""

import pytest

from models.catalog import Product
from models.database import session
from tests.factories import make_product
from tests.factories.keeping import keep


def _add(client, product, **values):
    return client.post("/api/cart/items", json={"product_id": product.id, **values})


def test_an_empty_cart_is_flat(client):
    cart = client.get("/api/cart").json
    assert cart["items"] == []
    assert cart["totals"] == {
        "total_items": 0,
        "item_count": 0,
        "subtotal": 0.0,
        "consigne_total": 0.0,
        "tax": 0.0,
        "shipping": None,
        "discount": 0.0,
        "total": 0.0,
    }
    assert "success" not in cart


def test_a_guest_keeps_his_cart(client):
    product = make_product(price_cents=63_20, deposit_cents=45_00, weight_grams=1250)
    answer = _add(client, product, quantity=2)

    assert answer.status_code == 201
    assert answer.json["data"]["added_item"]["quantity"] == 2
    cart = client.get("/api/cart").json
    (item,) = cart["items"]
    assert item["itemId"] == str(product.id)
    assert (item["priceTTC"], item["priceHT"], item["consigne_unit"]) == (63.2, 52.67, 45.0)
    assert (item["weight"], item["stock"], item["brand"]) == (1.25, 10, product.brand.name)
    assert (cart["totals"]["subtotal"], cart["totals"]["consigne_total"], cart["totals"]["total"]) == (
        126.4,
        90.0,
        216.4,
    )


def test_the_session_is_not_given_away(client):
    _add(client, make_product())
    cookie = client.get_cookie("connect.sid").value
    assert cookie not in client.get("/api/cart").text


def test_carts_are_kept_apart(app, client):
    _add(client, make_product())
    assert app.test_client().get("/api/cart").json["items"] == []


def test_adding_again_adds_up_and_replacing_replaces(client):
    product = make_product()
    _add(client, product, quantity=2)
    _add(client, product, quantity=3)
    assert client.get("/api/cart").json["items"][0]["quantity"] == 5
    client.post("/api/cart/items", json={"productId": product.id, "quantity": 1, "replace": True})
    assert client.get("/api/cart").json["items"][0]["quantity"] == 1


def test_a_price_that_is_sent_is_not_looked_at(client):
    product = make_product(price_cents=50_00)
    _add(client, product, price=0.01, custom_price=0.01, price_cents=1)
    assert client.get("/api/cart").json["totals"]["total"] == 50.0


def test_more_than_the_shelf_holds_is_refused(client):
    product = make_product(stock=2)
    answer = _add(client, product, quantity=3)
    assert answer.status_code == 422
    assert answer.json["error"]["code"] == "OUT_OF_STOCK"
    assert answer.json["error"]["details"] == {"product_id": product.id, "available": 2, "field": "quantity"}
    assert client.get("/api/cart").json["items"] == []


@pytest.mark.parametrize(("values", "status"), [({"is_displayed": False}, 404), ({"price_cents": None}, 422)])
def test_what_is_not_sold_cannot_be_added(client, values, status):
    assert _add(client, make_product(**values)).status_code == status


def test_what_does_not_exist_cannot_be_added(client):
    assert client.post("/api/cart/items", json={"product_id": 2**52}).status_code == 404


def test_wrong_input_names_its_fields(client):
    answer = client.post("/api/cart/items", json={"product_id": "douze", "quantity": 0})
    assert answer.status_code == 400
    assert answer.json["error"]["details"]["fields"] == {
        "product_id": "Saisissez un nombre entier.",
        "quantity": "La valeur minimale est 1.",
    }


def test_what_is_no_json_object_is_refused(client):
    for body in ("[]", "nul", "", "[" * 100_000):
        answer = client.post("/api/cart/items", data=body, content_type="application/json")
        assert answer.status_code == 400, body[:10]


def test_a_quantity_changes_and_zero_removes(client):
    product = make_product()
    _add(client, product)
    changed = client.put(f"/api/cart/items/{product.id}", json={"quantity": 4})
    assert changed.json["data"]["updated_item"]["quantity"] == 4
    removed = client.patch(f"/api/cart/items/{product.id}", json={"quantity": 0})
    assert removed.json["data"]["updated_item"] is None
    assert client.put(f"/api/cart/items/{product.id}", json={"quantity": 1}).status_code == 404


def test_a_line_is_removed(client):
    product = make_product()
    _add(client, product)
    assert client.delete(f"/api/cart/items/{product.id}").json["data"]["cart"]["items"] == []
    assert client.delete(f"/api/cart/items/{product.id}").status_code == 404


def test_a_number_no_table_can_hold_is_not_found(client):
    assert client.delete(f"/api/cart/items/{10**30}").status_code == 404


def test_prices_are_todays(client):
    product = make_product(price_cents=50_00)
    _add(client, product)
    session.get_one(Product, product.id).price_cents = 60_00
    keep()
    assert client.get("/api/cart").json["totals"]["total"] == 60.0


def test_another_site_cannot_fill_a_cart(client):
    product = make_product()
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        answer = client.post("/api/cart/items", json={"product_id": product.id}, headers=headers)
        assert answer.status_code == 403
    assert client.get("/api/cart").json["items"] == []
