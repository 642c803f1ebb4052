"""Nobody but staff comes in."""

import re

import pytest

from backoffice import OPEN_ENDPOINTS
from models.database import session
from models.staff import SignIn
from tests.factories import make_customer, make_staff_member
from tests.factories.keeping import keep
from tests.factories.people import PASSWORD


def _closed_routes(app) -> list[tuple[str, str]]:
    return [
        (method, re.sub(r"<[^>]+>", "1", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("backoffice.") and rule.endpoint not in OPEN_ENDPOINTS
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


def test_every_route_is_closed_to_strangers(app, client):
    routes = _closed_routes(app)
    assert len(routes) > 15
    for method, path in routes:
        answer = client.open(path, method=method)
        assert answer.status_code == 303, (method, path)
        assert answer.location.startswith("/backoffice/connexion"), (method, path)


@pytest.mark.parametrize("person", ["customer", "low_level"])
def test_every_route_is_closed_to_customers_and_to_low_levels(app, client, person):
    if person == "customer":
        email = make_customer().email
        client.post("/authenticate", json={"email": email, "password": PASSWORD})
    else:
        email = make_staff_member(level=6).email
        client.post("/authenticate", json={"email": email, "password": PASSWORD})
    for method, path in _closed_routes(app):
        assert client.open(path, method=method).status_code == 403, (method, path)


def test_a_fragment_is_sent_to_the_sign_in_page(client):
    answer = client.get("/backoffice/figures/orders", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/backoffice/connexion")


def test_signing_in_leads_to_the_page_that_was_wanted(app, client):
    member = make_staff_member()
    keep()
    asked = client.get("/backoffice/orders?status=paid")
    assert asked.location == "/backoffice/connexion?suite=/backoffice/orders?status%3Dpaid"
    form = {"email": member.email, "password": PASSWORD, "suite": "/backoffice/orders?status=paid"}
    assert client.post("/backoffice/connexion", data=form).location == "/backoffice/orders?status=paid"
    assert client.get("/backoffice/connexion").location == "/backoffice"


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/panier", "/\\evil"])
def test_signing_in_stays_in_the_back_office(client, target):
    form = {"email": make_staff_member().email, "password": PASSWORD, "suite": target}
    assert client.post("/backoffice/connexion", data=form).location == "/backoffice"


def test_a_customer_cannot_sign_in_here(client):
    form = {"email": make_customer().email, "password": PASSWORD}
    answer = client.post("/backoffice/connexion", data=form)
    assert answer.status_code == 422
    assert "incorrect" in answer.text


def test_what_was_typed_is_kept_but_for_the_password(client):
    answer = client.post("/backoffice/connexion", data={"email": "x@example.org", "password": "secret-typed"})
    assert answer.status_code == 422
    assert 'value="x@example.org"' in answer.text
    assert "secret-typed" not in answer.text
    assert not session.query(SignIn).filter_by(email="x@example.org").one().succeeded


def test_signing_out_closes_the_door(staff):
    assert staff.post("/backoffice/deconnexion").location == "/backoffice/connexion"
    assert staff.get("/backoffice").status_code == 303
