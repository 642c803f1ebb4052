"""The embedded services are the real ones, and each may fail alone."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import psycopg
import pytest
import redis

from config import Settings
from devstack import services as devstack_services
from devstack.datadir import DataDir
from devstack.errors import StackError
from devstack.http import answers_200
from devstack.meilisearch import Meilisearch, why_missing
from devstack.postgres import Postgres
from devstack.postgres import program as postgres_program
from devstack.services import Services, cache_beside

if TYPE_CHECKING:
    from devstack.redis import Redis


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    started = devstack_services.start(tmp_path_factory.mktemp("stack"), durable=True)
    yield started
    started.stop()


def rows(server: Postgres | None) -> list[int]:
    assert server
    with server.connect() as connection:
        return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY number")]


def client(server: "Redis | None") -> "redis.Redis":
    assert server
    return redis.Redis.from_url(server.url, decode_responses=True)


def test_the_settings_it_gives_point_the_shop_at_it(stack: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in stack.environment.items():
        monkeypatch.setenv(name, value)
    settings = Settings(_env_file=None)
    assert settings.database_url.get_secret_value().endswith("/atelier")
    assert settings.paybox_public_keys[0].read_bytes().startswith(b"-----BEGIN PUBLIC KEY-----")
    assert settings.paybox_accept_test_authorisations
    with psycopg.connect(settings.database_url.get_secret_value().replace("+psycopg", "")) as connection:
        assert connection.info.server_version // 10_000 == 18


def test_data_survive_a_power_cut_of_postgresql(stack: Services) -> None:
    assert stack.postgres
    with stack.postgres.connect() as connection:
        connection.execute("CREATE TABLE kept (number int PRIMARY KEY)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 3)")
        # Committed, but nothing of it has reached the table's own file.
        stack.postgres.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    stack.postgres.start()
    assert rows(stack.postgres) == [1, 2, 3]


def test_a_pid_file_left_by_a_killed_server_does_not_stop_the_next(stack: Services) -> None:
    assert stack.postgres
    stack.postgres.kill()
    pid_file = stack.postgres.directory / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    # By now the number belongs to somebody else: ourselves.
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    stack.postgres.start()
    assert stack.postgres.answers()


def test_carts_and_queues_survive_a_restart_and_are_never_evicted(stack: Services) -> None:
    assert stack.redis
    with client(stack.redis) as wire:
        wire.set("cart", "two brake pads")
        assert wire.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"
    stack.redis.stop()
    assert not stack.redis.answers()
    stack.redis.start()
    with client(stack.redis) as wire:
        assert wire.get("cart") == "two brake pads"


def test_the_cache_forgets_the_least_used(stack: Services) -> None:
    with client(stack.cache) as wire:
        assert wire.config_get("maxmemory-policy")["maxmemory-policy"] == "volatile-ttl"
        assert int(wire.config_get("maxmemory")["maxmemory"]) > 0


def test_redis_asks_for_its_password(stack: Services) -> None:
    assert stack.redis
    with socket.create_connection(("127.0.0.1", stack.redis.port), timeout=5) as wire:
        wire.sendall(b"PING\r\n")
        assert wire.recv(64).startswith(b"-NOAUTH")


@pytest.mark.skipif(why_missing() is not None, reason="no Meilisearch for this machine")
def test_meilisearch_can_stop_and_come_back(stack: Services) -> None:
    assert stack.meilisearch
    address = f"{stack.meilisearch.url}/health"
    stack.meilisearch.stop()
    assert not answers_200(address)
    stack.meilisearch.start()
    assert answers_200(address)


def test_nothing_listens_beyond_loopback(stack: Services) -> None:
    for service in stack:
        sockets = psutil.Process(service.process.pid).net_connections(kind="inet")
        listening = {wire.laddr.ip for wire in sockets if wire.status == psutil.CONN_LISTEN}
        assert listening == {"127.0.0.1"}, service.name


def test_a_second_stack_runs_beside_the_first(stack: Services, tmp_path: Path) -> None:
    other = devstack_services.start(tmp_path / "other", meilisearch=False, durable=False)
    try:
        assert {service.name for service in other} <= {service.name for service in stack}
        assert other.postgres
        assert other.postgres.answers()
    finally:
        other.stop()


def test_the_same_data_are_refused_to_a_second_stack(stack: Services) -> None:
    with pytest.raises(StackError, match="Another run"):
        devstack_services.start(stack.data.path, meilisearch=False)


def test_servers_the_operator_brings_are_not_embedded(tmp_path: Path) -> None:
    given = {"DATABASE_URL", "REDIS_URL", "MEILISEARCH_URL"}
    data = devstack_services.hold(tmp_path / "data")
    prepared = devstack_services.choose(data, meilisearch=True, durable=False, given=given)
    assert [service.name for service in prepared] == ["Mailbox", "Paybox stand-in"]
    assert not given & set(prepared.environment)
    prepared.stop()


@pytest.mark.parametrize(
    ("redis_url", "expected"),
    [
        ("redis://cache.internal:6379", "redis://cache.internal:6379/1"),
        ("redis://:secret@cache.internal:6379/0", "redis://:secret@cache.internal:6379/1"),
        ("rediss://cache.internal/4?timeout=1", "rediss://cache.internal/5?timeout=1"),
    ],
)
def test_an_operators_redis_lends_its_next_database_to_the_cache(redis_url: str, expected: str) -> None:
    assert cache_beside(redis_url) == expected


def test_a_missing_meilisearch_is_one_sentence(tmp_path: Path) -> None:
    assert "search runs on PostgreSQL" in str(why_missing(tmp_path / "meilisearch"))


def test_a_meilisearch_that_cannot_start_is_done_without(data: DataDir) -> None:
    broken = data.path / "meilisearch-binary"
    broken.write_text("#!/bin/sh\necho 'GLIBC_9.99 not found' >&2; exit 1\n")
    services = Services(data, meilisearch=Meilisearch(data, binary=broken))
    devstack_services.launch(services)
    assert services.meilisearch is None
    assert "search runs on PostgreSQL" in services.notes[0]
    assert "GLIBC_9.99" in services.notes[0]
    assert services.environment.get("MEILISEARCH_URL") is None


def test_a_missing_binary_is_one_sentence_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devstack.postgres.find_spec", lambda name: None)
    with pytest.raises(StackError, match=r"has no PostgreSQL for this machine: run `make setup`, or set DATABASE_URL"):
        postgres_program("postgres")


def test_files_of_another_major_version_are_refused(data: DataDir) -> None:
    server = Postgres(data, durable=False)
    server.directory.mkdir()
    (server.directory / "PG_VERSION").write_text("16\n")
    with pytest.raises(StackError, match="was written by PostgreSQL 16 and this is 18"):
        server.start()
