"""A folder of CSV dumps: one file per table, named after it, with a header; plain or gzipped."""

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from domain.legacy.rows import Row
from integrations.legacy_source.interface import SourceUnreadable

# What PostgreSQL and MySQL write for null.
NULLS = frozenset((r"\N", "NULL"))
DELIMITERS = ",;\t|"
# The longest text that a field may have: an article of the blog with its markup.
LONGEST_FIELD = 16 * 1024 * 1024


class FolderSource:
    """Reads dumps line by line; a position is the byte at which the next row begins."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        """The folder, in full."""
        return str(self._folder.resolve())

    def tables(self) -> frozenset[str]:
        """Return the tables that have a file."""
        try:
            files = list(self._folder.iterdir())
        except OSError as error:
            raise SourceUnreadable(f"{self._folder}: {error.strerror or error}") from error
        return frozenset(
            name for file in files for name in [file.name.removesuffix(".gz").removesuffix(".csv")] if name != file.name
        )

    def count(self, table: str) -> int:
        """Count a file's rows by reading it: a quoted field may hold line breaks."""
        return sum(1 for _ in self.read(table, ()))

    def read(self, table: str, columns: Sequence[str] | None = None, *, after: str = "") -> Iterator[Row]:
        """Yield the rows that begin at byte `after` or later; one whose fields do not match the header is broken."""
        path = self._path(table)
        if path is None:
            return
        csv.field_size_limit(LONGEST_FIELD)
        try:
            with _opened(path) as file:
                lines = _Lines(file)
                header_line = next(lines, "")
                delimiter = max(DELIMITERS, key=header_line.count)
                header = [
                    name.strip() for name in next(csv.reader([header_line.lstrip("\ufeff")], delimiter=delimiter))
                ]
                if after:
                    lines.go_to(int(after))
                yield from _rows(lines, delimiter, header, columns)
        except (OSError, EOFError, csv.Error, StopIteration) as error:
            raise SourceUnreadable(f"{path}: {error}") from error

    def share_read(self, table: str, position: str) -> float:
        """Return the share of the file's bytes; of a gzipped one by the usual rate of packing."""
        path = self._path(table)
        if path is None or not position:
            return 0.0
        size = path.stat().st_size * (6 if path.suffix == ".gz" else 1)
        return min(int(position) / max(size, 1), 1.0)

    def _path(self, table: str) -> Path | None:
        for ending in (".csv", ".csv.gz"):
            path = self._folder / f"{table}{ending}"
            if path.is_file():
                return path
        return None


class _Lines:
    """The lines of a file as text, UTF-8 or else cp1252, counting the bytes that were handed out."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.offset = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._file.readline()
        if not line:
            raise StopIteration
        self.offset += len(line)
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            return line.decode("cp1252", errors="replace")

    def go_to(self, offset: int) -> None:
        self._file.seek(offset)
        self.offset = offset


def _rows(lines: _Lines, delimiter: str, header: Sequence[str], columns: Sequence[str] | None) -> Iterator[Row]:
    wanted = [number for number, name in enumerate(header) if columns is None or name in columns]
    at = {header[number]: place for place, number in enumerate(wanted)}
    whole = {name: number for number, name in enumerate(header)}
    for fields in csv.reader(lines, delimiter=delimiter):
        if not fields:
            continue
        if len(fields) != len(header):
            row = Row(str(lines.offset), whole, (*fields, *[None] * (len(header) - len(fields)))[: len(header)])
            row.broken = f"{len(fields)} champs au lieu de {len(header)}"
            yield row
            continue
        picked = [fields[number] for number in wanted]
        yield Row(str(lines.offset), at, [None if text in NULLS else text for text in picked])


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path.suffix == ".gz":
        with gzip.open(path, "rb") as file:
            yield file  # type: ignore[misc]
    else:
        with path.open("rb", buffering=io.DEFAULT_BUFFER_SIZE * 16) as file:
            yield file
