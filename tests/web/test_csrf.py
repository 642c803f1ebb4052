"""What another site's page can not do: a token guards whoever has a session, our own origin the others."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from integrations.carts import carts
from models.customers import Customer
from models.database import session
from tests.factories import make_customer, make_product, make_staff_member
from tests.factories.keeping import keep
from tests.factories.people import PASSWORD

FOREIGN = {"Origin": "https://evil.example"}
FOREIGN_SITE = {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}
SIBLING = {"Sec-Fetch-Site": "same-site"}
SILENT: dict[str, str] = {}
OURS = {"Origin": "http://localhost"}
OURS_BY_BROWSER = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, "the page holds no token"
    return found[1]


@pytest.mark.parametrize("headers", [FOREIGN, FOREIGN_SITE, SIBLING, SILENT], ids=str)
def test_a_stranger_is_made_to_start_no_cart(visitor: FlaskClient, headers: dict[str, str]) -> None:
    product = make_product()
    keep()
    answer = visitor.post("/panier/lignes", data={"product_id": product.id, "quantity": 1}, headers=headers)
    assert answer.status_code == 403
    assert visitor.get_cookie("connect.sid") is None


@pytest.mark.parametrize("headers", [FOREIGN, FOREIGN_SITE, SIBLING, SILENT], ids=str)
def test_a_stranger_is_signed_in_by_nobody_else(visitor: FlaskClient, headers: dict[str, str]) -> None:
    customer = make_customer()
    member = make_staff_member()
    keep()
    for path, email in (("/connexion", customer.email), ("/backoffice/connexion", member.email)):
        answer = visitor.post(path, data={"email": email, "password": PASSWORD}, headers=headers)
        assert answer.status_code == 403
    assert visitor.get_cookie("connect.sid") is None


def test_a_stranger_is_made_to_open_no_account(visitor: FlaskClient) -> None:
    form = {"email": "a@example.org", "password": PASSWORD, "first_name": "A", "last_name": "B"}
    assert visitor.post("/inscription", data=form, headers=FOREIGN).status_code == 403
    assert session.scalar(select(func.count()).select_from(Customer)) == 0


@pytest.mark.parametrize("headers", [OURS, OURS_BY_BROWSER], ids=str)
def test_our_own_page_needs_no_token_of_a_stranger(visitor: FlaskClient, headers: dict[str, str]) -> None:
    product = make_product()
    keep()
    answer = visitor.post("/panier/lignes", data={"product_id": product.id, "quantity": 2}, headers=headers)
    assert answer.status_code == 303
    cookie = visitor.get_cookie("connect.sid")
    assert cookie
    assert [item.quantity for item in carts().load(f"session:{cookie.value}").items] == [2]


def test_whoever_has_a_session_needs_its_token_even_from_our_own_page(visitor: FlaskClient) -> None:
    product = make_product()
    keep()
    line = {"product_id": product.id, "quantity": 1}
    visitor.post("/panier/lignes", data=line, headers=OURS)
    cookie = visitor.get_cookie("connect.sid")
    assert cookie

    assert visitor.post("/panier/lignes", data=line, headers=OURS).status_code == 403
    assert visitor.post("/panier/lignes", data={**line, "csrf_token": "forged"}, headers=OURS).status_code == 403
    assert carts().load(f"session:{cookie.value}").items[0].quantity == 1

    token = token_of(visitor.get("/panier").text)
    assert visitor.post("/panier/lignes", data={**line, "csrf_token": token}).status_code == 303
    assert carts().load(f"session:{cookie.value}").items[0].quantity == 2


def test_a_session_that_has_ended_is_still_no_stranger(visitor: FlaskClient) -> None:
    product = make_product()
    keep()
    visitor.set_cookie("connect.sid", "unknown-to-redis")
    answer = visitor.post("/panier/lignes", data={"product_id": product.id, "quantity": 1}, headers=OURS)
    assert answer.status_code == 403


def test_a_page_older_than_the_session_finds_its_token_in_a_cookie(visitor: FlaskClient) -> None:
    product = make_product()
    keep()
    line = {"product_id": product.id, "quantity": 1}
    visitor.post("/panier/lignes", data=line, headers=OURS)
    cookie = visitor.get_cookie("csrf")
    assert cookie
    assert not cookie.http_only
    assert visitor.post("/panier/lignes", data={**line, "csrf_token": cookie.value}).status_code == 303
    # It is handed out once, not with every answer.
    assert all("csrf=" not in value for value in visitor.get("/panier").headers.getlist("Set-Cookie"))


def test_another_session_gets_another_token(shop: Flask, visitor: FlaskClient) -> None:
    customer = make_customer()
    product = make_product()
    keep()
    visitor.post("/panier/lignes", data={"product_id": product.id, "quantity": 1}, headers=OURS)
    before = visitor.get_cookie("csrf")
    token = token_of(visitor.get("/connexion").text)
    visitor.post("/connexion", data={"email": customer.email, "password": PASSWORD, "csrf_token": token})
    after = visitor.get_cookie("csrf")
    assert before
    assert after
    assert after.value != before.value
    line = {"product_id": product.id, "quantity": 1}
    assert visitor.post("/panier/lignes", data={**line, "csrf_token": before.value}).status_code == 403
    assert visitor.post("/panier/lignes", data={**line, "csrf_token": after.value}).status_code == 303


def test_looking_around_makes_no_session(visitor: FlaskClient) -> None:
    product = make_product()
    keep()
    for path in ("/", "/pieces", "/vehicule", "/connexion", "/inscription", "/panier", f"/piece/x-{product.id}.html"):
        answer = visitor.get(path, follow_redirects=True)
        assert answer.status_code == 200
        assert "connect.sid" not in str(answer.headers.getlist("Set-Cookie")), path
    assert visitor.get_cookie("connect.sid") is None
