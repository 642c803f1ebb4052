"""The whole stack on one DATA_DIR: services, schema, demo data, index, the shop's programs, where they are."""

from collections.abc import Mapping

from config import Settings
from devstack import services, shop
from devstack.checks import require_libraries
from devstack.ports import require_free
from devstack.progress import Progress
from devstack.services import Services
from devstack.supervisor import Supervisor, ignore_stop_signals

# The servers that an operator may bring along.
SERVERS = ("database_url", "redis_url", "cache_redis_url", "meilisearch_url")


class Stack:
    """Holds DATA_DIR from its making to its `stop`."""

    def __init__(self, settings: Settings, progress: Progress) -> None:
        self.settings = settings
        self.progress = progress
        self.data = services.hold(settings.data_dir)
        self.services = Services(self.data)
        self.supervisor = Supervisor(self.data)

    def start_services(self) -> None:
        """Start the embedded services."""
        given = {name.upper() for name in SERVERS if name in self.settings.model_fields_set}
        with self.progress.step("Services"):
            self.services = services.choose(self.data, meilisearch=True, durable=True, given=given)
            services.launch(self.services)
        for service in self.services:
            self.supervisor.adopt(service)
        for note in self.services.notes:
            self.progress.say(f"  Note: {note}")

    def require_machine(self) -> None:
        """Raise StackError when a library is missing or the port is taken."""
        require_libraries()
        require_free(self.settings.port, setting="PORT", host=self.settings.host)

    def migrate(self) -> None:
        """Bring the database to the present schema."""
        with self.progress.step("Database schema"):
            self._run(shop.MIGRATE, "The database could not be brought up to date")

    def load_demo(self, size: str) -> None:
        """Load the demo shop of a size into an empty database, or again if that was interrupted."""
        unfinished = self.data.path / "demo-unfinished"
        if not unfinished.exists() and shop.has_products(self.database_url):
            return
        self.data.require_space_for_demo(size)
        with self.progress.step(f"Demo shop ({size}), the first time only"):
            unfinished.touch()
            self._run((*shop.DEMO, size), "The demo shop could not be loaded", show=True)
            unfinished.unlink()

    def fill_index(self) -> None:
        """Build the search index if it holds nothing."""
        url = self.environment["MEILISEARCH_URL"]
        if url and shop.is_index_empty(url, self.environment["MEILISEARCH_KEY"]):
            with self.progress.step("Search index"):
                self._run(shop.REINDEX, "The search index could not be built", show=True)

    def open_doors(self, *, reload: bool) -> None:
        """Start the shop's own programs and publish where everything is."""
        with self.progress.step("Web server, workers, scheduler"):
            for worker in shop.workers(self.data, self.environment):
                self.supervisor.start(worker)
            self.supervisor.start(shop.scheduler(self.data, self.environment))
            self.supervisor.start(shop.Web(self.settings, self.data, self.environment, reload=reload))
        self.data.publish(self.summary, self.environment)
        self._show()

    def watch(self) -> None:
        """Return never; StackError when a part dies."""
        self.supervisor.watch()

    def stop(self) -> None:
        """Stop everything that was started and let go of DATA_DIR."""
        ignore_stop_signals()
        self.data.withdraw()
        if self.supervisor.parts:
            with self.progress.step("Stopping"):
                self.supervisor.stop()
        self.services.stop()

    @property
    def address(self) -> str:
        return f"http://{shop.reachable(self.settings.host)}:{self.settings.port}"

    @property
    def database_url(self) -> str:
        return self.environment["DATABASE_URL"]

    @property
    def environment(self) -> dict[str, str]:
        """The settings that the shop's programs run with: the operator's servers, else the embedded ones."""
        settings = self.settings
        redis_url = settings.redis_url.get_secret_value()
        own_cache = "cache_redis_url" in settings.model_fields_set
        return {
            "DATABASE_URL": settings.database_url.get_secret_value(),
            "REDIS_URL": redis_url,
            "CACHE_REDIS_URL": (
                settings.cache_redis_url.get_secret_value() if own_cache else services.cache_beside(redis_url)
            ),
            "MEILISEARCH_URL": settings.meilisearch_url,
            "MEILISEARCH_KEY": settings.meilisearch_key.get_secret_value(),
            "APP_URL": settings.app_url if "app_url" in settings.model_fields_set else self.address,
            **self.services.environment,
        }

    @property
    def summary(self) -> dict[str, object]:
        """What `devstack.json` tells tools about the running stack."""
        environment = self.environment
        return {
            "web": self.address,
            "backoffice": f"{self.address}/backoffice",
            "api_docs": f"{self.address}/api/docs",
            "mailbox": self.services.mailbox.url if self.services.mailbox else "",
            "paybox": self.services.paybox.url if self.services.paybox else "",
            "database_url": environment["DATABASE_URL"],
            "redis_url": environment["REDIS_URL"],
            "meilisearch_url": environment["MEILISEARCH_URL"],
            "staff": shop.STAFF,
            "customer": shop.CUSTOMER,
            "pids": self.supervisor.pids,
        }

    def _run(self, command: tuple[str, ...], failure: str, *, show: bool = False) -> None:
        shop.run_once(
            command,
            self.environment,
            log=self.data.logs / "setup.log",
            failure=failure,
            progress=self.progress if show else None,
        )

    def _show(self) -> None:
        summary: Mapping[str, object] = self.summary
        rows = {
            "Shop": summary["web"],
            "Back office": summary["backoffice"],
            "API": summary["api_docs"],
            "Mailbox": summary["mailbox"],
            "Stand-in bank": summary["paybox"],
            "PostgreSQL": summary["database_url"],
            "Redis": summary["redis_url"],
            "Meilisearch": summary["meilisearch_url"] or "none, search runs on PostgreSQL",
            "Staff login": "{email}  {password}".format(**shop.STAFF),
            "Customer login": "{email}  {password}".format(**shop.CUSTOMER),
            "Data and logs": self.data.path,
        }
        self.progress.say()
        for label, value in rows.items():
            self.progress.say(f"  {label:<16}{value}")
        self.progress.say("\nCtrl-C stops everything.")
