"""From the outbox to the queue: what happened becomes the jobs that follow."""

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from typing import Any

from integrations.queue import queue
from jobs.reactions import REACTIONS
from jobs.unit_of_work import checkpoint
from models.database import utc_now
from services.outbox import mark_relayed, purge_relayed_events, take_waiting_events

BATCH = 100
KEPT = timedelta(days=30)
EVENTS = {event.__name__: event for event in REACTIONS}


def relay_outbox() -> None:
    """Queue the jobs of every waiting event, oldest first; raises ConnectionError when the queue is away.

    A crash between queueing and commit relays a batch again: the same keys then queue nothing new.
    """
    while events := take_waiting_events(EVENTS, limit=BATCH):
        for row in events:
            event = EVENTS[row.name]
            ids = [row.payload[field.name] for field in fields(event)]
            for job in REACTIONS[event]:
                queue().enqueue(path_of(job), *ids, key=f"{row.id}-{job.__name__}")
        mark_relayed(events, at=utc_now())
        checkpoint()


def purge_outbox() -> None:
    """Forget events of more than 30 days ago whose jobs were queued."""
    while purge_relayed_events(recorded_before=utc_now() - KEPT):
        checkpoint()


def path_of(job: Callable[..., Any]) -> str:
    """Return the import path by which the queue knows a job."""
    return f"{job.__module__}.{job.__qualname__}"
