"""Search: a reference first, then words; suggestions while typing; the index and how it is kept in step."""

from services.search.finding import (
    SearchKind,
    SearchPage,
    SearchQuery,
    search_parts,
)
from services.search.hits import SearchFacetValue
from services.search.indexing import count_indexed, index_products, rebuild_index
from services.search.suggestions import Suggestions, suggest

__all__ = [
    "SearchFacetValue",
    "SearchKind",
    "SearchPage",
    "SearchQuery",
    "Suggestions",
    "count_indexed",
    "index_products",
    "rebuild_index",
    "search_parts",
    "suggest",
]
