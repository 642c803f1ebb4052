"""What the shop needs of the place where finished answers wait to be asked for again."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Build:
    """Leave to make an entry: when it began, and whether nobody else is making the same one (`token`)."""

    key: str
    since: int
    token: str = ""

    @property
    def is_sole(self) -> bool:
        """Whether the lock is ours."""
        return bool(self.token)


@dataclass(frozen=True)
class CacheStats:
    """How the cache is doing; `max_memory_bytes` 0 means without a bound, `latency_ms` is one round trip."""

    is_connected: bool = False
    hits: int = 0
    stale_hits: int = 0
    misses: int = 0
    stored: int = 0
    refused: int = 0
    keys: int = 0
    memory_bytes: int = 0
    max_memory_bytes: int = 0
    evicted: int = 0
    uptime_seconds: int = 0
    latency_ms: float = 0.0
    version: str = ""
    policy: str = ""

    @property
    def hit_ratio(self) -> float | None:
        """Answers found among those asked for, 0 to 1; None before the first."""
        found = self.hits + self.stale_hits
        return found / (found + self.misses) if found + self.misses else None


@dataclass(frozen=True)
class CachedKey:
    """One key as the administration lists it; `seconds_left` None = never ends by itself."""

    key: str
    type: str
    seconds_left: int | None
    bytes: int


@dataclass(frozen=True)
class KeyPage:
    """A piece of the list of keys, and where it goes on (0 = at its end)."""

    keys: list[CachedKey] = field(default_factory=list)
    next_cursor: int = 0


class Cache(Protocol):
    """Entries under tags, which may be forgotten at any time; no call ever raises because the server is away.

    Keys, tags and patterns come without the prefix that sets this shop apart.
    """

    def read(self, key: str) -> bytes | None:
        """Return the entry in one round trip, None when there is none or the server is away."""

    def begin(self, key: str, *, lock_seconds: int = 10) -> Build | None:
        """Say that an entry is about to be made, before anything is read for it; None when the server is away."""

    def is_being_built(self, key: str) -> bool:
        """Say whether somebody holds the lock of an entry."""

    def store(self, build: Build, entry: bytes, *, tags: Collection[str], seconds: int) -> bool:
        """Keep the entry and end the build; refused (False) when one of its tags was purged since it began."""

    def abandon(self, build: Build) -> None:
        """End a build without an entry, so that nobody waits for it."""

    def purge(self, tags: Collection[str]) -> int:
        """Forget every entry under one of the tags; return how many. What a server away keeps is purged later."""

    def purge_keys(self, keys: Collection[str]) -> int:
        """Forget these entries; return how many there were."""

    def purge_matching(self, pattern: str) -> int:
        """Forget the entries whose key matches a pattern (`*` and `?`); return how many."""

    def count(self, **events: int) -> None:
        """Add to the counters of `stats`: hits, stale_hits, misses, stored, refused."""

    def stats(self) -> CacheStats:
        """Return how the cache is doing; not connected when the server is away."""

    def list_keys(self, pattern: str, *, cursor: int = 0, limit: int = 100) -> KeyPage:
        """List keys that match a pattern, from a cursor on; about `limit` of them."""
