"""Whether this machine's worker and scheduler go round: they say so in Redis, where their health checks look."""

import socket
from datetime import timedelta

from rq import Worker
from rq.cron import CronScheduler

from integrations.redis_connections import raw_redis
from models.database import utc_now

# Both say so at least once a minute.
SILENCE = timedelta(minutes=3)


def has_live_worker() -> bool:
    """Say whether a worker of this machine gave a sign of life lately; raises RedisError when Redis is away."""
    beats = [worker.last_heartbeat for worker in Worker.all(raw_redis()) if worker.hostname == socket.gethostname()]
    return any(beat is not None and utc_now() - beat < SILENCE for beat in beats)


def has_live_scheduler() -> bool:
    """Say whether a scheduler of this machine gave a sign of life lately; raises RedisError when Redis is away."""
    here = [cron for cron in CronScheduler.all(raw_redis(), cleanup=False) if cron.hostname == socket.gethostname()]
    return any(cron.last_heartbeat is not None and utc_now() - cron.last_heartbeat < SILENCE for cron in here)
