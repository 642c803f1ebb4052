"""Free ports on the loopback interface."""

import errno
import random
import socket

from devstack.errors import StackError

# Below the range from which systems lend ports to outgoing connections, so that a port
# seen free here is not taken by somebody's client a moment later.
CANDIDATES = range(20_000, 32_000)


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Say whether a server could listen on `host:port` now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        # As servers do: connections of a server that has just ended do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def free_port(preferred: int | None = None) -> int:
    """Return `preferred` if it is free, else a random free port."""
    if preferred and is_free(preferred):
        return preferred
    for port in random.sample(CANDIDATES, 200):
        if is_free(port):
            return port
    raise StackError("No free port was found between 20000 and 32000: stop some servers and start again.")


def require_free(port: int, *, setting: str, host: str = "127.0.0.1") -> None:
    """Raise StackError when a port that the operator chose is taken."""
    try:
        if is_free(port, host):
            return
    except OSError as error:
        raise StackError(
            f"This machine cannot listen on {host}:{port} ({error.strerror}): check HOST and {setting}."
        ) from error
    raise StackError(
        f"Port {port} is already in use: stop the program that holds it, or choose another with {setting}={port + 1}."
    )
