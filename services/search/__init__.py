"""Search: a reference first, then words; suggestions while typing; the index and how it is kept in step."""

from services.search.finding import (
    SearchKind,
    SearchPage,
    SearchQuery,
    search_parts,
)
from services.search.hits import SearchFacetValue
from services.search.indexing import count_indexed, index_products, rebuild_index
from services.search.suggestions import (
    SuggestedGamme,
    SuggestedPart,
    SuggestedVehicle,
    Suggestions,
    suggest,
    suggest_places,
)

__all__ = [
    "SearchFacetValue",
    "SearchKind",
    "SearchPage",
    "SearchQuery",
    "SuggestedGamme",
    "SuggestedPart",
    "SuggestedVehicle",
    "Suggestions",
    "count_indexed",
    "index_products",
    "rebuild_index",
    "search_parts",
    "suggest",
    "suggest_places",
]
