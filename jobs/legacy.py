"""Importing the old shop: each batch is a transaction of its own, so a killed import has lost nothing."""

import time
from collections.abc import Callable, Collection, Mapping

from domain.orders import OrderStatus
from integrations.legacy_source import LegacySource
from jobs.unit_of_work import checkpoint, unit_of_work
from services.legacy.importing import Progress, import_tables

# A line on the screen at most every so often.
SECONDS_BETWEEN_LINES = 2.0


def import_legacy_shop(
    source: LegacySource,
    only: Collection[str],
    states: Mapping[str, OrderStatus],
    *,
    restart: bool = False,
    tell: Callable[[str], None] = print,
) -> int:
    """Import, tell how it goes, and return the run; raises what `import_tables` raises, with all before it kept."""
    run_id, told = 0, time.monotonic()
    with unit_of_work():
        for progress in import_tables(source, only, states, restart=restart):
            checkpoint()
            run_id = progress.run_id
            if progress.is_resumed:
                tell(f"Going on with run {run_id}.")
            if progress.step and (progress.is_done or time.monotonic() - told > SECONDS_BETWEEN_LINES):
                tell(_line(progress, source))
                told = time.monotonic()
    return run_id


def _line(progress: Progress, source: LegacySource) -> str:
    speed = progress.rows_read / progress.seconds if progress.seconds > 0.05 else 0
    share = 1.0 if progress.is_done else source.share_read(progress.step, progress.position)
    bar = "█" * int(share * 20)
    rejected = f", {progress.rows_rejected} rejected" if progress.rows_rejected else ""
    pace = f" · {speed:,.0f} rows/s" if speed else ""
    return f"{progress.step:<32} {bar:<20} {progress.rows_read:>11,}{pace}{rejected}"
