"""Notes of searches, in Redis and in memory alike."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from devstack.services import Services
from integrations.redis_connections import lasting_redis
from integrations.searches import FakeSearchNotes, RedisSearchNotes, SearchNotes
from integrations.searches.redis_provider import AWAY, FADES_AFTER_SECONDS, MOST_KEPT, NOTES

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture(params=[RedisSearchNotes, FakeSearchNotes])
def notes(request: pytest.FixtureRequest, services: Services) -> Iterator[SearchNotes]:
    lasting_redis().delete(NOTES, AWAY)
    yield request.param()
    lasting_redis().delete(NOTES, AWAY)


def test_notes_are_taken_once_oldest_first(notes: SearchNotes) -> None:
    for number in range(5):
        notes.add({"words": f"w{number}"})
    assert [note["words"] for note in notes.take(3)] == ["w0", "w1", "w2"]
    assert [note["words"] for note in notes.take(3)] == ["w3", "w4"]
    assert notes.take(3) == []


def test_the_first_absence_counts_until_the_engine_is_back(notes: SearchNotes) -> None:
    assert notes.away_since() is None
    notes.mark_away(AT)
    notes.mark_away(AT.replace(hour=11))
    assert notes.away_since() == AT
    notes.mark_back()
    assert notes.away_since() is None


def test_notes_that_nobody_takes_do_not_fill_redis(services: Services) -> None:
    redis = lasting_redis()
    redis.delete(NOTES)
    redis.rpush(NOTES, *["{}"] * MOST_KEPT)
    RedisSearchNotes().add({"words": "last"})
    assert redis.llen(NOTES) == MOST_KEPT
    redis.delete(NOTES)


def test_an_absence_that_nobody_confirms_fades(services: Services) -> None:
    RedisSearchNotes().mark_away(AT)
    assert 0 < lasting_redis().ttl(AWAY) <= FADES_AFTER_SECONDS
    lasting_redis().delete(AWAY)
