"""Writes rows by PostgreSQL's COPY, in the transaction of the session."""

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from sqlalchemy import func, select, text

from models.database import Base, session


def copy_rows(table: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write `rows` of the named columns into `table` and return how many there were; the database fills the rest."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    written = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table.__tablename__} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
            written += 1
    return written


def go_on_numbering(*tables: type[Base]) -> None:
    """Let the next number of each table follow the highest one that was written with the row."""
    for table in tables:
        number = table.__table__.c.id
        sequence = func.pg_get_serial_sequence(table.__tablename__, "id")
        session.execute(select(func.setval(sequence, func.coalesce(func.max(number), 0) + 1, False)))


def take_time() -> None:
    """Lift the time-out of statements for the rest of the transaction."""
    session.execute(text("SET LOCAL statement_timeout = 0"))
