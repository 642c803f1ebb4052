"""The cache on a real Redis: what is stored, what a purge forgets, and what happens when the server is away."""

import os
import threading
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from integrations.cache import Build, RedisCache
from integrations.cache.scripts import PURGE

if TYPE_CHECKING:
    from devstack.services import Services


@pytest.fixture
def cache(services: "Services") -> RedisCache:
    assert services.cache
    return RedisCache(services.cache.url, prefix=f"test-{uuid4().hex}:")


def begun(cache: RedisCache, key: str) -> Build:
    build = cache.begin(key)
    assert build is not None
    return build


def stored(cache: RedisCache, key: str, entry: bytes = b"page", *tags: str) -> None:
    assert cache.store(begun(cache, key), entry, tags=tags or ("catalog",), seconds=60)


def test_what_is_stored_is_read_whatever_its_size(cache: RedisCache) -> None:
    for entry in (b"", b"small", b"\r\n$-1\r\n", os.urandom(300_000)):
        stored(cache, "page", entry)
        assert cache.read("page") == entry
    assert cache.read("another") is None


def test_a_purge_forgets_the_entries_of_its_tags_and_no_other(cache: RedisCache) -> None:
    stored(cache, "one", b"1", "product:1", "catalog")
    stored(cache, "two", b"2", "product:2", "catalog")

    assert cache.purge(["product:1", "product:404"]) == 1

    assert cache.read("one") is None
    assert cache.read("two") == b"2"
    assert cache.purge(["catalog"]) == 1
    assert cache.read("two") is None


def test_a_purge_of_many_entries_forgets_all_of_them(cache: RedisCache) -> None:
    for number in range(1203):
        stored(cache, f"page:{number}")
    assert cache.purge(["catalog"]) == 1203
    assert cache.list_keys("page:*", limit=2000).keys == []


def test_what_was_read_before_a_purge_can_not_be_stored_after_it(cache: RedisCache) -> None:
    build = begun(cache, "page")
    cache.purge(["product:1"])

    assert not cache.store(build, b"old", tags=["product:1", "menu"], seconds=60)

    assert cache.read("page") is None
    # Nobody waits for the refused one.
    assert not cache.is_being_built("page")
    stored(cache, "page", b"new", "product:1")
    assert cache.read("page") == b"new"


def test_the_memory_of_purges_is_bounded_and_errs_on_the_safe_side(
    cache: RedisCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.cache.redis_provider.PURGES_REMEMBERED", 3)
    build = begun(cache, "page")
    cache.purge(["product:1"])
    for number in range(2, 7):
        cache.purge([f"product:{number}"])

    assert not cache.store(build, b"old", tags=["product:1"], seconds=60)
    stored(cache, "page", b"new", "product:1")


def test_a_server_that_lost_its_memory_takes_nothing_that_began_before(cache: RedisCache) -> None:
    build = begun(cache, "page")
    cache._redis.delete(cache._name("floor"), cache._name("purges"))
    assert not cache.store(build, b"old", tags=["product:1"], seconds=60)
    assert cache.read("page") is None


def test_one_builds_at_a_time(cache: RedisCache) -> None:
    first, second = begun(cache, "page"), begun(cache, "page")
    assert first.is_sole
    assert not second.is_sole

    cache.abandon(second)
    assert cache.is_being_built("page")
    cache.abandon(first)
    assert not cache.is_being_built("page")
    assert begun(cache, "page").is_sole


def test_many_threads_at_once_get_one_lock(cache: RedisCache) -> None:
    barrier, builds = threading.Barrier(8), []

    def ask() -> None:
        barrier.wait()
        builds.append(begun(cache, "page"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [build.is_sole for build in builds].count(True) == 1


def test_lifetimes_differ_by_a_tenth_so_that_all_do_not_end_together(cache: RedisCache) -> None:
    for number in range(60):
        assert cache.store(begun(cache, f"page:{number}"), b"", tags=["catalog"], seconds=1000)
    left = {one.seconds_left for one in cache.list_keys("page:*", limit=100).keys}
    assert len(left) > 10
    assert all(one is not None and 890 <= one <= 1100 for one in left)


def test_the_list_of_a_tag_forgets_what_has_ended(cache: RedisCache) -> None:
    stored(cache, "page", b"", "catalog")
    cache._redis.zadd(cache._name("tag:catalog"), {cache._name("ended"): 1})
    stored(cache, "other", b"", "catalog")
    assert cache._redis.zscore(cache._name("tag:catalog"), cache._name("ended")) is None
    assert cache._redis.zcard(cache._name("tag:catalog")) == 2
    assert cache._redis.ttl(cache._name("tag:catalog")) > 86400


def test_a_pattern_forgets_entries_but_not_what_purging_stands_on(cache: RedisCache) -> None:
    stored(cache, "page:/a")
    stored(cache, "page:/b")
    stored(cache, "data:menu")
    build = begun(cache, "late")
    cache.purge(["product:9"])

    assert cache.purge_matching("page:/*") == 2
    assert cache.read("data:menu") == b"page"
    assert cache.purge_matching("*") == 1
    assert not cache.store(build, b"old", tags=["product:9"], seconds=60)


def test_nobody_elses_keys_are_touched(cache: RedisCache, services: "Services") -> None:
    assert services.cache
    neighbour = RedisCache(services.cache.url, prefix=f"neighbour-{uuid4().hex}:")
    stored(neighbour, "page")
    stored(cache, "page")
    cache.purge_matching("*")
    cache.purge(["catalog"])
    assert neighbour.read("page") == b"page"


def test_it_counts_and_says_how_it_is(cache: RedisCache) -> None:
    cache.count(hits=3, misses=1)
    cache.count(stale_hits=1, hits=0)
    stats = cache.stats()
    assert (stats.hits, stats.stale_hits, stats.misses) == (3, 1, 1)
    assert stats.hit_ratio == 0.8
    assert stats.is_connected
    assert stats.memory_bytes > 0


def test_away_it_knows_nothing_and_nobody_waits_for_it_twice() -> None:
    ticks = [0.0]
    cache = RedisCache("redis://127.0.0.1:1/0", prefix="away:", clock=lambda: ticks[0])
    asked = []
    real = cache._get
    cache._get = lambda key: asked.append(key) or real(key)  # type: ignore[func-returns-value]

    assert cache.read("page") is None
    tried = len(asked)
    assert cache.read("page") is None
    assert len(asked) == tried
    assert cache.begin("page") is None
    assert cache.purge(["catalog"]) == 0
    assert cache.stats().is_connected is False
    assert cache.list_keys("*").keys == []


def test_what_could_not_be_purged_is_purged_before_anything_is_read_again(services: "Services") -> None:
    assert services.cache
    ticks = [0.0]
    cache = RedisCache(services.cache.url, prefix=f"test-{uuid4().hex}:", clock=lambda: ticks[0])
    stored(cache, "page", b"old", "product:1")
    run = cache._run

    def away(source: str, *rest: object) -> object:
        if source == PURGE:
            raise ConnectionError("cut off")
        return run(source, *rest)  # type: ignore[arg-type]

    cache._run = away  # type: ignore[method-assign]
    assert cache.purge(["product:1"]) == 0
    assert cache.read("page") is None
    ticks[0] = 6.0
    assert cache.read("page") is None
    cache._run = run  # type: ignore[method-assign]
    ticks[0] = 12.0
    assert cache.read("page") is None
    stored(cache, "page", b"new", "product:1")
    assert cache.read("page") == b"new"


def test_an_address_with_a_password_and_a_database_is_read(services: "Services") -> None:
    assert services.cache
    cache = RedisCache(services.cache.url.removesuffix("/0") + "/3", prefix="third:")
    stored(cache, "page", b"here")
    assert cache.read("page") == b"here"
    assert RedisCache(services.cache.url, prefix="third:").read("page") is None
