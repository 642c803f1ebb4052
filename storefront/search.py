"""Search: the page of results, and what is suggested while typing."""

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from config import settings
from domain.references import looks_like_reference
from models.database import utc_now
from services.search import (
    SearchKind,
    SearchPage,
    SearchQuery,
    SuggestedPart,
    Suggestions,
    search_parts,
    suggest_places,
)
from services.search import suggest as suggestions_for
from web.addresses import gamme_url, part_url, suggested_vehicle_url
from web.language import gettext as _
from web.limits import limiter
from web.pages import page
from web.visitor import find_vehicle

bp = Blueprint("search", __name__, url_prefix="/recherche")
LONGEST = 100
LAST_PAGE = 50
# Sent by the form of filters: what is not ticked there is not wanted.
FILTERED = "filtre"
searches = limiter.shared_limit(lambda: settings().limit_search, scope="search")


@bp.get("")
@searches
def index() -> Response:
    typed = request.args.get("q", "").strip()
    if not typed:
        return page("storefront/search/index.html", typed="", found=None, near=Suggestions(), error="")
    if len(typed) > LONGEST:
        error = _("Saisissez au plus %(n)s caractères.", n=LONGEST)
        return page(
            "storefront/search/index.html", status=422, typed=typed, found=None, near=Suggestions(), error=error
        )
    query = _query(typed, request.args)
    found = _search_for_the_car(query) or search_parts(query, vehicle=find_vehicle(), at=utc_now())
    is_first = query.page == 1 and not query.narrows
    near = suggest_places(typed) if is_first and found.kind == SearchKind.WORDS else Suggestions()
    return page("storefront/search/index.html", "search_results", typed=typed, found=found, near=near, error="")


@bp.get("/suggestions")
@searches
def suggest() -> Response:
    typed = request.args.get("q", "").strip()[:LONGEST]
    return page("storefront/search/suggest.html", typed=typed, groups=_groups(suggestions_for(typed)))


def _search_for_the_car(query: SearchQuery) -> SearchPage | None:
    """Look among what is mounted on the chosen car first, until the visitor unticks it; a reference is what it is."""
    vehicle = find_vehicle()
    if vehicle is None or query.narrows or FILTERED in request.args or looks_like_reference(query.text):
        return None
    found = search_parts(query.model_copy(update={"only_fitting": True}), vehicle=vehicle, at=utc_now())
    return found if found.total else None


def _query(typed: str, query: MultiDict[str, str]) -> SearchQuery:
    """Read what narrows a search; what is no id or no page is ignored."""
    number = query.get("page", "")
    return SearchQuery(
        text=typed,
        brand_ids=_ids(query.getlist("marque")),
        gamme_ids=_ids(query.getlist("gamme")),
        only_fitting=query.get("montage") == "convient",
        page=int(number) if number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= LAST_PAGE else 1,
    )


def _ids(values: list[str]) -> tuple[int, ...]:
    return tuple(int(value) for value in values[:50] if value.isascii() and value.isdigit() and 0 < len(value) <= 15)


def _groups(offered: Suggestions) -> list[dict[str, Any]]:
    """Return suggestions as the combobox shows them."""
    return [
        {"title": _("Références"), "items": [_reference(part) for part in offered.references]},
        {
            "title": _("Pièces"),
            "items": [
                {"text": gamme.name, "url": gamme_url(gamme), "detail": gamme.family, "key": gamme.drawing}
                for gamme in offered.gammes
            ],
        },
        {
            "title": _("Véhicules"),
            "items": [
                {"text": vehicle.label, "url": suggested_vehicle_url(vehicle), "detail": vehicle.years}
                for vehicle in offered.vehicles
            ],
        },
        {"title": _("Articles"), "items": [_article(part) for part in offered.products]},
    ]


def _reference(part: SuggestedPart) -> dict[str, Any]:
    return {"text": part.reference, "ref": True, "url": _url(part), "detail": f"{part.brand} · {part.name}"}


def _article(part: SuggestedPart) -> dict[str, Any]:
    return {"text": part.name, "url": _url(part), "detail": f"{part.brand} {part.reference}", "key": part.drawing}


def _url(part: SuggestedPart) -> str:
    return part_url(part.id, part.name, part.brand, part.reference)
