"""What the tests of this door share: the outside replaced by fakes, a shop to render in, orders that got somewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from config import settings
from integrations.carts import FakeCartStore, carts
from integrations.documents import FakePrinter, printer
from integrations.mailer import FakeMailer, mailer
from integrations.payments import FakeGateway, gateway
from integrations.queue import FakeQueue, queue


@dataclass
class Outside:
    """Every server that jobs talk to, in memory."""

    carts: FakeCartStore
    gateway: FakeGateway
    mailer: FakeMailer
    printer: FakePrinter
    queue: FakeQueue


@pytest.fixture
def outside(app: Flask, db: None) -> Iterator[Outside]:
    """The fakes, inside the shop and the test's transaction."""
    fakes = Outside(FakeCartStore(), FakeGateway(), FakeMailer(), FakePrinter(), FakeQueue())
    with (
        app.app_context(),
        carts.replaced_by(fakes.carts),
        gateway.replaced_by(fakes.gateway),
        mailer.replaced_by(fakes.mailer),
        printer.replaced_by(fakes.printer),
        queue.replaced_by(fakes.queue),
    ):
        yield fakes


@pytest.fixture
def alerts_to_staff(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address for what needs a person."""
    told = settings().model_copy(update={"mail_alerts_to": "equipe@example.org"})
    for module in ("jobs.alerts", "jobs.letters"):
        monkeypatch.setattr(f"{module}.settings", lambda: told)
