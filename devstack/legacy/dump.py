"""The rows of a made-up old shop, and which of them carry which fault."""

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

import psycopg
from psycopg import sql

Fields = Mapping[str, str | None]


class Dump:
    """Tables of texts; `trait` remembers which row has which fault, so that tests can ask what became of it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.tables: dict[str, list[dict[str, str | None]]] = defaultdict(list)
        self.traits: dict[str, list[str]] = defaultdict(list)
        # Lines that only a file can have: fields missing or too many.
        self.broken_lines: dict[str, list[str]] = defaultdict(list)

    def add(self, table: str, prefix: str, trait: str = "", key: str = "", **fields: object) -> None:
        """Add a row; `prefix` stands before each column's name."""
        self.tables[table].append(
            {f"{prefix}{name}": None if value is None else str(value) for name, value in fields.items()}
        )
        if trait:
            self.traits[trait].append(key or str(fields.get("id", "")))

    def chance(self, percent: float) -> bool:
        """Say yes so many times of a hundred."""
        return self.random.random() * 100 < percent

    @property
    def row_count(self) -> int:
        """All rows of all tables."""
        return sum(len(rows) for rows in self.tables.values())

    def columns(self, table: str) -> list[str]:
        """Every column that a row of the table has, in the order of their first appearance."""
        return list(dict.fromkeys(name for row in self.tables[table] for name in row))

    def write(self, folder: Path, *, gzipped: tuple[str, ...] = ()) -> None:
        """Write one CSV per table, null as \\N, those named packed."""
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in self.tables.items():
            columns = self.columns(table)
            path = folder / (f"{table}.csv.gz" if table in gzipped else f"{table}.csv")
            with _opened(path) as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows(
                    [row.get(name, "") if row.get(name, "") is not None else r"\N" for name in columns] for row in rows
                )
                for line in self.broken_lines.get(table, ()):
                    file.write(line + "\n")

    def load(self, dsn: str) -> None:
        """Create the tables in a database, every column text as the old one's, and fill them."""
        with psycopg.connect(dsn) as connection:
            for table, rows in self.tables.items():
                columns = self.columns(table)
                names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
                typed = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(name)) for name in columns)
                connection.execute(sql.SQL("CREATE TABLE {} ({})").format(sql.Identifier(table), typed))
                with connection.cursor().copy(
                    sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
                ) as copy:
                    for row in _without_nul(rows):
                        copy.write_row([row.get(name, "") for name in columns])


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "wt", newline="")  # type: ignore[return-value]
    return path.open("w", newline="")


def _without_nul(rows: list[dict[str, str | None]]) -> Iterator[Fields]:
    """PostgreSQL keeps no NUL in a text, so the old database cannot have had one."""
    for row in rows:
        yield {name: value.replace("\x00", "\x01") if value else value for name, value in row.items()}


def mojibake(text: str) -> str:
    """Return UTF-8 as somebody once read it as cp1252."""
    return text.encode().decode("cp1252", errors="strict")
