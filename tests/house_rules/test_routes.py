"""One name, four places; and who may come in by which door."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from api.payments import SIGNED_BY_THE_BANK
from backoffice import OPEN_ENDPOINTS
from models import database
from tests.factories import make_customer
from web.auth import SignedIn

ROOT = Path(__file__).parent.parent.parent
DOORS = ("storefront", "backoffice", "api")


def rules(app: Flask, door: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{door}.")]


def example(rule: Rule) -> str:
    """Return an address that the rule matches, with 1 and « x » for its variables."""
    path = re.sub(r"<int:[^>]+>", "1", rule.rule)
    return re.sub(r"<[^>]+>", "x", path)


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def test_an_endpoint_is_its_function_in_the_module_of_its_noun(app: Flask) -> None:
    for door in DOORS:
        for rule in rules(app, door):
            view = app.view_functions[rule.endpoint]
            module, _dot, name = rule.endpoint.rpartition(".")
            assert (view.__module__, view.__name__) == (module, name), rule.endpoint


@pytest.mark.parametrize("door", ["storefront", "backoffice"])
def test_every_folder_of_templates_belongs_to_a_module(app: Flask, door: str) -> None:
    for folder in (ROOT / "templates" / door).iterdir():
        if folder.is_dir():
            module = ROOT / door / f"{folder.name}.py"
            assert module.exists() or (ROOT / door / folder.name).is_dir(), folder


def test_a_stranger_finds_every_back_office_door_closed(app: Flask, client: FlaskClient) -> None:
    checked = 0
    for rule in rules(app, "backoffice"):
        if rule.endpoint in OPEN_ENDPOINTS:
            continue
        for method in methods(rule):
            answer = client.open(example(rule), method=method)
            assert answer.status_code == 303, f"{method} {rule.rule}"
            assert answer.headers["Location"].startswith("/backoffice/connexion")
            checked += 1
    assert checked >= 8


def test_a_customer_finds_every_back_office_door_closed(app: Flask, client: FlaskClient) -> None:
    identity = SignedIn(make_customer()).get_id()
    # A GET rolls back what was not committed before it.
    database.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = identity
    for rule in rules(app, "backoffice"):
        if rule.endpoint in OPEN_ENDPOINTS:
            continue
        for method in methods(rule):
            answer = client.open(example(rule), method=method)
            assert answer.status_code == 403, f"{method} {rule.rule}"


def test_every_unsafe_form_wants_its_token(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        for door in ("storefront", "backoffice"):
            for rule in rules(app, door):
                if "POST" in (rule.methods or set()):
                    assert client.post(example(rule)).status_code == 403, rule.rule
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_the_published_description_matches_the_routes(app: Flask, client: FlaskClient) -> None:
    described = client.get("/api/openapi.json").get_json()
    assert described["openapi"].startswith("3.1")
    published = {
        (path, method.upper())
        for path, item in described["paths"].items()
        for method in item
        if method in ("get", "post", "put", "patch", "delete")
    }
    served = {
        (re.sub(r"<(?:[a-z]+:)?([^>]+)>", r"{\1}", rule.rule), method)
        for rule in rules(app, "api")
        for method in methods(rule)
        # What the bank calls is its own contract, not the front end's.
        if not rule.endpoint.startswith("api.docs.") and rule.endpoint not in SIGNED_BY_THE_BANK
    }
    assert published == served
