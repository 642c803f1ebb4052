"""Counting what a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

IGNORED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """Collect the statements sent inside the block; savepoints of the test's own transaction do not count."""
    statements: list[str] = []

    def collect(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(IGNORED):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", collect)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", collect)
