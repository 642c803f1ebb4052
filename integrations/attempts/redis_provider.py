"""Attempts in Redis under `attempts:{key}`."""

from redis.exceptions import RedisError

from integrations.attempts.interface import Attempts
from integrations.redis_connections import lasting_redis


class RedisAttemptCounter:
    """Counts in one round trip, so that parallel attempts are all counted."""

    def count(self, key: str, *, seconds: int) -> Attempts:
        """Count one more attempt; raises ConnectionError when Redis is away."""
        name = _name(key)
        try:
            with lasting_redis().pipeline() as pipe:
                pipe.set(name, 0, ex=seconds, nx=True)
                pipe.incr(name)
                pipe.ttl(name)
                _made, number, left = pipe.execute()
        except RedisError as error:
            raise ConnectionError(str(error)) from error
        return Attempts(int(number), max(1, int(left)))

    def forget(self, key: str) -> None:
        """Start again from zero; raises ConnectionError when Redis is away."""
        try:
            lasting_redis().delete(_name(key))
        except RedisError as error:
            raise ConnectionError(str(error)) from error


def _name(key: str) -> str:
    return f"attempts:{key}"
