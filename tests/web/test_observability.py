"""What is written about a request."""

import pytest
from flask.testing import FlaskClient
from structlog.testing import CapturingLogger

from web import observability
from web.links import order_token, payment_token


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> CapturingLogger:
    log = CapturingLogger()
    monkeypatch.setattr(observability, "log", log)
    return log


def test_a_request_is_logged_with_its_path(client: FlaskClient, log: CapturingLogger) -> None:
    client.get("/panier")
    assert [call.kwargs["path"] for call in log.calls] == ["/panier"]


def test_a_signed_link_is_logged_without_its_token(client: FlaskClient, log: CapturingLogger) -> None:
    for path in (f"/commande/suivi/{order_token(1)}", f"/paiement/{payment_token(1)}"):
        client.get(path)
    assert [call.kwargs["path"] for call in log.calls] == ["/commande/suivi/<token>", "/paiement/<token>"]
