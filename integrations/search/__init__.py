"""Who searches words: interface, Meilisearch, nobody at all, fake."""

from config import settings
from integrations.provided import Provided
from integrations.search.absent import AbsentEngine
from integrations.search.breaker import GuardedEngine
from integrations.search.fake import FakeSearchEngine
from integrations.search.interface import (
    Document,
    IndexDefinition,
    SearchAnswer,
    SearchEngine,
    SearchRequest,
    SearchUnavailable,
)
from integrations.search.meilisearch_provider import MeilisearchEngine, open_meilisearch


def _build() -> SearchEngine:
    return GuardedEngine(open_meilisearch()) if settings().meilisearch_url else AbsentEngine()


search_engine: Provided[SearchEngine] = Provided(_build)

__all__ = [
    "AbsentEngine",
    "Document",
    "FakeSearchEngine",
    "GuardedEngine",
    "IndexDefinition",
    "MeilisearchEngine",
    "SearchAnswer",
    "SearchEngine",
    "SearchRequest",
    "SearchUnavailable",
    "search_engine",
]
