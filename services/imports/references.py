"""A file of other numbers of products: of vehicle makers, of rival brands, EANs."""

from services.imports.run import Run, find_products, json_of, lock_products, refuse_unknown_products

_ROW = {name: f"r.{name}" for name in ("id", "product_id", "kind", "maker", "reference", "reference_key")}


def plan_references(run: Run) -> None:
    """Check a file of other numbers and plan what it adds, and removes where that was decided."""
    find_products(run)
    refuse_unknown_products(run)
    lock_products(run)
    _plan_new(run)
    if run.batch.missing == "remove" and run.can_judge_missing():
        _plan_gone(run)


def _plan_new(run: Run) -> None:
    columns = {
        "id": "c.id",
        "product_id": "c.product_id",
        "kind": "c.kind",
        "maker": "c.maker",
        "reference": "c.number",
        "reference_key": "c.number_key",
    }
    run.plan(
        "product_reference",
        "insert",
        f"""(SELECT n.*, {run.new_id("product_reference", "n.line")} AS id FROM (
               SELECT DISTINCT ON (s.product_id, kind, s.number_key, maker)
                   s.line, s.product_id, coalesce(s.number_kind, 'oem') AS kind, coalesce(s.maker, '') AS maker,
                   s.number, s.number_key
               FROM staged s WHERE s.ok ORDER BY s.product_id, kind, s.number_key, maker, s.line
             ) n WHERE NOT EXISTS (
               SELECT 1 FROM product_reference r WHERE r.product_id = n.product_id AND r.kind = n.kind
               AND r.reference_key = n.number_key AND (n.maker = '' OR lower(r.maker) = lower(n.maker)))) c""",
        line="c.line",
        key="jsonb_build_object('id', c.id)",
        new=json_of(columns),
        product="c.product_id",
    )


def _plan_gone(run: Run) -> None:
    """Plan to remove a product's numbers of the kinds that the file lists for it; refused lines remove nothing."""
    run.plan(
        "product_reference",
        "delete",
        """product_reference r
           JOIN (SELECT product_id, coalesce(number_kind, 'oem') AS kind
                 FROM staged WHERE product_id IS NOT NULL GROUP BY 1, 2) f
               ON f.product_id = r.product_id AND f.kind = r.kind
           WHERE NOT EXISTS (SELECT 1 FROM staged w WHERE w.product_id = r.product_id AND NOT w.ok)
           AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.product_id = r.product_id AND s.number_key = r.reference_key
               AND coalesce(s.number_kind, 'oem') = r.kind AND (s.maker IS NULL OR lower(s.maker) = lower(r.maker)))""",
        key="jsonb_build_object('id', r.id)",
        old=json_of(_ROW),
        product="r.product_id",
        missing="true",
    )
