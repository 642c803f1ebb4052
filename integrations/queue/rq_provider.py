"""The queue on RQ."""

import time
from typing import Any

from redis.exceptions import RedisError
from rq import Queue, Retry, cron_scheduler_registry
from rq.exceptions import DuplicateJobError
from rq.worker_registration import get_keys

from integrations.redis_connections import raw_redis

# What somebody waits for: mails, invoices, the index of one product. Each takes a moment.
QUEUE_NAME = "atelier"
# What goes through a whole file or the whole catalogue; it has a worker of its own, so that nobody waits behind it.
LONG_QUEUE_NAME = "atelier-long"
QUEUE_NAMES = (QUEUE_NAME, LONG_QUEUE_NAME)
RELAY_JOB = "jobs.outbox.relay_outbox"
# Every job is attempted again after these seconds, then shown as failed (spec/mail-notifications.md).
RETRY_SECONDS = [5, 30, 120]
JOB_SECONDS = 120
# The scheduler says that it lives at least once a minute; in seconds.
SCHEDULER_SILENCE = 180
LONG_JOB_SECONDS = 3600
LONG_JOBS = frozenset(
    {
        "jobs.imports.check_import",
        "jobs.imports.apply_import",
        "jobs.imports.undo_import",
        "jobs.imports.index_import",
        "jobs.imports.recount_import",
        "jobs.imports.purge_imports",
        "jobs.search.index_changed_products",
        "jobs.search.rebuild_search",
        "jobs.gamme_facets.count_changed_gammes",
        "jobs.recommendations.rebuild_offers",
        # Short, but it waits for a recount of the whole catalogue.
        "jobs.recommendations.recount_offers",
        "jobs.recommendations.rebuild_recommendations",
        "jobs.cache.warm_cache",
    }
)


def queue_name_of(job: str) -> str:
    """Return the name of the queue that `job` (import path) waits in."""
    return LONG_QUEUE_NAME if job in LONG_JOBS else QUEUE_NAME


class RqQueue:
    """Jobs in Redis, worked by `flask work`."""

    def __init__(self) -> None:
        self._connection = raw_redis()
        self._queues = {name: Queue(name, connection=self._connection) for name in QUEUE_NAMES}

    def enqueue(self, job: str, *args: Any, key: str) -> None:
        """Queue `job`; raises ConnectionError when Redis is away."""
        try:
            self._queues[queue_name_of(job)].enqueue(
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
            self._queues[QUEUE_NAME].enqueue(RELAY_JOB, at_front=True, job_timeout=JOB_SECONDS, result_ttl=0)
        except RedisError as error:
            raise ConnectionError(str(error)) from error

    def ping(self) -> None:
        """Raise ConnectionError when Redis is away."""
        try:
            self._connection.ping()
        except RedisError as error:
            raise ConnectionError(str(error)) from error

    def count_workers(self) -> int:
        """Return how many workers with an unexpired heartbeat the less attended queue has; raises ConnectionError."""
        try:
            return min(self._count_workers_of(queue) for queue in self._queues.values())
        except RedisError as error:
            raise ConnectionError(str(error)) from error

    def has_scheduler(self) -> bool:
        """Say whether a scheduler gave a sign of life lately; raises ConnectionError when Redis is away."""
        try:
            since = time.time() - SCHEDULER_SILENCE
            return bool(self._connection.zcount(cron_scheduler_registry.get_registry_key(), since, "+inf"))
        except RedisError as error:
            raise ConnectionError(str(error)) from error

    def _count_workers_of(self, queue: Queue) -> int:
        keys = get_keys(queue)
        # A killed worker stays in the register, but what it says of itself expires.
        return int(self._connection.exists(*keys)) if keys else 0
