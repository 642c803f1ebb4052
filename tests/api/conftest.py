"""What the tests of the JSON door share: a bank that needs no key, and people who are signed in."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from integrations.payments import FakeGateway
    from models.customers import Customer


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the factories' cheap hashes: at today's cost each sign-in would take a quarter of a second."""
    from services import passwords

    monkeypatch.setattr(passwords, "ROUNDS", 4)


@pytest.fixture
def bank() -> Iterator["FakeGateway"]:
    """A bank that believes every notification with `Sign=good`."""
    from integrations.payments import FakeGateway, gateway

    with gateway.replaced_by(FakeGateway()) as fake:
        yield fake


@pytest.fixture
def customer(db: None) -> "Customer":
    """A customer of the shop."""
    from tests.factories import make_customer

    return make_customer()


@pytest.fixture
def signed_in(client: "FlaskClient", customer: "Customer") -> "FlaskClient":
    """The customer's browser, with his session cookie."""
    sign_in(client, customer.email)
    return client


@pytest.fixture
def stranger(app, client: "FlaskClient", db: None) -> "FlaskClient":  # type: ignore[no-untyped-def]
    """Another customer's browser."""
    from tests.factories import make_customer

    browser = app.test_client()
    sign_in(browser, make_customer().email)
    return browser


def sign_in(client: "FlaskClient", email: str) -> str:
    """Sign in with the factories' password and return the token."""
    from tests.factories.people import PASSWORD

    answer = client.post("/authenticate", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    token: str = answer.json["data"]["token"]
    return token


Browser = Callable[[], "FlaskClient"]
