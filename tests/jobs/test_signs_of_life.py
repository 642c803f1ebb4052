"""The health checks of the processes that serve no port."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from rq import Worker
from rq.cron import CronScheduler

from integrations.queue.rq_provider import QUEUE_NAME
from integrations.redis_connections import raw_redis
from jobs.signs_of_life import SILENCE
from models.database import utc_now


@pytest.fixture
def worker(app: Flask) -> Iterator[Worker]:
    worker = Worker([QUEUE_NAME], connection=raw_redis())
    worker.register_birth()
    yield worker
    worker.register_death()


@pytest.fixture
def scheduler(app: Flask) -> Iterator[CronScheduler]:
    cron = CronScheduler(raw_redis())
    cron.register_birth()
    yield cron
    cron.register_death()


def exit_code(app: Flask, process: str) -> int:
    return app.test_cli_runner().invoke(args=["alive", process]).exit_code


def test_nobody_there_is_not_alive(app: Flask) -> None:
    assert exit_code(app, "worker") == 1
    assert exit_code(app, "scheduler") == 1


def test_who_beats_is_alive(app: Flask, worker: Worker, scheduler: CronScheduler) -> None:
    assert exit_code(app, "worker") == 0
    assert exit_code(app, "scheduler") == 0
    with time_machine.travel(utc_now() + SILENCE * 2):
        assert exit_code(app, "worker") == 1
        assert exit_code(app, "scheduler") == 1


def test_the_worker_of_another_machine_does_not_count(app: Flask, worker: Worker) -> None:
    raw_redis().hset(worker.key, "hostname", "elsewhere")
    assert exit_code(app, "worker") == 1
