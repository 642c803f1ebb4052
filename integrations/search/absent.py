"""No search engine at all: MEILISEARCH_URL is empty, and PostgreSQL answers (decision 6)."""

from collections.abc import Iterable, Sequence

from integrations.search.interface import (
    Document,
    IndexDefinition,
    SearchAnswer,
    SearchRequest,
    SearchUnavailable,
    Waiting,
    nobody,
)


class AbsentEngine:
    """Refuses to search; has nothing to keep in step."""

    def search(self, requests: Sequence[SearchRequest]) -> list[SearchAnswer]:
        """Refuse."""
        raise SearchUnavailable("no search engine is set")

    def put(self, index: str, documents: Sequence[Document]) -> None:
        """Do nothing: there is no index to fall behind."""

    def delete(self, index: str, ids: Sequence[int | str]) -> None:
        """Do nothing."""

    def rebuild(
        self, definition: IndexDefinition, batches: Iterable[Sequence[Document]], *, waiting: Waiting = nobody
    ) -> None:
        """Refuse: whoever asks for an index should know that there is none."""
        raise SearchUnavailable("no search engine is set: MEILISEARCH_URL is empty")

    def configure(self, definition: IndexDefinition) -> bool:
        """Do nothing: there is no index that could differ."""
        return False

    def count(self, index: str) -> int:
        """Return zero."""
        return 0

    def ping(self) -> None:
        """Refuse."""
        raise SearchUnavailable("no search engine is set")
