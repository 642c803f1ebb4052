"""The plan carried out: set by set in one transaction, with what every row held before kept for the undo."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text

from domain.orders import Actor
from domain.search import search_text
from models.database import session
from models.imports import ImportBatch, ImportChange
from models.outbox import Event, record
from services.cache import spoil
from services.imports.batches import NotInThatState
from services.imports.checking import count_plan, plan_run
from services.imports.keeping import drop_rows
from services.imports.report import sample_changes, write_error_file
from services.imports.run import Run
from services.imports.staging import copy_rows
from services.index_marks import mark_found_for_index
from services.staff import record_change

# Parents before children; rows are deleted the other way round.
TABLES = (
    "make",
    "vehicle_model",
    "vehicle_type",
    "engine_code",
    "registration_code",
    "criterion",
    "fitment_group",
    "fitment",
    "product",
    "product_reference",
    "product_criterion",
    "stock_item",
    "stock_movement",
)
KEYS = {
    "engine_code": ("type_id", "code"),
    "fitment": ("group_id", "vehicle_type_id", "position"),
    "product_criterion": ("product_id", "criterion_id"),
    "stock_item": ("product_id",),
}
# Set with every update, besides what the import says: whoever edits the same row at that time is told so.
TOUCHED = {"product": ["version = t.version + 1", "updated_at = now()"], "stock_item": ["updated_at = now()"]}
_WORDS_AT_ONCE = 5_000


@dataclass(frozen=True)
class ImportApplied(Event):
    """An import has changed the catalogue: the search follows."""

    batch_id: int


def apply_rows(batch: ImportBatch, *, at: datetime) -> None:
    """Carry out a batch that its caller holds locked: all of it or, when this raises, nothing.

    The rows are checked again under locks, so what has moved since the dry run is refused, not overwritten.
    """
    run = plan_run(batch, is_dry=False, at=at)
    count_plan(run)
    if not (batch.creates or batch.updates or batch.missing_count):
        raise NotInThatState("Depuis la vérification, la boutique a changé : cet import n'a plus rien à modifier.")
    batch.sample = sample_changes(run)
    if batch.kind == "products":
        _plan_words(run, _PLANNED_WORDS)
    _write(run, [table for table in TABLES if table != "product"] if batch.kind == "references" else list(TABLES))
    if batch.kind == "references":
        _plan_words_of_references(run)
    if batch.kind == "criteria":
        # A rebuild of the search index under way must see these products again.
        run.sql("UPDATE product SET updated_at = now() WHERE id IN (SELECT product_id FROM plan)")
    _keep_journal(run)
    write_error_file(batch)
    drop_rows(batch)
    batch.state, batch.applied_at, batch.touched_at = "applied", at, at
    record_change(
        by=actor_of(batch.by),
        action="import.applied",
        subject_kind="import_batch",
        subject_id=batch.id,
        before={},
        after={
            "kind": batch.kind,
            "file": batch.file_name,
            "creates": batch.creates,
            "updates": batch.updates,
            "rejected": batch.rejected,
            "missing": batch.missing_count,
        },
    )
    finish(batch)


def finish(batch: ImportBatch) -> None:
    """Have the caches forget the catalogue as it was, once this is committed, and the search follow."""
    written = select(ImportChange.product_id).where(
        ImportChange.batch_id == batch.id, ImportChange.product_id.is_not(None)
    )
    # Marked with the change itself: however late the engine hears of it, it does.
    mark_found_for_index(written.distinct())
    spoil("catalog", "ranges", "makes", *(("menu",) if batch.kind == "vehicles" else ()))
    record(ImportApplied(batch.id))
    session.flush()


def actor_of(by: str) -> Actor:
    """Return who stands behind « staff:5 » or « system »."""
    kind, _colon, number = by.partition(":")
    return Actor(kind, int(number) if number else None)


def keys_of(table: str) -> tuple[str, ...]:
    """Return the columns that tell the rows of a table apart."""
    return KEYS.get(table, ("id",))


def columns_of(rows: str, table: str, action: str, part: str) -> list[str]:
    """Return every column that some row of a table and action writes."""
    found = session.execute(
        text(
            f"""SELECT DISTINCT jsonb_object_keys({part}) AS name FROM {rows} c
                WHERE table_name = :table AND action = :action"""
        ),
        {"table": table, "action": action},
    )
    return sorted(row.name for row in found)


def match(table: str, row: str = "t", key: str = "k") -> str:
    """Return the SQL that joins a row of a table to its key."""
    return " AND ".join(f"{row}.{column} = {key}.{column}" for column in keys_of(table))


def insert_rows(rows: str, table: str, action: str, part: str) -> None:
    """Insert what `part` of the rows of a table and action holds; all of them hold the same columns."""
    if not (columns := columns_of(rows, table, action, part)):
        return
    _run(
        f"""INSERT INTO {table} ({", ".join(columns)}) SELECT {", ".join(f"r.{name}" for name in columns)}
            FROM {rows} c, jsonb_populate_record(NULL::{table}, c.{part}) r
            WHERE c.table_name = '{table}' AND c.action = '{action}'"""
    )
    if keys_of(table) == ("id",):
        # Numbers that came with the file may lie ahead of the sequence.
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        _run(f"SELECT setval({sequence}, greatest((SELECT max(id) FROM {table}), nextval({sequence}) - 1, 1))")


def update_rows(rows: str, table: str, part: str) -> None:
    """Set what `part` of the updated rows of a table holds; a column that a row does not speak of stays."""
    if not (columns := columns_of(rows, table, "update", part)):
        return
    sets = [f"{name} = CASE WHEN jsonb_exists(c.{part}, '{name}') THEN r.{name} ELSE t.{name} END" for name in columns]
    sets += TOUCHED.get(table, [])
    _run(
        f"""UPDATE {table} t SET {", ".join(sets)}
            FROM {rows} c, jsonb_populate_record(NULL::{table}, c.key) k,
                jsonb_populate_record(NULL::{table}, c.{part}) r
            WHERE c.table_name = '{table}' AND c.action = 'update' AND {match(table)}"""
    )


def delete_rows(rows: str, table: str, action: str) -> None:
    """Delete the rows of a table that are named by key."""
    _run(
        f"""DELETE FROM {table} t USING {rows} c, jsonb_populate_record(NULL::{table}, c.key) k
            WHERE c.table_name = '{table}' AND c.action = '{action}' AND {match(table)}"""
    )


def _write(run: Run, tables: list[str]) -> None:
    run.sql("ANALYZE plan")
    for table in tables:
        insert_rows("plan", table, "insert", "new")
        update_rows("plan", table, "new")
    for table in reversed(tables):
        delete_rows("plan", table, "delete")


def _keep_journal(run: Run) -> None:
    run.sql("DELETE FROM import_change WHERE batch_id = :batch")
    run.sql(
        """INSERT INTO import_change (batch_id, table_name, action, key, old, new, product_id)
           SELECT :batch, table_name, action, key, old, new, product_id FROM plan"""
    )


# The words of the products that the plan creates, renames or moves: as they will be.
_PLANNED_WORDS = """
    SELECT c.ctid::text AS at, coalesce(c.new ->> 'name', p.name) AS name,
        coalesce(c.new ->> 'side', p.side, '') AS side, g.name AS gamme, b.name AS brand,
        coalesce(c.new ->> 'reference', p.reference) AS reference, o.numbers, p.search_text AS was
    FROM plan c LEFT JOIN product p ON p.id = c.product_id
    JOIN gamme g ON g.id = coalesce((c.new ->> 'gamme_id')::bigint, p.gamme_id)
    JOIN brand b ON b.id = coalesce((c.new ->> 'brand_id')::bigint, p.brand_id)
    LEFT JOIN LATERAL (SELECT array_agg(r.reference ORDER BY r.id) AS numbers FROM
        (SELECT id, reference FROM product_reference WHERE product_id = p.id ORDER BY id LIMIT 200) r) o ON true
    WHERE c.table_name = 'product' AND NOT c.is_missing
"""
_WORDS_OF_REFERENCES = """
    SELECT p.id::text AS at, p.name, p.side, g.name AS gamme, b.name AS brand, p.reference, o.numbers,
        p.search_text AS was
    FROM product p JOIN gamme g ON g.id = p.gamme_id JOIN brand b ON b.id = p.brand_id
    LEFT JOIN LATERAL (SELECT array_agg(r.reference ORDER BY r.id) AS numbers FROM
        (SELECT id, reference FROM product_reference WHERE product_id = p.id ORDER BY id LIMIT 200) r) o ON true
    WHERE p.id IN (SELECT product_id FROM plan)
"""


def _plan_words(run: Run, query: str) -> None:
    """Add the words of the PostgreSQL search to the planned products, as services/products.py would write them."""
    _reckon_words(run, query)
    run.sql(
        """UPDATE plan c SET old = c.old || jsonb_build_object('search_text', w.was),
               new = c.new || jsonb_build_object('search_text', w.words)
           FROM words w WHERE c.ctid = w.at::tid"""
    )


def _plan_words_of_references(run: Run) -> None:
    _reckon_words(run, _WORDS_OF_REFERENCES)
    run.plan(
        "product",
        "update",
        "words w WHERE w.words <> w.was",
        key="jsonb_build_object('id', w.at::bigint)",
        old="jsonb_build_object('search_text', w.was)",
        new="jsonb_build_object('search_text', w.words)",
        product="w.at::bigint",
    )
    _write(run, ["product"])


def _reckon_words(run: Run, query: str) -> None:
    run.sql("DROP TABLE IF EXISTS pg_temp.words")
    run.sql("CREATE TEMP TABLE words (at text, words text, was text) ON COMMIT DROP")
    with session.execute(text(query), execution_options={"yield_per": _WORDS_AT_ONCE}) as found:
        # Read, then written: one connection does not do both at once.
        for rows in found.partitions():
            copy_rows("words", ("at", "words", "was"), (_words(row) for row in rows))
    run.sql("ANALYZE words")


def _words(row: Any) -> tuple[str, str, str]:
    numbers = row.numbers or ()
    return (
        row.at,
        search_text(row.name, row.side, row.gamme, row.brand, row.reference, *numbers),
        row.was or "",
    )


def _run(statement: str) -> None:
    session.execute(text(statement))
