"""The queue for tests: remembers what was asked."""

from typing import Any


class FakeQueue:
    """Keeps jobs in a list; `away = True` makes every call fail as a stopped Redis does."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, tuple[Any, ...], str]] = []
        self.relays = 0
        self.away = False
        self.workers = 1
        self.is_scheduled = True

    def enqueue(self, job: str, *args: Any, key: str) -> None:
        """Remember the job."""
        self.ping()
        self.jobs.append((job, args, key))

    def relay_outbox(self) -> None:
        """Count the relay."""
        self.ping()
        self.relays += 1

    def ping(self) -> None:
        """Raise ConnectionError when set away."""
        if self.away:
            raise ConnectionError("the queue is away")

    def count_workers(self) -> int:
        """Return the workers set."""
        self.ping()
        return self.workers

    def has_scheduler(self) -> bool:
        """Return what was set."""
        self.ping()
        return self.is_scheduled
