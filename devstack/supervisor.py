"""Keeps the parts of a stack together: what one of them suffers, the others hear of."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from devstack.datadir import DataDir
from devstack.errors import StackError
from devstack.service import Service

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GLANCE_SECONDS = 0.2


class Stopped(BaseException):
    """Somebody asked us to stop (Ctrl-C, SIGTERM, or the terminal went away)."""


class Supervisor:
    """Watches parts that have been started and stops them in the reverse order."""

    def __init__(self, data: DataDir) -> None:
        self.data = data
        self.parts: list[Service] = []

    def adopt(self, part: Service) -> None:
        """Watch a part that runs already."""
        self.parts.append(part)

    def start(self, part: Service) -> None:
        """Start a part and watch it from now on."""
        part.launch()
        self.parts.append(part)
        if part.process.pid:
            self.data.remember_pid(part.name, part.process.pid)
        part.wait()

    @property
    def pids(self) -> dict[str, int]:
        return {part.name: part.process.pid for part in self.parts if part.process.pid}

    def watch(self) -> None:
        """Return never: raise StackError when a part dies by itself; `Stopped` comes from outside."""
        while True:
            for part in self.parts:
                if not part.process.is_running:
                    raise StackError(obituary(part))
            time.sleep(GLANCE_SECONDS)

    def stop(self) -> None:
        """Stop every part, last started first."""
        for part in reversed(self.parts):
            part.stop()
        self.parts.clear()


def obituary(part: Service) -> str:
    """Say who died, how, and its last words."""
    code = part.process.exit_code
    how = f"was ended by {signal.Signals(-code).name}" if code and code < 0 else f"ended by itself with code {code}"
    return f"{part.name} {how}, so the rest has been stopped: {part.process.last_words()}"


@contextmanager
def stop_signals_raise() -> Iterator[None]:
    """Turn the first stop signal into `Stopped`; further ones are ignored while things are being put away."""

    def raise_stopped(number: int, frame: FrameType | None) -> None:
        ignore_stop_signals()
        raise Stopped

    before = {number: signal.signal(number, raise_stopped) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ignore_stop_signals() -> None:
    """Let a stop that is under way come to its end."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
