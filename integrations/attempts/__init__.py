"""Where attempts are counted, so that nobody can guess for long: interface, Redis provider, fake."""

from integrations.attempts.fake import FakeAttemptCounter
from integrations.attempts.interface import AttemptCounter, Attempts
from integrations.attempts.redis_provider import RedisAttemptCounter
from integrations.provided import Provided

attempts: Provided[AttemptCounter] = Provided(RedisAttemptCounter)

__all__ = ["AttemptCounter", "Attempts", "FakeAttemptCounter", "RedisAttemptCounter", "attempts"]
