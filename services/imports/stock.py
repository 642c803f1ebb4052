"""A file of quantities: what was counted replaces what was believed, by a movement, never below what is promised."""

from services.imports.prices import plan_missing
from services.imports.run import Run, find_products, json_of, lock_products, refuse_repeats, refuse_unknown_products

_COLUMNS = {
    "on_hand": ("quantity", ""),
    "low_threshold": ("low_threshold", "5"),
    "location": ("location", "''"),
    "next_restock_on": ("next_restock_on", "NULL"),
}


def plan_stock(run: Run) -> None:
    """Check a file of quantities and plan what it changes, one movement per changed quantity."""
    find_products(run)
    refuse_unknown_products(run)
    refuse_repeats(run, "product_id")
    _lock_shelves(run)
    run.refuse(
        "staged s JOIN stock_item i ON i.product_id = s.product_id WHERE s.ok AND s.quantity < i.reserved",
        column=run.header("quantity"),
        typed="s.quantity::text",
        sentence="i.reserved || ' lots sont promis à des commandes : la quantité ne peut pas descendre en dessous.'",
    )
    _plan_changes(run)
    _plan_new(run)
    if run.batch.missing == "zero" and run.can_judge_missing():
        _plan_empty_shelves(run)
    plan_missing(run)
    _plan_movements(run)


def _plan_changes(run: Run) -> None:
    columns = {
        column: run.merged(field, f"p.{column}", cleared=cleared)
        for column, (field, cleared) in _COLUMNS.items()
        if field in run.mapped
    }
    old = json_of({name: f"p.{name}" for name in columns})
    run.plan(
        "stock_item",
        "update",
        f"""(SELECT s.line, p.product_id, {old} AS old, {json_of(columns)} AS new
             FROM staged s JOIN stock_item p ON p.product_id = s.product_id WHERE s.ok) c WHERE c.old <> c.new""",
        line="c.line",
        key="jsonb_build_object('product_id', c.product_id)",
        old="c.old",
        new="c.new",
        product="c.product_id",
    )


def _plan_new(run: Run) -> None:
    columns = {
        "product_id": "s.product_id",
        "on_hand": "coalesce(s.quantity, 0)",
        "reserved": "0",
        "low_threshold": "coalesce(s.low_threshold, 5)",
        "location": "coalesce(s.location, '')",
        "next_restock_on": "s.next_restock_on",
    }
    run.plan(
        "stock_item",
        "insert",
        """staged s WHERE s.ok AND NOT EXISTS
           (SELECT 1 FROM stock_item i WHERE i.product_id = s.product_id)""",
        line="s.line",
        key="jsonb_build_object('product_id', s.product_id)",
        new=json_of(columns),
        product="s.product_id",
    )


def _plan_empty_shelves(run: Run) -> None:
    """Plan that nothing more can be promised of what the file does not name: what orders hold stays."""
    run.plan(
        "stock_item",
        "update",
        """stock_item i JOIN product p ON p.id = i.product_id
           WHERE p.brand_id = ANY(:brands) AND i.on_hand > i.reserved
           AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.product_id = p.id)""",
        key="jsonb_build_object('product_id', p.id)",
        old="jsonb_build_object('on_hand', i.on_hand)",
        new="jsonb_build_object('on_hand', i.reserved)",
        product="p.id",
        missing="true",
    )


def _plan_movements(run: Run) -> None:
    """Plan the movement of every quantity that changes (spec/stock-management.md, rule 4)."""
    if run.is_dry:
        return
    moved = """(SELECT product_id, coalesce((old ->> 'on_hand')::int, 0) AS was, (new ->> 'on_hand')::int AS will_be
                FROM plan WHERE table_name = 'stock_item') m"""
    movement = {
        "id": "m.id",
        "product_id": "m.product_id",
        "kind": "CASE WHEN m.will_be > m.was THEN 'in' ELSE 'adjustment' END",
        "quantity": "abs(m.will_be - m.was)",
        "on_hand_before": "m.was",
        "on_hand_after": "m.will_be",
        "reason": "CAST(:reason AS text)",
        "by": "CAST(:who AS text)",
        "created_at": "CAST(:at AS timestamptz)",
    }
    run.sql(
        f"""INSERT INTO plan (table_name, action, key, new, product_id, is_missing)
            SELECT 'stock_movement', 'insert', jsonb_build_object('id', m.id), {json_of(movement)}, m.product_id, false
            FROM (SELECT m.*, {run.new_id("stock_movement")} AS id FROM {moved} WHERE m.will_be <> m.was) m""",
        reason=f"Import n° {run.batch.id} ({run.batch.file_name})",
        who=run.batch.by,
    )


def _lock_shelves(run: Run) -> None:
    """Hold the shelves whose quantity changes, in product order as buyers do, before their promises are read."""
    if run.is_dry:
        return
    lock_products(run)
    run.sql(
        """SELECT count(*) FROM (
               SELECT i.product_id FROM stock_item i LEFT JOIN staged s ON s.product_id = i.product_id
               WHERE s.line IS NOT NULL OR i.product_id IN (SELECT id FROM product WHERE brand_id = ANY(:brands))
               ORDER BY i.product_id FOR UPDATE OF i) held"""
        if run.batch.missing == "zero"
        else """SELECT count(*) FROM (
               SELECT i.product_id FROM stock_item i JOIN staged s ON s.product_id = i.product_id
               ORDER BY i.product_id FOR UPDATE OF i) held"""
    )
