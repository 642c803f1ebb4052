"""GET /health: the truth about every part, quickly, whatever hangs."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from devstack.services import Services
from integrations.mailer import FakeMailer, mailer
from integrations.queue import FakeQueue, queue
from integrations.search import FakeSearchEngine, search_engine
from services import health

PARTS = {"database", "redis", "cache", "queue", "schedule", "search", "mail"}


@dataclass
class Fakes:
    queue: FakeQueue
    mailer: FakeMailer
    search: FakeSearchEngine


@pytest.fixture
def fakes() -> Iterator[Fakes]:
    """Queue, mail and search in memory; database and both Redis are real."""
    with ExitStack() as stack:
        yield Fakes(
            stack.enter_context(queue.replaced_by(FakeQueue())),
            stack.enter_context(mailer.replaced_by(FakeMailer())),
            stack.enter_context(search_engine.replaced_by(FakeSearchEngine())),
        )


def states(answer: TestResponse) -> dict[str, str]:
    return {name: part["state"] for name, part in answer.get_json()["parts"].items()}


def test_all_is_well(client: FlaskClient, fakes: Fakes) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    said = answer.get_json()
    assert said["status"] == "ok"
    assert set(said["parts"]) == PARTS
    assert all(part["state"] == "ok" and 0 <= part["latency_ms"] < 2000 for part in said["parts"].values())
    assert set(said) == {"status", "timestamp", "uptime", "parts", "index_lag_seconds"}
    assert all(set(part) == {"state", "latency_ms"} for part in said["parts"].values())
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_without_search_mail_worker_or_scheduler_it_is_degraded_and_serves(client: FlaskClient, fakes: Fakes) -> None:
    fakes.mailer.away = fakes.search.away = True
    fakes.queue.workers, fakes.queue.is_scheduled = 0, False
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.get_json()["status"] == "degraded"
    told = states(answer)
    assert {told[part] for part in ("mail", "search", "queue", "schedule")} == {"degraded"}
    assert told["database"] == told["redis"] == "ok"


def test_without_a_queue_it_is_down(client: FlaskClient, fakes: Fakes) -> None:
    fakes.queue.away = True
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.get_json()["status"] == states(answer)["queue"] == "down"
    # Visits go on without: what they leave waits in the outbox.
    assert client.get("/health/ready").status_code == 200


def test_without_redis_it_is_down_but_serves_visits(client: FlaskClient, fakes: Fakes, services: Services) -> None:
    assert services.redis
    services.redis.stop()
    try:
        answer = client.get("/health")
        ready = client.get("/health/ready")
    finally:
        services.redis.start()
    assert (answer.status_code, states(answer)["redis"]) == (503, "down")
    assert (ready.status_code, ready.get_json()["status"]) == (200, "degraded")
    assert client.get("/health").status_code == 200


def test_without_the_cache_it_is_degraded(client: FlaskClient, fakes: Fakes, services: Services) -> None:
    assert services.cache
    services.cache.stop()
    try:
        answer = client.get("/health")
    finally:
        services.cache.start()
    assert (answer.status_code, states(answer)["cache"]) == (200, "degraded")


def test_without_the_database_it_is_down(client: FlaskClient, fakes: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> bool:
        raise OSError("no route to the database at 10.0.0.5")

    monkeypatch.setattr(health, "CHECKS", {**health.CHECKS, "database": away})
    for path in ("/health", "/health/ready"):
        answer = client.get(path)
        assert (answer.status_code, states(answer)["database"]) == (503, "down")
        assert b"10.0.0.5" not in answer.data


def test_what_hangs_holds_nobody_up(client: FlaskClient, fakes: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(health, "CHECKS", {**health.CHECKS, "mail": lambda: released.wait(10)})
    started = time.perf_counter()
    answer = client.get("/health")
    released.set()
    assert time.perf_counter() - started < 2
    assert (answer.status_code, states(answer)["mail"]) == (200, "degraded")


def test_a_probe_never_starts_a_session(client: FlaskClient, fakes: Fakes) -> None:
    client.get("/health/ready")
    assert client.get_cookie("connect.sid") is None
