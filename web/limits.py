"""How often one visitor may ask: counted in Redis, per process when Redis is away."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from config import Settings

limiter = Limiter(get_remote_address, headers_enabled=True, in_memory_fallback_enabled=True, swallow_errors=True)


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
