"""Legal pages, written from who the shop is and how it is set: what is not known is left out."""

from flask import Blueprint, Response, redirect

from config import settings
from domain.errors import NotFound
from domain.shipping import GRID, SERVED_ZONES
from domain.understanding import stems
from services.settings import get_shop_identity
from web.addresses import legal_url
from web.caching import cached
from web.language import gettext as _
from web.pages import page

# What shoppers type when they look for one, as stems; « frais de port » is all of words that the page answers to.
SPOKEN = {
    "mentions-legales": "mention legale contact contacter editeur siret adresse telephone mail email",
    "conditions-generales-de-vente": "cgv condition generale vente garantie paiement payer facture",
    "confidentialite": "confidentialite rgpd donnee personnelle cookie vie privee politique",
    "livraison": "livraison livrer delai frai port expedition envoi tarif zone",
    "retours": "retour retourner retractation remboursement rembourser echange renvoyer consigne",
}

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
        titles=page_titles(),
        identity=get_shop_identity(),
        tariffs=tariffs,
        settings=settings(),
    )


def page_titles() -> dict[str, str]:
    """Return the titles of the legal pages by slug, in the order in which they are listed."""
    titles = (
        _("Mentions légales"),
        _("Conditions générales de vente"),
        _("Données personnelles et cookies"),
        _("Livraison"),
        _("Retours, rétractation et consigne"),
    )
    return dict(zip(PAGES, titles, strict=True))


def pages_named(text: str) -> list[tuple[str, str]]:
    """Return title and address of the pages that every word of a search text stands for."""
    words = set(stems(text))
    titles = page_titles()
    return [(titles[slug], legal_url(slug)) for slug in PAGES if words and words.issubset(SPOKEN[slug].split())]
