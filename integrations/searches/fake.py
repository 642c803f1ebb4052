"""Notes in memory, for tests."""

from datetime import datetime

from integrations.searches.interface import Note


class FakeSearchNotes:
    """Keeps everything in lists; `away = True` makes every call fail as a stopped Redis does."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.since: datetime | None = None
        self.away = False

    def add(self, note: Note) -> None:
        """Keep a note."""
        self._answer()
        self.notes.append(note)

    def take(self, limit: int) -> list[Note]:
        """Return the oldest notes and forget them."""
        self._answer()
        taken, self.notes = self.notes[:limit], self.notes[limit:]
        return taken

    def mark_away(self, at: datetime) -> None:
        """Remember since when."""
        self._answer()
        self.since = self.since or at

    def mark_back(self) -> None:
        """Forget it."""
        self._answer()
        self.since = None

    def away_since(self) -> datetime | None:
        """Return since when."""
        self._answer()
        return self.since

    def _answer(self) -> None:
        if self.away:
            raise ConnectionError("the notes are away")
