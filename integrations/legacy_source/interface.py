"""What the importer needs of the old shop: its tables, read once from end to end or on from where it stopped."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from domain.legacy.rows import Row


class SourceUnreadable(ConnectionError):
    """The old database or its dumps cannot be read (any further): away, refused, or not what they say they are."""


class LegacySource(Protocol):
    """The tables of the old shop; every call raises SourceUnreadable when they cannot be read."""

    @property
    def name(self) -> str:
        """What people call the source: a folder, or a database without its password."""

    def tables(self) -> frozenset[str]:
        """Return the names of the tables that are there."""

    def count(self, table: str) -> int:
        """Return how many rows a table has; 0 when it is not there."""

    def read(self, table: str, columns: Sequence[str] | None = None, *, after: str = "") -> Iterator[Row]:
        """Yield the rows that follow the position `after`, always in the same order, as they come over the wire.

        Columns that the table lacks are None in every row; `columns` None reads all of them; a table that is not
        there has no rows.
        """

    def share_read(self, table: str, position: str) -> float:
        """Return which part of a table lies before a position, 0 to 1, for a progress bar: near, not exact."""
