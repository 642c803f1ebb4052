"""Shoppers: visitors with a browser, signed in or not."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from integrations.attempts import FakeAttemptCounter, attempts
from integrations.carts import FakeCartStore, carts
from integrations.payments import FakeGateway, gateway
from models.customers import Customer
from models.database import session
from services import passwords
from web.auth import SignedIn

SignInAs = Callable[[Customer], None]


@pytest.fixture(autouse=True)
def stores() -> Iterator[FakeCartStore]:
    """Carts, counts of attempts and the bank in memory; the rest is real."""
    with (
        carts.replaced_by(FakeCartStore()) as fake,
        attempts.replaced_by(FakeAttemptCounter()),
        gateway.replaced_by(FakeGateway()),
    ):
        yield fake


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four rounds instead of twelve: the cost is not what these tests are about."""
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    monkeypatch.setattr(passwords, "_NOBODY", passwords.hash_password("personne"))


@pytest.fixture
def client(app: Flask, db: None) -> FlaskClient:
    """A visitor's browser: its requests find what the test made, and leave the test's own objects as they were.

    A request ends with its own commit or rollback: what only lay in the test's session would go with it.
    """

    class Browser(FlaskClient):
        def open(self, *args: Any, **kwargs: Any) -> Any:
            session.commit()
            session.expunge_all()
            return super().open(*args, **kwargs)

        def session_transaction(self, *args: Any, **kwargs: Any) -> Any:
            session.commit()
            session.expunge_all()
            return super().session_transaction(*args, **kwargs)

    app.config["WTF_CSRF_ENABLED"] = False
    return Browser(app, app.response_class, use_cookies=True)


@pytest.fixture
def sign_in_as(client: FlaskClient) -> SignInAs:
    """Sign a customer in without his password."""

    def sign_in(customer: Customer) -> None:
        identity = SignedIn(customer).get_id()
        with client.session_transaction() as visit:
            visit["_user_id"] = identity

    return sign_in
