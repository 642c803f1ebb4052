"""Production starts with real secrets, a real address and the real bank, or not at all."""

from typing import Any

import pytest
from pydantic import ValidationError

from config import Settings

SAFE: dict[str, Any] = {
    "app_env": "production",
    "secret_key": "x" * 40,
    "app_url": "https://atelier.example",
    "paybox_hmac_key": "00" * 64,
    "paybox_public_keys": ["paybox.pem"],
    "paybox_page_urls": ["https://tpeweb.paybox.com/cgi/MYchoix_pagepaiement.cgi"],
    "paybox_server_urls": ["https://ppps.paybox.com/PPPS.php"],
    "paybox_accept_test_authorisations": False,
}


def test_a_safe_production_starts() -> None:
    assert Settings(**SAFE).is_production


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("secret_key", "short"),
        ("paybox_accept_test_authorisations", True),
        ("paybox_hmac_key", ""),
        ("paybox_public_keys", []),
        ("app_url", "http://atelier.example"),
        ("app_url", "https://127.0.0.1:8000"),
        ("app_url", "https://localhost"),
        ("app_url", "https://[::1]"),
        ("app_url", "atelier.example"),
        ("paybox_page_urls", ["https://preprod-tpeweb.paybox.com/cgi/MYchoix_pagepaiement.cgi"]),
        ("paybox_page_urls", []),
        ("paybox_server_urls", ["https://ppps.paybox.com/PPPS.php", "https://preprod-ppps.paybox.com/PPPS.php"]),
        ("paybox_server_urls", ["http://ppps.paybox.com/PPPS.php"]),
    ],
)
def test_an_unsafe_one_does_not(name: str, value: object) -> None:
    with pytest.raises(ValidationError, match=name.upper()):
        Settings(**{**SAFE, name: value})


def test_development_may_rehearse() -> None:
    assert Settings(app_env="development", app_url="http://127.0.0.1:8000").paybox_page_urls
