"""A file of vehicles that products fit: each product's set is worked out, and identical sets share one group.

Decision 14. A set is compared by the hash of its rows (vehicle, months, restriction); the groups it is compared with
are those of the gamme that hold its first vehicle: one range of the index that also answers « what fits this car ».
"""

from services.imports.run import Run, find_products, json_of, lock_products, refuse_unknown_products

_HASH = """md5(string_agg(concat_ws('|', f.vehicle_type_id, coalesce(f.fitted_from::text, ''),
    coalesce(f.fitted_to::text, ''), f.restriction), chr(10)
    ORDER BY f.vehicle_type_id, f.fitted_from NULLS FIRST, f.fitted_to NULLS FIRST, f.restriction COLLATE "C"))"""
_SAME = """f.vehicle_type_id = s.vehicle_type_id AND f.fitted_from IS NOT DISTINCT FROM s.fitted_from
    AND f.fitted_to IS NOT DISTINCT FROM s.fitted_to AND f.restriction = coalesce(s.restriction, '')"""
_TABLES = ("wanted", "wanted_set", "known_set", "target")


def plan_fitment(run: Run) -> None:
    """Check a file of vehicles and plan the groups it needs, the products that move to them, the groups left over."""
    find_products(run)
    refuse_unknown_products(run)
    _refuse_impossible(run)
    lock_products(run)
    for table in _TABLES:
        run.sql(f"DROP TABLE IF EXISTS pg_temp.{table}")
    _work_out_sets(run)
    _find_groups(run)
    _plan_groups(run)
    _plan_products(run)
    _plan_leftovers(run)


def _refuse_impossible(run: Run) -> None:
    run.refuse(
        "staged s WHERE s.ok AND NOT EXISTS (SELECT 1 FROM vehicle_type v WHERE v.id = s.vehicle_type_id)",
        column=run.header("vehicle_type_id"),
        typed="s.vehicle_type_id::text",
        sentence="'Ce type de véhicule n''existe pas dans la boutique.'",
    )
    run.refuse(
        "staged s WHERE s.ok AND s.fitted_to < s.fitted_from",
        column=run.header("fitted_to"),
        typed="to_char(s.fitted_to, 'MM/YYYY')",
        sentence="'La fin précède le début (' || to_char(s.fitted_from, 'MM/YYYY') || ').'",
    )
    run.refuse(
        "staged s JOIN product p ON p.id = s.product_id WHERE s.ok AND p.is_universal",
        column=run.header("reference", "product_id", "ean"),
        typed="p.reference",
        sentence="'Cet article convient à tous les véhicules : il n''en a pas de liste.'",
    )


def _work_out_sets(run: Run) -> None:
    """Lay out the rows each product will fit; what it fits already stays, unless its list is to be replaced whole."""
    replaced = "false"
    if run.batch.missing == "remove" and run.can_judge_missing():
        replaced = "NOT EXISTS (SELECT 1 FROM staged w WHERE w.product_id = p.id AND NOT w.ok)"
    run.sql(
        f"""CREATE TEMP TABLE wanted ON COMMIT DROP AS
            SELECT p.id AS product_id, p.gamme_id, s.vehicle_type_id, s.fitted_from, s.fitted_to,
                coalesce(s.restriction, '') AS restriction
            FROM staged s JOIN product p ON p.id = s.product_id WHERE s.ok
            UNION
            SELECT p.id, p.gamme_id, f.vehicle_type_id, f.fitted_from, f.fitted_to, f.restriction
            FROM product p JOIN fitment f ON f.group_id = p.fitment_group_id
            WHERE p.id IN (SELECT product_id FROM staged WHERE ok) AND NOT ({replaced})"""
    )
    run.sql("ANALYZE wanted")
    run.sql(
        f"""CREATE TEMP TABLE wanted_set ON COMMIT DROP AS
            SELECT f.product_id, f.gamme_id, min(f.vehicle_type_id) AS first_vehicle, {_HASH} AS hash
            FROM wanted f GROUP BY f.product_id, f.gamme_id"""
    )


def _find_groups(run: Run) -> None:
    """Find the group of each set: one that exists, else a new one shared by all the products with that set."""
    run.sql(
        f"""CREATE TEMP TABLE known_set ON COMMIT DROP AS
            SELECT f.gamme_id, f.group_id, {_HASH} AS hash FROM fitment f
            WHERE f.group_id IN (
                SELECT c.group_id FROM (SELECT DISTINCT gamme_id, first_vehicle FROM wanted_set) w
                JOIN fitment c ON c.vehicle_type_id = w.first_vehicle AND c.gamme_id = w.gamme_id)
            GROUP BY f.gamme_id, f.group_id"""
    )
    number = run.new_id("fitment_group", "row_number() OVER ()")
    run.sql(
        f"""CREATE TEMP TABLE target ON COMMIT DROP AS
            SELECT t.gamme_id, t.hash, t.example, t.found IS NULL AS is_new, coalesce(t.found, {number}) AS group_id
            FROM (SELECT w.gamme_id, w.hash, min(w.product_id) AS example,
                      (SELECT min(k.group_id) FROM known_set k
                       WHERE k.gamme_id = w.gamme_id AND k.hash = w.hash) AS found
                  FROM wanted_set w GROUP BY w.gamme_id, w.hash) t"""
    )


def _plan_groups(run: Run) -> None:
    run.plan(
        "fitment_group",
        "insert",
        "target t WHERE t.is_new",
        key="jsonb_build_object('id', t.group_id)",
        new="jsonb_build_object('id', t.group_id, 'gamme_id', t.gamme_id)",
    )
    columns = {name: f"c.{name}" for name in _FITMENT}
    run.plan(
        "fitment",
        "insert",
        """(SELECT t.group_id, t.gamme_id, w.vehicle_type_id, w.fitted_from, w.fitted_to, w.restriction,
                row_number() OVER (PARTITION BY t.group_id, w.vehicle_type_id ORDER BY w.fitted_from NULLS FIRST,
                    w.fitted_to NULLS FIRST, w.restriction COLLATE "C") - 1 AS position
            FROM target t JOIN wanted w ON w.product_id = t.example WHERE t.is_new) c""",
        key=json_of({name: f"c.{name}" for name in ("group_id", "vehicle_type_id", "position")}),
        new=json_of(columns),
    )


_FITMENT = ("group_id", "vehicle_type_id", "position", "gamme_id", "fitted_from", "fitted_to", "restriction")


def _plan_products(run: Run) -> None:
    """Plan the moves of products to their groups, and say of each line whether it adds something."""
    run.sql(
        f"""INSERT INTO outcome (line, action)
            SELECT min(s.line), 'create' FROM staged s JOIN product p ON p.id = s.product_id
            WHERE s.ok AND NOT EXISTS (SELECT 1 FROM fitment f WHERE f.group_id = p.fitment_group_id AND {_SAME})
            GROUP BY s.product_id, s.vehicle_type_id, s.fitted_from, s.fitted_to, coalesce(s.restriction, '')"""
    )
    run.plan(
        "product",
        "update",
        """wanted_set w JOIN target t ON t.gamme_id = w.gamme_id AND t.hash = w.hash
           JOIN product p ON p.id = w.product_id
           LEFT JOIN known_set k ON k.group_id = p.fitment_group_id AND k.hash = w.hash
           WHERE k.group_id IS NULL""",
        key="jsonb_build_object('id', p.id)",
        old="jsonb_build_object('fitment_group_id', p.fitment_group_id)",
        new="jsonb_build_object('fitment_group_id', t.group_id)",
        product="p.id",
        missing="NOT EXISTS (SELECT 1 FROM outcome o JOIN staged s ON s.line = o.line WHERE s.product_id = p.id)",
    )


def _plan_leftovers(run: Run) -> None:
    """Plan to drop the groups that no product will point to any more."""
    left = """(SELECT DISTINCT (m.old ->> 'fitment_group_id')::bigint AS id FROM plan m
               WHERE m.table_name = 'product' AND m.old ->> 'fitment_group_id' IS NOT NULL) l
              WHERE NOT EXISTS (SELECT 1 FROM product p WHERE p.fitment_group_id = l.id AND p.id NOT IN
                  (SELECT m.product_id FROM plan m WHERE m.table_name = 'product'))
              AND NOT EXISTS (SELECT 1 FROM plan m WHERE m.table_name = 'product'
                  AND (m.new ->> 'fitment_group_id')::bigint = l.id)"""
    run.plan(
        "fitment",
        "delete",
        f"fitment c WHERE c.group_id IN (SELECT l.id FROM {left})",
        key=json_of({name: f"c.{name}" for name in ("group_id", "vehicle_type_id", "position")}),
        old=json_of({name: f"c.{name}" for name in _FITMENT}),
    )
    run.plan(
        "fitment_group",
        "delete",
        f"fitment_group g WHERE g.id IN (SELECT l.id FROM {left})",
        key="jsonb_build_object('id', g.id)",
        old="jsonb_build_object('id', g.id, 'gamme_id', g.gamme_id)",
    )
