"""An old shop in memory, for tests."""

from collections.abc import Iterator, Mapping, Sequence

from domain.legacy.rows import Row
from integrations.legacy_source.interface import SourceUnreadable


class FakeSource:
    """Gives the rows of `contents`, by table; `fails_after` rows of any table it breaks off, once."""

    def __init__(self, contents: Mapping[str, Sequence[Mapping[str, str | None]]], name: str = "fake") -> None:
        self.contents = contents
        self.name = name
        self.fails_after: int | None = None

    def tables(self) -> frozenset[str]:
        """Return the tables that have rows or could have."""
        return frozenset(self.contents)

    def count(self, table: str) -> int:
        """Count a table's rows."""
        return len(self.contents.get(table, ()))

    def read(self, table: str, columns: Sequence[str] | None = None, *, after: str = "") -> Iterator[Row]:
        """Yield the rows after a position, which counts them."""
        start = int(after or 0)
        for number, raw in enumerate(self.contents.get(table, ())[start:], start + 1):
            if self.fails_after is not None and number > self.fails_after:
                self.fails_after = None
                raise SourceUnreadable("the fake broke off")
            yield Row.of({n: v for n, v in raw.items() if columns is None or n in columns}, str(number))

    def share_read(self, table: str, position: str) -> float:
        """Return the exact share."""
        return int(position or 0) / max(self.count(table), 1)
