"""How long imports are kept: their rows until they are applied, their files and journals for some time."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, select

from models.database import session
from models.imports import ImportBatch, ImportRow
from services.imports.batches import directory, errors_path_of, path_of

_AT_ONCE = 500


def purge_batches(*, created_before: datetime, limit: int = 20) -> int:
    """Forget at most `limit` old imports with their rows, journals and files; return how many."""
    old = session.scalars(
        select(ImportBatch)
        .where(ImportBatch.created_at < created_before)
        .order_by(ImportBatch.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for batch in old:
        path_of(batch).unlink(missing_ok=True)
        errors_path_of(batch).unlink(missing_ok=True)
        session.delete(batch)
    session.flush()
    return len(old)


def drop_rows(batch: ImportBatch) -> None:
    """Drop the staged rows of a batch that is applied: its journal is what an undo needs."""
    session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))


def purge_stray_files(*, written_before: datetime) -> int:
    """Remove files that belong to no import: a process ended while it took one in; return how many."""
    removed, old = 0, _written_before(written_before)
    for start in range(0, len(old), _AT_ONCE):
        paths = old[start : start + _AT_ONCE]
        names = {_file_of(path) for path in paths}
        known = set(session.scalars(select(ImportBatch.stored_as).where(ImportBatch.stored_as.in_(names))))
        for path in paths:
            if _file_of(path) not in known:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _written_before(moment: datetime) -> list[Path]:
    return [path for path in directory().iterdir() if datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) < moment]


def _file_of(path: Path) -> str:
    """Return under which name the file lies that `path` is, or is the errors of."""
    return f"{path.name.partition('.')[0]}.csv"
