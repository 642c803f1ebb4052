"""The settings of every index: its definition in code, with the synonyms that staff keep."""

from dataclasses import replace

from sqlalchemy import select

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
    found: dict[str, tuple[str, ...]] = {}
    for word, others, both_ways in session.execute(
        select(Synonym.word, Synonym.others, Synonym.both_ways).order_by(Synonym.word).limit(MAX_SYNONYMS)
    ):
        found[word] = _joined(found.get(word, ()), others)
        for other in others if both_ways else ():
            found[other] = _joined(found.get(other, ()), [word, *others], without=other)
    return found


def _joined(known: tuple[str, ...], more: list[str], *, without: str = "") -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in (*known, *more) if word != without))
