"""What pages say: templates, the texts that take turns in them, tried on a vehicle before they are kept."""

from flask import Blueprint, Response, flash, request, url_for

from domain.errors import ShopError
from domain.page_subjects import Offered, PageTexts
from domain.page_texts import MARKER_NAMES
from models.catalog import Gamme
from models.database import utc_now
from services.catalog import get_gamme
from services.seo import preview_vehicle_page
from services.seo.editing import (
    GammeTextsInput,
    TemplateInput,
    find_sample_vehicle,
    list_written_gammes,
    read_gamme_texts,
    save_gamme_texts,
)
from web.auth import level_required, staff_actor
from web.forms import Form, read_form
from web.language import gettext as _
from web.pages import page, see_other
from web.templating import money

bp = Blueprint("texts", __name__, url_prefix="/texts")
LEVEL = 8
EDIT_PAGE = "backoffice/texts/edit.html"


@bp.get("")
@level_required(LEVEL)
def index() -> Response:
    search = request.args.get("q", "")[:100].replace("\x00", "")
    return page("backoffice/texts/index.html", "texts_list", gammes=list_written_gammes(search), search=search)


@bp.get("/<int:id>")
@level_required(LEVEL)
def edit(id: int) -> Response:
    return _show(get_gamme(id))


@bp.post("/<int:id>")
@level_required(LEVEL)
def update(id: int) -> Response:
    gamme, form = get_gamme(id), read_form(GammeTextsInput)
    if form.is_valid:
        try:
            save_gamme_texts(gamme.id, form.valid, by=staff_actor(LEVEL), at=utc_now())
        except ShopError as refusal:
            form.refuse(refusal)
    if not form.is_valid:
        return _show(gamme, form, status=422)
    flash(_("Les textes de « %(gamme)s » sont enregistrés.", gamme=gamme.name), "success")
    return see_other(url_for(".edit", id=gamme.id))


@bp.post("/<int:id>/preview")
@level_required(LEVEL)
def preview(id: int) -> Response:
    """Show what was typed on a vehicle, and keep nothing."""
    return _show(get_gamme(id), read_form(GammeTextsInput))


def _show(gamme: Gamme, form: Form[GammeTextsInput] | None = None, *, status: int = 200) -> Response:
    written = read_gamme_texts(gamme.id)
    tried = form.value.template if form and form.value else None if form else written.template
    sample = find_sample_vehicle(gamme.id)
    return page(
        EDIT_PAGE,
        "text_preview",
        status=status,
        gamme=gamme,
        written=written,
        form=form,
        markers=MARKER_NAMES,
        sample=sample[0] if sample else None,
        texts=_tried(gamme, tried) if tried else None,
    )


def _tried(gamme: Gamme, template: TemplateInput) -> PageTexts | None:
    sample = find_sample_vehicle(gamme.id)
    if sample is None:
        return None
    vehicle, references, cents = sample
    offered = Offered(references, "" if cents is None else money(cents))
    return preview_vehicle_page(template.template(), gamme, vehicle, offered)
