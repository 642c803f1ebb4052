"""One program that the stack runs: started on a leash, logged to a file, stopped with everything it started."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from devstack.errors import StackError, known_remedy

ROOT = Path(__file__).parent.parent
LAUNCHER = Path(__file__).with_name("launcher.py")
LOG_BYTES_KEPT = 10 * 1024 * 1024


@dataclass(frozen=True)
class User:
    """The unprivileged identity a program runs as when we are root."""

    uid: int
    gid: int


@dataclass
class Process:
    """A child in its own session, so that Ctrl-C in the terminal reaches the supervisor alone."""

    name: str
    command: Sequence[str | Path]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    directory: Path | None = None
    user: User | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    _popen: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def pid(self) -> int | None:
        return self._popen.pid if self._popen else None

    @property
    def is_running(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    @property
    def exit_code(self) -> int | None:
        """The code it ended with (negative: the signal that ended it), None while it runs."""
        return self._popen.poll() if self._popen else None

    def start(self) -> None:
        """Start it; the caller then waits for whatever tells that it answers."""
        if self.is_running:
            return
        keep_log_small(self.log)
        with self.log.open("ab") as log:
            self._popen = subprocess.Popen(
                [*leash(self.stop_signal, self.user), *map(str, self.command)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                cwd=self.directory,
                start_new_session=True,
            )

    def stop(self, *, timeout: float = 15) -> None:
        """Ask it to end, wait up to `timeout` seconds, then end it and all that it started."""
        if self._popen is None:
            return
        if self.is_running:
            self._popen.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self._popen.wait(timeout)
        self.kill()

    def kill(self) -> None:
        """End it and all that it started at once, as a power cut would."""
        if self._popen is None:
            return
        # Programs like PostgreSQL give each child a session of its own, out of the group's reach.
        family = descendants(self._popen.pid)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait()
        for child in family:
            with suppress(psutil.Error):
                child.kill()
        psutil.wait_procs(family, timeout=5)
        self._popen = None

    def tail(self, lines: int = 20) -> str:
        """The last lines of its log."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 64 * 1024))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-lines:])

    def wait_until(self, answers: Callable[[], bool], *, timeout: float = 30) -> None:
        """Return once `answers()` is true; raise StackError if it ends or stays silent for `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while not answers():
            if not self.is_running:
                raise StackError(f"{self.name} stopped while starting (code {self.exit_code}): {self.last_words()}")
            if time.monotonic() > deadline:
                raise StackError(f"{self.name} did not answer within {timeout:.0f} s; its log is {self.log}.")
            time.sleep(0.03)

    def last_words(self) -> str:
        """What its log says last, or the remedy where we know one."""
        tail = self.tail(15)
        return known_remedy(tail) or f"see {self.log}\n{tail}"


def descendants(pid: int) -> list[psutil.Process]:
    """Return all that this process has started, directly or not."""
    try:
        return list(psutil.Process(pid).children(recursive=True))
    except psutil.Error:
        return []


def leash(death_signal: signal.Signals, user: User | None) -> list[str]:
    """The words before a command that tie it to this process and give it its user."""
    words = [sys.executable, "-I", "-S", str(LAUNCHER), "--signal", str(int(death_signal))]
    # The kernel watches the starting *thread*: one that ends early would take its child along.
    if threading.current_thread() is threading.main_thread():
        words += ["--parent", str(os.getpid())]
    if user:
        words += ["--uid", str(user.uid), "--gid", str(user.gid)]
    return [*words, "--"]


def keep_log_small(log: Path) -> None:
    """Set an overgrown log of earlier runs aside, keeping one."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_BYTES_KEPT:
        log.replace(log.with_suffix(".log.1"))
