"""The command line of imports: `flask import KIND FILE`, `flask import apply|undo|list`."""

import shutil
import time
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from domain.errors import ShopError
from models.imports import KINDS, ImportBatch

SHOWN = 10


@click.group("import")
def import_group() -> None:
    """Bring a supplier's file into the catalogue, or take it back."""


def _options(command: Any) -> Any:
    for option in (
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
        click.option("--supplier", default="", help="Whose file it is: its mapping is remembered under this name."),
        click.option("--map", "pairs", default="", help='By header: "Réf=reference,Prix=price"; "Note=" skips.'),
        click.option("--brand", "brands", multiple=True, help="Brand the file is about, name or number; repeatable."),
        click.option("--blank", type=click.Choice(["keep", "clear"]), help="What a blank cell means."),
        click.option(
            "--missing",
            type=click.Choice(["keep", "hide", "zero", "remove"]),
            help="What becomes of what the file does not name, within the brands given.",
        ),
        click.option("--unknown", type=click.Choice(["reject", "create"]), help="What becomes of unknown things."),
        click.option("--dry-run", is_flag=True, help="Say what it would do, and stop."),
        click.option("--yes", is_flag=True, help="Apply without asking."),
    ):
        command = option(command)
    return with_appcontext(command)


def _add(kind: str) -> None:
    @import_group.command(kind, help=f"Import a file of {kind}.")
    @_options
    def run(file: Path, **decided: Any) -> None:
        _import(kind, file, **decided)


for _kind in KINDS:
    _add(_kind)


def _import(kind: str, file: Path, *, dry_run: bool, yes: bool, **decided: Any) -> None:
    batch_id = _take_in(kind, file, **decided)
    batch = _check(batch_id)
    _report(batch)
    if batch.state != "checked" or not (batch.creates or batch.updates or batch.missing_count):
        raise click.ClickException(batch.message or "Nothing to apply.")
    if dry_run:
        click.echo(f"Dry run: nothing was written. `flask import apply {batch_id}` applies it.")
        return
    if yes or click.confirm("Apply?"):
        _apply(batch_id)
    else:
        click.echo(f"`flask import apply {batch_id}` applies it later.")


@import_group.command("apply")
@click.argument("batch_id", type=int)
@with_appcontext
def apply_batch(batch_id: int) -> None:
    """Apply an import that was checked, or whose applying failed or was killed."""
    _apply(batch_id)


@import_group.command("undo")
@click.argument("batch_id", type=int, required=False)
@with_appcontext
def undo(batch_id: int | None) -> None:
    """Take an import back: the last one that was applied, unless its number is given."""
    from domain.orders import SYSTEM
    from jobs.imports import undo_import
    from jobs.unit_of_work import unit_of_work
    from models.database import utc_now
    from services.imports import ask_undo, find_last_applied, get_batch

    try:
        with unit_of_work():
            last = find_last_applied() if batch_id is None else get_batch(batch_id)
            if last is None:
                raise click.ClickException("No import is applied.")
            number = ask_undo(last.id, by=SYSTEM, at=utc_now(), is_queued=False).id
    except ShopError as error:
        raise click.ClickException(error.message) from error
    with unit_of_work():
        undo_import(number)
    with unit_of_work():
        batch = get_batch(number)
    if batch.state != "undone":
        raise click.ClickException(batch.message)
    click.echo(f"Import {number} ({batch.file_name}) is undone.")


@import_group.command("list")
@with_appcontext
def list_all() -> None:
    """List the last imports, newest first."""
    from jobs.unit_of_work import unit_of_work
    from models.database import utc_now
    from services.imports import is_interrupted, list_batches

    with unit_of_work():
        for batch in list_batches(limit=30):
            state = "interrupted" if is_interrupted(batch, at=utc_now()) else batch.state
            click.echo(
                f"{batch.id:>5}  {batch.created_at:%Y-%m-%d %H:%M}  {batch.kind:<10}  {state:<11}  "
                f"+{batch.creates} ~{batch.updates} ={batch.unchanged} !{batch.rejected}  {batch.file_name}"
            )


def _take_in(
    kind: str, file: Path, *, supplier: str, pairs: str, brands: tuple[str, ...], **policies: str | None
) -> int:
    from domain.cells import CellError
    from domain.orders import SYSTEM
    from jobs.unit_of_work import unit_of_work
    from models.database import utc_now
    from services import imports

    path = imports.new_path()
    try:
        shutil.copyfile(file, path)
        with unit_of_work():
            batch = imports.create_batch(
                path, kind=kind, file_name=file.name, supplier=supplier, by=SYSTEM, at=utc_now()
            )
            kept = {"blank": batch.blank, "missing": batch.missing, "unknown": batch.unknown}
            chosen = {**kept, **{name: value for name, value in policies.items() if value}}
            brand_ids = [imports.find_brand(name) for name in brands] or batch.brand_ids
            mapping = imports.read_mapping(imports.KINDS[kind], batch.headers, _pairs(pairs), batch.mapping)
            _tell_mapping(batch, mapping)
            imports.decide(
                batch.id,
                mapping,
                imports.Policies.model_validate({**chosen, "brand_ids": brand_ids}),
                at=utc_now(),
                is_queued=False,
            )
            return batch.id
    except (ShopError, CellError) as error:
        path.unlink(missing_ok=True)
        raise click.ClickException(str(error)) from error


def _pairs(text: str) -> dict[str, str]:
    pairs = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        header, equals, field = pair.rpartition("=")
        if not equals:
            raise click.ClickException(f'"{pair}": write header=field.')
        pairs[header.strip()] = field.strip()
    return pairs


def _tell_mapping(batch: ImportBatch, mapping: list[str]) -> None:
    separator = {"\t": "tab"}.get(batch.separator, batch.separator)
    click.echo(f"Import {batch.id}: {batch.file_name}, {batch.encoding}, separator {separator}")
    for header, field in zip(batch.headers, mapping, strict=True):
        click.echo(f"  {header[:40]:<40} → {field or '(left aside)'}")


def _check(batch_id: int) -> ImportBatch:
    from jobs.imports import check_telling
    from jobs.unit_of_work import unit_of_work
    from services.imports import get_batch
    from web.terminal import Bar

    with unit_of_work():
        lines = get_batch(batch_id).line_count
    bar = Bar()
    with unit_of_work():
        check_telling(batch_id, lambda line: bar.show("Reading and checking", line, lines))
    with unit_of_work():
        return get_batch(batch_id)


def _apply(batch_id: int) -> None:
    from domain.orders import SYSTEM
    from jobs.imports import apply_import
    from jobs.unit_of_work import unit_of_work
    from models.database import utc_now
    from services.imports import confirm, get_batch

    try:
        with unit_of_work():
            confirm(batch_id, by=SYSTEM, at=utc_now(), is_queued=False)
    except ShopError as error:
        raise click.ClickException(error.message) from error
    click.echo("Applying…")
    began = time.monotonic()
    with unit_of_work():
        apply_import(batch_id)
    with unit_of_work():
        batch = get_batch(batch_id)
    if batch.state != "applied":
        raise click.ClickException(batch.message or "Another process is applying it.")
    seconds = time.monotonic() - began
    click.echo(
        f"Applied in {seconds:.1f} s: {batch.creates} created, {batch.updates} changed, "
        f"{batch.missing_count} outside the file. `flask import undo {batch_id}` takes it back."
    )


def _report(batch: ImportBatch) -> None:
    from jobs.unit_of_work import unit_of_work
    from services.imports import errors_path_of, list_problems

    click.echo(
        f"{batch.rows} rows: {batch.creates} to create, {batch.updates} to change, {batch.unchanged} as they are, "
        f"{batch.rejected} refused; {batch.missing_count} changes outside the file."
    )
    for change in batch.sample[:SHOWN]:
        values = "; ".join(f"{label} {old or '∅'} → {new or '∅'}" for label, old, new in change["values"])
        click.echo(f"  line {change['line'] or '–'}: {change['title']}: {values}")
    if not batch.rejected:
        return
    with unit_of_work():
        for problem in list_problems(batch.id, limit=SHOWN):
            typed = f" « {problem.typed} »" if problem.typed else ""
            click.echo(f"  line {problem.line}, {problem.column or 'row'}{typed}: {problem.sentence}", err=True)
    click.echo(f"Refused rows with reasons: {errors_path_of(batch)}", err=True)
