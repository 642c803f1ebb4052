"""The queue on RQ."""

from typing import Any

from redis.exceptions import RedisError
from rq import Queue, Retry
from rq.exceptions import DuplicateJobError
from rq.worker_registration import get_keys

from integrations.redis_connections import raw_redis

QUEUE_NAME = "atelier"
RELAY_JOB = "jobs.outbox.relay_outbox"
# Every job is attempted again after these seconds, then shown as failed (spec/mail-notifications.md).
RETRY_SECONDS = [5, 30, 120]
JOB_SECONDS = 120
# What goes through a whole file or the whole catalogue takes its time.
LONG_JOB_SECONDS = 3600
LONG_JOBS = frozenset(
    f"jobs.imports.{name}" for name in ("check_import", "apply_import", "undo_import", "index_import", "recount_import")
) | {"jobs.search.rebuild_search"}


class RqQueue:
    """Jobs in Redis, worked by `flask work`."""

    def __init__(self) -> None:
        self._queue = Queue(QUEUE_NAME, connection=raw_redis(), default_timeout=JOB_SECONDS)

    def enqueue(self, job: str, *args: Any, key: str) -> None:
        """Queue `job`; raises ConnectionError when Redis is away."""
        try:
            self._queue.enqueue(
                job,
                *args,
                job_id=key,
                job_timeout=LONG_JOB_SECONDS if job in LONG_JOBS else JOB_SECONDS,
                retry=Retry(max=len(RETRY_SECONDS), interval=RETRY_SECONDS),
                result_ttl=60,
                failure_ttl=30 * 86400,
                unique=True,
            )
        except DuplicateJobError:
            return
        except RedisError as error:
            raise ConnectionError(str(error)) from error

    def relay_outbox(self) -> None:
        """Queue one relay ahead of the other jobs; raises ConnectionError when Redis is away."""
        try:
            self._queue.enqueue(RELAY_JOB, at_front=True, result_ttl=0)
        except RedisError as error:
            raise ConnectionError(str(error)) from error

    def ping(self) -> None:
        """Raise ConnectionError when Redis is away."""
        try:
            self._queue.connection.ping()
        except RedisError as error:
            raise ConnectionError(str(error)) from error

    def count_workers(self) -> int:
        """Return the workers whose heartbeat has not run out; raises ConnectionError when Redis is away."""
        try:
            keys = get_keys(self._queue)
            # A killed worker stays in the register, but what it says of itself expires.
            return int(self._queue.connection.exists(*keys)) if keys else 0
        except RedisError as error:
            raise ConnectionError(str(error)) from error
