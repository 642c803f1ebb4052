"""From the file to the staging table: each row read cell by cell, copied in chunks, never all of it in memory."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import delete, select

from domain.cells import CellError, clean
from domain.errors import Conflict
from models.database import session
from models.imports import ImportBatch, ImportProblem, ImportRow
from services.imports.mapping import kind_of
from services.imports.names import Names
from services.imports.reading import FileRow, rows_of

CHUNK = 5_000
# (line, column, what was typed, sentence)
Problem = tuple[int, str, str, str]


class TakenOver(Conflict):
    """Another process is reading this file at the same time, and goes on."""


def stage_rows(batch_id: int, path: Path, *, at: datetime) -> Iterator[int]:
    """Read the file on from where it was left, giving the line reached after each chunk.

    The caller commits between two chunks: a killed run goes on where it was, a second one raises TakenOver.
    """
    batch = session.get_one(ImportBatch, batch_id)
    reading = _Reading(batch)
    reached = batch.staged_line
    # The header is line 1; it may itself run over several.
    rows = rows_of(path, batch.encoding, batch.separator, from_line=max(reached, 0))
    if reached == 0:
        next(rows, None)
    # The row after a chunk is read before it is committed: its line says where to go on.
    waiting = next(rows, None)
    while waiting is not None:
        chunk = [waiting, *islice(rows, CHUNK - 1)]
        waiting = next(rows, None)
        upto = waiting.line - 1 if waiting else max(batch.line_count, chunk[-1].line)
        _write_chunk(batch_id, reading, chunk, reached, upto, at=at)
        reached = upto
        yield reached


def forget_rows(batch_id: int) -> None:
    """Forget what was staged of a batch, so that its file is read anew."""
    session.execute(delete(ImportRow).where(ImportRow.batch_id == batch_id))
    session.execute(delete(ImportProblem).where(ImportProblem.batch_id == batch_id))


def _write_chunk(
    batch_id: int, reading: "_Reading", chunk: list[FileRow], reached: int, upto: int, *, at: datetime
) -> None:
    batch = session.scalars(
        select(ImportBatch)
        .where(ImportBatch.id == batch_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if batch.state != "mapped" or batch.staged_line != reached:
        raise TakenOver("Ce fichier est déjà en cours de lecture.")
    problems: list[Problem] = []
    copy_rows(
        "import_row",
        ("batch_id", "line", "cells"),
        ((batch_id, line, cells) for line, cells in reading.read(chunk, problems)),
    )
    copy_rows(
        "import_problem",
        ("batch_id", "line", "is_of_reading", '"column"', "typed", "sentence"),
        ((batch_id, line, True, column, typed, sentence) for line, column, typed, sentence in problems),
    )
    batch.staged_line = upto
    batch.rows += len(chunk)
    batch.touched_at = at
    session.flush()


class _Reading:
    """How the rows of one batch are read: for each field of its kind, the place of its column and its reader."""

    def __init__(self, batch: ImportBatch) -> None:
        kind, names = kind_of(batch), Names()
        self.width = len(batch.headers)
        self.fields = []
        for place, field in enumerate(kind.fields):
            mapped = field.source or field.name
            if mapped in batch.mapping:
                column = batch.mapping.index(mapped)
                self.fields.append((place, field, column, batch.headers[column]))
        self.size = len(kind.fields)
        self.names = names

    def read(self, chunk: Sequence[FileRow], problems: list[Problem]) -> Iterator[tuple[int, list[str | None]]]:
        """Give the staged cells of each row; what is wrong with them goes to `problems`."""
        for row in chunk:
            cells = self._cut(row, problems)
            if cells is not None:
                yield row.line, self._read_row(row.line, cells, problems)

    def _cut(self, row: FileRow, problems: list[Problem]) -> list[str] | None:
        """Return the cells of a row, None when it has not as many as the header."""
        if row.cells is None:
            sentence = "Cellule trop longue : un guillemet n'est sans doute pas refermé."
            problems.append((row.line, "", "", sentence))
            return None
        if len(row.cells) > self.width and not any(row.cells[self.width :]):
            return row.cells[: self.width]
        if len(row.cells) != self.width:
            sentence = f"{self.width} colonnes attendues, {len(row.cells)} trouvées."
            problems.append((row.line, "", "", sentence))
            return None
        return row.cells

    def _read_row(self, line: int, cells: list[str], problems: list[Problem]) -> list[str | None]:
        read: list[str | None] = [None] * self.size
        for place, field, column, header in self.fields:
            cell = cells[column]
            try:
                cell = clean(cell)
                if cell:
                    value = field.read(cell)
                    read[place] = self.names.look_up(field.names, value) if field.names else value
                elif field.required:
                    raise CellError("Cette cellule doit être remplie.")
            except CellError as error:
                if not field.source:
                    typed = cell.replace("\x00", "")[:200]
                    problems.append((line, header, typed, str(error)))
        return read


def copy_rows(table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    """Write rows by COPY in the session's transaction."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
