"""Where page views are counted between two writes to the database: interface, Redis provider, fake."""

from integrations.provided import Provided
from integrations.views.fake import FakeViewCounter
from integrations.views.interface import ViewCounter
from integrations.views.redis_provider import RedisViewCounter

views: Provided[ViewCounter] = Provided(RedisViewCounter)

__all__ = ["FakeViewCounter", "RedisViewCounter", "ViewCounter", "views"]
