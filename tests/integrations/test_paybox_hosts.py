"""Which of the bank's page hosts a shopper is sent to."""

from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from config import Settings
from integrations.payments import Buyer, PayboxGateway, PaymentRequest, ReturnAddresses

FIRST, SECOND = "https://one.invalid/cgi/page", "https://two.invalid/cgi/page"
BUYER = Buyer("a@example.org", "Ada", "Test", "1 rue Neuve", "", "69003", "Lyon", 250)
REQUEST = PaymentRequest(
    "ORD-2026-000001-1",
    99,
    "EUR",
    1,
    BUYER,
    ReturnAddresses("a", "b", "c", "d", "e"),
    datetime(2026, 3, 10, tzinfo=UTC),
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were asked; the first host never answers, the second says OK."""
    urls: list[str] = []

    def get(url: str, **_values: Any) -> requests.Response:
        urls.append(url)
        if "one." in url:
            raise requests.ConnectionError("away")
        reply = requests.Response()
        reply.status_code, reply._content = 200, b'<div id="server_status">OK</div>'
        return reply

    monkeypatch.setattr("integrations.payments.paybox.gateway.requests.get", get)
    return urls


def make_gateway(*urls: str) -> PayboxGateway:
    return PayboxGateway(Settings(paybox_page_urls=list(urls), paybox_hmac_key="00" * 64))  # type: ignore[arg-type]


def test_prepared_it_sends_to_the_host_that_answers_and_asks_once_a_minute(asked: list[str]) -> None:
    gateway = make_gateway(FIRST, SECOND)
    gateway.prepare()
    gateway.prepare()
    assert gateway.payment_form(REQUEST).url == SECOND
    assert asked == ["https://one.invalid/load.html", "https://two.invalid/load.html"]


def test_a_form_never_waits_for_the_bank(asked: list[str]) -> None:
    assert make_gateway(FIRST, SECOND).payment_form(REQUEST).url == FIRST
    assert not asked


def test_a_single_host_is_not_asked(asked: list[str]) -> None:
    make_gateway(FIRST).prepare()
    assert not asked
