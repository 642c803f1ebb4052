"""`make run` from its start to its end: what it tells, who it stops, what it keeps."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
import requests

from config import Settings
from devstack.ports import free_port
from devstack.process import ROOT

pytestmark = pytest.mark.journey

ONE_PRODUCT = """
from config import settings
from models import database
from tests.factories import make_product
database.connect(settings().database_url.get_secret_value(), pool_size=1, statement_timeout_ms=5000)
make_product()
database.session.commit()
"""
PARTS = {
    *("PostgreSQL", "Redis", "Redis cache", "Meilisearch", "Mailbox", "Paybox stand-in"),
    *("Worker", "Long-worker", "Scheduler", "Web"),
}


@dataclass
class Run:
    """One `python -m devstack.run`."""

    process: subprocess.Popen[str]
    data_dir: Path
    port: int

    @property
    def told(self) -> dict[str, Any]:
        return dict(json.loads((self.data_dir / "devstack.json").read_text()))


def wait_for(condition: Callable[[], object], *, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def environment(data_dir: Path, port: int) -> dict[str, str]:
    """This machine's environment without what the tests' own servers have put there."""
    ours = {name.upper() for name in Settings.model_fields}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return {**inherited, "DATA_DIR": str(data_dir), "PORT": str(port)}


@contextmanager
def running(data_dir: Path) -> Iterator[Run]:
    port = free_port()
    (data_dir / "devstack.json").unlink(missing_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "devstack.run"],
        cwd=ROOT,
        env=environment(data_dir, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    run = Run(process, data_dir, port)
    try:
        wait_for(lambda: process.poll() is not None or (data_dir / "devstack.json").exists())
        assert process.poll() is None, process.communicate()[0]
        yield run
    finally:
        process.kill()
        process.communicate()


def alive(pids: dict[str, int]) -> set[str]:
    def is_alive(pid: int) -> bool:
        try:
            return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False

    return {name for name, pid in pids.items() if is_alive(pid)}


def products(told: dict[str, Any]) -> int:
    with psycopg.connect(told["database_url"].replace("+psycopg", "")) as database:
        row = database.execute("SELECT count(*) FROM product").fetchone()
    return int(row[0]) if row else 0


def command(data_dir: Path, code: str) -> str:
    """Run Python with the services of `data_dir`, as `make shell` does; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "devstack.command", "python", "-c", code],
        cwd=ROOT,
        env={**environment(data_dir, free_port()), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DATA_DIR whose shop holds one product, so that no demo shop is loaded."""
    directory = tmp_path_factory.mktemp("whole")
    command(directory, ONE_PRODUCT)
    return directory


def test_it_tells_where_everything_is_and_a_part_that_dies_is_named_and_stops_the_rest(data_dir: Path) -> None:
    with running(data_dir) as run:
        told = run.told
        assert set(told) == {
            *("web", "backoffice", "api_docs", "mailbox", "paybox"),
            *("database_url", "redis_url", "meilisearch_url", "staff", "customer", "pids"),
        }
        assert set(told["staff"]) == set(told["customer"]) == {"email", "password"}
        assert told["web"] == f"http://127.0.0.1:{run.port}"
        for address in (told["web"], f"{told['web']}/health", told["api_docs"], f"{told['mailbox']}/messages.json"):
            assert requests.get(address, timeout=30).status_code == 200, address
        assert requests.get(f"{told['paybox']}/load.html", timeout=10).status_code == 200
        assert set(told["pids"]) == alive(told["pids"]) == PARTS
        assert command(data_dir, "import os; print(os.environ['DATABASE_URL'], end='')") == told["database_url"]

        os.kill(told["pids"]["PostgreSQL"], signal.SIGKILL)
        said, _ = run.process.communicate(timeout=60)
    assert run.process.returncode == 1
    assert "Atelier cannot run: PostgreSQL was ended by SIGKILL, so the rest has been stopped" in said
    assert "Traceback" not in said
    assert alive(told["pids"]) == set()
    assert not (data_dir / "devstack.json").exists()


def test_after_that_nothing_is_lost_and_a_killed_run_leaves_nothing_running(data_dir: Path) -> None:
    with running(data_dir) as run:
        told = run.told
        assert products(told) == 1
        run.process.kill()
        run.process.wait()
        wait_for(lambda: not alive(told["pids"]), seconds=30)


def test_after_that_too_and_a_stop_is_clean(data_dir: Path) -> None:
    with running(data_dir) as run:
        told = run.told
        assert products(told) == 1
        run.process.terminate()
        said, _ = run.process.communicate(timeout=60)
    assert run.process.returncode == 0
    assert "Traceback" not in said
    assert alive(told["pids"]) == set()
    assert not (data_dir / "devstack.json").exists()
