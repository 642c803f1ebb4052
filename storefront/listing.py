"""The controls of a list of parts: what its address says, its filters, chips and orders, and its htmx answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Response, request
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from domain.fitment import Fit
from domain.money import to_cents
from services.products_facets import CriterionFacet, Facets, FacetValue
from services.products_filters import ProductFilters, ProductSort
from services.products_listing import ProductPage
from web.forms import Form, sentences
from web.language import gettext as _
from web.pages import page, wants_fragment
from web.templating import money, same_page

# Query parameters are words a shopper may read; a criterion is « c » and its id.
SORTS = {
    "prix": ProductSort.PRICE_ASC,
    "prix-desc": ProductSort.PRICE_DESC,
    "nom": ProductSort.NAME_ASC,
    "nom-desc": ProductSort.NAME_DESC,
    "stock": ProductSort.STOCK_DESC,
}
FITS = {"convient": Fit.FITS, "a-verifier": Fit.TO_CHECK, "ne-convient-pas": Fit.DOES_NOT_FIT}
# Groups of ticks that are shown whole: « tout=marque ».
UNFOLDED = "tout"
SHOWN_OPTIONS = 12
_FIELDS = {"price_min_cents": "prix-min", "price_max_cents": "prix-max", "": "prix-min"}


@dataclass(frozen=True)
class Controls:
    """What a list of parts shows around its rows."""

    groups: list[dict[str, Any]]
    chips: list[dict[str, str]]
    clear_url: str
    sorts: list[tuple[str, str]]
    sort: str
    kept: dict[str, list[str]]
    unfolded: list[str]
    low: str
    high: str
    low_hint: str
    high_hint: str
    errors: dict[str, str]

    @property
    def is_narrowed(self) -> bool:
        """Whether the list is not the plain one, so that it must not be indexed."""
        return bool(self.chips or self.errors or self.unfolded) or self.sort != "prix"


def read_filters(query: MultiDict[str, str]) -> Form[ProductFilters]:
    """Read an address's query; what it does not know is ignored, a price that is none is refused in words."""
    typed: dict[str, Any] = {name: query.getlist(name) for name in query}
    errors: dict[str, str] = {}
    values: dict[str, Any] = {
        "brands": [value for value in query.getlist("marque") if value.isascii() and value.isdigit()],
        "sides": _texts(query, "cote"),
        "price_min_cents": _cents(query.get("prix-min", ""), "prix-min", errors),
        "price_max_cents": _cents(query.get("prix-max", ""), "prix-max", errors),
        "in_stock": query.get("stock") == "1",
        "fits": [FITS[value] for value in query.getlist("montage") if value in FITS],
        "criteria": _criteria(query),
        "sort": SORTS.get(query.get("tri", ""), ProductSort.PRICE_ASC),
        "page": query["page"] if query.get("page", "").isdigit() else 1,
    }
    form: Form[ProductFilters] = Form(typed=typed, errors=errors)
    try:
        form.value = ProductFilters.model_validate(values)
    except ValidationError as error:
        form.errors.update({_FIELDS.get(name, name): sentence for name, sentence in sentences(error).items()})
    return form


def _cents(text: str, name: str, errors: dict[str, str]) -> int | None:
    text = text.strip().replace(",", ".").removesuffix("€").strip()
    if not text:
        return None
    try:
        euros = Decimal(text)
        if euros.is_finite() and 0 <= euros <= 1_000_000:
            return to_cents(euros)
    except InvalidOperation:
        pass
    errors[name] = _("Saisissez un prix en euros, par exemple 49,90.")
    return None


def _criteria(query: MultiDict[str, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for name in query:
        number = name.removeprefix("c")
        if name.startswith("c") and number.isascii() and number.isdigit() and len(number) <= 18:
            found[int(number)] = _texts(query, name)
    return {criterion_id: values for criterion_id, values in found.items() if values}


def _texts(query: MultiDict[str, str], name: str) -> list[str]:
    # NUL is the one character that PostgreSQL cannot compare.
    return [text for value in query.getlist(name) if (text := value.replace("\x00", "").strip())]


def controls_of(parts: ProductPage, form: Form[ProductFilters]) -> Controls:
    """Return the controls for a page of a list; chips lead to this page without their filter."""
    query = request.args
    return Controls(
        groups=_groups(parts.facets),
        chips=_chips(parts),
        clear_url=same_page(**dict.fromkeys([name for name in query if name != "tri"])),
        sorts=[
            ("prix", _("Prix croissant")),
            ("prix-desc", _("Prix décroissant")),
            ("nom", _("Nom de A à Z")),
            ("nom-desc", _("Nom de Z à A")),
            ("stock", _("Disponibilité")),
        ],
        sort=next(name for name, sort in SORTS.items() if sort == parts.filters.sort),
        kept={name: query.getlist(name) for name in query if name not in ("tri", "page") and any(query.getlist(name))},
        unfolded=query.getlist(UNFOLDED),
        low=query.get("prix-min", ""),
        high=query.get("prix-max", ""),
        low_hint=_whole_euros(parts.facets.price_low_cents),
        high_hint=_whole_euros(parts.facets.price_high_cents, up=True),
        errors=form.errors,
    )


def list_page(template: str, parts: ProductPage, form: Form[ProductFilters], **context: Any) -> Response:
    """Answer a list: the whole page, or for htmx the rows and what must agree with them, under its cleaned address."""
    controls = controls_of(parts, form)
    blocks = ("part_list", "filter_options", "filter_numbers")
    status = 422 if form.errors else 200
    response = page(template, *blocks, status=status, parts=parts, controls=controls, **context)
    if wants_fragment():
        response.headers["HX-Push-Url"] = same_page(**{name: None for name in request.args if not request.args[name]})
    return response


def _groups(facets: Facets) -> list[dict[str, Any]]:
    """Return the groups of ticks, in the order in which they help; a group without choice is left out."""
    groups = [
        _group(_("Montage"), "montage", _fit_options(facets)),
        _group(_("Côté"), "cote", _options(facets.sides)),
        _group(_("Marque"), "marque", _options(facets.brands)),
        *(_group(facet.name, f"c{facet.criterion_id}", _options(facet.values)) for facet in facets.criteria),
    ]
    return [group for group in groups if group["options"]]


def _group(title: str, name: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a group of ticks: the first twelve and the chosen ones, with the address of the page that shows all."""
    chosen = any(option["checked"] for option in options)
    unfolded = request.args.getlist(UNFOLDED)
    folds = len(options) > SHOWN_OPTIONS and name not in unfolded
    shown = [one for place, one in enumerate(options) if place < SHOWN_OPTIONS or one["checked"]] if folds else options
    return {
        "title": title,
        "name": name,
        "options": shown if len(options) > 1 or chosen else [],
        "chosen": chosen,
        "all": {"count": len(options), "url": same_page(**{UNFOLDED: [*unfolded, name]})} if folds else None,
    }


def _options(values: list[FacetValue]) -> list[dict[str, Any]]:
    return [
        {"value": value.value, "label": value.label, "count": value.count, "checked": value.is_chosen}
        for value in values
    ]


def _fit_options(facets: Facets) -> list[dict[str, Any]]:
    names = {fit: name for name, fit in FITS.items()}
    return [
        {
            "value": names[Fit(value.value)],
            "label": fit_words(Fit(value.value)),
            "count": value.count,
            "checked": value.is_chosen,
        }
        for value in facets.fits
    ]


def fit_words(fit: Fit) -> str:
    """Return an answer as a filter says it."""
    return {Fit.FITS: _("Convient"), Fit.TO_CHECK: _("À vérifier"), Fit.DOES_NOT_FIT: _("Ne convient pas")}[fit]


def _chips(parts: ProductPage) -> list[dict[str, str]]:
    filters, facets = parts.filters, parts.facets
    brands = {value.value: value.label for value in facets.brands}
    criteria = {facet.criterion_id: facet for facet in facets.criteria}
    chips = [
        *(_chip(fit_words(fit), "montage", name) for name, fit in FITS.items() if fit in filters.fits),
        *(_chip(side, "cote", side) for side in filters.sides),
        *(_chip(brands.get(str(number), _("Marque")), "marque", str(number)) for number in filters.brands),
        *(
            _chip(_criterion_words(criteria.get(number), value), f"c{number}", value)
            for number, values in filters.criteria.items()
            for value in values
        ),
    ]
    if filters.price_min_cents is not None or filters.price_max_cents is not None:
        chips.append(
            {"label": _price_words(filters), "url": same_page(**_without({"prix-min": None, "prix-max": None}))}
        )
    if filters.in_stock:
        chips.append({"label": _("En stock"), "url": same_page(**_without({"stock": None}))})
    return chips


def _chip(label: str, name: str, value: str) -> dict[str, str]:
    others = [other for other in request.args.getlist(name) if other != value]
    return {"label": label, "url": same_page(**_without({name: others}))}


def _without(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Any change of what is listed starts again at the first page; empty fields leave the address."""
    return {**{name: None for name in request.args if not any(request.args.getlist(name))}, "page": None, **changes}


def _criterion_words(facet: CriterionFacet | None, value: str) -> str:
    return f"{facet.name} : {value} {facet.unit}".strip() if facet else value


def _price_words(filters: ProductFilters) -> str:
    low, high = filters.price_min_cents, filters.price_max_cents
    if low is None:
        return _("jusqu'à %(price)s", price=money(high or 0))
    if high is None:
        return _("à partir de %(price)s", price=money(low))
    return _("de %(low)s à %(high)s", low=money(low), high=money(high))


def _whole_euros(cents: int | None, *, up: bool = False) -> str:
    """Return whole euros at most, or at least, a price: the hint in a price field."""
    if cents is None:
        return ""
    return str(-(-cents // 100) if up else cents // 100)
