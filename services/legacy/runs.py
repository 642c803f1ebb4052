"""Runs and their checkpoints: how far an import is, so that a killed one goes on where it stopped."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, text, update

from domain.errors import Conflict, NotFound
from models.database import session
from models.legacy import LegacyCheckpoint, LegacyError, LegacyRun
from services.cache import spoil
from services.legacy.holding import empty_hold, is_hold_of
from services.legacy.ledger import Ledger

# Of each reason in a step so many rows are kept whole; all of them are counted.
KEPT_PER_REASON = 200
LONGEST_REASON = 300
# The words before what was found in the row itself: one reason for all its rows.
_CASE = re.compile("[0-9«]")


class ImportElsewhere(Conflict):
    """Another process goes on with the same run."""


@dataclass(frozen=True)
class Checkpoint:
    """How far a step is."""

    position: str = ""
    rows_read: int = 0
    rows_rejected: int = 0
    is_done: bool = False


def begin_run(source: str, only: Collection[str], *, restart: bool, at: datetime) -> tuple[LegacyRun, bool]:
    """Return the run to go on with, the unfinished one of the same source or a new one, and whether it was unfinished.

    `restart` gives the unfinished one up. Staging that a crash of PostgreSQL emptied is read anew.
    """
    unfinished = session.scalar(
        select(LegacyRun).where(LegacyRun.status == "running").order_by(LegacyRun.id.desc()).with_for_update()
    )
    asked = sorted(only)
    if unfinished and not restart and unfinished.source == source and unfinished.only == asked:
        if not is_hold_of(unfinished.id):
            session.execute(delete(LegacyCheckpoint).where(LegacyCheckpoint.run_id == unfinished.id))
            session.execute(delete(LegacyError).where(LegacyError.run_id == unfinished.id))
            empty_hold(unfinished.id)
        return unfinished, True
    session.execute(update(LegacyRun).where(LegacyRun.status == "running").values(status="abandoned", finished_at=at))
    run = LegacyRun(source=source, only=asked, started_at=at)
    session.add(run)
    session.flush()
    # What earlier runs refused stands in their reports, by number and reason; whole rows of people are kept of one run.
    for table in (LegacyCheckpoint, LegacyError):
        session.execute(delete(table).where(table.run_id < run.id))
    empty_hold(run.id)
    return run, False


def finish_run(run_id: int, report: dict[str, Any], *, at: datetime) -> None:
    """Store what a run came to."""
    session.execute(
        update(LegacyRun).where(LegacyRun.id == run_id).values(status="finished", finished_at=at, report=report)
    )


def find_last_run() -> LegacyRun | None:
    """Return the run that was begun last."""
    return session.scalar(select(LegacyRun).order_by(LegacyRun.id.desc()).limit(1))


def get_run(run_id: int) -> LegacyRun:
    """Return a run; raises NotFound."""
    run = session.get(LegacyRun, run_id)
    if run is None:
        raise NotFound("Cette importation n'existe pas.")
    return run


def list_checkpoints(run_id: int) -> Sequence[LegacyCheckpoint]:
    """Return the steps of a run that were begun."""
    return session.scalars(
        select(LegacyCheckpoint).where(LegacyCheckpoint.run_id == run_id).execution_options(populate_existing=True)
    ).all()


def find_checkpoint(run_id: int, step: str) -> Checkpoint:
    """Return how far a step is: nowhere yet when it has not begun."""
    row = session.execute(
        select(
            *(LegacyCheckpoint.position, LegacyCheckpoint.rows_read, LegacyCheckpoint.rows_rejected),
            LegacyCheckpoint.done_at,
        ).where(LegacyCheckpoint.run_id == run_id, LegacyCheckpoint.step == step)
    ).one_or_none()
    return Checkpoint(row[0], row[1], row[2], row[3] is not None) if row else Checkpoint()


def take_turn() -> None:
    """Hold other imports off until this transaction ends; raises ImportElsewhere when one is at work just now."""
    if not session.scalar(text("SELECT pg_try_advisory_xact_lock(hashtext('legacy_import'))")):
        raise ImportElsewhere("Un autre processus poursuit cette importation.")


def advance_checkpoint(
    run_id: int, step: str, *, before: str, position: str, read: int, ledger: Ledger, seconds: float
) -> None:
    """Move a step on from the position `before`; raises ImportElsewhere when it no longer stands there."""
    moved = session.execute(
        text(
            "INSERT INTO legacy_checkpoint AS was"
            " (run_id, step, position, rows_read, rows_rejected, tallies, seconds)"
            " VALUES (:run, :step, :position, :read, :rejected, CAST(:tallies AS jsonb), :seconds)"
            " ON CONFLICT (run_id, step) DO UPDATE SET position = :position, rows_read = was.rows_read + :read,"
            " rows_rejected = was.rows_rejected + :rejected, seconds = was.seconds + :seconds, tallies = ("
            "   SELECT coalesce(jsonb_object_agg(name, number), '{}') FROM ("
            "     SELECT key AS name, sum(value::bigint) AS number FROM ("
            "       SELECT * FROM jsonb_each_text(was.tallies)"
            "       UNION ALL SELECT * FROM jsonb_each_text(CAST(:tallies AS jsonb))"
            "     ) added GROUP BY key) summed)"
            " WHERE was.position = :before AND was.done_at IS NULL"
            " RETURNING 1"
        ),
        {
            "run": run_id,
            "step": step,
            "before": before,
            "position": position,
            "read": read,
            "rejected": len(ledger.rejected),
            "tallies": json.dumps(ledger.tallies, ensure_ascii=False),
            "seconds": seconds,
        },
    ).first()
    if moved is None:
        raise ImportElsewhere("Un autre processus poursuit cette importation.")
    _keep_rows(run_id, step, ledger)
    # What a batch wrote shows as soon as it is committed.
    spoil("catalog")


def end_step(run_id: int, step: str, *, at: datetime) -> None:
    """Mark a step as done, whether or not it had rows."""
    session.execute(
        text(
            "INSERT INTO legacy_checkpoint (run_id, step, done_at) VALUES (:run, :step, :at)"
            " ON CONFLICT (run_id, step) DO UPDATE SET done_at = :at"
        ),
        {"run": run_id, "step": step, "at": at},
    )
    spoil("catalog")


def _keep_rows(run_id: int, step: str, ledger: Ledger) -> None:
    wanted = [("rejected", *one) for one in ledger.rejected] + [("remark", *one) for one in ledger.remarks]
    if not wanted:
        return
    counted = session.execute(
        text(
            "SELECT kind, regexp_replace(reason, '[0-9«].*', '') AS family, count(*) FROM legacy_error"
            " WHERE run_id = :run AND step = :step GROUP BY 1, 2"
        ),
        {"run": run_id, "step": step},
    )
    kept = {(kind, family): number for kind, family, number in counted}
    rows = []
    for kind, row, reason in wanted:
        reason = reason[:LONGEST_REASON]
        family = (kind, _CASE.split(reason)[0])
        kept[family] = kept.get(family, 0) + 1
        if kept[family] <= KEPT_PER_REASON:
            rows.append(
                {"run": run_id, "step": step, "position": row.position, "kind": kind, "reason": reason}
                | {"raw": row.as_json()}
            )
    if rows:
        session.execute(
            text(
                "INSERT INTO legacy_error (run_id, step, position, kind, reason, raw)"
                " VALUES (:run, :step, :position, :kind, :reason, CAST(:raw AS jsonb))"
            ),
            rows,
        )
