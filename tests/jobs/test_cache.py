"""The busiest pages are made before anybody asks; a second time finds them made."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from config import settings
from integrations.cache import RedisCache, cache
from jobs.cache import warm_cache
from tests.factories import make_family, make_gamme
from tests.factories.keeping import keep


@pytest.fixture
def own(app: Flask, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisCache]:
    """A cache of the test's own, before the shop."""
    from web.page_cache import PageCache

    monkeypatch.setattr(app, "wsgi_app", PageCache(app, settings()))
    real = RedisCache(settings().cache_redis_url.get_secret_value(), prefix=f"test-{uuid4().hex}:")
    with cache.replaced_by(real):
        yield real


def pages(own: RedisCache) -> dict[str, bytes | None]:
    return {one.key: own.read(one.key) for one in own.list_keys("page:*", limit=1000).keys}


def test_families_and_top_gammes_are_made_once(app: Flask, own: RedisCache) -> None:
    family = make_family(alias="freinage")
    gamme = make_gamme(family_id=family.id, alias="disque", is_top=True)
    keep()
    with app.app_context():
        warm_cache()
        made = pages(own)
        warm_cache()
    paths = {key.split(":", 4)[4] for key in made}
    assert {f"/familles/freinage-{family.id}.html?", f"/pieces/disque-{gamme.id}.html?", "/?", "/pieces?"} <= paths
    assert pages(own) == made
