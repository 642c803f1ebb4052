"""The journal of searches: noted in passing, written by a job, read by staff; nothing in it says who searched."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, insert, select

from domain.references import reference_key
from domain.search import plain_words
from integrations.search import AbsentEngine, SearchUnavailable, search_engine
from integrations.searches import Note, search_notes
from models.database import session
from models.search import SearchRecord
from services.search.finding import SearchKind, SearchPage

KEPT = timedelta(days=90)
LOOKED_AT = timedelta(days=30)
BATCH = 500
# What fewer visitors searched for is nobody else's business.
LEAST_VISITORS = 3
_FRENCH_PHONE = re.compile(r"^(?:0|0033|33)[1-9][0-9]{8}$")


@dataclass(frozen=True)
class SearchedWords:
    """Words that were searched for: how often, by how many visitors of a day, and when last."""

    words: str
    searches: int
    visitors: int
    last_at: datetime


def note_search(found: SearchPage, *, seconds: float, visitor: str, at: datetime) -> None:
    """Note a first page that nothing narrows; `visitor` is a hash of the day. Without Redis it is forgotten.

    What looks like an e-mail address or a telephone number is not noted.
    """
    if found.degraded and _has_engine():
        with suppress(ConnectionError):
            search_notes().mark_away(at)
    words = _normalised(found)
    if not (words and found.query.is_first):
        return
    note: Note = {
        "at": at.isoformat(),
        "words": words[:100],
        "kind": str(found.kind),
        "results": found.total,
        "milliseconds": round(seconds * 1000),
        "degraded": found.degraded,
        "visitor": visitor,
    }
    with suppress(ConnectionError):
        search_notes().add(note)


def write_searches() -> int:
    """Move what was noted into the journal and return how much; raises ConnectionError when Redis is away."""
    written = 0
    while notes := search_notes().take(BATCH):
        rows = [{**note, "at": datetime.fromisoformat(str(note["at"]))} for note in notes]
        session.execute(insert(SearchRecord), rows)
        written += len(notes)
    return written


def purge_searches(*, at: datetime) -> int:
    """Forget searches of more than 90 days ago, at most 10 000 at a time; returns how many."""
    old = select(SearchRecord.id).where(SearchRecord.at < at - KEPT).order_by(SearchRecord.at).limit(10_000)
    return len(session.scalars(delete(SearchRecord).where(SearchRecord.id.in_(old)).returning(SearchRecord.id)).all())


def list_searched_in_vain(*, at: datetime, limit: int, offset: int = 0) -> list[SearchedWords]:
    """List the words of the last 30 days that found nothing, most searched first."""
    return _searched(_since(at).where(SearchRecord.results == 0), limit, offset)


def list_most_searched(*, at: datetime, limit: int, offset: int = 0) -> list[SearchedWords]:
    """List the words of the last 30 days, most searched first."""
    return _searched(_since(at), limit, offset)


def list_popular_searches(*, at: datetime, limit: int) -> list[str]:
    """List words that at least three visitors searched for with success in the last 30 days, most visitors first."""
    counted = (
        select(SearchRecord.words)
        .where(SearchRecord.at >= at - LOOKED_AT, SearchRecord.results > 0, SearchRecord.kind == SearchKind.WORDS)
        .group_by(SearchRecord.words)
        .having(func.count(func.distinct(SearchRecord.visitor)) >= LEAST_VISITORS)
        .order_by(func.count(func.distinct(SearchRecord.visitor)).desc(), SearchRecord.words)
    )
    return list(session.scalars(counted.limit(limit)))


def search_is_away_since() -> datetime | None:
    """Return since when PostgreSQL answers for the engine; None when it does not, or when nobody knows."""
    try:
        return search_notes().away_since()
    except ConnectionError:
        return None


def watch_engine(*, at: datetime) -> bool:
    """Ask the engine whether it is there, and have staff told; returns whether it is. A shop without one has none."""
    if not _has_engine():
        return False
    try:
        search_engine().ping()
    except SearchUnavailable:
        search_notes().mark_away(at)
        return False
    search_notes().mark_back()
    return True


def _has_engine() -> bool:
    """Say whether an engine is set: without one PostgreSQL answers by choice, and nobody need be told."""
    return not isinstance(search_engine(), AbsentEngine)


def _normalised(found: SearchPage) -> str:
    text = found.query.text
    if "@" in text or (not found.total and _FRENCH_PHONE.match(reference_key(text))):
        return ""
    return reference_key(text) if found.kind == SearchKind.REFERENCE else plain_words(text)


_Searched = Select[str, int, int, datetime]


def _since(at: datetime) -> _Searched:
    searches = func.count(SearchRecord.id)
    return (
        select(
            SearchRecord.words,
            searches,
            func.count(func.distinct(SearchRecord.visitor)),
            func.max(SearchRecord.at),
        )
        .where(SearchRecord.at >= at - LOOKED_AT)
        .group_by(SearchRecord.words)
        .order_by(searches.desc(), SearchRecord.words)
    )


def _searched(query: _Searched, limit: int, offset: int) -> list[SearchedWords]:
    return [SearchedWords(*row) for row in session.execute(query.limit(limit).offset(offset))]
