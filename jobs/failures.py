"""Jobs that failed for good: kept 30 days, to be read and run again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.registry import FailedJobRegistry

from integrations.queue.rq_provider import QUEUE_NAMES
from integrations.redis_connections import raw_redis
from jobs.unit_of_work import ShopJob

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class FailedJob:
    """A job that failed, when, and the last line of why."""

    id: str
    name: str
    call: str
    failed_at: datetime | None
    reason: str


def list_failed_jobs(*, limit: int = 100) -> list[FailedJob]:
    """List the jobs that failed for good, newest first."""
    ids = [job_id for registry in _registries() for job_id in registry.get_job_ids(0, limit - 1, desc=True)]
    found = [_describe(job) for job in Job.fetch_many(ids, connection=raw_redis()) if job is not None]
    return sorted(found, key=lambda job: job.failed_at or NEVER, reverse=True)[:limit]


def find_failed_job(id: str) -> FailedJob | None:
    """Return one failed job, None when it is no longer kept."""
    try:
        return _describe(Job.fetch(id, connection=raw_redis()))
    except NoSuchJobError:
        return None


def replay_failed_jobs(ids: Collection[str] = ()) -> int:
    """Queue failed jobs again, those of `ids` or all of them; return how many. Each is safe to run twice."""
    replayed = 0
    for registry in _registries():
        for job_id in registry.get_job_ids():
            if not ids or job_id in ids:
                registry.requeue(job_id)
                replayed += 1
    return replayed


def _registries() -> list[FailedJobRegistry]:
    return [FailedJobRegistry(queue=Queue(name, connection=raw_redis()), job_class=ShopJob) for name in QUEUE_NAMES]


def _describe(job: Job) -> FailedJob:
    result = job.latest_result()
    lines = (result.exc_string or "").strip().splitlines() if result else []
    return FailedJob(
        id=job.id,
        name=job.func_name or "",
        call=f"{job.func_name}({', '.join(map(str, job.args))})",
        failed_at=job.ended_at,
        reason=lines[-1][:300] if lines else "",
    )
