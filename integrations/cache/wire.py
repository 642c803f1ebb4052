"""One `GET` to Redis with as little as possible between the socket and the answer: the way of every cached page."""

import os
import socket
from contextlib import suppress
from threading import local
from urllib.parse import unquote, urlsplit


class _Connection(socket.socket):
    """A connection that ends quietly with the thread it belongs to."""

    def __del__(self) -> None:
        self.close()


class Wire:
    """Reads strings by key over one plain connection per thread; OSError when the server does not answer in time."""

    def __init__(self, url: str, *, prefix: str, timeout: float) -> None:
        parts = urlsplit(url)
        if parts.scheme != "redis":
            raise ValueError("only plain redis:// addresses can be read this way")
        self._address = (parts.hostname or "127.0.0.1", parts.port or 6379)
        self._greeting = _greeting(parts.username, parts.password, parts.path.strip("/"))
        self._prefix = prefix.encode()
        self._timeout = timeout
        self._thread = local()
        # A forked process must not talk on its parent's connection.
        os.register_at_fork(after_in_child=self._forget)

    def get(self, key: str) -> bytes | None:
        """Return what lies under `key`."""
        name = self._prefix + key.encode()
        connection = getattr(self._thread, "connection", None) or self._connect()
        try:
            connection.sendall(b"*2\r\n$3\r\nGET\r\n$%d\r\n%b\r\n" % (len(name), name))
            return self._answer(connection)
        except OSError:
            self._close()
            raise

    def _answer(self, connection: socket.socket) -> bytes | None:
        piece = connection.recv(65536)
        head = piece.find(b"\r\n")
        while head < 0:
            more = connection.recv(65536)
            if not more:
                raise ConnectionError("Redis closed the connection")
            piece += more
            head = piece.find(b"\r\n")
        if piece[:1] != b"$":
            raise ConnectionError(f"Redis answered {piece[:80]!r}")
        length = int(piece[1:head])
        if length < 0:
            return None
        start = head + 2
        if len(piece) >= start + length + 2:
            return piece[start : start + length]
        pieces, missing = [piece], start + length + 2 - len(piece)
        while missing > 0:
            more = connection.recv(min(missing, 1 << 20))
            if not more:
                raise ConnectionError("Redis closed the connection")
            pieces.append(more)
            missing -= len(more)
        return b"".join(pieces)[start : start + length]

    def _connect(self) -> socket.socket:
        connection = self._open()
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for command in self._greeting:
                connection.sendall(command)
                answer = connection.recv(512)
                if not answer.startswith(b"+OK"):
                    raise ConnectionError(f"Redis answered {answer[:80]!r}")
        except OSError:
            connection.close()
            raise
        self._thread.connection = connection
        return connection

    def _open(self) -> _Connection:
        made = socket.create_connection(self._address, timeout=self._timeout)
        connection = _Connection(made.family, made.type, made.proto, fileno=made.detach())
        connection.settimeout(self._timeout)
        return connection

    def _close(self) -> None:
        connection = getattr(self._thread, "connection", None)
        self._thread.connection = None
        if connection is not None:
            with suppress(OSError):
                connection.close()

    def _forget(self) -> None:
        self._thread = local()


def _greeting(username: str | None, password: str | None, database: str) -> list[bytes]:
    """Return what is said first on a new connection."""
    said = []
    if password:
        said.append(_command(b"AUTH", *([unquote(username).encode()] if username else []), unquote(password).encode()))
    if database and database != "0":
        said.append(_command(b"SELECT", database.encode()))
    return said


def _command(*words: bytes) -> bytes:
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%b\r\n" % (len(word), word) for word in words)
