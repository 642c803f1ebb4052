"""Makes, models and types as pages, and the way to the visitor's own car."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Annotated, Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, request, url_for
from pydantic import BaseModel, BeforeValidator, Field

from models.database import utc_now
from models.vehicles import Make, VehicleType
from services.catalog import list_offers_for_vehicle
from services.product_choices import list_best_gammes_of_make
from services.products import PARIS
from services.vehicles import (
    FIRST_YEAR,
    LAST_YEAR,
    find_vehicle_type,
    get_make,
    get_model,
    get_vehicle_type,
    list_makes,
    list_models,
    list_types,
    list_types_by_code,
    list_years,
    years_of_models,
)
from web.addresses import AliasId, make_url, model_url, moved_to, type_url
from web.caching import cached
from web.forms import Form, read_form
from web.language import gettext as _
from web.pages import page, safe_target, see_other
from web.shared_pages import tag
from web.visitor import forget_vehicle, remember_vehicle

bp = Blueprint("vehicles", __name__)
PICKER_PAGE = "storefront/vehicles/choose.html"
YEARS = {"annee": "(19|20)[0-9]{2}"}
MAX_BOUGHT = 8


@bp.get("/constructeurs")
@cached(3600)
def makes() -> Response:
    tag("makes")
    return page("storefront/vehicles/makes.html", makes=list_makes())


@bp.get("/constructeurs/<alias_id:make>.html")
@cached(1800, query=YEARS)
def make(make: AliasId) -> Response:
    found = get_make(make.id)
    if moved := moved_to(make_url(found)):
        return moved
    tag(f"make:{found.id}", "recommendations", "menu")
    models, year = list_models(found.id), _year(request.args.get("annee"))
    return page(
        "storefront/vehicles/make.html",
        "model_list",
        make=found,
        models=list_models(found.id, year=year) if year else models,
        years=years_of_models(models, today=utc_now().astimezone(PARIS).date()),
        year=year,
        bought=list_best_gammes_of_make(found.id, MAX_BOUGHT),
    )


@bp.get("/constructeurs/<alias_id:make>/<alias_id:model>")
@cached(900, query=YEARS)
def model(make: AliasId, model: AliasId) -> Response:
    found = get_model(model.id)
    if moved := moved_to(model_url(found)):
        return moved
    tag(f"model:{found.id}", f"make:{found.make_id}")
    types = list_types(found.id)
    year = _year(request.args.get("annee"))
    shown = [one for one in types if year is None or _built_in(one, year)]
    return page(
        "storefront/vehicles/model.html",
        "type_list",
        model=found,
        fuels=_by_fuel(shown),
        years=list_years(types, today=utc_now().astimezone(PARIS).date()),
        year=year,
    )


@bp.get("/constructeurs/<alias_id:make>/<alias_id:model>/<alias_id:vehicle_type>")
@cached(900)
def vehicle_type(make: AliasId, model: AliasId, vehicle_type: AliasId) -> Response:
    found = get_vehicle_type(vehicle_type.id)
    if moved := moved_to(type_url(found)):
        return moved
    offers = list_offers_for_vehicle(found.id)
    tag("ranges", *(f"gamme:{offer.gamme.id}" for offer in offers))
    sections = [(family, list(of)) for family, of in groupby(offers, key=lambda offer: offer.gamme.family)]
    return page("storefront/vehicles/vehicle_type.html", vehicle_type=found, sections=sections, offers=offers)


def _number(text: Any) -> int | None:
    """What is no number has not been chosen."""
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= 18 else None


def _year(text: Any) -> int | None:
    number = _number(text)
    return number if number and FIRST_YEAR <= number <= LAST_YEAR else None


_Chosen = Annotated[int | None, BeforeValidator(_number)]


class VehicleSteps(BaseModel):
    """What is chosen so far on the way to a type."""

    make: _Chosen = None
    model: _Chosen = None
    year: Annotated[int | None, BeforeValidator(_year)] = None
    type: _Chosen = None
    code: str = Field(default="", max_length=30)
    suite: str = Field(default="", max_length=500)


@dataclass(frozen=True)
class Picker:
    """The choices of the picker at its present step, and what is chosen."""

    makes: Sequence[Any]
    models: Sequence[Any] = ()
    years: Sequence[int] = ()
    types: Sequence[Any] = ()
    chosen: Mapping[str, int | None] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    next_url: str = ""


def picker(
    chosen: Mapping[str, int | None],
    *,
    makes: Sequence[Make] | None = None,
    errors: Mapping[str, str] | None = None,
    next_url: str = "",
) -> Picker:
    """Return the picker for what is chosen so far; a step whose ancestor does not lead to it is left out."""
    make_id, model_id, year = chosen.get("make"), chosen.get("model"), chosen.get("year")
    models = list_models(make_id) if make_id else []
    if model_id not in {model.id for model in models}:
        model_id = year = None
    types = list_types(model_id) if model_id else []
    years = list_years(types, today=utc_now().astimezone(PARIS).date())
    year = year if year in years else None
    shown = [one for one in types if year is None or _built_in(one, year)]
    return Picker(
        makes=_make_groups(list_makes() if makes is None else makes),
        models=[(model.id, f"{model.name} ({model.years})") for model in models],
        years=years,
        types=[(fuel, [(one.id, _type_words(one)) for one in of]) for fuel, of in _by_fuel(shown)],
        chosen={"make": make_id, "model": model_id, "year": year, "type": chosen.get("type")},
        errors=errors or {},
        next_url=next_url,
    )


def _make_groups(makes: Sequence[Make]) -> list[tuple[str, list[tuple[int, str]]]]:
    tops = [(make.id, make.name) for make in makes if make.is_top]
    others = sorted(((make.id, make.name) for make in makes if not make.is_top), key=lambda pair: pair[1])
    groups = [(_("Marques les plus demandées"), tops), (_("Toutes les autres"), others)]
    return [group for group in groups if group[1]]


def _by_fuel(types: Sequence[VehicleType]) -> list[tuple[str, list[VehicleType]]]:
    ordered = sorted(types, key=lambda one: (one.fuel, one.power_hp, one.name, one.id))
    return [(fuel, list(of)) for fuel, of in groupby(ordered, key=lambda one: one.fuel)]


def _built_in(vehicle_type: VehicleType, year: int) -> bool:
    last = vehicle_type.produced_to
    return vehicle_type.produced_from.year <= year and (last is None or year <= last.year)


def _type_words(vehicle_type: VehicleType) -> str:
    codes = ", ".join(code.code for code in vehicle_type.engine_codes[:2])
    words = f"{vehicle_type.name} {vehicle_type.power_hp} ch ({vehicle_type.years})"
    return f"{words} · {codes}" if codes else words


@bp.get("/vehicule")
def choose() -> Response:
    form = read_form(VehicleSteps, request.args)
    steps = form.value or VehicleSteps()
    next_url = safe_target(steps.suite, "") or _came_from()
    chosen = steps.model_dump(include={"make", "model", "year", "type"})
    return page(
        PICKER_PAGE,
        "vehicle_picker",
        picker=picker(chosen, next_url=next_url),
        code=steps.code,
        found=list_types_by_code(steps.code) if steps.code.strip() else None,
        next_url=next_url,
    )


@bp.post("/vehicule")
def keep() -> Response:
    form = read_form(VehicleSteps)
    steps = form.value or VehicleSteps()
    found = find_vehicle_type(steps.type) if steps.type else None
    if found is None:
        return _choose_again(form, steps)
    response = see_other(safe_target(steps.suite, type_url(found)))
    remember_vehicle(response, found.id, steps.year)
    return response


def _choose_again(form: Form[VehicleSteps], steps: VehicleSteps) -> Response:
    errors = {"type": _("Choisissez une motorisation de la liste."), **form.errors}
    next_url = safe_target(steps.suite, "")
    chosen = steps.model_dump(include={"make", "model", "year"})
    again = picker(chosen, errors=errors, next_url=next_url)
    return page(PICKER_PAGE, "vehicle_picker", status=422, picker=again, code="", found=None, next_url=next_url)


@bp.post("/vehicule/retrait")
def remove() -> Response:
    response = see_other(safe_target(request.form.get("suite"), "") or _came_from() or url_for("storefront.home.index"))
    forget_vehicle(response)
    return response


def _came_from() -> str:
    """Return the page of this site that led here, empty when it was another one or this very page."""
    came = urlsplit(request.referrer or "")
    if came.netloc != request.host or came.path.startswith(url_for(".choose")):
        return ""
    return safe_target(f"{came.path}?{came.query}" if came.query else came.path, "")
