"""The embedded services together: started for `make run`, and by tests that want real servers.

services = start(tmp_path, durable=False)
os.environ.update(services.environment)
services.meilisearch.stop()      # each can be stopped, killed and started again alone
services.stop()
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from devstack.datadir import DataDir
from devstack.errors import StackError
from devstack.mailbox.service import Mailbox
from devstack.meilisearch import Meilisearch, why_missing
from devstack.paybox.service import Paybox
from devstack.postgres import Postgres
from devstack.redis import Redis
from devstack.service import Service


@dataclass
class Services:
    """What runs on one DATA_DIR; None stands for a server that the operator brings along (or does without)."""

    data: DataDir
    postgres: Postgres | None = None
    redis: Redis | None = None
    cache: Redis | None = None
    meilisearch: Meilisearch | None = None
    mailbox: Mailbox | None = None
    paybox: Paybox | None = None
    notes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Service]:
        """The services that we run, in the order of their start."""
        every = (self.postgres, self.redis, self.cache, self.meilisearch, self.mailbox, self.paybox)
        return (service for service in every if service)

    @property
    def environment(self) -> dict[str, str]:
        """The settings that point the shop at these services."""
        settings = {"DATA_DIR": str(self.data.path), "SECRET_KEY": self.data.secret("secret_key")}
        for service in self:
            settings |= service.environment
        return settings

    def stop(self) -> None:
        """End them all cleanly, last started first, and let go of DATA_DIR."""
        for service in reversed(list(self)):
            service.stop()
        self.data.forget_pids()
        self.data.unlock()


def start(data_dir: Path, *, meilisearch: bool = True, durable: bool = True, given: Collection[str] = ()) -> Services:
    """Start the services on `data_dir` and return once all of them answer.

    `given` names the settings (DATABASE_URL, REDIS_URL, CACHE_REDIS_URL, MEILISEARCH_URL) of servers that exist
    already. `durable=False` trades safety on a power cut for speed, for tests. Raises StackError, with nothing
    left running.
    """
    data = hold(data_dir)
    try:
        services = choose(data, meilisearch=meilisearch, durable=durable, given=given)
    except BaseException:
        data.unlock()
        raise
    try:
        launch(services)
    except BaseException:
        services.stop()
        raise
    return services


def hold(data_dir: Path) -> DataDir:
    """Take `data_dir` for ourselves, rid of what a killed run left running."""
    data = DataDir(data_dir)
    data.create()
    data.lock()
    try:
        data.end_leftovers()
        data.require_space()
    except BaseException:
        data.unlock()
        raise
    return data


def choose(data: DataDir, *, meilisearch: bool, durable: bool, given: Collection[str]) -> Services:
    """Say which services will run on `data`, without starting any."""
    services = Services(data)
    if "DATABASE_URL" not in given:
        services.postgres = Postgres(data, durable=durable)
    if "REDIS_URL" not in given:
        services.redis = Redis(data)
    if not {"REDIS_URL", "CACHE_REDIS_URL"} & set(given):
        services.cache = Redis(data, cache=True)
    if meilisearch and "MEILISEARCH_URL" not in given:
        services.meilisearch = wanted_meilisearch(services)
    services.mailbox = Mailbox(data)
    services.paybox = Paybox(data)
    return services


def wanted_meilisearch(services: Services) -> Meilisearch | None:
    """Return Meilisearch where this machine can have it; else note why the shop does without."""
    missing = why_missing()
    if missing:
        services.notes.append(missing)
        return None
    return Meilisearch(services.data)


def launch(services: Services) -> None:
    """Start all at once, then wait for each; a Meilisearch that cannot start is done without."""
    for service in services:
        launch_one(services, service)
    for service in services:
        try:
            service.wait()
        except StackError as error:
            if service is not services.meilisearch:
                raise
            service.kill()
            services.meilisearch = None
            services.notes.append(f"search runs on PostgreSQL: {error}")


def launch_one(services: Services, service: Service) -> None:
    """Start one service and note its process, should we be killed."""
    service.launch()
    if service.process.pid:
        services.data.remember_pid(service.name, service.process.pid)


def cache_beside(redis_url: str) -> str:
    """Return the next database of the operator's Redis, for the cache, when no other address is given."""
    parts = urlsplit(redis_url)
    number = parts.path.strip("/")
    return parts._replace(path=f"/{int(number or 0) + 1 if number.isdigit() or not number else 1}").geturl()
