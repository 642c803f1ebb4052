"""Imports of files: read and checked, applied, undone, and followed by the search; each safe to run twice."""

from collections.abc import Callable
from datetime import timedelta

import structlog

from domain.errors import ShopError
from jobs.unit_of_work import checkpoint
from models.database import session, utc_now
from models.imports import ImportBatch
from services.imports import (
    RowsLost,
    TakenOver,
    apply_rows,
    check_rows,
    fail,
    get_batch,
    path_of,
    purge_batches,
    purge_stray_files,
    stage_rows,
    start_anew,
    take_batch,
    take_time,
    undo_rows,
)
from services.search import rebuild_index
from services.search.indexing import index_batches
from services.vehicle_gammes import rebuild_vehicle_gammes

log = structlog.get_logger()
KEPT = timedelta(days=90)
# No upload takes so long.
STRAY = timedelta(days=1)
UNEXPECTED = "Une erreur imprévue a arrêté cet import ; rien n'en a été écrit. L'équipe technique la trouve au journal."
# Called with the line of the file that was reached.
Progress = Callable[[int], None]


def check_import(batch_id: int) -> None:
    """Read a mapped file on from where it was left and check it; whoever comes second finds nothing to do."""
    check_telling(batch_id, lambda line: None)


def check_telling(batch_id: int, tell: Progress) -> None:
    """Do the same and tell the line of the file that was reached, for somebody who watches."""
    try:
        try:
            _check(batch_id, tell)
        except RowsLost:
            session.rollback()
            start_anew(get_batch(batch_id, lock=True), at=utc_now())
            checkpoint()
            _check(batch_id, tell)
    except TakenOver:
        session.rollback()
    except Exception as error:
        _give_up(batch_id, error)


def apply_import(batch_id: int) -> None:
    """Apply a confirmed import in one transaction; killed in the middle, nothing of it stays and it can run again."""
    _work(batch_id, "applying", apply_rows)


def undo_import(batch_id: int) -> None:
    """Take an applied import back in one transaction; what has changed since makes it stay, with the reason."""
    _work(batch_id, "undoing", undo_rows)


def index_import(batch_id: int) -> None:
    """Bring the search in step with what an import, or its undo, wrote to; raises SearchUnavailable, tried again."""
    if get_batch(batch_id).kind == "vehicles":
        # Vehicles and the words for them stand in indexes of their own, which are only built whole.
        rebuild_index()
        return
    for _indexed in index_batches():
        checkpoint()


def recount_import(batch_id: int) -> None:
    """Count anew what every gamme offers for every vehicle, once an import has moved, priced or hidden products."""
    if get_batch(batch_id).kind in ("products", "prices", "stock", "fitment"):
        rebuild_vehicle_gammes()


def purge_imports() -> None:
    """Forget imports of more than 90 days ago, their files and what they could be undone with."""
    while purge_batches(created_before=utc_now() - KEPT):
        checkpoint()
    purge_stray_files(written_before=utc_now() - STRAY)


def _check(batch_id: int, tell: Progress) -> None:
    batch = get_batch(batch_id)
    if batch.state != "mapped":
        return
    for line in stage_rows(batch_id, path_of(batch), at=utc_now()):
        checkpoint()
        tell(line)
    take_time()
    taken = take_batch(batch_id, "mapped")
    if taken is not None:
        check_rows(taken, at=utc_now())
        checkpoint()


def _work(batch_id: int, state: str, act: Callable[..., None]) -> None:
    try:
        take_time()
        batch: ImportBatch | None = take_batch(batch_id, state)
        if batch is not None:
            act(batch, at=utc_now())
            checkpoint()
    except Exception as error:
        _give_up(batch_id, error)


def _give_up(batch_id: int, error: Exception) -> None:
    """Roll back and leave the reason with the batch, where staff look for it."""
    session.rollback()
    if isinstance(error, ShopError):
        sentence = error.message
    else:
        log.error("import.failed", batch_id=batch_id, exc_info=error)
        sentence = UNEXPECTED
    fail(batch_id, sentence, at=utc_now())
    checkpoint()
