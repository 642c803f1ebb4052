"""The outbox: what happened, written in the same transaction as the thing itself."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, CreatedAt, Id, Moment, session


@dataclass(frozen=True)
class Event:
    """Something that happened, named in the past tense; it carries ids only."""


class OutboxEvent(Base):
    """One event waiting to be relayed to the queue, or relayed already."""

    __tablename__ = "outbox_event"
    __table_args__ = (Index("ix_outbox_event_waiting", "id", postgresql_where=text("relayed_at IS NULL")),)

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[CreatedAt]
    relayed_at: Mapped[Moment | None]


def record(event: Event, *, at: datetime | None = None) -> None:
    """Write `event` to the outbox of the current transaction: it is relayed only if that commits."""
    row = OutboxEvent(name=type(event).__name__, payload=asdict(event))
    if at is not None:
        row.created_at = at
    session.add(row)
    session.info["recorded"] = True


def has_recorded() -> bool:
    """Say whether the current transaction wrote an event, and forget it: asked once, just before the commit."""
    return bool(session.info.pop("recorded", False))
