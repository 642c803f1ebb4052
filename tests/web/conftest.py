"""A shop whose pages are cached, on a real Redis, emptied before each test."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from integrations.cache import cache


@pytest.fixture(scope="session")
def caching_app(app: Flask) -> Iterator[Flask]:
    """The shop as it runs, with its page cache; it shares the database of the other one."""
    from app import create_app
    from config import settings

    shop = create_app(settings().model_copy(update={"page_cache": True}))
    shop.config["WTF_CSRF_ENABLED"] = True
    yield shop
    shop.extensions["engine"].dispose()


@pytest.fixture
def shop(caching_app: Flask, db: None) -> Flask:
    """The caching shop with an empty cache, inside the test's transaction."""
    cache().purge_matching("*")
    return caching_app


@pytest.fixture
def visitor(shop: Flask) -> FlaskClient:
    """A visitor of whom nothing is known."""
    return shop.test_client()
