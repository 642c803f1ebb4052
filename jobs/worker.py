"""The worker: RQ's, with jobs that are units of work, quick to notice a death, and alerts for what fails for good."""

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import structlog
from flask import current_app
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.exceptions import StopRequested
from rq.job import Job

from config import settings
from integrations.queue import queue
from integrations.queue.rq_provider import QUEUE_NAMES
from integrations.redis_connections import open_redis
from jobs.alerts import alert_failed_job
from jobs.outbox import path_of
from jobs.unit_of_work import ShopJob

log = structlog.get_logger()
# A job whose worker died is taken up by another after this long without a sign of life, in seconds.
SIGN_OF_LIFE = 30
ALERT_SUFFIX = "-failed"


class ShopWorker(Worker):
    """Works the shop's queues, in order, one forked process per job: what a document leaves in memory dies with it."""

    job_class = ShopJob
    max_connection_wait_time = 5.0
    log_result_lifespan = False
    was_asked_to_stop = False

    def __init__(self, queue_names: Sequence[str]) -> None:
        super().__init__(
            list(queue_names),
            connection=open_redis(settings().redis_url.get_secret_value(), decode=False),
            job_monitoring_interval=SIGN_OF_LIFE // 3,
            maintenance_interval=SIGN_OF_LIFE // 2,
            worker_ttl=SIGN_OF_LIFE,
        )

    def get_heartbeat_ttl(self, job: Job, working_time: float = 0.0) -> int:
        """Return for how long a job is believed to be alive after its last sign of life, in seconds."""
        return SIGN_OF_LIFE

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """Begin a forked process: the connections to PostgreSQL are the parent's, this one opens its own."""
        current_app.extensions["engine"].dispose(close=False)
        super().main_work_horse(job, queue)

    def handle_job_failure(self, job: Job, queue: Queue, *args: Any, **details: Any) -> None:
        """Record a failure; when no try is left, have staff told."""
        is_last = not job.should_retry
        super().handle_job_failure(job, queue, *args, **details)
        if is_last and not job.id.endswith(ALERT_SUFFIX):
            self._alert(job)

    def request_stop(self, signum: int, frame: Any) -> None:
        """Finish the job at hand, then stop."""
        self.was_asked_to_stop = True
        try:
            super().request_stop(signum, frame)  # type: ignore[no-untyped-call]
        except RedisError as error:
            # Redis is away: no job can be at hand.
            raise StopRequested from error

    def _alert(self, job: Job) -> None:
        try:
            queue().enqueue(path_of(alert_failed_job), job.id, key=f"{job.id}{ALERT_SUFFIX}")
        except ConnectionError as error:
            log.error("job.alert_lost", job_id=job.id, error=str(error))


def work(queue_names: Sequence[str] = QUEUE_NAMES, *, burst: bool = False) -> None:
    """Work until asked to stop, or until nothing waits when `burst`; Redis may go away and come back meanwhile."""
    worker: ShopWorker | None = None
    while worker is None or not worker.was_asked_to_stop:
        try:
            worker = ShopWorker(queue_names)
            # What a job does is logged by the job itself; RQ speaks up when something is wrong.
            worker.work(burst=burst, with_scheduler=True, logging_level="WARNING")
            if burst:
                return
            # RQ gives up when Redis goes away during a job.
            time.sleep(1)
        except RedisError as error:
            log.warning("worker.queue_away", error=str(error))
            if burst:
                raise
            with suppress(StopRequested):
                time.sleep(1)
        except StopRequested:
            return
