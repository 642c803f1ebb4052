"""The little HTTP that the stack needs: asking whether a server is up, and serving its own WSGI pages."""

import http.client
import signal
import socket
import threading
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer


def answers_200(url: str, *, timeout: float = 2) -> bool:
    """Say whether a GET of this loopback address answers 200 within `timeout` seconds."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    try:
        connection.request("GET", f"{parts.path or '/'}?{parts.query}")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class LoopbackServer(ThreadingMixIn, WSGIServer):
    """A thread per request: a page that waits for a notification must not hold up the next visitor."""

    daemon_threads = True
    request_queue_size = 128

    def server_bind(self) -> None:
        """Bind without looking up our own name, which may take seconds on a laptop without a network."""
        self.allow_reuse_address = True
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]
        self.setup_environ()


class QuietHandler(WSGIRequestHandler):
    """One log line per request, without looking up names."""

    def address_string(self) -> str:
        return str(self.client_address[0])


def listen(application: Any, port: int) -> LoopbackServer:
    """Return a server of `application` on 127.0.0.1:`port` (0: any free one), not yet serving."""
    server = LoopbackServer(("127.0.0.1", port), QuietHandler)
    server.set_app(application)
    return server


def serve_until_told(application: Any, port: int) -> None:
    """Serve `application` until SIGTERM or SIGINT."""
    with listen(application, port) as server:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
        server.serve_forever(poll_interval=0.2)
