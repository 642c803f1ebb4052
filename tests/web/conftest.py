"""A shop whose pages are cached, on a real Redis, emptied before each test."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import settings
from integrations.cache import RedisCache, cache


@pytest.fixture(scope="session")
def caching_app(app: Flask) -> Iterator[Flask]:
    """The shop as it runs, with its page cache; it shares the database of the other one."""
    from app import create_app

    shop = create_app(settings().model_copy(update={"page_cache": True}))
    shop.config["WTF_CSRF_ENABLED"] = True
    yield shop
    shop.extensions["engine"].dispose()


@pytest.fixture
def shop(caching_app: Flask, db: None) -> Iterator[Flask]:
    """The caching shop with an empty cache of its own, inside the test's transaction."""
    own = RedisCache(settings().cache_redis_url.get_secret_value(), prefix=f"test-{uuid4().hex}:")
    with cache.replaced_by(own):
        yield caching_app


@pytest.fixture
def visitor(shop: Flask) -> FlaskClient:
    """A visitor of whom nothing is known."""
    return shop.test_client()
