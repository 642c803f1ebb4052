"""Rows kept in the database until the row comes that they belong to, so that nothing waits in memory."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, text

from domain.legacy.rows import Row
from domain.orders import OrderStatus
from models.database import session
from models.legacy import LegacyHeldRow
from services.legacy.ledger import Handler, Ledger

# A row of this name says whose rows these are; without it the database lost them in a crash (they are unlogged).
_OWNER = ("·run", "0")
_STATES = "·states"


def holding(table: str, key: str | Callable[[Row], str]) -> Handler:
    """Return the handler that keeps the rows of `table` under the trimmed text of column `key` (or what it makes)."""

    def hold(rows: Sequence[Row], ledger: Ledger) -> None:
        kept = []
        for row in rows:
            own = key(row) if callable(key) else (row.raw(key) or "").strip()
            if not own or len(own) > 120:
                ledger.reject(row, "sans clé lisible")
                continue
            kept.append({"source_table": table, "position": row.position, "key": own, "raw": row.as_json()})
        if kept:
            session.execute(
                text(
                    "INSERT INTO legacy_held_row (source_table, position, key, raw)"
                    " VALUES (:source_table, :position, :key, CAST(:raw AS jsonb)) ON CONFLICT DO NOTHING"
                ),
                kept,
            )

    return hold


def held_rows(table: str, keys: Iterable[str | int | None]) -> dict[str, list[Row]]:
    """Return the kept rows of a table by key, each key's in the order of the source's positions."""
    asked = sorted({str(key) for key in keys if key is not None})
    found: defaultdict[str, list[Row]] = defaultdict(list)
    if not asked:
        return found
    query = (
        select(LegacyHeldRow.key, LegacyHeldRow.raw, LegacyHeldRow.position)
        .where(LegacyHeldRow.source_table == table, LegacyHeldRow.key.in_(asked))
        .order_by(LegacyHeldRow.key, LegacyHeldRow.position)
    )
    for key, raw, position in session.execute(query):
        found[key].append(Row.of(raw, position))
    return found


def first_held(table: str, keys: Iterable[str | int | None]) -> dict[str, Row]:
    """Return one kept row by key: dictionaries, where a key is meant to come once."""
    return {key: rows[0] for key, rows in held_rows(table, keys).items()}


def hold_states(states: Mapping[str, OrderStatus]) -> None:
    """Keep what each old status of an order means, for the run."""
    session.execute(
        text(
            "INSERT INTO legacy_held_row (source_table, position, key, raw)"
            " VALUES (:table, '0', '', CAST(:raw AS jsonb))"
            " ON CONFLICT (source_table, position) DO UPDATE SET raw = excluded.raw"
        ),
        {"table": _STATES, "raw": json.dumps(states)},
    )


def held_states() -> dict[str, OrderStatus]:
    """Return what each old status of an order means in this run."""
    raw = session.scalar(select(LegacyHeldRow.raw).where(LegacyHeldRow.source_table == _STATES))
    return {status: OrderStatus(name) for status, name in (raw or {}).items()}


def empty_hold(run_id: int) -> None:
    """Throw away what earlier runs left and mark the rows to come as those of this run."""
    session.execute(text("TRUNCATE legacy_held_row, legacy_part_row, legacy_sorted_part_row"))
    owner: dict[str, Any] = {"table": _OWNER[0], "position": _OWNER[1], "key": str(run_id)}
    session.execute(
        text("INSERT INTO legacy_held_row (source_table, position, key, raw) VALUES (:table, :position, :key, '{}')"),
        owner,
    )


def is_hold_of(run_id: int) -> bool:
    """Say whether what is kept belongs to this run; it does not after a crash of PostgreSQL."""
    owner = session.scalar(select(LegacyHeldRow.key).where(LegacyHeldRow.source_table == _OWNER[0]))
    return owner == str(run_id)


def release_hold() -> None:
    """Throw away what was kept: addresses and orders of people stay nowhere but in their own tables."""
    session.execute(text("TRUNCATE legacy_held_row, legacy_part_row, legacy_sorted_part_row"))
