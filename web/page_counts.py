"""How often the cache had the answer: counted in the process and told to Redis now and then; a hit costs nothing."""

import time
from collections import Counter
from threading import Lock

import structlog

from integrations.cache import cache

log = structlog.get_logger()
EVERY_SECONDS = 5.0


class Counts:
    """Counts events by name; the one that comes after five seconds carries the sums on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._events: Counter[str] = Counter()
        self._tell_at = time.monotonic() + EVERY_SECONDS

    def add(self, name: str) -> None:
        """Count one event."""
        with self._lock:
            self._events[name] += 1
            if time.monotonic() < self._tell_at:
                return
        self.tell()

    def tell(self) -> None:
        """Carry the sums to the cache's counters, and write the one line that stands for all these requests."""
        with self._lock:
            told, self._events = dict(self._events), Counter()
            self._tell_at = time.monotonic() + EVERY_SECONDS
        if told:
            cache().count(**told)
            log.info("cache.answers", **told)


counts = Counts()
