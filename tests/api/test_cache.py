"""The cache for staff and probes: who may see and clear it, and what a clearing leaves alone."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import settings
from integrations.cache import RedisCache, cache
from integrations.queue import FakeQueue, queue
from integrations.redis_connections import lasting_redis
from models.database import session
from models.staff import AuditEntry
from tests.factories import make_gamme, make_staff_member
from tests.factories.keeping import keep
from tests.factories.people import PASSWORD

EVERYTHING = [
    ("GET", "/api/cache/stats", 7),
    ("GET", "/api/catalog/cache/stats", 7),
    ("POST", "/api/cache/clear", 8),
    ("POST", "/api/cache/warmup", 8),
    ("DELETE", "/api/cache/invalidate", 8),
    ("GET", "/api/cache/keys", 9),
    ("POST", "/api/admin/cache/clear", 9),
    ("DELETE", "/api/catalog/cache", 8),
    ("DELETE", "/api/catalog/cache/famille/1", 8),
    ("DELETE", "/api/catalog/cache/gamme/1", 8),
]


@pytest.fixture(autouse=True)
def real(db: None) -> Iterator[RedisCache]:
    """A cache of the test's own on the real server, with two pages and a piece of data."""
    own = RedisCache(settings().cache_redis_url.get_secret_value(), prefix=f"test-{uuid4().hex}:")
    with cache.replaced_by(own):
        fill(own)
        yield own


def fill(own: RedisCache) -> None:
    for key, tags in (
        ("page:r:::/?", ["catalog"]),
        ("page:r:::/pieces/disque-82.html?", ["catalog", "gamme:82"]),
        ("data:menu", ["menu"]),
    ):
        build = own.begin(key)
        assert build
        assert own.store(build, b"kept", tags=tags, seconds=60)


@pytest.fixture(autouse=True)
def jobs() -> Iterator[FakeQueue]:
    with queue.replaced_by(FakeQueue()) as fake:
        yield fake  # type: ignore[misc]


def member(app: Flask, level: int) -> FlaskClient:
    person = make_staff_member(level=level)
    keep()
    browser = app.test_client()
    answer = browser.post("/backoffice/connexion", data={"email": person.email, "password": PASSWORD})
    assert answer.status_code == 303
    return browser


def left(own: RedisCache) -> set[str]:
    kept = own.list_keys("*", limit=1000).keys
    return {one.key for one in kept if one.key.startswith(("page:", "data:"))}


def test_strangers_and_customers_see_and_clear_nothing(client: FlaskClient, signed_in: FlaskClient, app: Flask) -> None:
    for method, path, _level in EVERYTHING:
        assert app.test_client().open(path, method=method, json={}).status_code == 401, path
        assert signed_in.open(path, method=method, json={}).status_code == 403, path
    assert len(left(cache())) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize(("method", "path", "level"), [one for one in EVERYTHING if one[2] > 7])
def test_each_door_has_its_level(app: Flask, client: FlaskClient, method: str, path: str, level: int) -> None:
    answer = member(app, level - 1).open(path, method=method, json={"pattern": "page:*", "scope": "all"})
    assert answer.status_code == 403
    assert len(left(cache())) == 3  # type: ignore[arg-type]


def test_stats(app: Flask, client: FlaskClient, real: RedisCache) -> None:
    real.count(hits=3, misses=1)
    data = member(app, 7).get("/api/cache/stats").json["data"]
    assert data["connected"] is True
    assert data["hitRate"] == 0.75
    assert data["keyCount"] >= 3
    assert data["memory"] > 0


def test_health_tells_probes_no_more_than_they_need(client: FlaskClient) -> None:
    answer = client.get("/api/cache/health")
    assert answer.json["data"]["status"] == "ok"
    assert "127.0.0.1" not in answer.text
    with cache.replaced_by(RedisCache("redis://127.0.0.1:1/0", prefix="away:")):
        assert client.get("/api/cache/health").json["data"]["status"] == "degraded"


def test_a_pattern_clears_what_it_names_and_is_written_down(app: Flask, client: FlaskClient, real: RedisCache) -> None:
    staff = member(app, 8)
    answer = staff.post("/api/cache/clear", json={"pattern": "page:*:/pieces*"})
    assert answer.json["data"]["keysDeleted"] == 1
    assert left(real) == {"page:r:::/?", "data:menu"}
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert (entry.action, entry.subject_kind) == ("cache.clear", "cache")
    assert entry.after == {"pattern": "page:*:/pieces*", "cleared": 1}
    assert entry.by.startswith("staff:")


@pytest.mark.parametrize("body", [{}, {"pattern": "*"}, {"pattern": "**"}, {"pattern": "*", "confirm": False}])
def test_everything_must_be_meant(app: Flask, client: FlaskClient, real: RedisCache, body: dict[str, Any]) -> None:
    assert member(app, 9).post("/api/cache/clear", json=body).status_code == 400
    assert len(left(real)) == 3


def test_everything_is_for_level_nine(app: Flask, client: FlaskClient, real: RedisCache) -> None:
    assert member(app, 8).post("/api/cache/clear", json={"confirm": True}).status_code == 403
    assert len(left(real)) == 3


def test_clearing_everything_leaves_sessions_where_they_are(app: Flask, client: FlaskClient, real: RedisCache) -> None:
    staff = member(app, 9)
    before = set(lasting_redis().keys("*"))
    assert staff.post("/api/cache/clear", json={"confirm": True}).json["data"]["keysDeleted"] == 3
    assert left(real) == set()
    assert before <= set(lasting_redis().keys("*"))
    assert staff.get("/api/cache/stats").status_code == 200


def test_keys_patterns_and_tags_go_together(app: Flask, client: FlaskClient, real: RedisCache) -> None:
    body = {"keys": ["data:menu"], "patterns": ["page:*:/[?]"], "tags": ["gamme:82"]}
    data = member(app, 8).delete("/api/cache/invalidate", json=body).json["data"]
    assert data["keysInvalidated"] == 3
    assert data["details"] == {"keys": 1, "patterns": 1, "tags": 1}
    assert left(real) == set()


def test_a_wrong_tag_or_too_wide_a_pattern_clears_nothing(app: Flask, client: FlaskClient, real: RedisCache) -> None:
    staff = member(app, 8)
    assert staff.delete("/api/cache/invalidate", json={"tags": ["gamme 82"], "keys": ["data:menu"]}).status_code == 400
    assert staff.delete("/api/cache/invalidate", json={"patterns": ["*"], "keys": ["data:menu"]}).status_code == 400
    assert len(left(real)) == 3


def test_keys_are_listed_from_a_cursor_on(app: Flask, client: FlaskClient) -> None:
    data = member(app, 9).get("/api/cache/keys?pattern=page:*").json["data"]
    assert {one["key"] for one in data["keys"]} == {"page:r:::/?", "page:r:::/pieces/disque-82.html?"}
    assert all(0 < one["ttl"] <= 70 for one in data["keys"])
    assert data["pagination"] == {"returned": 2, "nextCursor": 0, "hasMore": False}


def test_the_names_of_the_old_front_end(app: Flask, client: FlaskClient, real: RedisCache) -> None:
    gamme = make_gamme(id=82)
    staff = member(app, 9)
    # Making the gamme has spoiled what showed it.
    fill(real)
    assert staff.delete(f"/api/catalog/cache/gamme/{gamme.id}").json["data"]["keysDeleted"] == 1
    assert staff.delete("/api/catalog/cache/gamme/404404").status_code == 404
    assert left(real) == {"page:r:::/?", "data:menu"}
    assert staff.delete("/api/catalog/cache").json["data"]["keysDeleted"] == 1
    assert staff.post("/api/admin/cache/clear", json={"scope": "all"}).json["data"]["keysDeleted"] >= 1
    assert left(real) == set()


def test_a_warm_up_is_asked_of_a_worker_once(app: Flask, client: FlaskClient, jobs: FakeQueue) -> None:
    staff = member(app, 8)
    answer = staff.post("/api/cache/warmup")
    assert (answer.status_code, answer.json["data"]["queued"]) == (202, True)
    assert [job for job in jobs.jobs if "warm" in str(job)]
