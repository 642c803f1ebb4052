"""Search: the page of results, and what is suggested while typing."""

import time
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from config import settings
from domain.price_ranges import PRICE_RANGES, bounds_of
from domain.references import looks_like_reference
from models.database import utc_now
from services.search import (
    SearchPage,
    SearchQuery,
    SuggestedFit,
    SuggestedGamme,
    SuggestedPart,
    SuggestedVehicle,
    Suggestions,
    search_parts,
    understand,
)
from services.search import suggest as suggestions_for
from services.search.journal import note_search
from storefront.content import pages_named
from web.addresses import gamme_url, part_url, suggested_fit_url, suggested_vehicle_url
from web.language import gettext as _
from web.limits import limiter
from web.pages import page
from web.visitor import find_vehicle, visitor_of_day

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
        return _page(typed)
    if len(typed) > LONGEST:
        return _page(typed, error=_("Saisissez au plus %(n)s caractères.", n=LONGEST))
    query, began = _query(typed, request.args), time.perf_counter()
    found = _search_for_the_car(query) or search_parts(query, vehicle=find_vehicle(), at=utc_now())
    now = utc_now()
    note_search(found, seconds=time.perf_counter() - began, visitor=visitor_of_day(now), at=now)
    return _page(typed, found)


def _page(typed: str, found: SearchPage | None = None, *, error: str = "") -> Response:
    return page(
        "storefront/search/index.html",
        *(["search_results"] if found else []),
        status=422 if error else 200,
        typed=typed,
        found=found,
        pages_named=pages_named(typed) if found else [],
        error=error,
        price_words=[_price_words(number) for number in PRICE_RANGES],
    )


@bp.get("/suggestions")
@searches
def suggest() -> Response:
    typed = request.args.get("q", "").strip()[:LONGEST]
    return page(
        "storefront/search/suggest.html", typed=typed, groups=[*_groups(suggestions_for(typed)), _information(typed)]
    )


def _search_for_the_car(query: SearchQuery) -> SearchPage | None:
    """Look among what is mounted on the chosen car first, until the visitor unticks it; a reference is what it is."""
    vehicle = find_vehicle()
    if vehicle is None or query.narrows or FILTERED in request.args or looks_like_reference(query.text):
        return None
    named = understand(query.text)
    if named.is_both and named.model:
        # The text names a car of its own.
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
        price_ranges=_price_ranges(query.getlist("prix")),
        in_stock=query.get("stock") == "oui",
        only_fitting=query.get("montage") == "convient",
        page=int(number) if number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= LAST_PAGE else 1,
    )


def _ids(values: list[str]) -> tuple[int, ...]:
    return tuple(int(value) for value in values[:50] if value.isascii() and value.isdigit() and 0 < len(value) <= 15)


def _price_ranges(values: list[str]) -> tuple[int, ...]:
    known = {str(number): number for number in PRICE_RANGES}
    return tuple(dict.fromkeys(known[value] for value in values if value in known))


def _price_words(number: int) -> str:
    low, above = (cents // 100 if cents else None for cents in bounds_of(number))
    if low is None:
        return _("Moins de %(above)s €", above=above)
    return _("%(low)s € et plus", low=low) if above is None else _("%(low)s à %(above)s €", low=low, above=above)


def _groups(offered: Suggestions) -> list[dict[str, Any]]:
    """Return suggestions as the combobox shows them."""
    places = offered.places
    return [
        {"title": _("Références"), "items": [_reference(part) for part in offered.references]},
        {"title": _("Pour ce véhicule"), "items": [_fit(fit) for fit in places.together]},
        {"title": _("Pièces"), "items": [_gamme(gamme) for gamme in places.gammes]},
        {"title": _("Véhicules"), "items": [_vehicle(vehicle) for vehicle in places.vehicles]},
        {"title": _("Articles"), "items": [_article(part) for part in offered.products]},
    ]


def _information(typed: str) -> dict[str, Any]:
    return {"title": _("Informations"), "items": [{"text": title, "url": url} for title, url in pages_named(typed)]}


def _fit(fit: SuggestedFit) -> dict[str, Any]:
    text = _("%(parts)s pour %(vehicle)s", parts=fit.gamme.plural_name, vehicle=fit.vehicle.label)
    return {"text": text, "url": suggested_fit_url(fit), "detail": fit.vehicle.years, "key": fit.gamme.drawing}


def _gamme(gamme: SuggestedGamme) -> dict[str, Any]:
    return {"text": gamme.name, "url": gamme_url(gamme), "detail": gamme.family, "key": gamme.drawing}


def _vehicle(vehicle: SuggestedVehicle) -> dict[str, Any]:
    return {"text": vehicle.label, "url": suggested_vehicle_url(vehicle), "detail": vehicle.years}


def _reference(part: SuggestedPart) -> dict[str, Any]:
    return {"text": part.reference, "ref": True, "url": _url(part), "detail": f"{part.brand} · {part.name}"}


def _article(part: SuggestedPart) -> dict[str, Any]:
    return {"text": part.name, "url": _url(part), "detail": f"{part.brand} {part.reference}", "key": part.drawing}


def _url(part: SuggestedPart) -> str:
    return part_url(part.id, part.name, part.brand, part.reference)
