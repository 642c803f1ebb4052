"""The shop's own programs, as the stack runs them: one-off commands, web server, worker, scheduler."""

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg
import requests

from config import Settings
from devstack.datadir import DataDir
from devstack.errors import StackError, known_remedy
from devstack.http import answers_200
from devstack.process import ROOT, Process, leash
from devstack.progress import Progress
from devstack.service import Service

FLASK = (sys.executable, "-m", "flask", "--app", "app:create_app")
MIGRATE = (sys.executable, "-m", "alembic", "upgrade", "head")
DEMO = (*FLASK, "demo", "--size")
REINDEX = (*FLASK, "reindex")

STAFF = {"email": "staff@atelier.example", "password": "Atelier-demo-1"}
CUSTOMER = {"email": "client@atelier.example", "password": "Atelier-demo-1"}


class Part(Service):
    """One of the shop's own long-running programs."""

    def __init__(self, name: str, command: Sequence[str], data: DataDir, environment: Mapping[str, str]) -> None:
        self.name = name
        self.process = Process(
            name=name,
            command=command,
            log=data.logs / f"{name.lower()}.log",
            environment={**environment, "PYTHONUNBUFFERED": "1"},
            directory=ROOT,
        )

    def answers(self) -> bool:
        return self.process.is_running


class Web(Part):
    """The web server: granian, or Flask's own with reloading for `make dev`."""

    patience_seconds = 60

    def __init__(self, settings: Settings, data: DataDir, environment: Mapping[str, str], *, reload: bool) -> None:
        self.address = f"http://{reachable(settings.host)}:{settings.port}"
        super().__init__("Web", flask_server(settings) if reload else granian(settings), data, environment)

    def answers(self) -> bool:
        return answers_200(f"{self.address}/health", timeout=10)


def granian(settings: Settings) -> list[str]:
    """Return the command of the web server, sized by the settings."""
    return [
        *(sys.executable, "-m", "granian", "app:create_app", "--factory", "--interface", "wsgi"),
        *("--host", settings.host, "--port", str(settings.port), "--http", "1", "--no-ws"),
        *("--workers", str(settings.web_workers), "--blocking-threads", str(settings.web_threads)),
        # A browser that keeps its connection holds a place until the time-out: with few places, sixteen idle visitors
        # would keep every other out (the Dockerfile says the same).
        *("--backlog", "2048", "--backpressure", "1024", "--http1-header-read-timeout", "10000"),
        *("--workers-kill-timeout", "5s", "--log-level", "warning"),
    ]


def flask_server(settings: Settings) -> list[str]:
    """Return the command of Flask's reloading server."""
    return [*FLASK, "run", "--debug", "--host", settings.host, "--port", str(settings.port)]


def workers(data: DataDir, environment: Mapping[str, str]) -> list[Part]:
    """Return the programs that do what follows an event: one for what somebody waits for, one for what takes long."""
    return [
        Part(name, [*FLASK, "work", "--only", only], data, environment)
        for name, only in (("Worker", "quick"), ("Long-worker", "long"))
    ]


def scheduler(data: DataDir, environment: Mapping[str, str]) -> Part:
    """Return the program that does what happens on a schedule."""
    return Part("Scheduler", [*FLASK, "schedule"], data, environment)


def reachable(host: str) -> str:
    """Return the name under which a server bound to `host` is reached from here."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)


def has_products(database_url: str) -> bool:
    """Say whether the shop's catalogue holds anything."""
    with psycopg.connect(database_url.replace("postgresql+psycopg", "postgresql", 1), connect_timeout=10) as database:
        found = database.execute("SELECT EXISTS (SELECT FROM product)").fetchone()
    return bool(found and found[0])


def is_index_empty(url: str, key: str) -> bool:
    """Say whether Meilisearch holds no document at all."""
    answer = requests.get(f"{url}/stats", headers={"Authorization": f"Bearer {key}"} if key else {}, timeout=10)
    answer.raise_for_status()
    return not any(index["numberOfDocuments"] for index in answer.json()["indexes"].values())


def run_once(
    command: Sequence[str], environment: Mapping[str, str], *, log: Path, failure: str, progress: Progress | None = None
) -> None:
    """Run a command to its end, its lines going to `log` (and to `progress`); StackError when it fails."""
    last: deque[str] = deque(maxlen=12)
    child = subprocess.Popen(
        [*leash(signal.SIGTERM, None), *command],
        cwd=ROOT,
        env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    try:
        with log.open("a") as kept:
            for line in child.stdout or ():
                kept.write(line)
                last.append(line.rstrip())
                if progress:
                    progress.detail(line.rstrip())
        child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
    if child.returncode:
        tail = "\n".join(last)
        unseen = "" if progress else f"\n{tail}"
        raise StackError(f"{failure} (code {child.returncode}): {known_remedy(tail) or f'see {log}{unseen}'}")
