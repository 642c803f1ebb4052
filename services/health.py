"""Is the shop well: each server it stands on is asked at once, none for longer than a moment."""

import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum

import structlog
from sqlalchemy import text

from integrations.mailer import mailer
from integrations.queue import queue
from integrations.redis_connections import cache_redis, lasting_redis
from integrations.search import search_engine
from models.database import session
from services.index_marks import index_lag_seconds

log = structlog.get_logger()
PATIENCE_SECONDS = 2.0
# Shared by every request: a server that hangs holds a few threads for a while, never one more per question.
_pool = ThreadPoolExecutor(max_workers=12, thread_name_prefix="health")


class State(StrEnum):
    """How a part is, or the whole."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True)
class Part:
    """One server and how long it took to answer, in milliseconds."""

    state: State
    latency_ms: float


@dataclass(frozen=True)
class Health:
    """The whole and its parts by name."""

    state: State
    parts: Mapping[str, Part]
    # For how long the oldest change of a product has been unknown to the search; None when nobody can tell.
    index_lag_seconds: float | None = None


def check_health() -> Health:
    """Ask every part; without database, Redis or queue the shop is down, without another it is degraded."""
    health = _check(CHECKS, vital={"database", "redis", "queue"})
    if health.parts["database"].state != State.OK:
        return health
    try:
        return replace(health, index_lag_seconds=round(_pool.submit(_index_lag).result(timeout=1.0), 1))
    except Exception as error:
        log.warning("health.lag_unknown", error=f"{type(error).__name__}: {error}")
        return health


def check_readiness() -> Health:
    """Ask what a visit needs: without the database there is no shop, without Redis there is less of one."""
    return _check(("database", "redis"), vital={"database"})


def _check(names: Collection[str], *, vital: Collection[str]) -> Health:
    asked_at = time.perf_counter()
    answers = {name: _pool.submit(_timed, CHECKS[name]) for name in names}
    parts = {name: _await(name, answer, asked_at, is_vital=name in vital) for name, answer in answers.items()}
    return Health(max((part.state for part in parts.values()), key=list(State).index), parts)


def _await(name: str, answer: Future[tuple[bool, float]], asked_at: float, *, is_vital: bool) -> Part:
    try:
        is_well, seconds = answer.result(timeout=max(0.0, asked_at + PATIENCE_SECONDS - time.perf_counter()))
    except Exception as error:
        answer.cancel()
        log.warning("health.part_away", part=name, error=f"{type(error).__name__}: {error}")
        return Part(State.DOWN if is_vital else State.DEGRADED, _milliseconds(time.perf_counter() - asked_at))
    return Part(State.OK if is_well else State.DEGRADED, _milliseconds(seconds))


def _timed(check: Callable[[], bool]) -> tuple[bool, float]:
    started = time.perf_counter()
    return check(), time.perf_counter() - started


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _database() -> bool:
    try:
        return session.scalar(text("SELECT true")) is True
    finally:
        session.remove()


def _index_lag() -> float:
    try:
        return index_lag_seconds()
    finally:
        session.remove()


def _redis() -> bool:
    return bool(lasting_redis().ping())


def _cache() -> bool:
    return bool(cache_redis().ping())


def _queue() -> bool:
    """Jobs can be left, and somebody is there to do them."""
    queue().ping()
    return queue().count_workers() > 0


def _schedule() -> bool:
    """Somebody queues what recurs."""
    return queue().has_scheduler()


def _search() -> bool:
    """The engine answers; when it does not, PostgreSQL searches in its place."""
    search_engine().ping()
    return True


def _mail() -> bool:
    mailer().ping()
    return True


CHECKS: Mapping[str, Callable[[], bool]] = {
    "database": _database,
    "redis": _redis,
    "cache": _cache,
    "queue": _queue,
    "schedule": _schedule,
    "search": _search,
    "mail": _mail,
}
