"""A file of criteria: what a product measures and is, one value per criterion."""

from services.imports.run import (
    Run,
    find_products,
    json_of,
    lock_products,
    refuse_repeats,
    refuse_unknown_products,
)


def plan_criteria(run: Run) -> None:
    """Check a file of criteria and plan the values it sets, the criteria it creates, what it removes."""
    find_products(run)
    refuse_unknown_products(run)
    lock_products(run)
    run.sql("ALTER TABLE staged ADD COLUMN criterion_id bigint")
    run.sql(
        """UPDATE staged s SET criterion_id = c.id
           FROM (SELECT lower(name) AS name, min(id) AS id FROM criterion GROUP BY 1) c
           WHERE c.name = lower(s.criterion)"""
    )
    if run.batch.unknown == "create":
        _plan_new_criteria(run)
    run.refuse(
        "staged s WHERE s.ok AND s.criterion_id IS NULL",
        column=run.header("criterion"),
        typed="s.criterion",
        sentence="'Ce critère n''existe pas : créez-le, ou choisissez de créer ce qui est inconnu.'",
    )
    refuse_repeats(run, "product_id, criterion_id")
    _plan_values(run)
    if run.batch.missing == "remove" and run.can_judge_missing():
        _plan_gone(run)


def _plan_new_criteria(run: Run) -> None:
    new = """(SELECT DISTINCT ON (lower(s.criterion)) s.line, s.criterion, coalesce(s.unit, '') AS unit
              FROM staged s WHERE s.ok AND s.criterion_id IS NULL ORDER BY lower(s.criterion), s.line) n"""
    run.plan(
        "criterion",
        "insert",
        f"(SELECT n.*, {run.new_id('criterion', 'n.line')} AS id FROM {new}) c",
        line="c.line",
        key="jsonb_build_object('id', c.id)",
        new=json_of({"id": "c.id", "name": "c.criterion", "unit": "c.unit", "is_filter": "false"}),
    )
    run.sql(
        """UPDATE staged s SET criterion_id = (c.key ->> 'id')::bigint FROM plan c
           WHERE c.table_name = 'criterion' AND lower(c.new ->> 'name') = lower(s.criterion)
           AND s.criterion_id IS NULL"""
    )


def _plan_values(run: Run) -> None:
    key = "jsonb_build_object('product_id', c.product_id, 'criterion_id', c.criterion_id)"
    columns = {"value": "s.value"}
    if "position" in run.mapped:
        columns["position"] = "coalesce(s.position, p.position)"
    old = json_of({name: f"p.{name}" for name in columns})
    run.plan(
        "product_criterion",
        "update",
        f"""(SELECT s.line, s.product_id, s.criterion_id, {old} AS old, {json_of(columns)} AS new
             FROM staged s JOIN product_criterion p USING (product_id, criterion_id) WHERE s.ok) c
            WHERE c.old <> c.new""",
        line="c.line",
        key=key,
        old="c.old",
        new="c.new",
        product="c.product_id",
    )
    # A new value stands after those the product has, in the order of the file.
    position = """coalesce(c.position, (SELECT coalesce(max(o.position), 0) FROM product_criterion o
        WHERE o.product_id = c.product_id) + row_number() OVER (PARTITION BY c.product_id ORDER BY c.line))::smallint"""
    run.plan(
        "product_criterion",
        "insert",
        """staged c WHERE c.ok AND NOT EXISTS (SELECT 1 FROM product_criterion p
           WHERE p.product_id = c.product_id AND p.criterion_id = c.criterion_id)""",
        line="c.line",
        key=key,
        new=json_of(
            {
                "product_id": "c.product_id",
                "criterion_id": "c.criterion_id",
                "value": "c.value",
                "position": position,
            }
        ),
        product="c.product_id",
    )


def _plan_gone(run: Run) -> None:
    """Plan to remove the values that the file does not give for a product it describes; refused lines remove none."""
    row = {name: f"p.{name}" for name in ("product_id", "criterion_id", "value", "position")}
    run.plan(
        "product_criterion",
        "delete",
        """product_criterion p
           JOIN (SELECT product_id FROM staged WHERE product_id IS NOT NULL GROUP BY 1 HAVING bool_and(ok)) f
               USING (product_id)
           WHERE NOT EXISTS (SELECT 1 FROM staged s
               WHERE s.product_id = p.product_id AND s.criterion_id = p.criterion_id)""",
        key="jsonb_build_object('product_id', p.product_id, 'criterion_id', p.criterion_id)",
        old=json_of(row),
        product="p.product_id",
        missing="true",
    )
