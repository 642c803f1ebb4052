"""A short list: what fits one car in one gamme is read whole, then narrowed, counted and sorted here.

Some thirty products in a full catalogue, rarely a hundred: one query brings them with all that their rows show, and
every facet is counted in less time than a query for it takes to be written.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import bindparam, select, union_all

from domain.fitment import Fit, Verdict
from models.catalog import Product
from services.fitment import verdict_of
from services.products_facets import FITS, MAX_VALUES, ChosenFilters, CriterionFacet, Facets, FacetValue, natural
from services.products_rows import ListedProduct, ListedTrait, one_of_given, prepared, read_prepared
from services.stock import available_packs

# Longer ones are narrowed and counted by PostgreSQL.
MAX_SHORT = 500
Value = TypeVar("Value", int, str, Fit)
_OF_GAMME = (Product.gamme_id == bindparam("gamme_id"), Product.is_displayed)
_CANDIDATES = prepared(
    union_all(
        select(Product.id).where(one_of_given(Product.fitment_group_id, "group_ids"), *_OF_GAMME),
        select(Product.id).where(Product.is_universal, *_OF_GAMME),
    ).limit(MAX_SHORT + 1)
)


@dataclass(frozen=True)
class Candidate:
    """A product made for the car or for any, with its verdict."""

    product: ListedProduct
    verdict: Verdict
    is_in_stock: bool


def read_candidates(gamme_id: int, groups: Mapping[int, Verdict]) -> list[Candidate] | None:
    """Read the displayed products of a gamme that are in the judged groups or universal; None when over 500."""
    found = read_prepared(_CANDIDATES, gamme_id=gamme_id, group_ids=list(groups))
    if len(found) > MAX_SHORT:
        return None
    return [Candidate(product, verdict_of(product, groups), available_packs(product) > 0) for product in found]


def narrow(candidates: Sequence[Candidate], filters: ChosenFilters) -> tuple[list[Candidate], Facets]:
    """Return the priced candidates that pass every filter, and the facets: each counts what passes all others."""
    tests = _tests(filters)
    refused = [[name for name, passes in tests.items() if not passes(one)] for one in candidates]

    def among(own: str = "") -> list[Candidate]:
        return [one for one, names in zip(candidates, refused, strict=True) if not names or names == [own]]

    kept = among()
    priced = sum(one.product.price_cents is not None for one in candidates)
    prices = [one.product.price_cents for one in among("price") if one.product.price_cents is not None]
    return kept, Facets(
        total=len(kept),
        everything=priced,
        unpriced=len(candidates) - priced,
        in_stock=sum(one.is_in_stock for one in among("stock")),
        price_low_cents=min(prices, default=None),
        price_high_cents=max(prices, default=None),
        brands=_brands(candidates, among("brand"), filters.brands),
        sides=_sides(candidates, among("side"), filters.sides),
        fits=_fits(candidates, among("fit"), filters.fits),
        criteria=_criteria(candidates, among, filters.criteria),
    )


def side_rank(side: str) -> int:
    """Return the place of a side: front before rear before anything else, as a mechanic reads a car; none last."""
    words = side.casefold()
    return 0 if "avant" in words else 1 if "arrière" in words else 2 if words else 3


def _tests(filters: ChosenFilters) -> dict[str, Callable[[Candidate], bool]]:
    """Return the chosen filters by name; what has no price to show is never listed."""
    low, high = filters.price_min_cents, filters.price_max_cents
    tests: dict[str, Callable[[Candidate], bool]] = {"priced": lambda one: one.product.price_cents is not None}
    if filters.brands:
        tests["brand"] = lambda one: one.product.brand.id in filters.brands
    if filters.sides:
        tests["side"] = lambda one: one.product.side in filters.sides
    if low is not None or high is not None:
        tests["price"] = lambda one: (low or 0) <= (one.product.price_cents or 0) <= (10**12 if high is None else high)
    if filters.in_stock:
        tests["stock"] = lambda one: one.is_in_stock
    if filters.fits:
        tests["fit"] = lambda one: one.verdict.fit in filters.fits
    for criterion_id, values in filters.criteria.items():
        tests[f"criterion-{criterion_id}"] = _has_value(criterion_id, values)
    return tests


def _has_value(criterion_id: int, values: Sequence[str]) -> Callable[[Candidate], bool]:
    return lambda one: any(
        trait.criterion.id == criterion_id and trait.value in values for trait in one.product.criteria
    )


def _brands(everything: Sequence[Candidate], counted: Sequence[Candidate], chosen: Sequence[int]) -> list[FacetValue]:
    names = {one.product.brand.id: one.product.brand.name for one in everything}
    counts = _counts(names, (one.product.brand.id for one in counted), chosen)
    found = [FacetValue(str(number), names[number], count, number in chosen) for number, count in counts.items()]
    return sorted(found, key=lambda value: (-value.count, value.label))[:MAX_VALUES]


def _sides(everything: Sequence[Candidate], counted: Sequence[Candidate], chosen: Sequence[str]) -> list[FacetValue]:
    known = {one.product.side for one in everything}
    counts = _counts(known, (one.product.side for one in counted), chosen)
    return [FacetValue(side, side, count, side in chosen) for side, count in sorted(counts.items()) if side]


def _fits(everything: Sequence[Candidate], counted: Sequence[Candidate], chosen: Sequence[Fit]) -> list[FacetValue]:
    known = {one.verdict.fit for one in everything}
    counts = _counts(known, (one.verdict.fit for one in counted), chosen)
    return [FacetValue(fit, fit, counts[fit], fit in chosen) for fit in FITS if fit in counts]


def _criteria(
    everything: Sequence[Candidate],
    among: Callable[[str], Sequence[Candidate]],
    chosen: Mapping[int, Sequence[str]],
) -> list[CriterionFacet]:
    known: dict[int, set[str]] = {}
    named = {}
    for trait in _filter_traits(everything):
        known.setdefault(trait.criterion.id, set()).add(trait.value)
        named[trait.criterion.id] = trait.criterion
    facets = []
    for criterion in sorted(named.values(), key=lambda criterion: criterion.name):
        values = chosen.get(criterion.id, ())
        traits = _filter_traits(among(f"criterion-{criterion.id}"))
        counts = _counts(known[criterion.id], (t.value for t in traits if t.criterion.id == criterion.id), values)
        if len(counts) > 1 or values:
            found = [FacetValue(v, f"{v} {criterion.unit}".strip(), n, v in values) for v, n in counts.items()]
            found.sort(key=lambda value: natural(value.value))
            facets.append(CriterionFacet(criterion.id, criterion.name, criterion.unit, found))
    return facets


def _filter_traits(candidates: Iterable[Candidate]) -> Iterable[ListedTrait]:
    return (trait for one in candidates for trait in one.product.criteria if trait.criterion.is_filter)


def _counts(known: Iterable[Value], counted: Iterable[Value], chosen: Sequence[Value]) -> dict[Value, int]:
    """Count values; what is chosen stays in sight when it leaves nothing, so that it can be given up."""
    counts = Counter(counted)
    return {value: counts[value] for value in known if value in counts or value in chosen}
