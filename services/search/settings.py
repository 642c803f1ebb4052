"""The settings of every index: its definition in code, with the synonyms that staff keep."""

from dataclasses import replace

from sqlalchemy import select

from domain.search import telling_words
from integrations.search import IndexDefinition, search_engine
from models.database import session
from models.search import Synonym
from services.search.documents import GAMMES, PRODUCTS, SOURCES

MAX_SYNONYMS = 5_000
# Vehicles are called by their names.
WITH_SYNONYMS = {PRODUCTS, GAMMES}


def current_definitions() -> dict[IndexDefinition, IndexDefinition]:
    """Return each index of the shop with the synonyms of today."""
    synonyms = _synonyms()
    return {index: replace(index, synonyms=synonyms) if index in WITH_SYNONYMS else index for index in SOURCES}


def apply_search_settings() -> list[str]:
    """Give the engine's indexes the settings they should have; returns the names of those that differed.

    Compares first, so it costs little when nothing changed. Raises SearchUnavailable.
    """
    return [one.name for one in current_definitions().values() if search_engine().configure(one)]


def _synonyms() -> dict[str, tuple[str, ...]]:
    """Return what each word finds too; a text is asked for without « de » and the like, so these have none either."""
    found: dict[str, tuple[str, ...]] = {}
    for word, others, both_ways in session.execute(
        select(Synonym.word, Synonym.others, Synonym.both_ways).order_by(Synonym.word).limit(MAX_SYNONYMS)
    ):
        together = [word, *others]
        for key in together if both_ways else [word]:
            asked = telling_words(key)
            found[asked] = tuple(dict.fromkeys([*found.get(asked, ()), *(one for one in together if one != key)]))
    return found
