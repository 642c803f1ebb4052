"""Paybox as the shop sees it."""

import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
import structlog

from config import Settings, settings
from integrations.payments.interface import BankAnswer, Notification, PaymentForm, PaymentRequest, RefundRequest
from integrations.payments.paybox import server
from integrations.payments.paybox.page import page_fields
from integrations.payments.paybox.signature import HmacVerifier, Verifier, load_public_key, sign_fields, verify

log = structlog.get_logger()
# How long a page host that answered its probe is believed to be up.
PROBE_SECONDS = 60


class PayboxGateway:
    """Paybox with the contract, keys and addresses of the settings."""

    def __init__(self, config: Settings | None = None) -> None:
        self._config = config or settings()
        self._key = self._config.paybox_hmac_key.get_secret_value()
        self._verifiers = _verifiers(self._config)
        self._page: tuple[str, float] | None = None

    def prepare(self) -> None:
        """Ask the page hosts in turn which one answers, at most once a minute."""
        urls = self._config.paybox_page_urls
        if len(urls) == 1 or (self._page and self._page[1] > time.monotonic()):
            return
        url = next((url for url in urls if self._is_up(url)), urls[0])
        self._page = (url, time.monotonic() + PROBE_SECONDS)

    def payment_form(self, request: PaymentRequest) -> PaymentForm:
        """Return the signed form of one attempt, for the page host that `prepare` found; makes no call."""
        fields = page_fields(request, **self._contract())
        url = self._page[0] if self._page else self._config.paybox_page_urls[0]
        return PaymentForm(url, [*fields, ("PBX_HMAC", sign_fields(fields, self._key))])

    def read_notification(self, raw: bytes) -> Notification:
        """Return what a notification says; raises BadSignature unless a verifier accepts the raw bytes."""
        verified_by = verify(raw, self._verifiers)
        said = dict(parse_qsl(raw.decode("iso-8859-1"), keep_blank_values=True))
        amount = said.get("Mt", "")
        return Notification(
            reference=said.get("Ref", ""),
            amount_cents=int(amount) if amount.isascii() and amount.isdigit() else None,
            error_code=said.get("Erreur", ""),
            authorisation=said.get("Auto", "")[:20],
            transaction_number=said.get("Trans", "")[:20],
            call_number=said.get("Appel", "")[:20],
            card_kind=said.get("Carte", "")[:20],
            three_d_secure=said.get("3ds", "")[:1],
            liability_shift=said.get("Gar", "")[:1],
            verified_by=verified_by,
        )

    def refund(self, request: RefundRequest) -> BankAnswer:
        """Ask for a refund (TYPE 00014)."""
        return self._ask(server.REFUND, request)

    def inquire(self, request: RefundRequest) -> BankAnswer:
        """Ask what became of a transaction (TYPE 00017)."""
        return self._ask(server.INQUIRY, request)

    def _ask(self, kind: str, request: RefundRequest) -> BankAnswer:
        fields = server.question_fields(kind, request, **self._contract())
        return server.ask(self._config.paybox_server_urls, fields, self._key, self._config.paybox_timeout_seconds)

    def _contract(self) -> dict[str, Any]:
        config = self._config
        return {"site": config.paybox_site, "rang": config.paybox_rang, "identifiant": config.paybox_identifiant}

    def _is_up(self, url: str) -> bool:
        """Say whether the host of a page says OK on its probe page."""
        parts = urlsplit(url)
        try:
            reply = requests.get(
                f"{parts.scheme}://{parts.netloc}/load.html", timeout=self._config.paybox_timeout_seconds
            )
        except requests.RequestException as error:
            log.warning("paybox.page_host_away", host=parts.netloc, error=str(error))
            return False
        return reply.ok and 'id="server_status"' in reply.text and "OK" in reply.text


def _verifiers(config: Settings) -> list[Verifier]:
    """Return the configured ways to recognise the bank, public keys in the order they are listed."""
    verifiers: list[Verifier] = [load_public_key(path) for path in config.paybox_public_keys]
    if key := config.paybox_ipn_hmac_key.get_secret_value():
        verifiers.append(HmacVerifier("hmac-sha512", key))
    return verifiers
