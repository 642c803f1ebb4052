"""Connections to Redis: the lasting database (carts, sessions, queues, limits) and the cache."""

from functools import cache

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as HungUp
from redis.retry import Retry

from config import settings


def open_redis(url: str, *, decode: bool) -> "Redis":
    """Open a connection pool that gives up within two seconds rather than hold a request."""
    return Redis.from_url(
        url,
        decode_responses=decode,
        socket_timeout=2,
        socket_connect_timeout=1,
        # A server that hung up has perhaps been started anew; one that is silent would be silent twice.
        retry=Retry(NoBackoff(), 1, supported_errors=(HungUp,)),
        health_check_interval=30,
    )


@cache
def lasting_redis() -> "Redis":
    """Return the connection to carts, sessions and limits; values are text."""
    return open_redis(settings().redis_url.get_secret_value(), decode=True)


@cache
def raw_redis() -> "Redis":
    """Return the connection for what stores bytes in the lasting database: sessions and the queue."""
    return open_redis(settings().redis_url.get_secret_value(), decode=False)


@cache
def cache_redis() -> "Redis":
    """Return the connection to the cache, which may forget anything at any time."""
    return open_redis(settings().cache_redis_url.get_secret_value(), decode=False)
