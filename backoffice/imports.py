"""Imports of files: taken in, mapped, looked at before and after, applied, undone."""

from contextlib import closing
from pathlib import Path
from typing import Annotated, Any, Literal

from flask import Blueprint, Response, flash, request, url_for
from pydantic import BaseModel, BeforeValidator, Field
from werkzeug.datastructures import FileStorage

from domain.errors import NotFound, ShopError
from models.database import utc_now
from models.imports import ImportBatch
from services import imports
from services.fulfilment import name_actors
from services.imports import KINDS, Policies, SupplierName
from web.auth import get_staff_member, level_required, staff_actor
from web.files import csv_file
from web.forms import Form, read_form
from web.keyset import cut_page
from web.language import gettext as _
from web.pages import page, see_other
from web.uploads import takes_files

bp = Blueprint("imports", __name__, url_prefix="/imports")
PAGE_SIZE = 50
LEVEL = 8
_Id = Annotated[int | None, Field(ge=1, le=2**53), BeforeValidator(lambda text: None if text == "" else text)]


class NewImport(BaseModel):
    """A file on its way in: what it is about and whose it is."""

    kind: Literal["products", "prices", "stock", "references", "criteria", "fitment", "vehicles"]
    supplier: SupplierName = ""


class Reading(BaseModel):
    """How a file is read: the field of each column by its place, and what was decided beforehand."""

    columns: dict[int, str] = {}
    blank: Literal["keep", "clear"] = "keep"
    missing: Literal["keep", "hide", "zero", "remove"] = "keep"
    unknown: Literal["reject", "create"] = "reject"
    brand_id: _Id = None

    def policies(self) -> Policies:
        """Return the decisions as the service knows them."""
        brand_ids = [self.brand_id] if self.brand_id else []
        return Policies(blank=self.blank, missing=self.missing, unknown=self.unknown, brand_ids=brand_ids)


class ImportQuery(BaseModel):
    """The import that a page of the list begins after."""

    before: _Id = None


@bp.get("")
def index() -> Response:
    query = read_form(ImportQuery, request.args).value or ImportQuery()
    found = imports.list_batches(before_id=query.before, limit=PAGE_SIZE + 1)
    batches, more = cut_page(found, PAGE_SIZE, before=query.before, after=None)
    return page(
        "backoffice/imports/index.html",
        batches=batches,
        query=query,
        older=batches[-1].id if batches and more.below else None,
        kinds=KINDS,
        names=name_actors({batch.by for batch in batches}),
        may_write=get_staff_member().level >= LEVEL,
    )


@bp.get("/new")
@level_required(LEVEL)
def new() -> Response:
    return _new(Form(), status=200)


@bp.post("")
@level_required(LEVEL)
@takes_files(LEVEL)
def create() -> Response:
    form = read_form(NewImport)
    file = request.files.get("file")
    if file is None or not file.filename:
        form.errors["file"] = _("Choisissez un fichier CSV.")
    if not form.is_valid or file is None:
        return _new(form, status=422)
    path = imports.new_path()
    try:
        batch = _take_in(file, path, form.valid)
    except ShopError as refusal:
        path.unlink(missing_ok=True)
        form.refuse(refusal)
        return _new(form, status=422)
    return see_other(url_for(".edit", id=batch.id))


@bp.get("/<int:id>/mapping")
@level_required(LEVEL)
def edit(id: int) -> Response:
    return _edit(imports.get_batch(id), Form(), status=200)


@bp.post("/<int:id>/mapping")
@level_required(LEVEL)
def update(id: int) -> Response:
    batch = imports.get_batch(id)
    form = read_form(Reading)
    if form.is_valid:
        mapping = [form.valid.columns.get(place, "") for place in range(len(batch.headers))]
        try:
            imports.decide(id, mapping, form.valid.policies(), at=utc_now())
        except ShopError as refusal:
            form.refuse(refusal)
    if form.errors:
        return _edit(imports.get_batch(id), form, status=422)
    return see_other(url_for(".show", id=id))


@bp.get("/<int:id>")
def show(id: int) -> Response:
    batch = imports.get_batch(id)
    now = utc_now()
    return page(
        "backoffice/imports/show.html",
        "import_state",
        batch=batch,
        kind=KINDS[batch.kind],
        problems=imports.list_problems(id),
        has_errors_file=imports.errors_path_of(batch).exists(),
        is_interrupted=imports.is_interrupted(batch, at=now),
        brands=imports.name_brands(batch.brand_ids),
        names=name_actors({batch.by}),
        may_write=get_staff_member().level >= LEVEL,
        now=now,
    )


@bp.post("/<int:id>/confirmation")
@level_required(LEVEL)
def confirm(id: int) -> Response:
    return _ask(id, imports.confirm, by=staff_actor())


@bp.post("/<int:id>/undo")
@level_required(LEVEL)
def undo(id: int) -> Response:
    return _ask(id, imports.ask_undo, by=staff_actor())


@bp.post("/<int:id>/resumption")
@level_required(LEVEL)
def resume(id: int) -> Response:
    return _ask(id, imports.resume)


@bp.get("/<int:id>/errors")
def errors(id: int) -> Response:
    batch = imports.get_batch(id)
    path = imports.errors_path_of(batch)
    if not path.exists():
        raise NotFound(_("Aucune ligne de cet import n'a été refusée."))
    return csv_file(path.resolve(), f"import-{id}-a-corriger.csv")


def _take_in(file: FileStorage, path: Path, new: NewImport) -> ImportBatch:
    with closing(file):
        file.save(path)
    return imports.create_batch(
        path, kind=new.kind, file_name=file.filename or "", supplier=new.supplier, by=staff_actor(), at=utc_now()
    )


def _ask(batch_id: int, ask: Any, **who: Any) -> Response:
    """Ask for one thing to be done to an import; a refusal is told on its page, which shows how it stands."""
    imports.get_batch(batch_id)
    try:
        ask(batch_id, at=utc_now(), **who)
    except ShopError as refusal:
        flash(refusal.message, "error")
    return see_other(url_for(".show", id=batch_id))


def _new(form: Form[Any], *, status: int) -> Response:
    return page("backoffice/imports/new.html", status=status, form=form, kinds=KINDS.values())


def _edit(batch: ImportBatch, form: Form[Any], *, status: int) -> Response:
    path = imports.path_of(batch)
    sample = imports.read_sample(path, batch.encoding, batch.separator) if path.exists() else []
    return page(
        "backoffice/imports/edit.html",
        status=status,
        batch=batch,
        kind=KINDS[batch.kind],
        form=form,
        sample=sample[:3],
        brands=imports.list_brands(),
    )
