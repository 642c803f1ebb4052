"""The queue on a real Redis."""

import time
from importlib import import_module

import pytest

from config import settings
from devstack.services import Services
from integrations.queue import RqQueue
from integrations.queue.rq_provider import (
    LONG_JOBS,
    LONG_QUEUE_NAME,
    QUEUE_NAME,
    QUEUE_NAMES,
    RELAY_JOB,
    SCHEDULER_SILENCE,
)
from integrations.redis_connections import open_redis, raw_redis


@pytest.fixture
def jobs(services: Services) -> RqQueue:
    """An empty queue."""
    queue = RqQueue()
    for waiting in queue._queues.values():
        waiting.empty()
    return queue


def test_the_same_key_is_queued_once(jobs: RqQueue) -> None:
    jobs.enqueue("jobs.orders.send_order_confirmation", 7, key="1-send_order_confirmation")
    jobs.enqueue("jobs.orders.send_order_confirmation", 7, key="1-send_order_confirmation")
    jobs.enqueue("jobs.orders.send_order_confirmation", 7, key="2-send_order_confirmation")
    assert jobs._queues[QUEUE_NAME].count == 2
    job = jobs._queues[QUEUE_NAME].fetch_job("1-send_order_confirmation")
    assert job is not None
    assert (job.func_name, job.args, job.retries_left) == ("jobs.orders.send_order_confirmation", (7,), 3)


def test_a_relay_goes_ahead_of_what_waits(jobs: RqQueue) -> None:
    jobs.enqueue("jobs.orders.send_order_confirmation", 7, key="3-send_order_confirmation")
    jobs.relay_outbox()
    first = jobs._queues[QUEUE_NAME].jobs[0]
    assert first.func_name == RELAY_JOB


def test_what_takes_long_waits_in_a_queue_of_its_own(jobs: RqQueue) -> None:
    jobs.enqueue("jobs.imports.apply_import", 7, key="5-apply_import")
    jobs.enqueue("jobs.search.index_product", 7, key="6-index_product")
    assert [job.id for job in jobs._queues[LONG_QUEUE_NAME].jobs] == ["5-apply_import"]
    assert [job.id for job in jobs._queues[QUEUE_NAME].jobs] == ["6-index_product"]


@pytest.mark.parametrize("path", sorted(LONG_JOBS))
def test_what_takes_long_exists(path: str) -> None:
    module, _dot, name = path.rpartition(".")
    assert callable(getattr(import_module(module), name))


def test_nobody_works_until_somebody_does_at_both_queues(jobs: RqQueue) -> None:
    redis = raw_redis()
    redis.set("rq:worker:alive", 1, ex=60)
    try:
        for name in QUEUE_NAMES:
            assert jobs.count_workers() == 0
            redis.sadd(f"rq:workers:{name}", "rq:worker:alive", "rq:worker:dead")
        assert jobs.count_workers() == 1
    finally:
        redis.delete("rq:worker:alive", *(f"rq:workers:{name}" for name in QUEUE_NAMES))


def test_a_queue_that_is_away_says_so(services: Services) -> None:
    away = RqQueue()
    url = settings().redis_url.get_secret_value().rpartition(":")[0] + ":1/0"
    away._connection = open_redis(url, decode=False)
    for waiting in away._queues.values():
        waiting.connection = away._connection
    for ask in (away.ping, away.count_workers, away.relay_outbox):
        with pytest.raises(ConnectionError):
            ask()
    with pytest.raises(ConnectionError):
        away.enqueue("jobs.orders.send_order_confirmation", 7, key="4-send_order_confirmation")


def test_a_scheduler_that_has_long_been_silent_is_none(jobs: RqQueue) -> None:
    redis = raw_redis()
    silent = time.time() - SCHEDULER_SILENCE
    redis.zadd("rq:cron_schedulers", {"silent": silent - 1})
    try:
        assert not jobs.has_scheduler()
        redis.zadd("rq:cron_schedulers", {"alive": silent + 60})
        assert jobs.has_scheduler()
    finally:
        redis.zrem("rq:cron_schedulers", "silent", "alive")
