from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models.database import session, utc_now
from models.outbox import Event, OutboxEvent, record
from services.outbox import count_waiting_events, mark_relayed, purge_relayed_events, take_waiting_events


@dataclass(frozen=True)
class SomethingHappened(Event):
    thing_id: int


@dataclass(frozen=True)
class SomethingElse(Event):
    thing_id: int


KNOWN = ["SomethingHappened"]


def test_events_come_in_the_order_they_were_written(db: None) -> None:
    for number in range(5):
        record(SomethingHappened(number))
    taken = take_waiting_events(KNOWN, limit=3)
    assert [event.payload["thing_id"] for event in taken] == [0, 1, 2]


def test_a_relayed_event_is_not_taken_again(db: None) -> None:
    record(SomethingHappened(1))
    mark_relayed(take_waiting_events(KNOWN, limit=10), at=utc_now())
    assert take_waiting_events(KNOWN, limit=10) == []
    assert count_waiting_events() == 0


def test_an_event_of_another_release_stays(db: None) -> None:
    record(SomethingElse(1))
    record(SomethingHappened(2))
    assert [event.name for event in take_waiting_events(KNOWN, limit=10)] == ["SomethingHappened"]
    assert count_waiting_events() == 2


def test_old_events_go_once_they_were_relayed(db: None) -> None:
    now = utc_now()
    old, young = now - timedelta(days=31), now - timedelta(days=29)
    for number, moment in enumerate((old, old, young)):
        record(SomethingHappened(number), at=moment)
    session.flush()
    relayed = take_waiting_events(KNOWN, limit=10)
    mark_relayed([relayed[1], relayed[2]], at=now)
    assert purge_relayed_events(recorded_before=now - timedelta(days=30)) == 1
    left = session.scalars(select(OutboxEvent.payload["thing_id"].as_integer()).order_by(OutboxEvent.id)).all()
    assert left == [0, 2]


@pytest.fixture
def other(engine: Engine, committed: None) -> Iterator[Session]:
    """A second relay, on a connection of its own."""
    with Session(engine) as opened:
        yield opened


def test_what_one_relay_holds_another_passes_over(other: Session) -> None:
    for number in range(2):
        record(SomethingHappened(number))
    session.commit()
    held = other.scalars(select(OutboxEvent).order_by(OutboxEvent.id).limit(1).with_for_update()).one()
    assert held.payload["thing_id"] == 0
    assert [event.payload["thing_id"] for event in take_waiting_events(KNOWN, limit=10)] == [1]
