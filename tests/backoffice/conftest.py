"""What the tests of the back office share: members of staff who are signed in, and a bank that needs no key."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from integrations.payments import FakeGateway


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
def browser_of(app: "Flask", client: "FlaskClient") -> "Callable[[int], FlaskClient]":
    """Return the browser of a fresh member of staff of a level."""
    from tests.factories import make_staff_member
    from tests.factories.people import PASSWORD

    def open_browser(level: int) -> "FlaskClient":
        member = make_staff_member(level=level)
        browser = app.test_client()
        answer = browser.post("/backoffice/connexion", data={"email": member.email, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return browser

    return open_browser


@pytest.fixture
def staff(browser_of: "Callable[[int], FlaskClient]") -> "FlaskClient":
    """The browser of a member of staff of level 7."""
    return browser_of(7)
