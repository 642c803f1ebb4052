"""Tables that hold nothing but what can be reckoned from others: filled by one query, only differences written."""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    MetaData,
    Select,
    Table,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import insert

from models.database import Base, session

# Reckoning over the whole catalogue is no page: it may take longer and hold more in memory than one.
PATIENCE = "600s"
SORTING_MEMORY = "128MB"

# A query of columns, whichever.
Counts = Select[*tuple[Any, ...]]


def replace_rows(model: type[Base], query: Counts, *, among: ColumnElement[bool] | None = None) -> int:
    """Make `model`'s rows those of `query`, which gives its columns in order; return how many these are.

    With `among`, which `query` must respect, only the rows of which it is true are replaced. Readers see the old rows
    until the commit. What stays the same is not written, so that a nightly run leaves almost nothing behind; a second
    run at the same time waits for the first.
    """
    be_patient()
    _one_at_a_time(model)
    old: Table = model.__table__  # type: ignore[assignment]
    if among is None and session.scalar(select(~exists().select_from(old))):
        return _fill(old, query)
    keys = [column.name for column in old.primary_key]
    others = [column.name for column in old.columns if column.name not in keys]
    fresh = _fresh_rows(old, query)
    same_key = and_(*(old.c[key] == fresh.c[key] for key in keys))
    outdated = true() if among is None else among
    session.execute(delete(old).where(outdated, ~exists().where(same_key)))
    changed = or_(*(old.c[name].is_distinct_from(fresh.c[name]) for name in others))
    upsert = insert(old).from_select(list(fresh.c.keys()), select(fresh).outerjoin(old, same_key).where(changed))
    session.execute(
        upsert.on_conflict_do_update(index_elements=keys, set_={name: upsert.excluded[name] for name in others})
    )
    rows = _count(fresh)
    fresh.drop(session.connection())
    return rows


def be_patient() -> None:
    """Let the rest of this transaction take the time and memory of a job over the whole catalogue."""
    session.execute(
        text(
            "SELECT set_config('statement_timeout', :patience, true), set_config('lock_timeout', :patience, true),"
            " set_config('work_mem', :memory, true), set_config('maintenance_work_mem', :memory, true)"
        ),
        {"patience": PATIENCE, "memory": SORTING_MEMORY},
    )


def _one_at_a_time(model: type[Base]) -> None:
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"derived:{model.__tablename__}"))))


def _fill(empty: Table, query: Counts) -> int:
    """Fill a table for the first time: in the order of its key, the other indexes built at once afterwards."""
    connection = session.connection()
    for index in empty.indexes:
        index.drop(connection)
    columns = list(query.selected_columns)
    keys = [columns[position] for position, column in enumerate(empty.columns) if column.primary_key]
    session.execute(empty.insert().from_select(list(empty.c.keys()), query.order_by(*keys)))
    for index in empty.indexes:
        index.create(connection)
    session.execute(text(f"ANALYZE {empty.name}"))
    return _count(empty)


def _count(table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _fresh_rows(like: Table, query: Counts) -> Table:
    fresh = Table(
        f"fresh_{like.name}",
        MetaData(),
        *(Column(column.name, column.type, nullable=column.nullable) for column in like.columns),
        prefixes=["TEMPORARY"],
        postgresql_on_commit="DROP",
    )
    fresh.create(session.connection())
    session.execute(fresh.insert().from_select(list(fresh.c.keys()), query))
    # A table just filled is unknown to the planner, who would take it for a handful of rows.
    session.execute(text(f"ANALYZE {fresh.name}"))
    return fresh
