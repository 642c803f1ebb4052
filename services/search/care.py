"""Looking after the search: how many products the engine knows, how it fares, and building its index anew."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from domain.orders import Actor
from integrations.queue import queue
from integrations.search import SearchUnavailable
from models.database import session
from models.search import SearchRecord
from services.search.indexing import count_indexed
from services.staff import record_change

REBUILD_JOB = "jobs.search.rebuild_search"
COUNTED = timedelta(hours=24)


@dataclass(frozen=True)
class SearchCounts:
    """The searches of a day: all, those that found nothing, those that PostgreSQL answered, and their time."""

    searches: int
    in_vain: int
    degraded: int
    average_ms: float | None
    p95_ms: float | None


def find_indexed() -> int | None:
    """Return how many products the engine knows, None when it does not answer."""
    try:
        return count_indexed()
    except SearchUnavailable:
        return None


def count_searches(*, at: datetime) -> SearchCounts:
    """Count the searches of the last 24 hours."""
    time = SearchRecord.milliseconds
    row = session.execute(
        select(
            func.count(SearchRecord.id),
            func.count(SearchRecord.id).filter(SearchRecord.results == 0),
            func.count(SearchRecord.id).filter(SearchRecord.degraded),
            func.avg(time),
            func.percentile_cont(0.95).within_group(time),
        ).where(SearchRecord.at >= at - COUNTED)
    ).one()
    average, p95 = (None if value is None else round(float(value), 1) for value in row[3:])
    return SearchCounts(row[0], row[1], row[2], average, p95)


def ask_for_reindex(*, by: Actor, at: datetime) -> str:
    """Have a worker build the index anew and return the job's id; raises ConnectionError when the queue is away."""
    job_id = f"reindex-{at:%Y%m%d%H%M}"
    record_change(by=by, action="search.reindex", subject_kind="search", subject_id=0, before={}, after={"job": job_id})
    queue().enqueue(REBUILD_JOB, key=job_id)
    return job_id
