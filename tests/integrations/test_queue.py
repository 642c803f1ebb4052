"""The queue on a real Redis."""

import pytest

from config import settings
from devstack.services import Services
from integrations.queue import RqQueue
from integrations.queue.rq_provider import RELAY_JOB
from integrations.redis_connections import open_redis, raw_redis


@pytest.fixture
def jobs(services: Services) -> RqQueue:
    """An empty queue."""
    queue = RqQueue()
    queue._queue.empty()
    return queue


def test_the_same_key_is_queued_once(jobs: RqQueue) -> None:
    jobs.enqueue("jobs.orders.send_order_confirmation", 7, key="1-send_order_confirmation")
    jobs.enqueue("jobs.orders.send_order_confirmation", 7, key="1-send_order_confirmation")
    jobs.enqueue("jobs.orders.send_order_confirmation", 7, key="2-send_order_confirmation")
    assert jobs._queue.count == 2
    job = jobs._queue.fetch_job("1-send_order_confirmation")
    assert job is not None
    assert (job.func_name, job.args, job.retries_left) == ("jobs.orders.send_order_confirmation", (7,), 3)


def test_a_relay_goes_ahead_of_what_waits(jobs: RqQueue) -> None:
    jobs.enqueue("jobs.orders.send_order_confirmation", 7, key="3-send_order_confirmation")
    jobs.relay_outbox()
    first = jobs._queue.jobs[0]
    assert first.func_name == RELAY_JOB


def test_nobody_works_until_somebody_does(jobs: RqQueue) -> None:
    assert jobs.count_workers() == 0
    redis = raw_redis()
    redis.sadd("rq:workers:atelier", "rq:worker:alive", "rq:worker:dead")
    redis.set("rq:worker:alive", 1, ex=60)
    try:
        assert jobs.count_workers() == 1
    finally:
        redis.delete("rq:workers:atelier", "rq:worker:alive")


def test_a_queue_that_is_away_says_so(services: Services) -> None:
    away = RqQueue()
    url = settings().redis_url.get_secret_value().rpartition(":")[0] + ":1/0"
    away._queue.connection = open_redis(url, decode=False)
    for ask in (away.ping, away.count_workers, away.relay_outbox):
        with pytest.raises(ConnectionError):
            ask()
    with pytest.raises(ConnectionError):
        away.enqueue("jobs.orders.send_order_confirmation", 7, key="4-send_order_confirmation")
