"""Batches: a file taken in, mapped, decided about, asked to be checked, applied or undone."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints
from sqlalchemy import case, exists, select, text, update

from config import settings
from domain.errors import Conflict, NotFound, ShopError
from domain.orders import Actor
from models.catalog import Brand
from models.database import session
from models.imports import ImportBatch, ImportProblem, ImportRow
from models.outbox import Event, record
from services.imports.columns import KINDS
from services.imports.mapping import check_mapping, find_mapping, guess_mapping, kind_of, remember_mapping
from services.imports.reading import read_head
from services.imports.staging import forget_rows

# A job that has said nothing for so long has been killed, unless it holds its batch locked.
SILENCE = timedelta(seconds=15)


@dataclass(frozen=True)
class ImportMapped(Event):
    """It was decided how a file is read and what it may do: it can be checked."""

    batch_id: int


@dataclass(frozen=True)
class ImportConfirmed(Event):
    """Staff want a checked import applied."""

    batch_id: int


@dataclass(frozen=True)
class ImportUndoAsked(Event):
    """Staff want an applied import undone."""

    batch_id: int


class NotInThatState(Conflict):
    """The import is not where this can be done to it."""


class BadPolicy(ShopError):
    """A policy that this kind of file cannot have, or that lacks its scope."""


class Policies(BaseModel):
    """What is decided before a file is read: blank cells, missing rows, unknown things, and whose parts it lists."""

    blank: Literal["keep", "clear"] = "keep"
    missing: Literal["keep", "hide", "zero", "remove"] = "keep"
    unknown: Literal["reject", "create"] = "reject"
    brand_ids: list[int] = []


SupplierName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


def directory() -> Path:
    """Return the directory that holds the files of imports, made when it is missing."""
    path = settings().data_dir / "imports"
    path.mkdir(parents=True, exist_ok=True)
    return path


def path_of(batch: ImportBatch) -> Path:
    """Return where the file of a batch lies."""
    return directory() / batch.stored_as


def new_path() -> Path:
    """Return a fresh place for a file: nothing of the name it came with is used."""
    return directory() / f"{uuid.uuid4().hex}.csv"


def create_batch(path: Path, *, kind: str, file_name: str, supplier: str = "", by: Actor, at: datetime) -> ImportBatch:
    """Take in the file at `path` (one of new_path()) with a guessed mapping; raises UnreadableFile, NotFound."""
    if kind not in KINDS:
        raise NotFound("Cette sorte d'import n'existe pas.")
    head, supplier = read_head(path), " ".join(supplier.split())[:100]
    remembered = find_mapping(supplier, kind)
    mapping = guess_mapping(KINDS[kind], head.headers, remembered.fields if remembered else None)
    batch = ImportBatch(
        kind=kind,
        supplier=supplier,
        file_name=Path(file_name.replace("\\", "/")).name.replace("\x00", "")[:200] or "import.csv",
        stored_as=path.name,
        sha256=head.sha256,
        size_bytes=head.size_bytes,
        encoding=head.encoding,
        separator=head.separator,
        headers=head.headers,
        mapping=mapping,
        line_count=head.line_count,
        by=str(by),
        created_at=at,
        touched_at=at,
    )
    if remembered:
        batch.brand_ids, batch.blank = remembered.brand_ids, remembered.blank
        batch.missing, batch.unknown = remembered.missing, remembered.unknown
    session.add(batch)
    session.flush()
    return batch


def decide(
    batch_id: int, mapping: Sequence[str], policies: Policies, *, at: datetime, is_queued: bool = True
) -> ImportBatch:
    """Fix how a batch is read and what it may do, and have it checked; raises BadMapping, BadPolicy, Conflict.

    `is_queued` false: no job is asked for, the caller does the work himself.
    """
    batch = get_batch(batch_id, lock=True)
    if batch.state not in ("uploaded", "mapped", "checked", "failed"):
        raise NotInThatState("Cet import a déjà été appliqué : importez le fichier à nouveau pour le lire autrement.")
    kind = kind_of(batch)
    check_mapping(kind, mapping)
    _check_policies(batch, mapping, policies)
    batch.mapping, batch.blank, batch.missing = list(mapping), policies.blank, policies.missing
    batch.unknown, batch.brand_ids = policies.unknown, sorted(set(policies.brand_ids))
    start_anew(batch, at=at)
    remember_mapping(batch, at=at)
    if is_queued:
        record(ImportMapped(batch.id))
    return batch


def start_anew(batch: ImportBatch, *, at: datetime) -> None:
    """Forget what was read of a batch: its file will be read from the first line."""
    forget_rows(batch.id)
    batch.state, batch.message, batch.touched_at = "mapped", "", at
    batch.staged_line = batch.rows = batch.creates = batch.updates = batch.unchanged = 0
    batch.rejected = batch.missing_count = 0
    batch.sample = []
    session.flush()


def confirm(batch_id: int, *, by: Actor, at: datetime, is_queued: bool = True) -> ImportBatch:
    """Have a checked (or failed) batch applied; raises Conflict when there is nothing to do or it is elsewhere."""
    batch = get_batch(batch_id, lock=True)
    if batch.state not in ("checked", "failed", "applying"):
        raise NotInThatState("Cet import n'est pas prêt à être appliqué.")
    if not (batch.creates or batch.updates or batch.missing_count):
        raise NotInThatState("Cet import ne changerait rien : il n'y a rien à appliquer.")
    batch.state, batch.message, batch.touched_at, batch.by = "applying", "", at, str(by)
    if is_queued:
        record(ImportConfirmed(batch.id))
    session.flush()
    return batch


def ask_undo(batch_id: int, *, by: Actor, at: datetime, is_queued: bool = True) -> ImportBatch:
    """Have an applied batch undone; raises Conflict when it is not applied."""
    batch = get_batch(batch_id, lock=True)
    if batch.state not in ("applied", "undoing"):
        raise NotInThatState("Seul un import appliqué peut être annulé.")
    batch.state, batch.message, batch.touched_at, batch.by = "undoing", "", at, str(by)
    if is_queued:
        record(ImportUndoAsked(batch.id))
    session.flush()
    return batch


def resume(batch_id: int, *, at: datetime) -> ImportBatch:
    """Have the work on a batch whose job was killed taken up again where its state says; raises Conflict."""
    batch = get_batch(batch_id)
    if not is_interrupted(batch, at=at):
        raise NotInThatState("Ce travail n'est pas interrompu : il suit son cours, ou il est fini.")
    events = {"mapped": ImportMapped, "applying": ImportConfirmed, "undoing": ImportUndoAsked}
    batch.touched_at = at
    record(events[batch.state](batch.id))
    session.flush()
    return batch


def get_batch(batch_id: int, *, lock: bool = False) -> ImportBatch:
    """Return a batch, locked when asked; raises NotFound."""
    query = select(ImportBatch).where(ImportBatch.id == batch_id).execution_options(populate_existing=True)
    batch = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if batch is None:
        raise NotFound("Cet import n'existe pas.")
    return batch


def take_batch(batch_id: int, state: str) -> ImportBatch | None:
    """Return a batch in `state`, locked until the transaction ends; None when it is elsewhere or somebody has it."""
    return session.scalars(
        select(ImportBatch)
        .where(ImportBatch.id == batch_id, ImportBatch.state == state)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).one_or_none()


def find_last_applied() -> ImportBatch | None:
    """Return the import that was applied last and not undone."""
    return session.scalars(
        select(ImportBatch).where(ImportBatch.state == "applied").order_by(ImportBatch.applied_at.desc()).limit(1)
    ).one_or_none()


def list_batches(*, before_id: int | None = None, limit: int = 50) -> list[ImportBatch]:
    """List at most `limit` imports, newest first, older than `before_id` when given."""
    query = select(ImportBatch).order_by(ImportBatch.id.desc()).limit(min(limit, 200))
    return list(session.scalars(query.where(ImportBatch.id < before_id) if before_id else query))


def list_problems(batch_id: int, *, limit: int = 20) -> list[ImportProblem]:
    """List the first `limit` things that are wrong with a batch, by line."""
    return list(
        session.scalars(
            select(ImportProblem)
            .where(ImportProblem.batch_id == batch_id)
            .order_by(ImportProblem.line, ImportProblem.id)
            .limit(min(limit, 200))
        )
    )


def is_interrupted(batch: ImportBatch, *, at: datetime) -> bool:
    """Say whether the job of a waiting batch was killed: silent for a while, and nobody holds the batch."""
    if not batch.is_waiting or at - batch.touched_at < SILENCE:
        return False
    free = select(ImportBatch.id).where(ImportBatch.id == batch.id).with_for_update(skip_locked=True)
    return session.scalar(free) is not None


def has_staged_rows(batch: ImportBatch) -> bool:
    """Say whether the staged rows are still there: a crash of the database empties their table."""
    return bool(session.scalar(select(exists().where(ImportRow.batch_id == batch.id))))


def fail(batch_id: int, message: str, *, at: datetime) -> None:
    """Note why a batch could not be checked, applied or undone; the shop is as it was."""
    back = case((ImportBatch.state == "undoing", "applied"), else_="failed")
    session.execute(
        update(ImportBatch)
        .where(ImportBatch.id == batch_id, ImportBatch.state.in_(("mapped", "applying", "undoing")))
        .values(state=back, message=message, touched_at=at)
    )


def take_time() -> None:
    """Let the statements of this transaction take the time they need: it is a job's, nobody waits for a page."""
    session.execute(text("SET LOCAL statement_timeout = 0"))
    session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    session.execute(text("SET LOCAL lock_timeout = '60s'"))


def errors_path_of(batch: ImportBatch) -> Path:
    """Return where the file with the refused rows of a batch lies, once it was checked."""
    return path_of(batch).with_suffix(".errors.csv")


def name_brands(brand_ids: Sequence[int]) -> Mapping[int, str]:
    """Return the names of at most 1,000 brands by id."""
    rows = session.execute(select(Brand.id, Brand.name).where(Brand.id.in_(brand_ids)).limit(1000))
    return {row.id: row.name for row in rows}


def list_brands() -> list[tuple[int, str]]:
    """List the id and name of at most 1,000 brands by name, for a choice."""
    return [
        (row.id, row.name) for row in session.execute(select(Brand.id, Brand.name).order_by(Brand.name).limit(1000))
    ]


def _check_policies(batch: ImportBatch, mapping: Sequence[str], policies: Policies) -> None:
    kind = kind_of(batch)
    if policies.missing not in kind.missing:
        raise BadPolicy("Ce choix n'existe pas pour cette sorte de fichier.", field="missing")
    if policies.unknown == "create" and not kind.may_create:
        raise BadPolicy("Cette sorte de fichier ne crée rien.", field="unknown")
    if policies.missing in ("hide", "zero") and not policies.brand_ids:
        raise BadPolicy(
            "Dites de quelles marques ce fichier est le catalogue entier : seules leurs pièces absentes changeront.",
            field="brand_ids",
        )
    if len(name_brands(policies.brand_ids)) != len(set(policies.brand_ids)):
        raise BadPolicy("Cette marque n'existe pas.", field="brand_ids")
    if batch.kind != "products" or policies.unknown != "create":
        return
    missing = [kind.field(name).label for name in ("gamme", "name") if name not in mapping]
    if "reference" not in mapping:
        missing.append(kind.field("reference").label)
    if "brand" not in mapping and len(set(policies.brand_ids)) != 1:
        missing.append(kind.field("brand").label)
    if missing:
        raise BadPolicy(f"Pour créer des articles, il manque : {', '.join(missing)}.", field="unknown")
