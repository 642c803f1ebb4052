"""What staff read of an import: its first changes in words, and the file of refused rows with the reasons."""

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from domain.cells import safe_for_spreadsheets
from domain.money import to_euros
from models.database import session
from models.imports import ImportBatch, ImportProblem
from services.imports.batches import errors_path_of, path_of
from services.imports.reading import rows_of
from services.imports.run import Run

SAMPLED = 15
# Columns of the shop as staff know them; what is not here is not shown (keys, words for the search).
LABELS = {
    "reference": "Référence",
    "name": "Désignation",
    "side": "Côté",
    "description": "Description",
    "safety_note": "Consigne de sécurité",
    "sale_quantity": "Pièces par lot",
    "weight_grams": "Poids (g)",
    "ean": "EAN",
    "price_cents": "Prix TTC",
    "prior_price_cents": "Prix barré",
    "deposit_cents": "Consigne",
    "vat_basis_points": "TVA",
    "is_displayed": "Affiché",
    "is_universal": "Universel",
    "on_hand": "Quantité",
    "low_threshold": "Seuil d'alerte",
    "location": "Emplacement",
    "next_restock_on": "Réapprovisionnement",
    "kind": "Sorte",
    "maker": "Marque du numéro",
    "value": "Valeur",
    "unit": "Unité",
    "year_from": "Depuis",
    "year_to": "Jusqu'à",
    "fuel": "Carburant",
    "displacement_cc": "Cylindrée (cm³)",
    "power_hp": "Puissance (ch)",
    "power_kw": "Puissance (kW)",
    "body": "Carrosserie",
    "produced_from": "Produit depuis",
    "produced_to": "Produit jusqu'à",
    "code": "Code moteur",
    "mine": "Type mine",
    "cnit": "CNIT",
}
_NUMBER_KINDS = {"oem": "origine (OEM)", "cross": "croisée", "ean": "EAN"}
# Columns that hold a month: their day is always the first.
_MONTHS = ("produced_from", "produced_to")


def sample_changes(run: Run) -> list[dict[str, Any]]:
    """Return the first planned changes: dicts line (or None), title, action, values [label, old, new]."""
    if run.batch.kind == "fitment":
        return _sample_fitment(run)
    rows = run.sql(
        """SELECT c.line, c.table_name, c.action, c.old, c.new, p.name, p.reference, k.name AS criterion
           FROM plan c LEFT JOIN product p ON p.id = c.product_id
           LEFT JOIN criterion k ON k.id = (c.key ->> 'criterion_id')::bigint
           ORDER BY c.line NULLS LAST LIMIT :most""",
        most=SAMPLED,
    )
    return [_sampled(row) for row in rows]


def write_error_file(batch: ImportBatch) -> None:
    """Write the refused rows as they were with the columns and reasons, or take an old such file away."""
    path = errors_path_of(batch)
    problems = _problems_by_line(batch.id)
    line, reasons = next(problems, (0, ""))
    if not line:
        path.unlink(missing_ok=True)
        return
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([*map(_safe, batch.headers), "Ligne", "À corriger"])
        for row in rows_of(path_of(batch), batch.encoding, batch.separator, from_line=0):
            if row.line == line:
                cells = [_safe(cell) for cell in (row.cells or [])][: len(batch.headers)]
                cells += [""] * (len(batch.headers) - len(cells))
                writer.writerow([*cells, line, _safe(reasons)])
                line, reasons = next(problems, (0, ""))
            if not line:
                break
    unfinished.replace(path)


def _problems_by_line(batch_id: int) -> Iterator[tuple[int, str]]:
    """Give each refused line with all that is wrong with it, a few thousand at a time."""
    last = 0
    while True:
        rows = session.execute(
            select(ImportProblem.line, ImportProblem.column, ImportProblem.sentence)
            .where(ImportProblem.batch_id == batch_id, ImportProblem.line > last)
            .order_by(ImportProblem.line, ImportProblem.id)
            .limit(5_000)
        ).all()
        if not rows:
            return
        # The last line may go on in the next rows, unless these are all there are.
        whole = len(rows) < 5_000 or rows[0].line == rows[-1].line
        reasons: dict[int, list[str]] = {}
        for row in rows:
            if whole or row.line != rows[-1].line:
                reasons.setdefault(row.line, []).append(
                    f"{row.column} : {row.sentence}" if row.column else row.sentence
                )
        for line, sentences in reasons.items():
            yield line, " ".join(sentences)
            last = line


def _safe(cell: str) -> str:
    return safe_for_spreadsheets(cell.replace("\x00", ""))


def _sampled(row: Any) -> dict[str, Any]:
    old, new = row.old or {}, row.new or {}
    values = [
        [LABELS[name], shown(name, old.get(name)), shown(name, new.get(name))]
        for name in LABELS
        # Of what is new, what is empty or as it always is says nothing.
        if name in (new or old) and old.get(name) != new.get(name) and (old or new[name] not in (None, "", False, 0))
    ]
    if row.name:
        title = f"{row.name} ({row.reference})"
    else:
        title = " ".join(str(new[name]) for name in ("name", "reference") if new.get(name))
    if row.criterion or row.table_name == "criterion":
        title = f"{title} : {row.criterion}" if row.criterion else f"Nouveau critère : {title}"
    return {"line": row.line, "action": row.action, "title": title, "values": values}


def _sample_fitment(run: Run) -> list[dict[str, Any]]:
    rows = run.sql(
        """SELECT c.line, p.name, p.reference, concat_ws(' ', mk.name, m.name, v.name, v.power_hp || ' ch') AS vehicle,
               s.fitted_from, s.fitted_to, s.restriction
           FROM (SELECT line FROM outcome ORDER BY line LIMIT :most) c JOIN staged s ON s.line = c.line
           JOIN product p ON p.id = s.product_id JOIN vehicle_type v ON v.id = s.vehicle_type_id
           JOIN vehicle_model m ON m.id = v.model_id JOIN make mk ON mk.id = m.make_id ORDER BY c.line""",
        most=SAMPLED,
    )
    return [
        {
            "line": row.line,
            "action": "insert",
            "title": f"{row.name} ({row.reference})",
            "values": [["Convient à", "", " ".join(filter(None, (row.vehicle, _months(row), row.restriction)))]],
        }
        for row in rows
    ]


def _months(row: Any) -> str:
    bounds = [f"{word} {month:%m/%Y}" for word, month in (("de", row.fitted_from), ("à", row.fitted_to)) if month]
    return " ".join(bounds)


def shown(column: str, value: Any) -> str:
    """Return a stored value as staff read it: euros, percent, yes or no, « vide »."""
    if value is None or value == "":
        return ""
    if column == "kind":
        return _NUMBER_KINDS.get(str(value), str(value))
    if isinstance(value, bool):
        return "oui" if value else "non"
    if column.endswith("_cents"):
        return f"{to_euros(int(value))} €".replace(".", ",")
    if column == "vat_basis_points":
        return f"{int(value) / 100:g} %".replace(".", ",")
    if column == "next_restock_on" or column in _MONTHS:
        return f"{date.fromisoformat(str(value)):{'%m/%Y' if column in _MONTHS else '%d/%m/%Y'}}"
    return str(value)[:200]
