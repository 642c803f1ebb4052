"""How often one visitor may ask, counted in a real Redis; programs are told what is left."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from app import create_app
from config import settings
from web.limits import limiter


@pytest.fixture(scope="module")
def counting(app: Flask) -> Iterator[Flask]:
    """The shop with a limit of two requests a minute."""
    shop = create_app(settings().model_copy(update={"app_env": "development", "limit_public": "2/minute"}))
    yield shop
    limiter.enabled = False
    shop.extensions["engine"].dispose()


@pytest.fixture
def strict(counting: Flask, db: None) -> Flask:
    """The same, inside the test's transaction."""
    return counting


def test_a_browser_is_told_only_when_it_asked_too_often(strict: Flask) -> None:
    visitor, someone = strict.test_client(), {"REMOTE_ADDR": f"192.0.2.{uuid4().int % 250}"}
    answers = [visitor.get("/panier", environ_base=someone) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "X-RateLimit-Limit" not in answers[0].headers
    assert answers[2].headers["X-RateLimit-Limit"] == "2"
    assert answers[2].headers["X-RateLimit-Remaining"] == "0"
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60


def test_a_program_is_told_what_is_left(strict: Flask) -> None:
    visitor, someone = strict.test_client(), {"REMOTE_ADDR": f"198.51.100.{uuid4().int % 250}"}
    first, second = (visitor.get("/api/products", environ_base=someone) for _time in range(2))
    assert (first.headers["X-RateLimit-Remaining"], second.headers["X-RateLimit-Remaining"]) == ("1", "0")
    assert "Retry-After" not in first.headers
