"""A search engine in memory, for tests."""

from collections import Counter
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


class FakeSearchEngine:
    """Finds documents that hold every word of the text, in the order they came; `away = True` refuses everything."""

    def __init__(self) -> None:
        self.indexes: dict[str, dict[int | str, Document]] = {}
        self.definitions: dict[str, IndexDefinition] = {}
        self.away = False
        self.searches = 0

    def search(self, requests: Sequence[SearchRequest]) -> list[SearchAnswer]:
        """Answer every request."""
        self.searches += 1
        self._answer()
        return [self._search(request) for request in requests]

    def put(self, index: str, documents: Sequence[Document]) -> None:
        """Add or replace documents."""
        self._answer()
        self.indexes.setdefault(index, {}).update({document["id"]: document for document in documents})

    def delete(self, index: str, ids: Sequence[int | str]) -> None:
        """Remove documents."""
        self._answer()
        for number in ids:
            self.indexes.get(index, {}).pop(number, None)

    def rebuild(
        self, definition: IndexDefinition, batches: Iterable[Sequence[Document]], *, waiting: Waiting = nobody
    ) -> None:
        """Replace an index by what `batches` hold, once all of them were read."""
        self._answer()
        fresh = {document["id"]: document for batch in batches for document in batch}
        self.indexes[definition.name] = fresh
        self.definitions[definition.name] = definition
        waiting(len(fresh))

    def configure(self, definition: IndexDefinition) -> bool:
        """Remember the settings of an index that was built."""
        self._answer()
        if definition.name not in self.indexes or self.definitions.get(definition.name) == definition:
            return False
        self.definitions[definition.name] = definition
        return True

    def count(self, index: str) -> int:
        """Count an index's documents."""
        self._answer()
        return len(self.indexes.get(index, {}))

    def ping(self) -> None:
        """Answer unless away."""
        self._answer()

    def _search(self, request: SearchRequest) -> SearchAnswer:
        documents = self.indexes.get(request.index, {}).values()
        kept = [
            document
            for document in documents
            if all(document.get(name) in values for name, values in request.any_of.items() if values)
        ]
        words = request.text.lower().split()
        found = _holding(words, kept, request.within)
        while not (found or request.every_word) and len(words) > 1:
            words.pop()
            found = _holding(words, kept, request.within)
        facets = {name: Counter(str(document[name]) for document in found) for name in request.facets}
        return SearchAnswer(found[request.offset : request.offset + request.limit], len(found), facets)

    def _answer(self) -> None:
        if self.away:
            raise SearchUnavailable("the search engine is away")


def _holding(words: list[str], documents: list[Document], within: Sequence[str]) -> list[Document]:
    return [document for document in documents if all(word in _text(document, within) for word in words)]


def _text(document: Document, within: Sequence[str]) -> str:
    return " ".join(str(document[name]) for name in within or document).lower()
