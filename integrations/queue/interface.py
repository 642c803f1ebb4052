"""What the shop needs of a queue."""

from typing import Any, Protocol


class JobQueue(Protocol):
    """A queue of jobs named by their import path; every call raises ConnectionError when it is away."""

    def enqueue(self, job: str, *args: Any, key: str) -> None:
        """Put `job` (import path) with its ids in the queue; the same `key` is queued once while it waits."""

    def relay_outbox(self) -> None:
        """Ask a worker to relay the outbox now."""

    def ping(self) -> None:
        """Return when the queue answers."""

    def count_workers(self) -> int:
        """Return how many live workers the less attended queue has: with 0, jobs pile up."""

    def has_scheduler(self) -> bool:
        """Say whether somebody queues what recurs: without, nothing is cancelled, relayed or reconciled in time."""
