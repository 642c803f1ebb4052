"""Staff change products by machine: the same rules as on their pages."""

import pytest
from sqlalchemy import select

from models.catalog import Product
from models.database import session
from models.staff import AuditEntry
from models.stock import StockItem, StockMovement
from tests.api.conftest import sign_in
from tests.factories import make_product, make_staff_member
from tests.factories.keeping import keep

EVERYTHING = (
    ("PUT", "", {"price": 12}),
    ("PUT", "/status", {"is_displayed": False}),
    ("PUT", "/stock", {"quantity": 4}),
    ("DELETE", "", None),
)


@pytest.fixture
def product(client):
    product = make_product(price_cents=20_00, stock=9)
    keep()
    return product


@pytest.fixture
def staff(app, client):
    member = make_staff_member(level=7)
    browser = app.test_client()
    sign_in(browser, member.email)
    return browser


def fresh(product):
    return session.scalars(
        select(Product).where(Product.id == product.id).execution_options(populate_existing=True)
    ).one()


def on_hand(product):
    return session.scalar(select(StockItem.on_hand).where(StockItem.product_id == product.id))


@pytest.mark.parametrize(("method", "path", "body"), EVERYTHING)
def test_strangers_and_customers_change_nothing(client, signed_in, app, product, method, path, body):
    for browser, status in ((app.test_client(), 401), (signed_in, 403)):
        answer = browser.open(f"/api/products/{product.id}{path}", method=method, json=body)
        assert answer.status_code == status
    assert (fresh(product).price_cents, fresh(product).is_displayed, on_hand(product)) == (20_00, True, 9)


def test_a_price_is_changed_and_noted(staff, product):
    answer = staff.put(f"/api/products/{product.id}", json={"price": 24.5, "prior_price": 30})
    assert answer.status_code == 200, answer.text
    data = answer.json["data"]
    assert (data["price"], data["prior_price"], data["name"]) == (24.5, 30.0, product.name)
    assert (fresh(product).price_cents, fresh(product).prior_price_cents) == (24_50, 30_00)
    assert session.scalars(select(AuditEntry.action)).all() == ["product.changed"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_null_takes_a_price_away_and_what_is_not_sent_stays(staff, product):
    staff.put(f"/api/products/{product.id}", json={"name": "Autre nom"})
    assert (fresh(product).name, fresh(product).price_cents) == ("Autre nom", 20_00)
    staff.put(f"/api/products/{product.id}", json={"price": None})
    assert fresh(product).price_cents is None


def test_it_is_hidden_never_deleted(staff, product):
    assert staff.delete(f"/api/products/{product.id}").status_code == 200
    assert not fresh(product).is_displayed
    assert staff.put(f"/api/products/{product.id}/status", json={"is_displayed": True}).status_code == 200
    assert fresh(product).is_displayed


def test_what_was_counted_makes_a_movement(staff, product):
    answer = staff.put(f"/api/products/{product.id}/stock", json={"quantity": 4, "seen": 9, "reason": "Casse"})
    assert answer.json["data"]["on_hand"] == 4
    (movement,) = session.scalars(select(StockMovement)).all()
    assert (movement.on_hand_before, movement.on_hand_after, movement.reason) == (9, 4, "Casse")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("", {"price": 0}, 400),
        ("", {"price": -1}, 400),
        ("", {"price": 1.234}, 400),
        ("", {"name": ""}, 400),
        ("", {"prior_price": 20}, 422),
        ("", {"version": 99, "price": 5}, 409),
        ("/stock", {"quantity": -1}, 400),
        ("/stock", {"quantity": 4, "seen": 8}, 409),
        ("/status", {}, 400),
    ],
)
def test_what_cannot_be_is_refused(staff, product, path, body, status):
    answer = staff.put(f"/api/products/{product.id}{path}", json=body)
    assert answer.status_code == status, answer.text
    assert (fresh(product).price_cents, fresh(product).name, on_hand(product)) == (20_00, product.name, 9)
    assert session.scalars(select(AuditEntry)).all() == []


@pytest.mark.parametrize(("method", "path", "body"), EVERYTHING)
def test_no_product(staff, method, path, body):
    assert staff.open(f"/api/products/999999{path}", method=method, json=body).status_code == 404
