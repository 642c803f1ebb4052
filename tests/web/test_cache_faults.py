"""What goes wrong with caches: the server dies, many come at once, a write overtakes a page under way."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from config import settings
from devstack.datadir import DataDir
from devstack.redis import Redis
from integrations.cache import RedisCache, cache
from models.catalog import Family
from models.database import session
from tests.factories import make_family
from web import caching, page_entries
from web.page_entries import read_entry, write_entry
from web.page_keys import release

PATIENCE = 20


@pytest.fixture
def own(caching_app: Flask, committed: None) -> Iterator[RedisCache]:
    """A cache of the test's own; what the test writes is really committed, for real threads read it."""
    real = RedisCache(settings().cache_redis_url.get_secret_value(), prefix=f"test-{uuid4().hex}:")
    with cache.replaced_by(real):
        yield real


@pytest.fixture
def family(own: RedisCache) -> Family:
    made = make_family(name="Freinage")
    session.commit()
    session.expunge_all()
    return made


class Renders:
    """Counts how often the home page is rendered, and can hold one rendering up."""

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.hold: Callable[[], None] = lambda: None
        self._lock = threading.Lock()
        answer = caching._answer

        def counted(rule: caching.Rule, view: Callable[[], object]) -> object:
            def watched() -> object:
                with self._lock:
                    self.count += 1
                made = view()
                self.hold()
                return made

            return answer(rule, watched)  # type: ignore[arg-type]

        monkeypatch.setattr(caching, "_answer", counted)


@pytest.fixture
def renders(caching_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Renders:
    return Renders(caching_app, monkeypatch)


def ask(app: Flask, path: str = "/") -> TestResponse:
    return app.test_client().get(path)


def ask_at_once(app: Flask, number: int, path: str = "/") -> list[TestResponse]:
    barrier, answers = threading.Barrier(number), []

    def one() -> None:
        barrier.wait()
        answers.append(ask(app, path))

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return answers


def grow_stale(own: RedisCache, path: str = "/") -> None:
    """Make the stored page one whose time is over."""
    key = f"page:{release()}:::{path}?"
    stored = own.read(key)
    assert stored
    entry = read_entry(stored)
    assert entry
    fields = {name: getattr(entry, name) for name in page_entries.Entry.__slots__}
    own._redis.set(own._name(key), write_entry(page_entries.Entry(**{**fields, "fresh_until": 1.0})))


def test_many_who_come_first_at_once_have_the_page_made_once(
    caching_app: Flask, own: RedisCache, family: Family, renders: Renders, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine that runs this is.
    monkeypatch.setattr(caching, "WAIT_SECONDS", PATIENCE)
    answers = ask_at_once(caching_app, 6)
    assert renders.count == 1
    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.data for answer in answers}) == 1


def test_when_a_page_is_stale_one_makes_it_anew_and_the_others_get_it_as_it_was(
    caching_app: Flask, own: RedisCache, family: Family, renders: Renders
) -> None:
    ask(caching_app)
    grow_stale(own)
    renders.count = 0
    under_way, others_done = threading.Event(), threading.Event()

    def hold() -> None:
        under_way.set()
        assert others_done.wait(PATIENCE)

    renders.hold = hold
    fresh: list[TestResponse] = []
    builder = threading.Thread(target=lambda: fresh.append(ask(caching_app)))
    builder.start()
    assert under_way.wait(PATIENCE)

    others = ask_at_once(caching_app, 5)
    others_done.set()
    builder.join(PATIENCE)

    assert renders.count == 1
    assert [other.headers["X-Cache-Hit"] for other in others] == ["true"] * 5
    assert fresh[0].headers["X-Cache-Hit"] == "false"
    assert ask(caching_app).headers["X-Cache-Hit"] == "true"
    assert renders.count == 1


def test_a_write_that_overtakes_a_page_under_way_is_not_lost(
    caching_app: Flask, own: RedisCache, family: Family, renders: Renders
) -> None:
    rendered, written = threading.Event(), threading.Event()

    def hold() -> None:
        rendered.set()
        assert written.wait(PATIENCE)

    renders.hold = hold
    early: list[TestResponse] = []
    reader = threading.Thread(target=lambda: early.append(ask(caching_app)))
    reader.start()
    assert rendered.wait(PATIENCE)

    # The page holds the old name by now, and is not stored yet.
    session.get_one(Family, family.id).name = "Freins"
    session.commit()
    session.remove()
    renders.hold = lambda: None
    written.set()
    reader.join(PATIENCE)

    assert "Freinage" in early[0].text
    late = ask(caching_app)
    assert late.headers["X-Cache-Hit"] == "false"
    assert "Freins" in late.text
    assert "Freinage" not in late.text
    assert ask(caching_app).headers["X-Cache-Hit"] == "true"


def test_a_page_that_fails_keeps_nobody_waiting(
    caching_app: Flask, own: RedisCache, family: Family, renders: Renders
) -> None:
    def fail() -> None:
        raise RuntimeError("broken")

    renders.hold = fail
    assert ask(caching_app).status_code == 500
    assert not own.is_being_built(f"page:{release()}:::/?")
    renders.hold = lambda: None
    assert ask(caching_app).status_code == 200


def test_a_stale_page_is_better_than_none(
    caching_app: Flask, own: RedisCache, family: Family, renders: Renders
) -> None:
    ask(caching_app)
    grow_stale(own)

    def away() -> None:
        raise ConnectionError("the database is away")

    renders.hold = away
    answer = ask(caching_app)
    assert answer.status_code == 200
    assert "Freinage" in answer.text


def test_a_cache_killed_and_back_loses_no_page_and_no_change(
    caching_app: Flask, family: Family, tmp_path: Path
) -> None:
    data = DataDir(tmp_path)
    data.create()
    server = Redis(data, cache=True)
    server.launch()
    server.wait()
    ticks = [0.0]
    try:
        mortal = RedisCache(server.url, prefix="mortal:", clock=lambda: ticks[0])
        with cache.replaced_by(mortal):
            assert [ask(caching_app).headers["X-Cache-Hit"] for _ in range(2)] == ["false", "true"]

            server.kill()
            answers = [ask(caching_app) for _ in range(3)]
            assert [(one.status_code, one.headers["X-Cache-Hit"]) for one in answers] == [(200, "false")] * 3
            session.get_one(Family, family.id).name = "Freins"
            session.commit()
            session.remove()
            assert "Freins" in ask(caching_app).text

            server.launch()
            server.wait()
            ticks[0] += 60
            answers = [ask(caching_app) for _ in range(2)]
            assert [one.headers["X-Cache-Hit"] for one in answers] == ["false", "true"]
            assert "Freins" in answers[1].text
    finally:
        server.stop()
