"""Staff read what was searched for, and are told when the engine is away."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from integrations.searches import FakeSearchNotes, search_notes
from models.database import session, utc_now
from models.search import SearchRecord
from tests.factories.keeping import keep

pytestmark = pytest.mark.usefixtures("bank")


@pytest.fixture(autouse=True)
def notes() -> Iterator[FakeSearchNotes]:
    with search_notes.replaced_by(FakeSearchNotes()) as fake:
        assert isinstance(fake, FakeSearchNotes)
        yield fake


def searched(words: str, results: int) -> None:
    session.add(
        SearchRecord(at=utc_now(), words=words, kind="words", results=results, milliseconds=4, visitor="0" * 16)
    )


def test_what_was_not_found_leads_to_a_synonym(browser_of):
    searched("boulon de roue", 0)
    searched("plaquettes", 8)
    keep()
    keeper = browser_of(8)
    nothing = keeper.get("/backoffice/searches").text
    assert "boulon de roue" in nothing
    assert "plaquettes" not in nothing
    assert "/backoffice/synonyms/new?word=boulon+de+roue" in nothing
    assert "plaquettes" in keeper.get("/backoffice/searches?view=all").text


def test_whoever_may_not_keep_synonyms_is_not_led_there(staff):
    searched("boulon de roue", 0)
    keep()
    text = staff.get("/backoffice/searches").text
    assert "boulon de roue" in text
    assert "/backoffice/synonyms" not in text


def test_pages_follow_each_other(staff):
    for number in range(60):
        searched(f"mot{number}", 0)
    keep()
    first = staff.get("/backoffice/searches").text
    assert "page=2" in first
    second = staff.get("/backoffice/searches?page=2").text
    assert second.count("data-row") == 10


@pytest.mark.parametrize("query", ["page=0", "page=x", "view=other", "page=999999"])
def test_any_query_is_answered(staff, query):
    assert staff.get(f"/backoffice/searches?{query}").status_code == 200


def test_staff_see_since_when_postgresql_answers(staff, notes):
    assert "La recherche répond par PostgreSQL" not in staff.get("/backoffice/searches").text
    notes.mark_away(datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    assert "La recherche répond par PostgreSQL depuis" in staff.get("/backoffice/searches").text
    notes.away = True
    assert staff.get("/backoffice/searches").status_code == 200
