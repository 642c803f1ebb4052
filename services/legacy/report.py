"""What an import came to: every table against its source, what was left behind, and whether the shop holds together."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select, text

from integrations.legacy_source import LegacySource
from models.database import session
from models.legacy import LegacyError
from services.legacy.checks import Check, check_shop
from services.legacy.holding import held_states
from services.legacy.not_imported import reason_for
from services.legacy.runs import KEPT_PER_REASON, get_run, list_checkpoints
from services.legacy.steps import STEPS, TableStep, chosen_tables

Report = dict[str, Any]
# Differences and reasons are listed so far; all of them stand in legacy_error.
LISTED = 20


def make_report(run_id: int, source: LegacySource) -> Report:
    """Return the report of a run, as it is stored; raises SourceUnreadable when the source cannot be counted."""
    run = get_run(run_id)
    tables = _tables(run_id, source)
    checks = [_counts(tables), _orphan_lines(run.report), *check_shop()]
    return {
        "source": run.source,
        "tables": tables,
        "not_imported": _left_behind(source, run.only),
        "reasons": _reasons(run_id),
        "states": _states(source),
        "differences": _differences(run_id),
        "checks": [asdict(check) for check in checks],
        "holds": all(check.holds for check in checks),
    }


def _tables(run_id: int, source: LegacySource) -> list[dict[str, Any]]:
    stands = {stand.step: stand for stand in list_checkpoints(run_id)}
    return [
        {
            "name": step.name,
            "in_source": source.count(step.name),
            "read": stands[step.name].rows_read,
            "rejected": stands[step.name].rows_rejected,
            "tallies": stands[step.name].tallies,
            "seconds": round(stands[step.name].seconds, 1),
        }
        for step in STEPS
        if isinstance(step, TableStep) and step.name in stands
    ]


def _counts(tables: Sequence[dict[str, Any]]) -> Check:
    missing = [table["name"] for table in tables if table["read"] != table["in_source"]]
    read = sum(table["read"] for table in tables)
    figures = f"{read:,} rows read" + (f"; not all of {', '.join(missing)}" if missing else "")
    return Check("every row of the source was read", not missing, figures)


def _orphan_lines(before: Report | None) -> Check:
    """Lines whose order is not here; known while the run holds them, then from its report."""
    name = "order lines belong to an order"
    held = session.scalar(text("SELECT count(*) FROM legacy_held_row WHERE source_table = '___xtr_order_line'"))
    if not held and before:
        return next((Check(**one) for one in before["checks"] if one["name"] == name), Check(name, True, "none read"))
    lost = session.scalar(
        text(
            "SELECT count(*) FROM legacy_held_row line WHERE source_table = '___xtr_order_line'"
            " AND NOT EXISTS (SELECT FROM shop_order WHERE shop_order.legacy_id = line.key)"
        )
    )
    return Check(name, lost == 0, f"{lost:,} of {held:,} of orders that are not here")


def _left_behind(source: LegacySource, only: Sequence[str]) -> list[dict[str, Any]]:
    taken = chosen_tables(only)
    others = sorted(source.tables() - taken)
    counted = [
        {"name": table, "rows": source.count(table), "why": "not asked for" if table in chosen_tables(()) else None}
        for table in others
    ]
    return [one | {"why": one["why"] or reason_for(str(one["name"]))} for one in counted if one["rows"]]


def _reasons(run_id: int) -> list[dict[str, Any]]:
    query = text(
        "SELECT step, kind, regexp_replace(reason, '[0-9«].*', '') AS why, count(*) AS rows, min(reason) AS example"
        " FROM legacy_error WHERE run_id = :run GROUP BY 1, 2, 3 ORDER BY 1, 2, 4 DESC"
    )
    return [dict(row) for row in session.execute(query, {"run": run_id}).mappings()]


def _states(source: LegacySource) -> list[dict[str, Any]]:
    """What each status was taken for, beside the old shop's own label, so that people can correct the map."""
    labels = {(row.raw("ords_id") or "").strip(): row for row in source.read("___xtr_order_status")}
    states = held_states()
    counted = session.execute(
        text("SELECT legacy_status, status, count(*) FROM shop_order WHERE legacy_id IS NOT NULL GROUP BY 1, 2")
    )
    found = [
        {
            "status": status,
            "label": labels[status].text("ords_named") if status in labels else "",
            "state": state,
            "is_mapped": not states or status in states,
            "orders": orders,
        }
        for status, state, orders in counted
    ]
    return sorted(found, key=lambda one: (len(one["status"]), one["status"], one["state"]))


def _differences(run_id: int) -> dict[str, Any]:
    query = (
        select(LegacyError.raw["ord_id"].astext, LegacyError.reason)
        .where(LegacyError.run_id == run_id, LegacyError.step == "___xtr_order", LegacyError.kind == "remark")
        .where(LegacyError.reason.contains("écart"))
        .order_by(LegacyError.id)
    )
    found = session.execute(query).all()
    return {"count": len(found), "first": [f"{order} · {reason}" for order, reason in found[:LISTED]]}


def lines_of(report: Report) -> list[str]:
    """Return a report as the lines that people read."""
    lines = [f"Report on {report['source']}", "", f"{'table':<34}{'in source':>12}{'read':>12}{'rejected':>10}"]
    for table in report["tables"]:
        tallies = ", ".join(f"{name} : {number:,}" for name, number in table["tallies"].items())
        lines.append(
            f"{table['name']:<34}{table['in_source']:>12,}{table['read']:>12,}{table['rejected']:>10,}"
            f"{'  ' + tallies if tallies else ''}"
        )
    if report["not_imported"]:
        lines += ["", "Not imported yet"]
        lines += [f"  {one['name']:<34}{one['rows']:>10,} rows · {one['why']}" for one in report["not_imported"]]
    if report["reasons"]:
        lines += ["", "Rows refused or taken with a remark (kept in legacy_error)"]
        lines += [f"  {one['step']:<34}{one['rows']:>6,} {one['kind']} · {one['example']}" for one in report["reasons"]]
    if report["states"]:
        lines += ["", "States of orders"]
        lines += [
            f"  {one['status']:>4} {one['label']:<30} → {one['state']:<11}{one['orders']:>7,}"
            f"{'' if one['is_mapped'] else '  NOT IN THE MAP'}"
            for one in report["states"]
        ]
    if report["differences"]["count"]:
        lines += ["", f"Orders whose amounts differ: {report['differences']['count']:,}"]
        lines += [f"  {one}" for one in report["differences"]["first"]]
    lines += ["", "Checks"]
    lines += [f"  {'ok  ' if one['holds'] else 'FAIL'} {one['name']}: {one['figures']}" for one in report["checks"]]
    return lines


def _many(rows: int) -> str:
    """So many rows of a reason are kept, and no more."""
    return f"{rows:,}+" if rows >= KEPT_PER_REASON else f"{rows:,}"
