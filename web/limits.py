"""How often one visitor may ask: counted in Redis, per process when Redis is away."""

import time

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from redis.exceptions import RedisError

from config import Settings

limiter = Limiter(get_remote_address, in_memory_fallback_enabled=True, swallow_errors=True)


def install(app: Flask, config: Settings) -> None:
    """Count requests of `app` by the settings' limits; static files and health are free."""
    app.config.update(
        RATELIMIT_STORAGE_URI=config.redis_url.get_secret_value(),
        RATELIMIT_STORAGE_OPTIONS={"socket_connect_timeout": 1, "socket_timeout": 1},
        RATELIMIT_DEFAULT=config.limit_public,
        RATELIMIT_ENABLED=config.app_env != "test",
        RATELIMIT_KEY_PREFIX="limit",
    )
    limiter.init_app(app)

    @limiter.request_filter
    def is_free() -> bool:
        return request.endpoint in ("static", "api.health.show", "api.health.ready")

    app.after_request(_say_what_is_left)


def _say_what_is_left(response: Response) -> Response:
    """Tell programs, and whoever was refused; a browser has no use for it, and asking Redis twice more takes time."""
    limit = limiter.current_limit
    if limit is None or not (request.path.startswith("/api/") or limit.breached):
        return response
    try:
        reset_at, remaining = limit.reset_at, limit.remaining
    except (OSError, RedisError):
        return response
    response.headers["X-RateLimit-Limit"] = str(limit.limit.amount)
    response.headers["X-RateLimit-Remaining"] = str(remaining)
    response.headers["X-RateLimit-Reset"] = str(reset_at)
    if limit.breached:
        response.headers["Retry-After"] = str(max(1, int(reset_at - time.time())))
    return response
