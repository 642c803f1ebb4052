"""Legal pages, written from who the shop is and how it is set: what is not known is left out."""

from flask import Blueprint, Response, redirect

from config import settings
from domain.errors import NotFound
from domain.shipping import GRID, SERVED_ZONES
from services.settings import get_shop_identity
from web.addresses import legal_url
from web.caching import cached
from web.language import gettext as _
from web.pages import page

bp = Blueprint("content", __name__, url_prefix="/informations")

PAGES = ("mentions-legales", "conditions-generales-de-vente", "confidentialite", "livraison", "retours")
# Names under which shoppers and old links look for them.
ALIASES = {"cgv": "conditions-generales-de-vente", "politique-de-confidentialite": "confidentialite"}


@bp.get("/<slug>")
@cached(14400, kind="static")
def legal(slug: str) -> Response:
    if slug in ALIASES:
        return redirect(legal_url(ALIASES[slug]), 301)  # type: ignore[return-value]
    if slug not in PAGES:
        raise NotFound(_("Cette page n'existe pas ou plus."))
    tariffs = [(zone, GRID[zone]) for zone in GRID if zone in SERVED_ZONES]
    return page(
        "storefront/content/legal.html",
        slug=slug,
        pages=PAGES,
        identity=get_shop_identity(),
        tariffs=tariffs,
        settings=settings(),
    )
