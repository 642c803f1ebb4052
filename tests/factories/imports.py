"""Files of suppliers, taken through an import without doors or jobs."""

from pathlib import Path
from typing import Any

from domain.orders import SYSTEM
from models.database import session, utc_now
from models.imports import ImportBatch, ImportProblem
from services import imports


def take_in(kind: str, content: str | bytes, *, name: str = "fichier.csv", supplier: str = "") -> ImportBatch:
    """A batch whose file lies where imports do, with its guessed mapping."""
    path = imports.new_path()
    Path(path).write_bytes(content.encode() if isinstance(content, str) else content)
    return imports.create_batch(path, kind=kind, file_name=name, supplier=supplier, by=SYSTEM, at=utc_now())


def check(batch: ImportBatch, *, mapping: list[str] | None = None, **policies: Any) -> ImportBatch:
    """Read and check a batch to its end."""
    imports.decide(batch.id, mapping or batch.mapping, imports.Policies(**policies), at=utc_now(), is_queued=False)
    for _line in imports.stage_rows(batch.id, imports.path_of(batch), at=utc_now()):
        session.flush()
    imports.check_rows(imports.get_batch(batch.id, lock=True), at=utc_now())
    return imports.get_batch(batch.id)


def dry_run(kind: str, content: str | bytes, **policies: Any) -> ImportBatch:
    """A checked batch of a file."""
    return check(take_in(kind, content), **policies)


def apply(batch: ImportBatch) -> ImportBatch:
    """Apply a checked batch."""
    imports.confirm(batch.id, by=SYSTEM, at=utc_now(), is_queued=False)
    imports.apply_rows(imports.get_batch(batch.id, lock=True), at=utc_now())
    session.expire_all()
    return imports.get_batch(batch.id)


def undo(batch: ImportBatch) -> ImportBatch:
    """Take an applied batch back."""
    imports.ask_undo(batch.id, by=SYSTEM, at=utc_now(), is_queued=False)
    imports.undo_rows(imports.get_batch(batch.id, lock=True), at=utc_now())
    session.expire_all()
    return imports.get_batch(batch.id)


def problems_of(batch: ImportBatch) -> list[tuple[int, str, str, str]]:
    """What is wrong with a batch: (line, column, typed, sentence)."""
    found: list[ImportProblem] = imports.list_problems(batch.id, limit=200)
    return [(one.line, one.column, one.typed, one.sentence) for one in found]
