"""Importing the old shop: each batch is a transaction of its own, so a killed import has lost nothing."""

import time
from collections.abc import Callable, Collection, Mapping

from domain.orders import OrderStatus
from integrations.legacy_source import LegacySource
from integrations.search import SearchUnavailable
from jobs.gamme_facets import count_changed_gammes
from jobs.unit_of_work import checkpoint, unit_of_work
from models.database import utc_now
from services.legacy.importing import Progress, conclude, import_tables
from services.legacy.report import Report, lines_of, make_report
from services.legacy.runs import find_last_run, take_turn
from services.recommendations import rebuild_recommendations
from services.search import rebuild_index
from services.vehicle_gammes import rebuild_vehicle_gammes

# A line on the screen at most every so often.
SECONDS_BETWEEN_LINES = 2.0


def import_legacy_shop(
    source: LegacySource,
    only: Collection[str],
    states: Mapping[str, OrderStatus],
    *,
    restart: bool = False,
    tell: Callable[[str], None] = print,
) -> bool:
    """Import, tell how it goes and what it came to, and say whether every check holds.

    Raises what `import_tables` raises, with every batch before it kept: the same call goes on from there.
    """
    run_id, told = 0, time.monotonic()
    with unit_of_work():
        take_turn()
        for progress in import_tables(source, only, states, restart=restart):
            _end_batch()
            run_id = progress.run_id
            if progress.is_resumed:
                tell(f"Going on with run {run_id}.")
            if progress.step and (progress.is_done or time.monotonic() - told > SECONDS_BETWEEN_LINES):
                tell(_line(progress, source))
                told = time.monotonic()
        _end_batch()
        # Pages are counted from these; the report reads pages.
        tell(f"gammes of vehicles: {rebuild_vehicle_gammes():,}")
        rebuild_recommendations(at=utc_now())
        _end_batch()
        report = conclude(run_id, source)
        _end_batch()
        _tell_report(report, tell)
        count_changed_gammes()
        checkpoint()
        _rebuild_search(tell)
    return bool(report["holds"])


def check_legacy_shop(source: LegacySource, *, tell: Callable[[str], None] = print) -> bool:
    """Report anew on the last import, changing nothing, and say whether every check holds; LookupError without one."""
    with unit_of_work():
        run = find_last_run()
        if run is None:
            raise LookupError("nothing was ever imported")
        report = make_report(run.id, source)
    _tell_report(report, tell)
    return bool(report["holds"])


def _end_batch() -> None:
    """Keep what was done so far; the next batch is ours alone, as the last one was."""
    checkpoint()
    take_turn()


def _tell_report(report: Report, tell: Callable[[str], None]) -> None:
    tell("")
    for line in lines_of(report):
        tell(line)


def _rebuild_search(tell: Callable[[str], None]) -> None:
    """Let search follow; without its engine PostgreSQL answers, and `flask reindex` does it later."""
    try:
        counts = rebuild_index()
    except SearchUnavailable as error:
        tell(f"search: not rebuilt ({error}); run flask reindex when the engine is there")
        return
    tell("search: " + ", ".join(f"{number:,} {name}" for name, number in counts.items()))


def _line(progress: Progress, source: LegacySource) -> str:
    speed = progress.rows_read / progress.seconds if progress.seconds > 0.05 else 0
    share = 1.0 if progress.is_done else source.share_read(progress.step, progress.position)
    bar = "█" * int(share * 20)
    rejected = f", {progress.rows_rejected} rejected" if progress.rows_rejected else ""
    pace = f" · {speed:,.0f} rows/s" if speed else ""
    return f"{progress.step:<32} {bar:<20} {progress.rows_read:>11,}{pace}{rejected}"
