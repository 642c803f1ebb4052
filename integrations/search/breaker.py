"""A circuit breaker: after a failure nobody waits for the engine for a while, then one request tries again."""

from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from time import monotonic

from integrations.search.interface import (
    Document,
    IndexDefinition,
    SearchAnswer,
    SearchEngine,
    SearchRequest,
    SearchUnavailable,
    Waiting,
    nobody,
)

PAUSE_SECONDS = 5.0


class GuardedEngine:
    """Searches through `engine` unless it failed less than `pause` seconds ago; what writes always tries."""

    def __init__(
        self, engine: SearchEngine, *, pause: float = PAUSE_SECONDS, clock: Callable[[], float] = monotonic
    ) -> None:
        self._engine = engine
        self._pause = pause
        self._clock = clock
        self._lock = Lock()
        self._closed_until = 0.0

    def search(self, requests: Sequence[SearchRequest]) -> list[SearchAnswer]:
        """Answer every request, or refuse at once while the engine is given a rest."""
        self._let_pass()
        try:
            answers = self._engine.search(requests)
        except SearchUnavailable:
            self._closed_until = self._clock() + self._pause
            raise
        self._closed_until = 0.0
        return answers

    def _let_pass(self) -> None:
        with self._lock:
            now = self._clock()
            if now < self._closed_until:
                raise SearchUnavailable("the search engine failed a moment ago")
            if self._closed_until:
                # This request tries again; the others go on without until it knows.
                self._closed_until = now + self._pause

    def put(self, index: str, documents: Sequence[Document]) -> None:
        """Add or replace documents."""
        self._engine.put(index, documents)

    def delete(self, index: str, ids: Sequence[int | str]) -> None:
        """Remove documents."""
        self._engine.delete(index, ids)

    def rebuild(
        self, definition: IndexDefinition, batches: Iterable[Sequence[Document]], *, waiting: Waiting = nobody
    ) -> None:
        """Fill a new index, then swap."""
        self._engine.rebuild(definition, batches, waiting=waiting)

    def configure(self, definition: IndexDefinition) -> bool:
        """Give an index its settings."""
        return self._engine.configure(definition)

    def count(self, index: str) -> int:
        """Count an index's documents."""
        return self._engine.count(index)

    def ping(self) -> None:
        """Ask the engine itself, past the breaker."""
        self._engine.ping()
