"""Where a search is noted while its page waits: a list that a job empties."""

from datetime import datetime
from typing import Protocol

# One search, as plain values.
Note = dict[str, str | int | float | bool]


class SearchNotes(Protocol):
    """Notes of searches, and since when the engine is away; every call raises ConnectionError when they are away."""

    def add(self, note: Note) -> None:
        """Keep a note; the oldest are dropped when nobody takes them away."""

    def take(self, limit: int) -> list[Note]:
        """Return at most `limit` notes, oldest first, and forget them."""

    def mark_away(self, at: datetime) -> None:
        """Remember that the engine is away; only the first mark of a row counts. Unconfirmed, it fades in minutes."""

    def mark_back(self) -> None:
        """Forget that the engine was away."""

    def away_since(self) -> datetime | None:
        """Return since when the engine is away, None when it is not."""
