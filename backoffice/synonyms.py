"""Synonyms of the search: what else a word finds."""

from flask import Blueprint, Response, flash, request, url_for

from domain.errors import NotFound, ShopError
from models.database import utc_now
from models.search import Synonym
from services.search.synonyms import (
    SynonymInput,
    add_synonym,
    change_synonym,
    get_synonym,
    list_synonyms,
    remove_synonym,
)
from web.auth import level_required, staff_actor
from web.forms import Form, read_form
from web.language import gettext as _
from web.pages import page, see_other

bp = Blueprint("synonyms", __name__, url_prefix="/synonyms")
LEVEL = 8


@bp.get("")
@level_required(LEVEL)
def index() -> Response:
    text = request.args.get("q", "").strip()[:60]
    return page("backoffice/synonyms/index.html", "synonyms_list", synonyms=list_synonyms(text), q=text)


@bp.get("/new")
@level_required(LEVEL)
def new() -> Response:
    return _edit(word=request.args.get("word", "")[:60])


@bp.post("")
@level_required(LEVEL)
def create() -> Response:
    form = read_form(SynonymInput)
    try:
        synonym = add_synonym(form.valid, by=staff_actor(), at=utc_now())
    except ShopError as refusal:
        return _edit(_refused(form, refusal))
    flash(_("« %(word)s » trouve maintenant aussi : %(others)s.", **_said(synonym)), "success")
    return see_other(url_for(".index"))


@bp.get("/<int:id>")
@level_required(LEVEL)
def edit(id: int) -> Response:
    return _edit(synonym=get_synonym(id))


@bp.post("/<int:id>")
@level_required(LEVEL)
def update(id: int) -> Response:
    form = read_form(SynonymInput)
    try:
        synonym = change_synonym(id, form.valid, by=staff_actor(), at=utc_now())
    except NotFound:
        raise
    except ShopError as refusal:
        return _edit(_refused(form, refusal), synonym=get_synonym(id))
    flash(_("« %(word)s » trouve maintenant aussi : %(others)s.", **_said(synonym)), "success")
    return see_other(url_for(".index"))


@bp.post("/<int:id>/removal")
@level_required(LEVEL)
def remove(id: int) -> Response:
    remove_synonym(id, by=staff_actor())
    flash(_("Synonyme retiré."), "success")
    return see_other(url_for(".index"))


def _refused(form: Form[SynonymInput], refusal: ShopError) -> Form[SynonymInput]:
    if form.is_valid:
        form.refuse(refusal)
    return form


def _said(synonym: Synonym) -> dict[str, str]:
    return {"word": synonym.word, "others": ", ".join(synonym.others)}


def _edit(form: Form[SynonymInput] | None = None, *, synonym: Synonym | None = None, word: str = "") -> Response:
    return page("backoffice/synonyms/edit.html", status=422 if form else 200, form=form, synonym=synonym, word=word)
