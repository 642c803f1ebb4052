"""Writes rows by PostgreSQL's COPY, in the transaction of the session."""

from collections.abc import Iterable, Iterator, Sequence
from queue import Queue
from threading import Thread
from typing import Any, TypeVar

import psycopg
from sqlalchemy import func, select, text

from models.database import Base, session

T = TypeVar("T")


def copy_rows(table: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write `rows` of the named columns into `table` and return how many there were; the database fills the rest."""
    written = 0
    with _cursor() as cursor, cursor.copy(_command(table, columns)) as copy:
        for row in rows:
            copy.write_row(row)
            written += 1
    return written


def copy_lines(table: type[Base], columns: Sequence[str], lines: str, *, frozen: bool = False) -> None:
    """Write lines of COPY's text format; `frozen` where the table was emptied in this very transaction."""
    if lines:
        with _cursor() as cursor, cursor.copy(_command(table, columns, " WITH (FREEZE)" if frozen else "")) as copy:
            copy.write(lines)


def _cursor() -> psycopg.Cursor[Any]:
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    return connection.cursor()


def _command(table: type[Base], columns: Sequence[str], options: str = "") -> str:
    return f"COPY {table.__tablename__} ({', '.join(columns)}) FROM STDIN{options}"


def ahead(things: Iterable[T], depth: int) -> Iterator[T]:
    """Yield `things`, made by a thread of their own up to `depth` ahead of the one that is used."""
    ready: Queue[tuple[str, Any]] = Queue(maxsize=depth)
    wanted = True

    def make() -> None:
        try:
            for thing in things:
                ready.put(("made", thing))
                if not wanted:
                    return
            ready.put(("end", None))
        except BaseException as error:
            ready.put(("failed", error))

    maker = Thread(target=make, name="generator", daemon=True)
    maker.start()
    try:
        while True:
            what, thing = ready.get()
            if what == "end":
                return
            if what == "failed":
                raise thing
            yield thing
    finally:
        wanted = False
        while not ready.empty():
            ready.get_nowait()


def go_on_numbering(*tables: type[Base]) -> None:
    """Let the next number of each table follow the highest one that was written with the row."""
    for table in tables:
        number = table.__table__.c.id
        sequence = func.pg_get_serial_sequence(table.__tablename__, "id")
        session.execute(select(func.setval(sequence, func.coalesce(func.max(number), 0) + 1, False)))


def take_time() -> None:
    """Lift the time-out of statements for the rest of the transaction, and the wait for the disk at its end."""
    session.execute(text("SET LOCAL statement_timeout = 0"))
    session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    session.execute(text("SET LOCAL synchronous_commit = off"))
