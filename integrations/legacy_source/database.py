"""The old database itself, any PostgreSQL: each table is streamed by one COPY … TO STDOUT."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from domain.legacy.rows import Row
from integrations.legacy_source.interface import SourceUnreadable

CONNECT_SECONDS = 10
# A server that no longer answers is given up; a COPY of an hour that goes on is not.
_KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
# Rows must come in the order in which they lie, so that a position means the same in the next run.
_IN_PLACE = ("SET synchronize_seqscans = off", "SET max_parallel_workers_per_gather = 0", "SET statement_timeout = 0")


class DatabaseSource:
    """Reads rows where they lie: a position is a row's ctid, from which PostgreSQL goes on without sorting.

    What has no ctid of its own (views, foreign and partitioned tables) is read in the order of all its columns, and a
    position counts rows.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        try:
            said = conninfo_to_dict(dsn)
        except psycopg.ProgrammingError as error:
            raise SourceUnreadable(f"not a PostgreSQL address: {error}") from error
        self._name = "postgresql://{host}:{port}/{dbname}".format(**{"host": "", "port": "", "dbname": "", **said})

    @property
    def name(self) -> str:
        """Host, port and database; never the password."""
        return self._name

    def tables(self) -> frozenset[str]:
        """Return the tables and views that the search path finds."""
        with self._connected() as connection:
            found = connection.execute(
                "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'f', 'p') AND pg_table_is_visible(oid)"
                " AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
            )
            return frozenset(name for (name,) in found)

    def count(self, table: str) -> int:
        """Count a table's rows."""
        with self._connected() as connection:
            if _kind(connection, table) is None:
                return 0
            row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            return int(row[0]) if row else 0

    def read(self, table: str, columns: Sequence[str] | None = None, *, after: str = "") -> Iterator[Row]:
        """Yield the rows after a position as they come."""
        with self._connected() as connection:
            kind = _kind(connection, table)
            if kind is None:
                return
            names = [name for name in _columns(connection, table) if columns is None or name in columns]
            at = {name: number for number, name in enumerate(names)}
            in_place = kind in ("r", "m")
            query = (_by_place if in_place else _by_order)(table, names, after)
            counted = int(after or 0) if not in_place else 0
            with connection.cursor() as cursor, cursor.copy(query) as copy:
                for place, *raw in copy.rows():
                    counted += 1
                    yield Row(place if in_place else str(counted), at, raw)

    def share_read(self, table: str, position: str) -> float:
        """Return the share of the table's pages that lie before a row."""
        if not position.startswith("("):
            return 0.0
        with self._connected() as connection:
            row = connection.execute(
                "SELECT pg_relation_size(c.oid) / current_setting('block_size')::int FROM pg_class c"
                " WHERE c.oid = to_regclass(%s)",
                (_quoted(table),),
            ).fetchone()
        pages = int(row[0]) if row else 0
        return min((int(position[1:].partition(",")[0]) + 1) / max(pages, 1), 1.0)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        try:
            with psycopg.connect(
                self._dsn,
                autocommit=True,
                connect_timeout=CONNECT_SECONDS,
                client_encoding="UTF8",
                application_name="atelier import",
                **_KEEPALIVE,  # type: ignore[arg-type]
            ) as connection:
                for setting in _IN_PLACE:
                    connection.execute(setting)
                yield connection
        except psycopg.Error as error:
            raise SourceUnreadable(f"{self._name}: {str(error).strip()}") from error


def _quoted(table: str) -> str:
    return '"' + table.replace('"', '""') + '"'


def _kind(connection: psycopg.Connection, table: str) -> str | None:
    row = connection.execute("SELECT relkind FROM pg_class WHERE oid = to_regclass(%s)", (_quoted(table),)).fetchone()
    kind = row[0] if row else None
    return kind.decode() if isinstance(kind, bytes) else kind


def _columns(connection: psycopg.Connection, table: str) -> list[str]:
    found = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped"
        " ORDER BY attnum",
        (_quoted(table),),
    )
    return [name for (name,) in found]


def _by_place(table: str, names: Sequence[str], after: str) -> sql.Composed:
    where = sql.SQL(" WHERE ctid > {}::tid").format(sql.Literal(after)) if after else sql.SQL("")
    return sql.SQL("COPY (SELECT ctid{} FROM {}{}) TO STDOUT").format(_as_text(names), sql.Identifier(table), where)


def _by_order(table: str, names: Sequence[str], after: str) -> sql.Composed:
    order = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in names)
    return sql.SQL("COPY (SELECT ''{} FROM {} ORDER BY {} OFFSET {}) TO STDOUT").format(
        _as_text(names), sql.Identifier(table), order, sql.Literal(int(after or 0))
    )


def _as_text(names: Sequence[str]) -> sql.Composed:
    return sql.Composed([sql.SQL(", {}::text").format(sql.Identifier(name)) for name in names])
