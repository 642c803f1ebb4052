"""What can narrow a search: brand, gamme, price range, stock; each counted without its own filter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import literal, select, union_all

from integrations.search import SearchAnswer
from models.catalog import Brand, Gamme
from models.database import session
from services.products_rows import one_of_given
from services.search.hits import Hit

# What narrows, by its name in the index and in a hit.
ATTRIBUTES = ("brand_id", "gamme_id", "price_range", "in_stock")
Chosen = Mapping[str, Sequence[int]]
Counts = Mapping[str, Mapping[int, int]]


@dataclass(frozen=True)
class SearchFacetValue:
    """A brand, a gamme or a range of price that could narrow a search, with how many products it would leave."""

    id: int
    label: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True)
class SearchFacets:
    """What could narrow a search further; brands and gammes by count, price ranges from the lowest."""

    brands: Sequence[SearchFacetValue] = ()
    gammes: Sequence[SearchFacetValue] = ()
    prices: Sequence[SearchFacetValue] = ()
    in_stock: int = 0


def facets_of(counts: Counts, chosen: Chosen) -> SearchFacets:
    """Name what was counted; one query for the names of brands and gammes."""
    names = _names(counts.get("brand_id", {}), counts.get("gamme_id", {}))

    def values(attribute: str) -> list[SearchFacetValue]:
        return [
            SearchFacetValue(key, names.get((attribute, key), ""), count, key in chosen.get(attribute, ()))
            for key, count in counts.get(attribute, {}).items()
            if count and (attribute == "price_range" or (attribute, key) in names)
        ]

    def by_count(value: SearchFacetValue) -> tuple[int, str]:
        return -value.count, value.label

    return SearchFacets(
        brands=sorted(values("brand_id"), key=by_count),
        gammes=sorted(values("gamme_id"), key=by_count),
        prices=sorted(values("price_range"), key=lambda value: value.id),
        in_stock=counts.get("in_stock", {}).get(1, 0),
    )


def narrowed(hits: Sequence[Hit], chosen: Chosen, *, but: str = "") -> list[Hit]:
    """Return the hits that every chosen filter leaves, except the filter `but`."""
    filters = [(name, values) for name, values in chosen.items() if values and name != but]
    return [hit for hit in hits if all(getattr(hit, name) in values for name, values in filters)]


def count_hits(hits: Sequence[Hit], chosen: Chosen) -> dict[str, Counter[int]]:
    """Count hits by the values of each attribute, each without its own filter."""
    return {name: Counter(getattr(hit, name) for hit in narrowed(hits, chosen, but=name)) for name in ATTRIBUTES}


def read_counts(answer: SearchAnswer, names: Sequence[str]) -> dict[str, dict[int, int]]:
    """Return the engine's counts of some attributes, by value."""
    return {name: {_value(text): count for text, count in answer.facets.get(name, {}).items()} for name in names}


def _value(text: str) -> int:
    return {"true": 1, "True": 1, "false": 0, "False": 0}[text] if not text.lstrip("-").isdigit() else int(text)


_NAMES = union_all(
    select(literal("brand_id"), Brand.id, Brand.name).where(one_of_given(Brand.id, "brand_ids")),
    select(literal("gamme_id"), Gamme.id, Gamme.name).where(one_of_given(Gamme.id, "gamme_ids")),
)


def _names(brand_ids: Mapping[int, int], gamme_ids: Mapping[int, int]) -> dict[tuple[str, int], str]:
    if not (brand_ids or gamme_ids):
        return {}
    rows = session.execute(_NAMES, {"brand_ids": list(brand_ids), "gamme_ids": list(gamme_ids)})
    return {(row[0], row[1]): row[2] for row in rows}
