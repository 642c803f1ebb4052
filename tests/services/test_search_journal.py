"""The journal of searches: what is noted, what is not, what staff read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from integrations.search import AbsentEngine, FakeSearchEngine, search_engine
from integrations.searches import FakeSearchNotes, search_notes
from models.database import session
from models.search import SearchRecord
from services.search import SearchKind, SearchPage, SearchQuery
from services.search.facets import SearchFacets
from services.search.journal import (
    KEPT,
    list_most_searched,
    list_popular_searches,
    list_searched_in_vain,
    note_search,
    purge_searches,
    search_is_away_since,
    watch_engine,
    write_searches,
)
from tests.factories.selling import NOW


@pytest.fixture(autouse=True)
def notes(db: None) -> Iterator[FakeSearchNotes]:
    with search_notes.replaced_by(FakeSearchNotes()) as fake:
        assert isinstance(fake, FakeSearchNotes)
        yield fake


def page(text: str, total: int = 0, *, kind: SearchKind = SearchKind.WORDS, **query: Any) -> SearchPage:
    return SearchPage(SearchQuery(text=text, **query), kind, [], total, SearchFacets())


def searched(text: str, total: int = 0, *, visitor: str = "a", days_ago: int = 0, **kept: Any) -> None:
    note_search(page(text, total, **kept), seconds=0.0123, visitor=visitor, at=NOW - timedelta(days=days_ago))


def test_a_search_is_written_down_once() -> None:
    searched("Plaquettes de FREIN !", 12)
    assert write_searches() == 1
    assert write_searches() == 0
    record = session.scalars(select(SearchRecord)).one()
    assert (record.words, record.kind, record.results, record.milliseconds, record.degraded, record.at) == (
        "plaquettes de frein",
        "words",
        12,
        12,
        False,
        NOW,
    )


def test_every_spelling_of_a_reference_is_the_same() -> None:
    for text in ("KH 22", "kh22", "KH-22"):
        searched(text, 1, kind=SearchKind.REFERENCE)
    write_searches()
    [found] = list_most_searched(at=NOW, limit=10)
    assert (found.words, found.searches, found.visitors) == ("KH22", 3, 1)


@pytest.mark.parametrize("text", ["nour@example.org", "06 12 34 56 78", "+33 6 12 34 56 78"])
def test_what_may_say_who_it_was_is_not_noted(text: str, notes: FakeSearchNotes) -> None:
    searched(text)
    assert notes.notes == []


@pytest.mark.parametrize("query", [{"page": 2}, {"brand_ids": (1,)}, {"in_stock": True}])
def test_only_the_first_page_is_a_search(query: dict[str, Any], notes: FakeSearchNotes) -> None:
    searched("frein", 5, **query)
    assert notes.notes == []


def test_without_redis_a_search_is_forgotten(notes: FakeSearchNotes) -> None:
    notes.away = True
    searched("frein", 5)
    assert search_is_away_since() is None


def test_what_was_searched_in_vain_stands_by_its_number() -> None:
    for text, visitor in (("jante", "a"), ("jante", "b"), ("pneu", "a")):
        searched(text, visitor=visitor)
    searched("frein", 3)
    searched("vieux", days_ago=31)
    write_searches()
    found = list_searched_in_vain(at=NOW, limit=10)
    assert [(one.words, one.searches, one.visitors) for one in found] == [("jante", 2, 2), ("pneu", 1, 1)]
    assert [one.words for one in list_searched_in_vain(at=NOW, limit=1, offset=1)] == ["pneu"]


def test_popular_is_what_three_visitors_found() -> None:
    for visitor in "abc":
        searched("plaquettes", 9, visitor=visitor)
        searched("jante", 0, visitor=visitor)
    for _ in range(5):
        searched("mon mot a moi", 4, visitor="a")
    write_searches()
    assert list_popular_searches(at=NOW, limit=10) == ["plaquettes"]


def test_old_searches_are_forgotten() -> None:
    searched("frein", 1, days_ago=KEPT.days + 1)
    searched("disque", 1)
    write_searches()
    assert purge_searches(at=NOW) == 1
    assert session.scalars(select(SearchRecord.words)).all() == ["disque"]
    assert session.scalar(select(func.count()).select_from(SearchRecord)) == 1


def test_staff_are_told_since_when_the_engine_is_away(notes: FakeSearchNotes) -> None:
    with search_engine.replaced_by(FakeSearchEngine()) as engine:
        assert isinstance(engine, FakeSearchEngine)
        engine.away = True
        note_search(replace(page("frein"), degraded=True), seconds=0, visitor="a", at=NOW)
        assert search_is_away_since() == NOW
        assert not watch_engine(at=NOW + timedelta(minutes=1))
        assert search_is_away_since() == NOW
        engine.away = False
        assert watch_engine(at=NOW + timedelta(minutes=2))
    assert search_is_away_since() is None


def test_a_shop_without_an_engine_misses_none() -> None:
    with search_engine.replaced_by(AbsentEngine()):
        note_search(replace(page("frein"), degraded=True), seconds=0, visitor="a", at=NOW)
        watch_engine(at=NOW)
    assert search_is_away_since() is None
