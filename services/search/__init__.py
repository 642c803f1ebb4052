"""Search: a reference first, then words; suggestions while typing; the index and how it is kept in step."""

from services.search.facets import SearchFacets, SearchFacetValue
from services.search.finding import SearchKind, SearchPage, SearchQuery, search_parts
from services.search.indexing import count_indexed, index_products, rebuild_index
from services.search.places import Places, SuggestedFit, SuggestedGamme, SuggestedVehicle
from services.search.settings import apply_search_settings
from services.search.suggestions import SuggestedPart, Suggestions, suggest, suggest_references
from services.search.vocabulary import forget_vocabulary, understand

__all__ = [
    "Places",
    "SearchFacetValue",
    "SearchFacets",
    "SearchKind",
    "SearchPage",
    "SearchQuery",
    "SuggestedFit",
    "SuggestedGamme",
    "SuggestedPart",
    "SuggestedVehicle",
    "Suggestions",
    "apply_search_settings",
    "count_indexed",
    "forget_vocabulary",
    "index_products",
    "rebuild_index",
    "search_parts",
    "suggest",
    "suggest_references",
    "understand",
]
