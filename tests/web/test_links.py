"""Signed links: nobody makes one up, none opens the wrong thing, none lives for ever."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from domain.errors import Gone, NotFound
from web.links import (
    LIFETIME,
    absolute_url,
    order_token,
    payment_token,
    read_order_token,
    read_payment_token,
)


def test_a_link_opens_what_it_was_made_for() -> None:
    assert read_order_token(order_token(1234)) == 1234
    assert read_payment_token(payment_token(56)) == 56


def test_it_opens_nothing_else() -> None:
    with pytest.raises(NotFound):
        read_order_token(payment_token(1234))
    with pytest.raises(NotFound):
        read_payment_token(order_token(1234))


@pytest.mark.parametrize("token", ["", "1234", "x.y.z", "é", "a" * 5000])
def test_what_we_did_not_sign_is_not_found(token: str) -> None:
    with pytest.raises(NotFound):
        read_order_token(token)


def test_a_changed_number_is_not_found() -> None:
    number, rest = order_token(1234).split(".", 1)
    other = order_token(1235).split(".", 1)[0]
    assert number != other
    with pytest.raises(NotFound):
        read_order_token(f"{other}.{rest}")


def test_after_a_year_it_is_gone() -> None:
    with time_machine.travel("2026-03-10 09:00:00Z", tick=False) as clock:
        token = order_token(1234)
        clock.shift(LIFETIME - timedelta(minutes=1))
        assert read_order_token(token) == 1234
        clock.shift(timedelta(minutes=2))
        with pytest.raises(Gone):
            read_order_token(token)


def test_its_characters_need_no_escaping() -> None:
    for number in (1, 63, 10**12):
        assert re.fullmatch(r"[\w.-]+", order_token(number), re.ASCII)


def test_addresses_for_mails_and_the_bank_come_from_the_settings(app: Flask) -> None:
    with app.test_request_context(headers={"Host": "mauvais.example"}):
        url = absolute_url("storefront.orders.track", token="abc")
    assert url == "http://127.0.0.1:8000/commande/suivi/abc"
