"""What the shop needs of a search engine."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Document = dict[str, Any]
# Called with a number of documents while the engine works.
Waiting = Callable[[int], None]


def nobody(_done: int) -> None:
    """Tell nobody."""


class SearchUnavailable(ConnectionError):
    """The search engine is unset, away, too slow, or refused the request."""


@dataclass(frozen=True)
class IndexDefinition:
    """One index: its name and how its documents are searched; `id` is the key of every document."""

    name: str
    searchable: tuple[str, ...]
    filterable: tuple[str, ...] = ()
    sortable: tuple[str, ...] = ()
    # Attributes where a near word is another thing: part numbers, EANs.
    exact_attributes: tuple[str, ...] = ()
    # The order of the engine's rules, « rank:asc » and the like among them; empty: its own order.
    ranking: tuple[str, ...] = ()
    stop_words: tuple[str, ...] = ()
    # Left out of comparisons: two definitions of a name are one index with other words.
    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class SearchRequest:
    """A search in one index: `any_of` keeps documents whose attribute has one of the values, for each attribute.

    A document must hold `every_word`; otherwise last words may be missing, those with more of them come first.
    """

    index: str
    text: str
    any_of: Mapping[str, Sequence[int | str]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    limit: int = 20
    offset: int = 0
    every_word: bool = False
    # The attributes to return of each document; empty: all.
    fields: tuple[str, ...] = ()
    # The attributes to look in; empty: all that are searchable.
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchAnswer:
    """Found documents, best first; `total` stops at the engine's cap; facets are counts by attribute and value."""

    documents: list[Document]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class SearchEngine(Protocol):
    """Indexes of documents; every call raises SearchUnavailable when the engine cannot do it now."""

    def search(self, requests: Sequence[SearchRequest]) -> list[SearchAnswer]:
        """Answer every request, in order, in one exchange."""

    def put(self, index: str, documents: Sequence[Document]) -> None:
        """Add or replace documents of an index; they are found as soon as this returns.

        An index that was never built stays unbuilt: its rebuild will read them.
        """

    def delete(self, index: str, ids: Sequence[int | str]) -> None:
        """Remove documents of an index; unknown ids are no error."""

    def rebuild(
        self, definition: IndexDefinition, batches: Iterable[Sequence[Document]], *, waiting: Waiting = nobody
    ) -> None:
        """Fill a new index with `batches`, then put it in the place of the old one, which answers until then.

        Once all batches were read, `waiting` is called with how many of the documents the engine has taken in.
        """

    def configure(self, definition: IndexDefinition) -> bool:
        """Give an index that exists the settings of `definition`; returns False when it has them already."""

    def count(self, index: str) -> int:
        """Return how many documents an index holds; zero when there is no such index."""

    def ping(self) -> None:
        """Return when the engine answers."""
