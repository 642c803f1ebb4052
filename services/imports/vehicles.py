"""A file of vehicles: makes, models and types created or changed, with their engine and registration codes."""

from services.imports.run import Run, json_of

_TYPE_COLUMNS = {
    "name": ("name", ""),
    "fuel": ("fuel", ""),
    "displacement_cc": ("displacement_cc", "NULL"),
    "body": ("body", "''"),
    "produced_from": ("produced_from", ""),
    "produced_to": ("produced_to", "NULL"),
}
_UNKNOWN = "existe pas dans la boutique : choisissez de créer ce qui est inconnu pour l''ajouter."


def plan_vehicles(run: Run) -> None:
    """Check a file of vehicles and plan the makes, models, types and codes that it creates and changes."""
    _refuse_impossible(run)
    run.sql("ALTER TABLE staged ADD COLUMN make_id bigint, ADD COLUMN of_model bigint, ADD COLUMN of_type bigint")
    # A type that is known by its number stays with its model, whatever the file calls it.
    run.sql(
        """UPDATE staged s SET of_type = t.id, of_model = m.id, make_id = m.make_id
           FROM vehicle_type t JOIN vehicle_model m ON m.id = t.model_id WHERE t.id = s.type_id"""
    )
    _find_makes(run)
    _find_models(run)
    _find_types(run)
    _plan_changes(run)
    for codes, table, column in _CODES:
        if codes in run.mapped:
            _plan_codes(run, codes, table, column)


_CODES = (
    ("engine_codes", "engine_code", "code"),
    ("mines", "registration_code", "mine"),
    ("cnits", "registration_code", "cnit"),
)
_HP = "coalesce(s.power_hp, round(s.power_kw * 1.35962)::smallint)"
_KW = "coalesce(s.power_kw, round(s.power_hp / 1.35962)::smallint)"


def _refuse_impossible(run: Run) -> None:
    run.refuse(
        "staged s WHERE s.ok AND s.produced_to < s.produced_from",
        column=run.header("produced_to"),
        typed="to_char(s.produced_to, 'MM/YYYY')",
        sentence="'La fin précède le début (' || to_char(s.produced_from, 'MM/YYYY') || ').'",
    )
    run.refuse(
        "staged s WHERE s.ok AND s.power_hp IS NULL AND s.power_kw IS NULL",
        column=run.header("power_hp", "power_kw"),
        typed="''",
        sentence="'Écrivez la puissance en chevaux ou en kilowatts.'",
    )


def _find_makes(run: Run) -> None:
    run.sql(
        """UPDATE staged s SET make_id = m.id FROM make m
           WHERE s.make_id IS NULL AND (m.alias = s.make_alias OR lower(m.name) = lower(s.make))"""
    )
    if run.batch.unknown == "create":
        run.plan(
            "make",
            "insert",
            f"""(SELECT n.*, {run.new_id("make", "n.line")} AS id FROM (
                   SELECT DISTINCT ON (s.make_alias) s.line, s.make_alias, s.make FROM staged s
                   WHERE s.ok AND s.make_id IS NULL ORDER BY s.make_alias, s.line) n) c""",
            line="c.line",
            key="jsonb_build_object('id', c.id)",
            new=json_of({"id": "c.id", "alias": "c.make_alias", "name": "c.make"}),
        )
        run.sql(
            """UPDATE staged s SET make_id = (n.key ->> 'id')::bigint FROM plan n
               WHERE n.table_name = 'make' AND n.new ->> 'alias' = s.make_alias AND s.make_id IS NULL"""
        )
    run.refuse(
        "staged s WHERE s.ok AND s.make_id IS NULL",
        column=run.header("make"),
        typed="s.make",
        sentence=f"'Cette marque n''{_UNKNOWN}'",
    )


def _find_models(run: Run) -> None:
    """Find models by number, else by name: of several generations, the last begun when the type was first built."""
    run.sql("UPDATE staged s SET of_model = m.id FROM vehicle_model m WHERE m.id = s.model_id AND s.of_model IS NULL")
    run.sql(
        """UPDATE staged s SET of_model = (
               SELECT m.id FROM vehicle_model m WHERE m.make_id = s.make_id
               AND (lower(m.name) = lower(s.model) OR m.alias = s.model_alias)
               ORDER BY m.year_from <= extract(year FROM s.produced_from) DESC, m.year_from DESC, m.id LIMIT 1)
           WHERE s.of_model IS NULL AND s.model_id IS NULL"""
    )
    if run.batch.unknown == "create":
        run.plan(
            "vehicle_model",
            "insert",
            f"""(SELECT n.*, coalesce(n.model_id, {run.new_id("vehicle_model", "n.line")}) AS id FROM (
                   SELECT min(s.line) AS line, s.make_id, s.model_id, s.model_alias, min(s.model) AS model,
                       min(extract(year FROM s.produced_from))::int AS year_from,
                       CASE WHEN count(*) = count(s.produced_to)
                           THEN max(extract(year FROM s.produced_to))::int END AS year_to
                   FROM staged s WHERE s.ok AND s.of_model IS NULL
                   GROUP BY s.make_id, s.model_id, s.model_alias) n) c""",
            line="c.line",
            key="jsonb_build_object('id', c.id)",
            new=json_of(
                {
                    "id": "c.id",
                    "make_id": "c.make_id",
                    "alias": "c.model_alias",
                    "name": "c.model",
                    "year_from": "c.year_from",
                    "year_to": "c.year_to",
                }
            ),
        )
        run.sql(
            """UPDATE staged s SET of_model = (n.key ->> 'id')::bigint FROM plan n
               WHERE n.table_name = 'vehicle_model' AND s.of_model IS NULL AND s.ok
               AND n.new ->> 'alias' = s.model_alias AND (n.new ->> 'make_id')::bigint = s.make_id
               AND (s.model_id IS NULL OR (n.key ->> 'id')::bigint = s.model_id)"""
        )
    run.refuse(
        "staged s WHERE s.ok AND s.of_model IS NULL",
        column=run.header("model"),
        typed="s.model",
        sentence=f"'Ce modèle n''{_UNKNOWN}'",
    )


def _find_types(run: Run) -> None:
    run.sql(
        f"""UPDATE staged s SET of_type = t.id FROM vehicle_type t
            WHERE s.of_type IS NULL AND s.type_id IS NULL AND t.model_id = s.of_model
            AND lower(t.name) = lower(s.name) AND lower(t.fuel) = lower(s.fuel) AND t.power_hp = {_HP}"""
    )
    run.refuse(
        """(SELECT line, name, first_value(line) OVER (PARTITION BY coalesce(of_type::text, type_id::text,
               of_model || ':' || lower(name) || ':' || lower(fuel) || ':' || coalesce(power_hp, power_kw))
               ORDER BY line) AS first FROM staged WHERE ok) s WHERE s.line <> s.first""",
        column=run.header("name"),
        typed="s.name",
        sentence="'Déjà donné à la ligne ' || s.first || '.'",
    )
    if run.batch.unknown == "create":
        run.plan(
            "vehicle_type",
            "insert",
            f"""(SELECT s.*, {_HP} AS hp, {_KW} AS kw, coalesce(s.type_id, {run.new_id("vehicle_type")}) AS id
                 FROM staged s WHERE s.ok AND s.of_type IS NULL) c""",
            line="c.line",
            key="jsonb_build_object('id', c.id)",
            new=json_of(
                {
                    "id": "c.id",
                    "model_id": "c.of_model",
                    "alias": "c.name_alias",
                    "name": "c.name",
                    "fuel": "c.fuel",
                    "displacement_cc": "c.displacement_cc",
                    "power_hp": "c.hp",
                    "power_kw": "c.kw",
                    "body": "coalesce(c.body, '')",
                    "produced_from": "c.produced_from",
                    "produced_to": "c.produced_to",
                }
            ),
        )
    run.refuse(
        "staged s WHERE s.ok AND s.of_type IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM plan n WHERE n.line = s.line AND n.table_name = 'vehicle_type')",
        column=run.header("name"),
        typed="s.name",
        sentence=f"'Ce type n''{_UNKNOWN}'",
    )


def _plan_changes(run: Run) -> None:
    columns = {
        column: run.merged(field, f"p.{column}", cleared=cleared)
        for column, (field, cleared) in _TYPE_COLUMNS.items()
        if field in run.mapped
    }
    columns |= {"power_hp": f"coalesce({_HP}, p.power_hp)", "power_kw": f"coalesce({_KW}, p.power_kw)"}
    old = json_of({name: f"p.{name}" for name in columns})
    run.plan(
        "vehicle_type",
        "update",
        f"""(SELECT s.line, p.id, {old} AS old, {json_of(columns)} AS new
             FROM staged s JOIN vehicle_type p ON p.id = s.of_type WHERE s.ok) c WHERE c.old <> c.new""",
        line="c.line",
        key="jsonb_build_object('id', c.id)",
        old="c.old",
        new="c.new",
    )


def _plan_codes(run: Run, codes: str, table: str, column: str) -> None:
    """Plan the codes that a type does not have yet; a file never takes one away."""
    found = f"""(SELECT DISTINCT ON (c.type_id, c.code) c.* FROM (
            SELECT s.line, coalesce(s.of_type, (n.key ->> 'id')::bigint) AS type_id,
                regexp_split_to_table(s.{codes}, '[|]') AS code
            FROM staged s LEFT JOIN plan n ON n.line = s.line AND n.table_name = 'vehicle_type'
            WHERE s.ok AND s.{codes} IS NOT NULL) c
        WHERE NOT EXISTS (SELECT 1 FROM {table} k WHERE k.type_id = c.type_id AND k.{column} = c.code)
        ORDER BY c.type_id, c.code, c.line) c"""
    if table == "engine_code":
        key = new = json_of({"type_id": "c.type_id", "code": "c.code"})
    else:
        found = f"(SELECT c.*, {run.new_id(table, 'c.line')} AS id FROM {found}) c"
        key, new = json_of({"id": "c.id"}), json_of({"id": "c.id", "type_id": "c.type_id", column: "c.code"})
    run.plan(table, "insert", found, line="c.line", key=key, new=new)
