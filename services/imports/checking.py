"""The dry run: every staged row judged, every change planned and counted, nothing written to the shop."""

from collections.abc import Callable
from datetime import datetime

from domain.errors import Conflict
from models.database import session
from models.imports import ImportBatch
from services.imports.criteria import plan_criteria
from services.imports.fitment import plan_fitment
from services.imports.prices import plan_prices
from services.imports.products import plan_products
from services.imports.references import plan_references
from services.imports.report import sample_changes, write_error_file
from services.imports.run import Run, open_run
from services.imports.stock import plan_stock
from services.imports.vehicles import plan_vehicles

PLANS: dict[str, Callable[[Run], None]] = {
    "products": plan_products,
    "prices": plan_prices,
    "stock": plan_stock,
    "references": plan_references,
    "criteria": plan_criteria,
    "fitment": plan_fitment,
    "vehicles": plan_vehicles,
}
UNREAD = "Des lignes n'ont pas pu être lues : les articles absents du fichier restent comme ils sont."


class RowsLost(Conflict):
    """The staged rows are gone: the database was restarted after a crash."""


def check_rows(batch: ImportBatch, *, at: datetime) -> None:
    """Check a batch that was read whole and write down what applying it would do, with the file of refused rows."""
    run = plan_run(batch, is_dry=True, at=at)
    count_plan(run)
    batch.sample = sample_changes(run)
    write_error_file(batch)
    batch.state, batch.touched_at = "checked", at
    session.flush()


def plan_run(batch: ImportBatch, *, is_dry: bool, at: datetime) -> Run:
    """Check the staged rows and plan what they change, in temporary tables; raises RowsLost."""
    run = open_run(batch, is_dry=is_dry, at=at)
    refused = run.sql("SELECT count(DISTINCT line) FROM import_problem WHERE batch_id = :batch AND is_of_reading")
    staged = run.sql("SELECT count(*) FROM staged").scalar_one()
    if staged + refused.scalar_one() < batch.rows:
        raise RowsLost("Les lignes lues se sont perdues avec un arrêt de la base : vérifiez l'import à nouveau.")
    PLANS[batch.kind](run)
    run.sql("ANALYZE plan")
    return run


def count_plan(run: Run) -> None:
    """Write to the batch how many rows create, change, leave as is and are refused."""
    batch = run.batch
    counted = run.sql(
        """SELECT count(*) FILTER (WHERE creates) AS creates, count(*) FILTER (WHERE NOT creates) AS updates FROM (
               SELECT line, bool_or(action IN ('insert', 'create')) AS creates FROM (
                   SELECT line, action FROM plan WHERE line IS NOT NULL UNION ALL SELECT line, action FROM outcome
               ) a GROUP BY line) b"""
    ).one()
    batch.creates, batch.updates = counted.creates, counted.updates
    batch.rejected = run.sql("SELECT count(DISTINCT line) FROM import_problem WHERE batch_id = :batch").scalar_one()
    batch.unchanged = batch.rows - batch.rejected - batch.creates - batch.updates
    batch.missing_count = run.sql("SELECT count(*) FROM plan WHERE is_missing").scalar_one()
    batch.message = UNREAD if batch.missing in ("hide", "zero") and not run.can_judge_missing() else ""
