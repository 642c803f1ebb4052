"""Views in Redis: one hash « day:product » → count."""

from datetime import date

import structlog
from redis.exceptions import RedisError

from integrations.redis_connections import lasting_redis

log = structlog.get_logger()
KEY = "views"
# When nobody writes the views down, what comes then is not worth the memory that carts and sessions need.
MAX_FIELDS = 100_000


class RedisViewCounter:
    """Counts in the lasting database, which are written down every minute."""

    def add(self, product_id: int, day: date) -> None:
        """Count one view; a Redis that is away or full of views loses it."""
        try:
            if lasting_redis().hlen(KEY) < MAX_FIELDS:
                lasting_redis().hincrby(KEY, f"{day.isoformat()}:{product_id}", 1)
        except RedisError as error:
            log.warning("views.lost", error=str(error))

    def take(self) -> dict[tuple[date, int], int]:
        """Return the counts and forget them in one step; raises ConnectionError when Redis is away."""
        try:
            with lasting_redis().pipeline(transaction=True) as pipe:
                pipe.hgetall(KEY)
                pipe.delete(KEY)
                stored, _deleted = pipe.execute()
        except RedisError as error:
            raise ConnectionError(str(error)) from error
        return {_day_and_product(field): int(count) for field, count in stored.items()}


def _day_and_product(field: str) -> tuple[date, int]:
    day, _colon, product_id = field.partition(":")
    return date.fromisoformat(day), int(product_id)
