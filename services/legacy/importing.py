"""The import itself: step by step, batch by batch; whoever calls commits between two of them."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from domain.legacy.rows import Row
from domain.orders import OrderStatus
from integrations.legacy_source import LegacySource
from models.database import utc_now
from services.cache import spoil
from services.legacy.holding import hold_states, release_hold
from services.legacy.ledger import Ledger, take_rows
from services.legacy.numbering import go_on_after_import
from services.legacy.report import Report, make_report
from services.legacy.runs import advance_checkpoint, begin_run, end_step, find_checkpoint, finish_run
from services.legacy.steps import Reckoning, TableStep, chosen_tables, plan
from services.legacy.writing import take_time


@dataclass(frozen=True)
class Progress:
    """How far a step is, for the line that people see."""

    run_id: int
    step: str
    rows_read: int
    rows_rejected: int
    position: str
    seconds: float
    is_done: bool = False
    is_resumed: bool = False


def import_tables(
    source: LegacySource, only: Collection[str], states: Mapping[str, OrderStatus], *, restart: bool = False
) -> Iterator[Progress]:
    """Import the tables of the old shop, going on with an unfinished run of the same source.

    `only` names tables, none of them all of them; `states` is what each old status of an order means.

    Yields after each batch, with the batch and its checkpoint in one transaction that the caller commits before it
    asks for the next. Raises SourceUnreadable, ImportElsewhere and LookupError for tables that nothing imports.
    """
    steps = plan(only)
    present = source.tables()
    run, is_resumed = begin_run(source.name, only, restart=restart, at=utc_now())
    run_id = run.id
    hold_states(states)
    yield Progress(run_id, "", 0, 0, "", 0.0, is_resumed=is_resumed)
    tables = chosen_tables(only) & present
    for step in steps:
        if isinstance(step, TableStep):
            yield from _take_table(run_id, step, source)
        else:
            yield from _reckon(run_id, step, tables)
    take_time()
    go_on_after_import()
    # What was written by whole statements never passed a flush.
    spoil("catalog", "menu", "brands", "makes", "texts", "ranges")
    yield Progress(run_id, "", 0, 0, "", 0.0)


def conclude(run_id: int, source: LegacySource) -> Report:
    """Report on a run whose tables are all taken, store the report with it, and let go of what was held."""
    take_time()
    report = make_report(run_id, source)
    finish_run(run_id, report, at=utc_now())
    release_hold()
    return report


def _take_table(run_id: int, step: TableStep, source: LegacySource) -> Iterator[Progress]:
    stand = find_checkpoint(run_id, step.name)
    if stand.is_done:
        return
    position, read, rejected = stand.position, stand.rows_read, stand.rows_rejected
    begun = started = time.monotonic()
    for rows in _batches(source.read(step.name, step.columns, after=position), step.batch):
        take_time()
        ledger = take_rows(rows, step.handle)
        now = time.monotonic()
        advance_checkpoint(
            run_id,
            step.name,
            before=position,
            position=rows[-1].position,
            read=len(rows),
            ledger=ledger,
            seconds=now - started,
        )
        started, position = now, rows[-1].position
        read, rejected = read + len(rows), rejected + len(ledger.rejected)
        yield Progress(run_id, step.name, read, rejected, position, now - begun)
    end_step(run_id, step.name, at=utc_now())
    yield Progress(run_id, step.name, read, rejected, position, time.monotonic() - begun, is_done=True)


def _reckon(run_id: int, step: Reckoning, tables: Collection[str]) -> Iterator[Progress]:
    stand = find_checkpoint(run_id, step.name)
    if stand.is_done:
        return
    position, done = stand.position, stand.rows_read
    begun = started = time.monotonic()
    while True:
        take_time()
        moved = step.advance(position, tables)
        if moved is None:
            break
        now = time.monotonic()
        advance_checkpoint(
            run_id,
            step.name,
            before=position,
            position=moved[0],
            read=moved[1],
            ledger=Ledger(),
            seconds=now - started,
        )
        started, position, done = now, moved[0], done + moved[1]
        yield Progress(run_id, step.name, done, 0, position, now - begun)
    end_step(run_id, step.name, at=utc_now())
    yield Progress(run_id, step.name, done, 0, position, time.monotonic() - begun, is_done=True)


def _batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    reading = iter(rows)
    while batch := list(islice(reading, size)):
        yield batch
