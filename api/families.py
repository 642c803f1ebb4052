"""Families and what stands in them as JSON (spec/catalog.md)."""

from flask import Blueprint
from pydantic import BaseModel

from api.catalog import FamilyLeaf
from api.contract import Answer, operation
from api.offers import OfferedGamme, OfferedGammes, offered_gammes
from services.catalog import get_family, get_gamme, list_families, list_offers_of_family
from web.addresses import family_url, gamme_url
from web.caching import cached
from web.shared_pages import tag

bp = Blueprint("families", __name__, url_prefix="/api/catalog")
TAG = "Catalogue"


class Families(BaseModel):
    """The displayed families, in the order of the menu."""

    familles: list[FamilyLeaf]


class FamilyDetail(FamilyLeaf):
    """A family with its gammes and what they offer."""

    gammes: list[OfferedGamme]


class Crumb(BaseModel):
    """One step of the way to a page."""

    label: str
    path: str


class Breadcrumbs(BaseModel):
    """The way to a page, from the home page on."""

    breadcrumbs: list[Crumb]


@bp.get("/famille")
@cached(300, kind="api")
@operation(Answer[Families], tag=TAG)
def index() -> Answer[Families]:
    """Lister les familles."""
    tag("menu")
    return Answer(data=Families(familles=[FamilyLeaf.of(family) for family in list_families()]))


@bp.get("/famille/<int:id>")
@cached(300, kind="api")
@operation(Answer[FamilyDetail], tag=TAG, refusals=(404,))
def show(id: int) -> Answer[FamilyDetail]:
    """Lire une famille avec ses gammes."""
    family = get_family(id)
    tag("menu", "ranges")
    return Answer(
        data=FamilyDetail(**FamilyLeaf.of(family).model_dump(), gammes=offered_gammes(list_offers_of_family(family.id)))
    )


@bp.get("/famille/<int:id>/gammes")
@cached(300, kind="api")
@operation(Answer[OfferedGammes], tag=TAG, refusals=(404,))
def gammes(id: int) -> Answer[OfferedGammes]:
    """Lister les gammes d'une famille, avec ce qu'elles offrent."""
    family = get_family(id)
    tag("menu", "ranges")
    return Answer(data=OfferedGammes(gammes=offered_gammes(list_offers_of_family(family.id))))


@bp.get("/breadcrumbs/<int:pg_id>")
@cached(300, kind="api")
@operation(Answer[Breadcrumbs], tag=TAG, refusals=(404,))
def breadcrumbs(pg_id: int) -> Answer[Breadcrumbs]:
    """Lire le fil d'Ariane d'une gamme."""
    gamme = get_gamme(pg_id)
    tag(f"gamme:{gamme.id}", "menu")
    return Answer(
        data=Breadcrumbs(
            breadcrumbs=[
                Crumb(label="Accueil", path="/"),
                Crumb(label=gamme.family.name, path=family_url(gamme.family)),
                Crumb(label=gamme.plural_name, path=gamme_url(gamme)),
            ]
        )
    )
