"""A cache in memory, for tests."""

from collections.abc import Collection
from fnmatch import fnmatchcase
from typing import Any

from integrations.cache.interface import Build, CachedKey, CacheStats, KeyPage


class FakeCache:
    """Keeps entries in a dictionary; `away = True` makes it know nothing, as a stopped Redis does."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}
        self.tags: dict[str, set[str]] = {}
        self.purged: dict[str, int] = {}
        self.locks: dict[str, str] = {}
        self.counted: dict[str, int] = {}
        self.away = False
        self._now = 0

    def read(self, key: str) -> bytes | None:
        """Return the entry."""
        return None if self.away else self.entries.get(key)

    def begin(self, key: str, *, lock_seconds: int = 10) -> Build | None:
        """Say that an entry is about to be made."""
        if self.away:
            return None
        self._now += 1
        token = "" if key in self.locks else str(self._now)
        if token:
            self.locks[key] = token
        return Build(key, self._now, token)

    def is_being_built(self, key: str) -> bool:
        """Say whether somebody holds the lock."""
        return key in self.locks

    def store(self, build: Build, entry: bytes, *, tags: Collection[str], seconds: int) -> bool:
        """Keep the entry unless one of its tags was purged since."""
        self.abandon(build)
        if self.away or any(self.purged.get(tag, -1) >= build.since for tag in tags):
            return False
        self.entries[build.key] = entry
        for tag in tags:
            self.tags.setdefault(tag, set()).add(build.key)
        return True

    def abandon(self, build: Build) -> None:
        """End a build without an entry."""
        if build.token and self.locks.get(build.key) == build.token:
            del self.locks[build.key]

    def purge(self, tags: Collection[str]) -> int:
        """Forget every entry under one of the tags."""
        self._now += 1
        forgotten = 0
        for tag in tags:
            self.purged[tag] = self._now
            forgotten += self.purge_keys(self.tags.pop(tag, set()))
        return forgotten

    def purge_keys(self, keys: Collection[str]) -> int:
        """Forget these entries."""
        return sum(self.entries.pop(key, None) is not None for key in keys)

    def purge_matching(self, pattern: str) -> int:
        """Forget the entries whose key matches."""
        return self.purge_keys([key for key in self.entries if fnmatchcase(key, pattern)])

    def count(self, **events: int) -> None:
        """Add to the counters."""
        for name, number in events.items():
            self.counted[name] = self.counted.get(name, 0) + number

    def stats(self) -> CacheStats:
        """Return how the cache is doing."""
        counted: Any = self.counted
        return CacheStats() if self.away else CacheStats(is_connected=True, keys=len(self.entries), **counted)

    def list_keys(self, pattern: str, *, cursor: int = 0, limit: int = 100) -> KeyPage:
        """List keys that match."""
        found = sorted(key for key in self.entries if fnmatchcase(key, pattern))
        some = found[cursor : cursor + limit]
        following = cursor + limit if cursor + limit < len(found) else 0
        return KeyPage([CachedKey(key, "string", None, len(self.entries[key])) for key in some], following)
