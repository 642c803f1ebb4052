"""The cache in its own Redis database (CACHE_REDIS_URL), which may forget; away, it is a cache that knows nothing."""

import random
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from threading import Lock
from time import monotonic, perf_counter
from typing import Any, TypeVar

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError
from redis.retry import Retry

from integrations.cache import scripts
from integrations.cache.interface import Build, CachedKey, CacheStats, KeyPage
from integrations.cache.wire import Wire

log = structlog.get_logger()
T = TypeVar("T")
# A page that waits for its cache longer than this is better made anew.
TIMEOUT_SECONDS = 0.3
# After a failure nobody waits for the cache for a while.
PAUSE_SECONDS = 5.0
# Lists of a tag outlive every entry they name: Redis evicts what ends soonest (volatile-ttl).
TAG_SECONDS = 2 * 86400
LONGEST_SECONDS = 86400
PURGED_AT_ONCE = 500
PURGES_REMEMBERED = 10_000
COUNTERS = ("hits", "stale_hits", "misses", "stored", "refused")


class RedisCache:
    """Entries as plain strings under `prefix`, the keys of each tag in a sorted set by the second they end."""

    def __init__(
        self, url: str, *, prefix: str, pause: float = PAUSE_SECONDS, clock: Callable[[], float] = monotonic
    ) -> None:
        self._prefix = prefix
        self._pause = pause
        self._clock = clock
        self._closed_until = 0.0
        self._lock = Lock()
        # What could not be purged while the server was away, until it can.
        self._unpurged: set[str] = set()
        self._redis: Redis = Redis.from_url(
            url,
            decode_responses=False,
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 1),
        )
        self._get: Callable[[str], bytes | None] = (
            Wire(url, prefix=prefix, timeout=TIMEOUT_SECONDS).get if url.startswith("redis://") else self._plain_get
        )
        self._scripts = {
            source: self._redis.register_script(source)
            for source in (scripts.BEGIN, scripts.STORE, scripts.PURGE, scripts.ABANDON)
        }

    def read(self, key: str) -> bytes | None:
        """Return the entry in one round trip, None when there is none or the server is away."""
        if self._closed_until and not self._may_pass():
            return None
        try:
            found = self._get(key)
        except (OSError, RedisError):
            # A server that restarted has closed this connection; it deserves one more try.
            found = self._tried(lambda: self._get(key), None)
        return found

    def begin(self, key: str, *, lock_seconds: int = 10) -> Build | None:
        """Say that an entry is about to be made; the lock ends by itself."""
        answer = self._tried(
            lambda: self._run(scripts.BEGIN, [self._name("floor"), self._lock_name(key)], [lock_seconds]), None
        )
        return None if answer is None else Build(key, int(answer[0]), answer[1].decode())

    def is_being_built(self, key: str) -> bool:
        """Say whether somebody holds the lock of an entry."""
        return bool(self._tried(lambda: self._redis.exists(self._lock_name(key)), 0))

    def store(self, build: Build, entry: bytes, *, tags: Collection[str], seconds: int) -> bool:
        """Keep the entry for `seconds`, a tenth more or less, unless one of its tags was purged since it began."""
        lasts = min(LONGEST_SECONDS, max(1, round(seconds * random.uniform(0.9, 1.1))))  # noqa: S311 - no secret
        keys = [self._name(build.key), self._lock_name(build.key), self._name("purges"), self._name("floor")]
        arguments = [build.since, build.token, lasts, entry, self._name("tag:"), TAG_SECONDS, *sorted(tags)]
        return bool(self._tried(lambda: self._run(scripts.STORE, keys, arguments), 0))

    def abandon(self, build: Build) -> None:
        """End a build without an entry."""
        if build.is_sole:
            self._tried(lambda: self._run(scripts.ABANDON, [self._lock_name(build.key)], [build.token]), 0)

    def purge(self, tags: Collection[str]) -> int:
        """Forget every entry under one of the tags, a few hundred in each step, so that no reader waits long."""
        with self._lock:
            self._unpurged.update(tags)
        return self._tried(self._purge_waiting, 0)

    def purge_keys(self, keys: Collection[str]) -> int:
        """Forget these entries."""
        names = [self._name(key) for key in keys]
        return self._tried(lambda: int(self._redis.unlink(*names)), 0) if names else 0

    def purge_matching(self, pattern: str) -> int:
        """Forget what matches, found by SCAN in steps; locks, tags and the memory of purges stay."""

        def forget() -> int:
            found = (name for name in self._scan(pattern) if self._is_entry(name))
            forgotten = 0
            while some := list(islice(found, PURGED_AT_ONCE)):
                forgotten += int(self._redis.unlink(*some))
            return forgotten

        return self._tried(forget, 0)

    def count(self, **events: int) -> None:
        """Add to the counters."""

        def add() -> None:
            with self._redis.pipeline(transaction=False) as pipe:
                for name, number in events.items():
                    if number:
                        pipe.hincrby(self._name("stats"), name, number)
                pipe.execute()

        self._tried(add, None)

    def stats(self) -> CacheStats:
        """Return how the cache is doing."""
        return self._tried(self._stats, CacheStats())

    def list_keys(self, pattern: str, *, cursor: int = 0, limit: int = 100) -> KeyPage:
        """List keys that match a pattern, from a cursor on."""

        def look() -> KeyPage:
            found: list[Any] = []
            position: Any = cursor
            # A sparse pattern must not make one call walk the whole database.
            for _step in range(50):
                position, some = self._redis.scan(position, match=self._name(pattern), count=max(limit, 200))
                found += some
                if not position or len(found) >= limit:
                    break
            return KeyPage([self._described(name) for name in found], int(position))

        return self._tried(look, KeyPage())

    def _purge_waiting(self) -> int:
        """Purge what waits; whatever fails on the way still waits."""
        with self._lock:
            waiting = set(self._unpurged)
        keys, forgotten = [self._name("purges"), self._name("floor")], 0
        rest = sorted(waiting)
        while rest:
            some, rest = rest[:200], rest[200:]
            answer = self._run(scripts.PURGE, keys, [self._name("tag:"), PURGED_AT_ONCE, PURGES_REMEMBERED, *some])
            forgotten += int(answer[0])
            rest = [*(tag.decode() for tag in answer[1:]), *rest]
        with self._lock:
            self._unpurged -= waiting
        return forgotten

    def _tried(self, call: Callable[[], T], otherwise: T) -> T:
        """Call the server; when it is away, note it and return `otherwise`."""
        if self._closed_until and not self._may_pass():
            return otherwise
        try:
            answer = call()
            if self._unpurged:
                self._purge_waiting()
        except (OSError, RedisError) as error:
            self._closed_until = self._clock() + self._pause
            log.warning("cache.away", error=str(error), unpurged=len(self._unpurged))
            return otherwise
        return answer

    def _may_pass(self) -> bool:
        """Say whether the pause is over; the first to ask then tries, for what waits to be purged first."""
        with self._lock:
            now = self._clock()
            if now < self._closed_until:
                return False
            self._closed_until = now + self._pause
        try:
            self._purge_waiting() if self._unpurged else self._redis.ping()
        except (OSError, RedisError):
            return False
        self._closed_until = 0.0
        return True

    def _run(self, source: str, keys: list[str], arguments: list[Any]) -> Any:
        script = self._scripts[source]
        try:
            return self._redis.evalsha(script.sha, len(keys), *keys, *arguments)
        except NoScriptError:
            return self._redis.eval(source, len(keys), *keys, *arguments)

    def _plain_get(self, key: str) -> bytes | None:
        found = self._redis.get(self._name(key))
        return found if isinstance(found, bytes) else None

    def _scan(self, pattern: str) -> Iterator[bytes]:
        return iter(self._redis.scan_iter(match=self._name(pattern), count=1000))

    def _is_entry(self, name: bytes) -> bool:
        kept = (b"tag:", b"lock:", b"purges", b"floor", b"stats")
        return not name[len(self._prefix.encode()) :].startswith(kept)

    def _described(self, name: bytes) -> CachedKey:
        left, kind = self._redis.ttl(name), self._redis.type(name)
        size = self._redis.memory_usage(name)
        key = name.decode(errors="replace").removeprefix(self._prefix)
        return CachedKey(key, _text(kind), int(left) if int(left) >= 0 else None, int(size or 0))

    def _stats(self) -> CacheStats:
        # The first may have to connect, which no request for a page does.
        self._redis.ping()
        started = perf_counter()
        self._redis.ping()
        latency = (perf_counter() - started) * 1000
        info: Any = self._redis.info()
        counted: Any = self._redis.hmget(self._name("stats"), list(COUNTERS))
        return CacheStats(
            is_connected=True,
            **{name: int(number or 0) for name, number in zip(COUNTERS, counted, strict=True)},
            keys=int(self._redis.dbsize()),
            memory_bytes=int(info["used_memory"]),
            max_memory_bytes=int(info.get("maxmemory", 0)),
            evicted=int(info.get("evicted_keys", 0)),
            uptime_seconds=int(info["uptime_in_seconds"]),
            latency_ms=round(latency, 2),
            version=str(info["redis_version"]),
            policy=str(info.get("maxmemory_policy", "")),
        )

    def _name(self, key: str) -> str:
        return self._prefix + key

    def _lock_name(self, key: str) -> str:
        return f"{self._prefix}lock:{key}"


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
