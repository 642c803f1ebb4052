"""The shop of one size on a directory of its own, loaded if missing, served as in production."""

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.clock import ask, browser
from config import Settings
from devstack import services
from devstack.http import answers_200
from devstack.ports import free_port
from devstack.process import ROOT, Process
from devstack.progress import Progress
from devstack.services import Services
from devstack.shop import DEMO, MIGRATE, REINDEX, granian, has_products, is_index_empty, run_once

# Everything else is as it comes: a limit on visitors would only measure the limit.
NO_LIMITS = {f"LIMIT_{what}": "10000000/minute" for what in ("PUBLIC", "SEARCH", "CART", "PAYMENT", "LOGIN")}
LOADED = "loaded.json"


@dataclass
class Shop:
    """A loaded shop whose services run; `load_seconds` and `index_seconds` are of the day it was loaded."""

    size: str
    services: Services
    load_seconds: float
    index_seconds: float

    @property
    def database_url(self) -> str:
        """The address of its PostgreSQL, as psycopg reads it."""
        return self.services.environment["DATABASE_URL"].replace("postgresql+psycopg", "postgresql", 1)

    @contextmanager
    def served(self, application: str = "app:create_app", **environment: str) -> Iterator["Server"]:
        """Serve `application` by granian with two workers, as production does, until the end of the block."""
        settings = Settings(host="127.0.0.1", port=free_port(), web_workers=2)
        command = [application if word == "app:create_app" else word for word in granian(settings)]
        process = Process(
            name=application,
            command=command,
            log=self.services.data.logs / "bench-web.log",
            environment={**self.services.environment, **NO_LIMITS, **environment},
            directory=ROOT,
        )
        process.start()
        server = Server(process, f"http://127.0.0.1:{settings.port}")
        try:
            path = "/health" if application == "app:create_app" else "/ok"
            process.wait_until(lambda: answers_200(server.address + path, timeout=10), timeout=60)
            yield server
        finally:
            process.stop()


@dataclass
class Server:
    """A running web server."""

    process: Process
    address: str

    def warm_up(self, paths: list[str], rounds: int = 4) -> None:
        """Ask for every path often enough that each worker has seen one of its kind."""
        for _round in range(rounds):
            # A new connection each time: it may go to the other worker.
            session = browser()
            for path in paths:
                ask(session, self.address + path)

    @property
    def memory_mb_per_worker(self) -> float:
        """The resident memory of the largest worker, in MB."""
        workers = psutil.Process(self.process.pid).children(recursive=True)
        return max(int(worker.memory_info().rss) for worker in workers) / 1e6


@contextmanager
def opened(size: str, data_dir: Path, progress: Progress) -> Iterator[Shop]:
    """Start the services of the shop of `size`, load it and its index the first time, and stop them at the end."""
    running = services.start(data_dir / size)
    try:
        yield Shop(size, running, *_loaded(size, running, progress))
    finally:
        running.stop()


def _loaded(size: str, running: Services, progress: Progress) -> tuple[float, float]:
    environment: Mapping[str, str] = running.environment
    kept = running.data.path / LOADED
    log = running.data.logs / "setup.log"
    with progress.step("Database schema"):
        run_once(MIGRATE, environment, log=log, failure="The database could not be brought up to date")
    known: dict[str, float] = json.loads(kept.read_text()) if kept.exists() else {}
    if not (known and has_products(environment["DATABASE_URL"])):
        with progress.step(f"Demo shop of size {size}"):
            began = time.monotonic()
            run_once(
                (*DEMO, size), environment, log=log, failure="The demo shop could not be loaded", progress=progress
            )
            known = {"load_seconds": time.monotonic() - began}
    url = environment.get("MEILISEARCH_URL", "")
    if url and ("index_seconds" not in known or is_index_empty(url, environment["MEILISEARCH_KEY"])):
        with progress.step("Search index"):
            began = time.monotonic()
            run_once(REINDEX, environment, log=log, failure="The index could not be built", progress=progress)
            known["index_seconds"] = time.monotonic() - began
    kept.write_text(json.dumps(known))
    return known["load_seconds"], known.get("index_seconds", 0.0)


def python() -> str:
    """Return this Python's version, for the report."""
    return f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}, {os.cpu_count()} cores"
