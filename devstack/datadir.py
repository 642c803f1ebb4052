"""The directory that holds everything a stack remembers: one run at a time, its secrets, its ports, its pids."""

import errno
import fcntl
import json
import os
import secrets
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from devstack.errors import DISK_FULL, StackError
from devstack.ports import free_port, require_free

FIRST_RUN_BYTES = 700 * 1024 * 1024
LATER_RUN_BYTES = 150 * 1024 * 1024
# What a demo shop and its search index take, by size, with room for what is written while they are made.
DEMO_BYTES = {
    "tiny": 300 * 1024 * 1024,
    "small": 500 * 1024 * 1024,
    "medium": 2 * 1024**3,
    "full": 10 * 1024**3,
}


class DataDir:
    """`DATA_DIR`: created on first use, locked while a stack runs on it."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock: int | None = None

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    def create(self) -> None:
        """Make the directory; raise StackError when this place cannot hold one."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.logs.mkdir(exist_ok=True)
        except OSError as error:
            raise StackError(
                f"{self.path} cannot be used ({reason(error)}): set DATA_DIR to a directory you may write."
            ) from error

    def require_space(self) -> None:
        """Raise StackError when the disk cannot take what a run writes."""
        is_known = (self.path / "postgres" / "PG_VERSION").exists()
        self._require_free(LATER_RUN_BYTES if is_known else FIRST_RUN_BYTES)

    def require_space_for_demo(self, size: str) -> None:
        """Raise StackError when the disk cannot take a demo shop of `size`."""
        self._require_free(DEMO_BYTES[size])

    def _require_free(self, wanted: int) -> None:
        free = shutil.disk_usage(self.path).free
        if free < wanted:
            raise StackError(
                f"Only {free // 1024**2} MB are free on the disk of {self.path} and {wanted // 1024**2} MB are needed: "
                "free some space, or set DATA_DIR to a directory on another disk."
            )

    def lock(self) -> None:
        """Hold the directory for this process; raise StackError when another run holds it."""
        handle = os.open(self.path / "devstack.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 32).decode().strip() or "unknown"
            os.close(handle)
            raise StackError(
                f"Another run (process {holder}) already uses {self.path}: "
                "stop it, or start this one with another DATA_DIR."
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        self._lock = handle

    def unlock(self) -> None:
        """Let go of the directory."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def secret(self, name: str, make: Callable[[], str] = lambda: secrets.token_hex(32)) -> str:
        """Return the secret kept under `name`, made at the first call."""
        return str(self._remembered("secrets.json", name, make))

    def port(self, name: str) -> int:
        """Return a free port for `name`: the one of the last run if it can be had."""
        setting = f"{name.upper()}_PORT"
        if wanted := os.environ.get(setting):
            return chosen_port(wanted, setting)
        last = self._read("ports.json").get(name)
        port = free_port(last)
        if port != last:
            self._write("ports.json", {**self._read("ports.json"), name: port})
        return port

    def publish(self, summary: dict[str, Any], environment: dict[str, str]) -> None:
        """Tell where the running stack is (for tools) and with which settings (for `devstack.command`)."""
        self._write("environment.json", environment)
        self._write("devstack.json", summary)

    def withdraw(self) -> None:
        """Tell nobody any more."""
        (self.path / "devstack.json").unlink(missing_ok=True)
        (self.path / "environment.json").unlink(missing_ok=True)

    def running_environment(self) -> dict[str, str]:
        """Return the settings of the stack that runs on this directory now, empty when none does."""
        try:
            handle = os.open(self.path / "devstack.lock", os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return {}
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return self._read("environment.json")
        finally:
            os.close(handle)
        return {}

    def remember_pid(self, name: str, pid: int) -> None:
        """Note a started process, so that the next run can end it should this one be killed."""
        self._write("pids.json", {**self._read("pids.json"), name: [pid, psutil.Process(pid).create_time()]})

    def forget_pids(self) -> None:
        """Note that nothing runs any more."""
        (self.path / "pids.json").unlink(missing_ok=True)

    def end_leftovers(self) -> list[str]:
        """End what a killed run left behind, last started first, and return their names."""
        ended = []
        for name, (pid, created) in reversed(self._read("pids.json").items()):
            if end_session(pid, created):
                ended.append(name)
        self.forget_pids()
        self.withdraw()
        return ended

    def _remembered(self, file: str, name: str, make: Callable[[], Any]) -> Any:
        known = self._read(file)
        if name not in known:
            known[name] = make()
            self._write(file, known)
        return known[name]

    def _read(self, file: str) -> dict[str, Any]:
        try:
            content = json.loads((self.path / file).read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _write(self, file: str, content: dict[str, Any]) -> None:
        draft = self.path / f".{file}.{os.getpid()}"
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
                json.dump(content, out, indent=2)
            draft.replace(self.path / file)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise StackError(f"{self.path / file} cannot be written: {reason(error)}") from error


def chosen_port(text: str, setting: str) -> int:
    """Return the port that the operator chose, if it is one and free."""
    if not (text.isdigit() and 0 < int(text) < 65_536):
        raise StackError(f"{setting}={text} is not a port: give a number from 1 to 65535.")
    require_free(int(text), setting=setting)
    return int(text)


def reason(error: OSError) -> str:
    """Say in plain words why the system refused, with the remedy where we know one."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    return error.strerror or str(error)


def end_session(pid: int, created: float) -> bool:
    """End the process `pid` started at `created` and its session; say whether there was anything to end."""
    try:
        process = psutil.Process(pid)
        alive = abs(process.create_time() - created) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
    if not alive:
        return False
    # PostgreSQL reads SIGTERM as "wait for every client"; SIGINT is its clean and fast stop.
    process.send_signal(signal.SIGINT if process.name() == "postgres" else signal.SIGTERM)
    with suppress(psutil.Error):
        process.wait(8)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    return True
