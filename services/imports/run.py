"""One run over a batch's staged rows, dry or not: what every kind of file shares when it is checked and planned.

Two tables live as long as the run's transaction. `staged` has a row per line with its fields typed, the product it
speaks of, and `ok` until something is wrong with it. `plan` has a row per row of the shop to be written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, text

from models.database import session
from models.imports import ImportBatch
from services.imports.fields import Kind
from services.imports.mapping import kind_of

IDENTITY_FIELDS = ("product_id", "brand", "reference", "ean")


@dataclass(frozen=True)
class Run:
    """A batch being checked (`is_dry`) or applied."""

    batch: ImportBatch
    kind: Kind
    is_dry: bool
    at: datetime

    @property
    def mapped(self) -> frozenset[str]:
        """The fields that the file has."""
        return frozenset(name for name in self.batch.mapping if name)

    def sql(self, statement: str, **values: Any) -> CursorResult[Any]:
        """Run a statement; it may use :batch, :at and :brands besides `values`."""
        known = {"batch": self.batch.id, "at": self.at, "brands": self.batch.brand_ids, **values}
        used = {name: value for name, value in known.items() if f":{name}" in statement}
        result = session.execute(text(statement), used)
        assert isinstance(result, CursorResult)
        return result

    def header(self, *fields: str) -> str:
        """Return what the file calls the first of these fields that it has, else our own label."""
        for name in fields:
            if name in self.batch.mapping:
                return self.batch.headers[self.batch.mapping.index(name)]
        return self.kind.field(fields[0]).label

    def refuse(self, rows: str, *, column: str, typed: str, sentence: str, **values: Any) -> None:
        """Refuse lines: `rows` follows FROM and names the staged lines `s`; `typed`, `sentence` are SQL texts."""
        self.sql(
            f"""
            WITH bad AS (
                INSERT INTO import_problem (batch_id, line, "column", typed, sentence)
                SELECT :batch, s.line, :column, left(coalesce({typed}, ''), 200), left({sentence}, 300)
                FROM {rows} ORDER BY s.line
                RETURNING line
            )
            UPDATE staged SET ok = false FROM bad WHERE staged.line = bad.line
            """,
            column=column[:100],
            **values,
        )

    def merged(self, field: str, current: str, *, cleared: str = "") -> str:
        """Return the SQL of a new value: the cell's, else what a blank one means (`cleared` empty: never cleared)."""
        if field not in self.mapped:
            return current
        if self.batch.blank == "clear" and cleared:
            return f"coalesce(s.{field}, {cleared})"
        return f"coalesce(s.{field}, {current})"

    def new_id(self, table: str, line: str = "s.line") -> str:
        """Return the SQL of the id of a new row: the next number, or in a dry run one that is never kept."""
        return f"-({line})::bigint" if self.is_dry else f"nextval(pg_get_serial_sequence('{table}', 'id'))"

    def plan(self, table: str, action: str, rows: str, *, key: str, **parts: str) -> None:
        """Plan rows to write: `rows` follows FROM; key, old, new (JSON), line and product are SQL."""
        self.sql(
            f"""
            INSERT INTO plan (line, table_name, action, key, old, new, product_id, is_missing)
            SELECT {parts.get("line", "NULL::int")}, '{table}', '{action}', {key}, {parts.get("old", "NULL::jsonb")},
                {parts.get("new", "NULL::jsonb")}, {parts.get("product", "NULL::bigint")},
                {parts.get("missing", "false")}
            FROM {rows}
            """
        )

    def can_judge_missing(self) -> bool:
        """Say whether every line of the file tells which product it is about, so that the others are truly missing."""
        columns = ["", *(self.header(name) for name in IDENTITY_FIELDS if name in self.mapped)]
        unread = self.sql(
            """SELECT EXISTS (SELECT 1 FROM import_problem WHERE batch_id = :batch AND is_of_reading
                              AND "column" = ANY(:columns))""",
            columns=columns,
        )
        return not unread.scalar_one()


def json_of(values: Mapping[str, str]) -> str:
    """Return the SQL of a JSON object: column name → SQL expression."""
    pairs = ", ".join(f"'{name}', {expression}" for name, expression in values.items())
    return f"jsonb_build_object({pairs})"


def open_run(batch: ImportBatch, *, is_dry: bool, at: datetime) -> Run:
    """Lay out the staged rows of a batch and an empty plan; problems of an earlier check are forgotten."""
    run = Run(batch, kind_of(batch), is_dry, at)
    run.sql("DELETE FROM import_problem WHERE batch_id = :batch AND NOT is_of_reading")
    for table in ("staged", "plan", "outcome"):
        run.sql(f"DROP TABLE IF EXISTS pg_temp.{table}")
    run.sql(f"CREATE TEMP TABLE staged ON COMMIT DROP AS {_typed_rows(run)}")
    run.sql("CREATE UNIQUE INDEX ON staged (line)")
    run.sql("ANALYZE staged")
    run.sql(
        """CREATE TEMP TABLE plan (line int, table_name text, action text, key jsonb, old jsonb, new jsonb,
           product_id bigint, is_missing boolean) ON COMMIT DROP"""
    )
    run.sql("CREATE TEMP TABLE outcome (line int, action text) ON COMMIT DROP")
    return run


def _typed_rows(run: Run) -> str:
    """Return the query of the staged rows with every field of the kind typed, mapped or not."""
    columns = []
    for place, field in enumerate(run.kind.fields, 1):
        name = "asked_id" if field.name == "product_id" else field.name
        value = f"(r.cells[{place}])::{field.sql}"
        if field.name == "brand" and field.names and len(run.batch.brand_ids) == 1:
            # A file about one brand need not repeat it on every line.
            value = f"coalesce({value}, {int(run.batch.brand_ids[0])})"
        columns.append(f"{value} AS {name}")
    return f"""
        SELECT r.line, NULL::bigint AS product_id, (w.line IS NULL) AS ok, {", ".join(columns)}
        FROM import_row r
        LEFT JOIN (SELECT DISTINCT line FROM import_problem WHERE batch_id = {run.batch.id}) w ON w.line = r.line
        WHERE r.batch_id = {run.batch.id}
    """


def find_products(run: Run) -> None:
    """Find the product of every line, by number, by brand and reference, by reference alone, by EAN; refuse doubts."""
    run.sql("UPDATE staged s SET product_id = p.id FROM product p WHERE p.id = s.asked_id")
    run.sql(
        """UPDATE staged s SET product_id = p.id FROM product p
           WHERE s.asked_id IS NULL AND s.brand = p.brand_id AND s.reference_key = p.reference_key"""
    )
    alone = "s.asked_id IS NULL AND s.brand IS NULL AND s.product_id IS NULL"
    scope = "AND p.brand_id = ANY(:brands)" if run.batch.brand_ids else ""
    for key, column, shown in (("reference_key", "reference", "reference"), ("ean", "ean", "ean")):
        if key == "ean":
            alone = "s.asked_id IS NULL AND s.reference_key IS NULL AND s.product_id IS NULL"
        found = f"""(SELECT p.{key}, min(p.id) AS id, count(*) AS many FROM product p
                     WHERE p.{key} IN (SELECT s.{key} FROM staged s WHERE {alone}) {scope} GROUP BY p.{key}) f"""
        run.refuse(
            f"staged s JOIN {found} ON f.{key} = s.{key} WHERE s.ok AND f.many > 1 AND {alone}",
            column=run.header(column),
            typed=f"s.{shown}",
            sentence="f.many || ' articles portent ce numéro : ajoutez la marque.'",
        )
        run.sql(
            f"""UPDATE staged s SET product_id = f.id FROM {found}
                WHERE f.{key} = s.{key} AND f.many = 1 AND {alone}"""
        )


def refuse_unknown_products(run: Run) -> None:
    """Refuse the lines whose product the shop does not have."""
    column = run.header("reference", "ean", "product_id")
    run.refuse(
        "staged s WHERE s.ok AND s.product_id IS NULL AND coalesce(s.asked_id::text, s.reference_key, s.ean) IS NULL",
        column=column,
        typed="''",
        sentence="'Rien ne dit de quel article parle cette ligne.'",
    )
    run.refuse(
        "staged s LEFT JOIN brand b ON b.id = s.brand WHERE s.ok AND s.product_id IS NULL",
        column=column,
        typed="coalesce(s.asked_id::text, s.reference, s.ean)",
        sentence="CASE WHEN s.asked_id IS NOT NULL THEN 'Aucun article de la boutique ne porte ce numéro.' "
        "WHEN b.id IS NOT NULL THEN 'Aucun article ' || b.name || ' n''a cette référence.' "
        "ELSE 'Aucun article de la boutique n''a ce numéro.' END",
    )


def refuse_repeats(run: Run, key: str) -> None:
    """Refuse every line but the first that speaks of the same thing; `key` is the SQL of what tells things apart."""
    run.refuse(
        f"""(SELECT line, reference, asked_id, ean, first_value(line) OVER (PARTITION BY {key} ORDER BY line) AS first
             FROM staged WHERE ok) s WHERE s.line <> s.first""",
        column=run.header("reference", "ean", "product_id"),
        typed="coalesce(s.reference, s.asked_id::text, s.ean)",
        sentence="'Déjà donné à la ligne ' || s.first || '.'",
    )


def lock_products(run: Run) -> None:
    """Hold the products of the file until the transaction ends, in order of number, so that nobody deadlocks."""
    if not run.is_dry:
        run.sql(
            """SELECT count(*) FROM (SELECT id FROM product WHERE id IN (SELECT product_id FROM staged)
               ORDER BY id FOR NO KEY UPDATE) locked"""
        )
