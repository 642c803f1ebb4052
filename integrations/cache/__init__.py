"""Where finished answers wait to be asked for again: interface, Redis provider, fake."""

from config import settings
from integrations.cache.fake import FakeCache
from integrations.cache.interface import Build, Cache, CachedKey, CacheStats, KeyPage
from integrations.cache.redis_provider import RedisCache
from integrations.provided import Provided


def _from_settings() -> Cache:
    config = settings()
    return RedisCache(config.cache_redis_url.get_secret_value(), prefix=config.cache_prefix)


cache: Provided[Cache] = Provided(_from_settings)

__all__ = ["Build", "Cache", "CacheStats", "CachedKey", "FakeCache", "KeyPage", "RedisCache", "cache"]
