"""The outbox: events that wait to be relayed to the queue, in the order they were written."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from models.database import session
from models.outbox import OutboxEvent


def take_waiting_events(names: Iterable[str], *, limit: int) -> Sequence[OutboxEvent]:
    """Lock and return the oldest waiting events of these names; those another relay holds are passed over.

    An event of a name that this release does not know stays for the one that does.
    """
    return session.scalars(
        select(OutboxEvent)
        .where(OutboxEvent.relayed_at.is_(None), OutboxEvent.name.in_(list(names)))
        .order_by(OutboxEvent.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def mark_relayed(events: Iterable[OutboxEvent], *, at: datetime) -> None:
    """Record that the jobs of these events are in the queue."""
    for event in events:
        event.relayed_at = at
    session.flush()


def count_waiting_events() -> int:
    """Return how many events wait to be relayed."""
    query = select(func.count()).select_from(OutboxEvent).where(OutboxEvent.relayed_at.is_(None))
    return session.scalar(query) or 0


def purge_relayed_events(*, recorded_before: datetime, limit: int = 5000) -> int:
    """Forget events that were relayed long ago; return how many, at most `limit`."""
    # Ids grow with time: walking them from the oldest stops at the first one to keep.
    first_kept = session.scalar(
        select(OutboxEvent.id).where(OutboxEvent.created_at >= recorded_before).order_by(OutboxEvent.id).limit(1)
    )
    old = select(OutboxEvent.id).where(OutboxEvent.relayed_at.is_not(None)).order_by(OutboxEvent.id).limit(limit)
    if first_kept is not None:
        old = old.where(OutboxEvent.id < first_kept)
    forgotten = session.scalars(delete(OutboxEvent).where(OutboxEvent.id.in_(old)).returning(OutboxEvent.id))
    return len(forgotten.all())
