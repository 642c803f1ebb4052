"""Writes whole batches by one statement each; rows that are there already and say the same are left alone."""
# ruff: noqa: S608 - what is put into statements are names of our own tables and columns; values are bound

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Column, CursorResult, Table, column, func, select, table, text

from models.database import Base, session

Record = Mapping[str, Any]


def upsert(
    model: type[Base],
    records: Sequence[Record],
    key: str,
    *,
    only_new: Collection[str] = (),
    unless: str = "false",
    counts_versions: bool = True,
) -> int:
    """Insert records or, by the unique column `key`, update what differs, and return how many rows changed.

    Columns of `only_new` are written with a new row and never again; rows that meet the SQL condition `unless` (about
    the row there, `was`) stay as they are. Of several records with one key the last counts. `counts_versions`
    False leaves a row's version alone, by which others see that somebody edited it.
    """
    records = list({record[key]: record for record in records}.values())
    if not records:
        return 0
    names = list(records[0])
    changing = [name for name in names if name != key and name not in only_new]
    differs = f"({_listed(changing, 'was.')}) IS DISTINCT FROM ({_listed(changing, 'excluded.')})"
    sets = [f"{name} = excluded.{name}" for name in changing]
    known = cast(Table, model.__table__).columns
    if "version" in known and counts_versions:
        sets.append("version = was.version + 1")
    if "updated_at" in known:
        sets.append("updated_at = now()")
    then = f"DO UPDATE SET {', '.join(sets)} WHERE {differs} AND NOT ({unless})" if changing else "DO NOTHING"
    return _run(
        f"INSERT INTO {model.__tablename__} AS was ({_listed(names)}) SELECT {_listed(names)}"
        f" FROM {_recordset(model)} ON CONFLICT ({key}) {then}",
        records,
    )


def insert_missing(model: type[Base], records: Iterable[Record], same: Sequence[str]) -> int:
    """Insert the records whose columns `same` no row has yet, and return how many there were.

    The first column of `same` must lead an index.
    """
    records = list({tuple(record[name] for name in same): record for record in records}.values())
    if not records:
        return 0
    names = list(records[0])
    first, *rest = same
    matches = " AND ".join([f"was.{first} = new.{first}", *(f"was.{n} IS NOT DISTINCT FROM new.{n}" for n in rest)])
    return _run(
        f"INSERT INTO {model.__tablename__} ({_listed(names)}) SELECT {_listed(names)} FROM {_recordset(model)} new"
        f" WHERE NOT EXISTS (SELECT FROM {model.__tablename__} was WHERE {matches})",
        records,
    )


def replace_children(
    model: type[Base], parent: str, parents: Sequence[Any], records: Sequence[Record], key: Sequence[str]
) -> int:
    """Make the rows of `parents` exactly `records`, touching only what differs, and return how many rows changed.

    `parent` is the column that names the parent; `key` the columns that tell its rows apart.
    """
    if not parents:
        return 0
    records = list({tuple(record[name] for name in key): record for record in records}.values())
    name = model.__tablename__
    names = list(records[0]) if records else [*key]
    others = [one for one in names if one not in key]
    # Plain equality, so that PostgreSQL may hash: no column of a key is ever null.
    matches = " AND ".join(f"was.{one} = new.{one}" for one in key)
    gone = _run(
        f"DELETE FROM {name} was WHERE was.{parent} = ANY(:parents)"
        f" AND NOT EXISTS (SELECT FROM {_recordset(model)} new WHERE {matches})",
        records,
        parents=list(parents),
    )
    if not records:
        return gone
    changed = 0
    if others:
        changed = _run(
            f"UPDATE {name} was SET {', '.join(f'{one} = new.{one}' for one in others)} FROM {_recordset(model)} new"
            f" WHERE was.{parent} = ANY(:parents) AND {matches}"
            f" AND ({_listed(others, 'was.')}) IS DISTINCT FROM ({_listed(others, 'new.')})",
            records,
            parents=list(parents),
        )
    return gone + changed + insert_missing(model, records, [parent, *(one for one in key if one != parent)])


def update_differing(model: type[Base], records: Sequence[Record], *key: str) -> int:
    """Update the rows that are there, by the columns `key`, where they differ, and return how many did."""
    if not records:
        return 0
    names = [name for name in records[0] if name not in key]
    same = " AND ".join(f"was.{name} = new.{name}" for name in key)
    sets = [f"{name} = new.{name}" for name in names]
    known = cast(Table, model.__table__).columns
    if "version" in known:
        sets.append("version = was.version + 1")
    if "updated_at" in known:
        sets.append("updated_at = now()")
    return _run(
        f"UPDATE {model.__tablename__} was SET {', '.join(sets)} FROM {_recordset(model)} new"
        f" WHERE {same} AND ({_listed(names, 'was.')}) IS DISTINCT FROM ({_listed(names, 'new.')})",
        records,
    )


def unique_texts(model: type[Base], name: str, wanted: Mapping[int, str], apart: str) -> dict[int, str]:
    """Return for each id its wanted text, or where another row has it, the text with its id put in `apart`.

    `apart` is a format of text and id, such as « {}-{} ».
    """
    known = cast(Table, model.__table__).columns
    key, value = known["id"], known[name]
    holders = session.execute(select(value, key).where(value.in_(set(wanted.values()))))
    taken: dict[str, int] = {row[0]: row[1] for row in holders}
    settled = {}
    for number, text_wanted in wanted.items():
        holder = taken.setdefault(text_wanted, number)
        settled[number] = text_wanted if holder == number else apart.format(text_wanted, number)
    return settled


def known_ids(model: type[Base], ids: Iterable[int | None]) -> set[int]:
    """Return which of the ids have a row."""
    asked = sorted({number for number in ids if number is not None})
    key: Column[int] = cast(Table, model.__table__).columns["id"]
    return set(session.scalars(select(key).where(key == func.any(asked)))) if asked else set()


def go_on_numbering(*models: type[Base]) -> None:
    """Let the next number of each table follow the highest that was written with its row; never go back."""
    for model in models:
        name = model.__tablename__
        sequence = session.scalar(select(func.pg_get_serial_sequence(name, "id")))
        schema, _, plain = str(sequence).partition(".")
        last = session.scalar(
            select(column("last_value")).select_from(table(plain.strip('"'), schema=schema.strip('"')))
        )
        highest = session.scalar(select(func.max(cast(Table, model.__table__).columns["id"])))
        if highest is not None and highest >= (last or 0):
            session.execute(select(func.setval(sequence, highest)))


def take_time() -> None:
    """Lift the time-outs that requests have for the rest of the transaction."""
    session.execute(text("SET LOCAL statement_timeout = 0"))
    session.execute(text("SET LOCAL lock_timeout = '30s'"))
    session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _run(statement: str, records: Sequence[Record], **values: Any) -> int:
    rows = json.dumps(records, default=str, ensure_ascii=False)
    result = session.execute(text(statement), {"records": rows, **values})
    return cast("CursorResult[Any]", result).rowcount


def _recordset(model: type[Base]) -> str:
    return f"json_populate_recordset(NULL::{model.__tablename__}, CAST(:records AS json))"


def _listed(names: Iterable[str], prefix: str = "") -> str:
    return ", ".join(f"{prefix}{name}" for name in names)
