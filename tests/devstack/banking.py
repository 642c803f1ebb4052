"""What the bank's tests share: a shop that seals its requests by itself and hears notifications."""

import base64
import hashlib
import hmac
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode

import requests
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY = "0123456789ABCDEF" * 8
RETOUR = (
    "Mt:M;Ref:R;Auto:A;Appel:T;Trans:S;Erreur:E;Carte:C;Bin:N;Fin:J;Pays:Y;IP:I;3ds:F;Gar:G;Enr:O;"
    "Date:W;Heure:Q;Pay:P;Sign:K"
)
CART = (
    '<?xml version="1.0" encoding="utf-8"?><shoppingcart><total><totalQuantity>2</totalQuantity></total></shoppingcart>'
)
BILLING = (
    '<?xml version="1.0" encoding="utf-8"?><Billing><Address><FirstName>Jean</FirstName><LastName>Dupont</LastName>'
    "<Address1>1 rue de Paris</Address1><ZipCode>75001</ZipCode><City>Paris</City><CountryCode>250</CountryCode>"
    "</Address></Billing>"
)


@dataclass
class Heard:
    """One request that reached the shop."""

    method: str
    path: str
    query: str
    body: bytes

    @property
    def raw(self) -> str:
        return self.body.decode() if self.method == "POST" else self.query

    @property
    def values(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.raw, keep_blank_values=True).items()}


@dataclass
class Shop:
    """A small HTTP server that remembers what the bank tells it; `answers` are its next status codes, then 200."""

    url: str
    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def wait_for(self, count: int, *, seconds: float = 5) -> list[Heard]:
        deadline = time.monotonic() + seconds
        while len(self.heard) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.heard


@contextmanager
def open_shop() -> Iterator[Shop]:
    shop = Shop("")

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            shop.heard.append(Heard(self.command, path, query, body))
            self.send_response(shop.answers.pop(0) if shop.answers else 200)
            self.send_header("Location", f"{shop.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 (the name http.server looks for)

        def log_message(self, *words: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        shop.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield shop
        server.shutdown()


def payment_fields(shop: Shop, reference: str, **changes: str | None) -> list[tuple[str, str]]:
    """The unsealed fields of a payment of 126,40 €; a change to None leaves a field out."""
    fields: dict[str, str | None] = {
        "PBX_SITE": "1999888",
        "PBX_RANG": "32",
        "PBX_IDENTIFIANT": "107904482",
        "PBX_TOTAL": "12640",
        "PBX_DEVISE": "978",
        "PBX_CMD": reference,
        "PBX_PORTEUR": "client@atelier.example",
        "PBX_RETOUR": RETOUR,
        "PBX_HASH": "SHA512",
        "PBX_TIME": "2026-11-22T12:00:00+01:00",
        "PBX_EFFECTUE": f"{shop.url}/done",
        "PBX_REFUSE": f"{shop.url}/refused",
        "PBX_ANNULE": f"{shop.url}/cancelled",
        "PBX_REPONDRE_A": f"{shop.url}/ipn",
        "PBX_RUF1": "POST",
        "PBX_SHOPPINGCART": CART,
        "PBX_BILLING": BILLING,
        **changes,
    }
    return [(name, value) for name, value in fields.items() if value is not None]


def sealed(fields: list[tuple[str, str]], name: str = "PBX_HMAC", key: str = KEY) -> list[tuple[str, str]]:
    """The fields with their seal last, reckoned here and not by the bank's code."""
    text = "&".join(f"{field}={value}" for field, value in fields)
    digest = hmac.new(bytes.fromhex(key), text.encode(), hashlib.sha512).hexdigest().upper()
    return [*fields, (name, digest)]


def post(bank: str, fields: list[tuple[str, str]], **standin: str) -> requests.Response:
    """Send a shopper's form to the bank."""
    body = urlencode([*fields, *((f"STANDIN_{name.upper()}", value) for name, value in standin.items())])
    return requests.post(
        f"{bank}/cgi/MYchoix_pagepaiement.cgi",
        data=body,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        allow_redirects=False,
        timeout=30,
    )


def ask_server(bank: str, operation: str, question: int, **changes: str) -> dict[str, str]:
    """Send a PPPS request and return its answer."""
    fields = {
        "VERSION": "00104",
        "TYPE": operation,
        "SITE": "1999888",
        "RANG": "32",
        "IDENTIFIANT": "107904482",
        "HASH": "SHA512",
        "NUMQUESTION": f"{question:010d}",
        "MONTANT": "0000000000",
        "DEVISE": "978",
        "REFERENCE": "",
        "NUMAPPEL": "0000000000",
        "NUMTRANS": "0000000000",
        "DATEQ": "22112026120000",
        "ACTIVITE": "024",
        **changes,
    }
    key = fields.pop("KEY", KEY)
    answer = requests.post(f"{bank}/PPPS.php", data=sealed(list(fields.items()), "HMAC", key), timeout=30)
    assert answer.headers["Content-Type"] == "text/plain; charset=ISO-8859-1"
    pairs = (pair.partition("=") for pair in answer.content.decode("iso-8859-1").split("&"))
    return {name: value for name, _, value in pairs}


def is_signed(raw: str, public_pem: bytes) -> bool:
    """Verify `…&Sign=…` over the raw text before it, as the shop must."""
    text, _, signature = raw.rpartition("&Sign=")
    key = serialization.load_pem_public_key(public_pem)
    assert isinstance(key, rsa.RSAPublicKey)
    try:
        key.verify(base64.b64decode(unquote(signature)), text.encode(), padding.PKCS1v15(), hashes.SHA1())
    except InvalidSignature:
        return False
    return True
