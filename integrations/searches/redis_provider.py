"""Notes in Redis: a list `searches`, and `search:away_since`."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from redis.exceptions import RedisError

from integrations.redis_connections import lasting_redis
from integrations.searches.interface import Note

NOTES = "searches"
AWAY = "search:away_since"
# More than a busy shop notes between two emptyings, less than a megabyte or two.
MOST_KEPT = 10_000
# The job that watches the engine confirms each minute.
FADES_AFTER_SECONDS = 180
T = TypeVar("T")


class RedisSearchNotes:
    """One round trip for a note."""

    def add(self, note: Note) -> None:
        """Keep a note and cut the list; raises ConnectionError when Redis is away."""

        def write() -> None:
            with lasting_redis().pipeline(transaction=False) as pipe:
                pipe.rpush(NOTES, json.dumps(note))
                pipe.ltrim(NOTES, -MOST_KEPT, -1)
                pipe.execute()

        _asking(write)

    def take(self, limit: int) -> list[Note]:
        """Return the oldest notes and forget them; raises ConnectionError when Redis is away."""
        found = _asking(lambda: lasting_redis().lpop(NOTES, limit)) or []
        assert isinstance(found, list)
        return [json.loads(line) for line in found]

    def mark_away(self, at: datetime) -> None:
        """Remember since when; raises ConnectionError when Redis is away."""

        def write() -> None:
            with lasting_redis().pipeline() as pipe:
                pipe.set(AWAY, at.isoformat(), nx=True)
                pipe.expire(AWAY, FADES_AFTER_SECONDS)
                pipe.execute()

        _asking(write)

    def mark_back(self) -> None:
        """Forget it; raises ConnectionError when Redis is away."""
        _asking(lambda: lasting_redis().delete(AWAY))

    def away_since(self) -> datetime | None:
        """Return since when; raises ConnectionError when Redis is away."""
        found = _asking(lambda: lasting_redis().get(AWAY))
        return datetime.fromisoformat(str(found)) if found else None


def _asking(call: Callable[[], T]) -> T:
    try:
        return call()
    except RedisError as error:
        raise ConnectionError(str(error)) from error
