"""Takes indexes and constraints off tables that are about to be filled, and puts them back once they are full.

An index built over a full table costs a fraction of one kept up row by row, and both cores build it. The statements
come from the database's own catalogue, so that what a migration adds is put back too.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import exists, select, text

from models.database import Base, session

# What one index may sort in memory while it is built.
BUILD_MEMORY = "512MB"

# Primary keys are put back before what refers to them; checks stay, they cost nothing.
_CONSTRAINTS = text("""
    SELECT conrelid::regclass::text AS of_table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition,
           contype = 'f' AS is_foreign
    FROM pg_constraint
    WHERE contype IN ('p', 'u', 'f')
      AND (conrelid::regclass::text = ANY(:tables) OR confrelid::regclass::text = ANY(:tables))
    ORDER BY contype <> 'p', contype <> 'u', conrelid::regclass::text, conname
""")
_INDEXES = text("""
    SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index
    WHERE indrelid::regclass::text = ANY(:tables)
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
    ORDER BY 1
""")


@contextmanager
def bare(
    tables: Sequence[type[Base]], *, progress: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[None]:
    """Let empty `tables` be filled without indexes; afterwards tell after each thing that was put back.

    All in the transaction of the session: when anything fails, the tables are as they were. Raises ValueError when one
    of them holds rows.
    """
    names = [table.__tablename__ for table in tables]
    for table in tables:
        if session.scalar(select(exists().select_from(table))):
            raise ValueError(f"{table.__tablename__} holds rows: it is not for a first load")
    constraints = session.execute(_CONSTRAINTS, {"tables": names}).all()
    indexes = session.execute(_INDEXES, {"tables": names}).all()
    for constraint in sorted(constraints, key=lambda one: not one.is_foreign):
        _do(f"ALTER TABLE {constraint.of_table} DROP CONSTRAINT {constraint.name}")
    for index in indexes:
        _do(f"DROP INDEX {index.name}")
    # What triggers tell of has not been counted yet; without indexes each would read whole tables.
    for name in names:
        _do(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    # A table that was emptied in the transaction that fills it needs no log (wal_level=minimal) and takes frozen rows.
    _do(f"TRUNCATE {', '.join(names)}")
    yield
    _do(f"SET LOCAL maintenance_work_mem = '{BUILD_MEMORY}'")
    own = [f"ALTER TABLE {one.of_table} ADD CONSTRAINT {one.name} {one.definition}" for one in constraints]
    keys = [statement for statement, one in zip(own, constraints, strict=True) if not one.is_foreign]
    links = [statement for statement, one in zip(own, constraints, strict=True) if one.is_foreign]
    todo = [*keys, *(index.definition for index in indexes), *links]
    for done, statement in enumerate(todo, 1):
        _do(statement)
        progress(done, len(todo))
    for name in names:
        _do(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _do(statement: str) -> None:
    # The driver takes a lone percent sign for the place of a parameter.
    session.connection().exec_driver_sql(statement.replace("%", "%%"))
