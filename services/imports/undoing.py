"""The last import taken back: every row as it was, refused as a whole where one has changed since."""

from datetime import datetime

from sqlalchemy import text

from domain.errors import Conflict
from models.database import session
from models.imports import ImportBatch
from services.imports.applying import (
    TABLES,
    actor_of,
    delete_rows,
    finish,
    insert_rows,
    keys_of,
    match,
    update_rows,
)
from services.staff import record_change

NAMES = {
    "make": "marques de véhicules",
    "vehicle_model": "modèles",
    "vehicle_type": "types de véhicules",
    "criterion": "critères",
    "fitment_group": "groupes de véhicules",
    "product": "articles",
    "product_reference": "références",
    "product_criterion": "valeurs de critères",
    "stock_item": "stocks",
}


class ChangedSince(Conflict):
    """What an import wrote has been changed by somebody since: taking it back would lose that."""


def undo_rows(batch: ImportBatch, *, at: datetime) -> None:
    """Give every row that an applied batch wrote its old values back, in this transaction; raises ChangedSince.

    Stock movements are never taken back: a movement the other way stands beside them.
    """
    _lay_out(batch)
    _refuse_changed()
    _refuse_in_use()
    _refuse_promised()
    _move_stock_back(batch, at)
    tables = [table for table in TABLES if table != "stock_movement"]
    for table in tables:
        insert_rows("undone", table, "delete", "old")
    for table in tables:
        update_rows("undone", table, "old")
    for table in reversed(tables):
        delete_rows("undone", table, "insert")
    batch.state, batch.undone_at, batch.touched_at, batch.message = "undone", at, at, ""
    record_change(
        by=actor_of(batch.by),
        action="import.undone",
        subject_kind="import_batch",
        subject_id=batch.id,
        before={"creates": batch.creates, "updates": batch.updates, "missing": batch.missing_count},
        after={},
    )
    finish(batch)


def _lay_out(batch: ImportBatch) -> None:
    """Copy the journal of the batch, without the groups of vehicles that other products share by now."""
    session.execute(text("DROP TABLE IF EXISTS pg_temp.undone"))
    session.execute(
        text(
            """CREATE TEMP TABLE undone ON COMMIT DROP AS
               SELECT c.* FROM import_change c WHERE c.batch_id = """
            + str(int(batch.id))
            + """ AND NOT (c.action = 'insert' AND c.table_name IN ('fitment_group', 'fitment')
                   AND EXISTS (SELECT 1 FROM product p
                       WHERE p.fitment_group_id = coalesce(c.key ->> 'id', c.key ->> 'group_id')::bigint
                       AND NOT EXISTS (SELECT 1 FROM import_change m WHERE m.batch_id = c.batch_id
                           AND m.table_name = 'product' AND m.product_id = p.id)))"""
        )
    )
    session.execute(text("ANALYZE undone"))


def _refuse_changed() -> None:
    """Refuse when a row does not hold any more what the import wrote into it."""
    for table in TABLES:
        if table == "stock_movement":
            continue
        lock = "FOR UPDATE OF t" if table != "fitment" else ""
        session.execute(
            text(
                f"""SELECT count(*) FROM (
                        SELECT 1 FROM undone c, jsonb_populate_record(NULL::{table}, c.key) k, {table} t
                        WHERE c.table_name = '{table}' AND {match(table)} ORDER BY {_order(table)} {lock}) held"""
            )
        )
        changed = _count(
            f"""undone c, jsonb_populate_record(NULL::{table}, c.key) k LEFT JOIN {table} t ON {match(table)}
                WHERE c.table_name = '{table}' AND c.action <> 'delete'
                AND (t IS NULL OR NOT to_jsonb(t) @> c.new)"""
        )
        changed += _count(
            f"""undone c, jsonb_populate_record(NULL::{table}, c.key) k JOIN {table} t ON {match(table)}
                WHERE c.table_name = '{table}' AND c.action = 'delete'"""
        )
        if changed:
            name = NAMES.get(table, "lignes")
            raise ChangedSince(
                f"Depuis cet import, autre chose a changé ({name} : {changed}) : l'annuler effacerait ces changements."
            )


def _refuse_in_use() -> None:
    """Refuse when something else points to a row that the import created."""
    links = session.execute(
        text(
            """SELECT c.conrelid::regclass::text AS child, a.attname AS "column", c.confrelid::regclass::text AS parent
               FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
               WHERE c.contype = 'f' AND cardinality(c.conkey) = 1"""
        )
    ).all()
    inserts = session.execute(text("SELECT DISTINCT table_name FROM undone WHERE action = 'insert'"))
    created = {row.table_name for row in inserts if keys_of(row.table_name) == ("id",)}
    for child, column, parent in links:
        if parent not in created:
            continue
        own = ""
        if child in TABLES:
            own = f"""AND NOT EXISTS (SELECT 1 FROM undone o, jsonb_populate_record(NULL::{child}, o.key) k
                      WHERE o.table_name = '{child}' AND o.action IN ('insert', 'update') AND {match(child)})"""
        used = _count(
            f"""undone c JOIN {child} t ON t."{column}" = (c.key ->> 'id')::bigint
                WHERE c.table_name = '{parent}' AND c.action = 'insert' {own}"""
        )
        if used:
            name = NAMES.get(parent, "lignes")
            raise ChangedSince(f"Des {name} créés par cet import servent depuis : l'import ne peut plus être annulé.")


def _refuse_promised() -> None:
    """Refuse when orders have been promised more than what lay on the shelf before."""
    promised = _count(
        """undone c JOIN stock_item i ON i.product_id = c.product_id
           WHERE c.table_name = 'stock_item' AND c.action = 'update' AND (c.old ->> 'on_hand')::int < i.reserved"""
    )
    if promised:
        raise ChangedSince(
            f"Des commandes tiennent {promised} articles au-delà de leur ancien stock : "
            "l'import ne peut plus être annulé."
        )


def _move_stock_back(batch: ImportBatch, at: datetime) -> None:
    session.execute(
        text(
            """INSERT INTO stock_movement
                   (product_id, kind, quantity, on_hand_before, on_hand_after, reason, by, created_at)
               SELECT product_id, CASE WHEN was > now_there THEN 'in' ELSE 'adjustment' END, abs(was - now_there),
                   now_there, was, :reason, :by, :at
               FROM (SELECT product_id, coalesce((old ->> 'on_hand')::int, 0) AS was,
                         (new ->> 'on_hand')::int AS now_there
                     FROM undone WHERE table_name = 'stock_item' ORDER BY product_id) m
               WHERE was <> now_there"""
        ),
        {"reason": f"Annulation de l'import n° {batch.id}", "by": batch.by, "at": at},
    )


def _order(table: str) -> str:
    return ", ".join(f"t.{column}" for column in keys_of(table))


def _count(rows: str) -> int:
    return int(session.execute(text(f"SELECT count(*) FROM {rows}")).scalar_one())
