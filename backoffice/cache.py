"""The cache: how well it serves, and clearing it by hand."""

from flask import Blueprint, Response, flash, request, url_for

from services import cache_care
from services.cache_care import SECTIONS
from web.auth import get_staff_member, level_required, staff_actor
from web.forms import InvalidInput
from web.language import gettext as _
from web.pages import page, see_other

bp = Blueprint("cache", __name__, url_prefix="/cache")
CLEAR_LEVEL, CLEAR_ALL_LEVEL = 8, 9


@bp.get("")
def index() -> Response:
    return _page()


@bp.post("/clearing")
@level_required(CLEAR_LEVEL)
def clear() -> Response:
    section = request.form.get("section", "")
    if section not in SECTIONS:
        raise InvalidInput({"section": _("Choisissez une partie du cache.")})
    gone = cache_care.clear_sections([section], by=staff_actor())
    flash(_("%(n)s entrées effacées : %(section)s.", n=gone, section=_names()[section]), "success")
    return see_other(url_for(".index"))


@bp.post("/emptying")
@level_required(CLEAR_ALL_LEVEL)
def empty() -> Response:
    if "confirm" not in request.form:
        return _page(error=_("Cochez la case pour confirmer : tout le cache sera vidé."), status=422)
    gone = cache_care.clear_all(by=staff_actor(), is_meant=True)
    cache_care.ask_for_warm_up()
    flash(_("%(n)s entrées effacées. Les pages les plus vues sont préparées de nouveau.", n=gone), "success")
    return see_other(url_for(".index"))


@bp.post("/warming")
@level_required(CLEAR_LEVEL)
def warm() -> Response:
    if cache_care.ask_for_warm_up():
        flash(_("Les pages les plus vues sont en préparation."), "success")
    else:
        flash(_("La file des tâches ne répond pas : rien n'a été demandé."), "error")
    return see_other(url_for(".index"))


def _page(*, error: str = "", status: int = 200) -> Response:
    level = get_staff_member().level
    return page(
        "backoffice/cache/index.html",
        status=status,
        stats=cache_care.get_cache_stats(),
        sections=_names(),
        may_clear=level >= CLEAR_LEVEL,
        may_clear_all=level >= CLEAR_ALL_LEVEL,
        error=error,
    )


def _names() -> dict[str, str]:
    return {
        "home": _("Accueil"),
        "gammes": _("Familles et gammes"),
        "products": _("Fiches produits"),
        "vehicles": _("Constructeurs, modèles et motorisations"),
        "brands": _("Équipementiers"),
        "content": _("Pages légales"),
        "api": _("Réponses JSON publiques"),
        "data": _("Menu et identité de la boutique"),
    }
