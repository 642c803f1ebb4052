"""The engine's settings: definitions in code, synonyms of the staff."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from integrations.search import FakeSearchEngine, search_engine
from models.database import session
from models.search import Synonym
from services.search import apply_search_settings, rebuild_index
from services.search.documents import GAMMES, PRODUCTS, VEHICLES
from services.search.settings import current_definitions


@pytest.fixture(autouse=True)
def engine_of_words(db: None) -> Iterator[FakeSearchEngine]:
    session.execute(delete(Synonym))
    with search_engine.replaced_by(FakeSearchEngine()) as engine:
        assert isinstance(engine, FakeSearchEngine)
        yield engine


def synonym(word: str, *others: str, both_ways: bool = False) -> None:
    session.add(Synonym(word=word, others=list(others), both_ways=both_ways))
    session.flush()


def test_a_synonym_goes_one_way_or_both() -> None:
    synonym("amorto", "amortisseur")
    synonym("phare", "optique", "projecteur", both_ways=True)
    synonyms = dict(current_definitions()[PRODUCTS].synonyms)
    assert synonyms == {
        "amorto": ("amortisseur",),
        "phare": ("optique", "projecteur"),
        "optique": ("phare", "projecteur"),
        "projecteur": ("phare", "optique"),
    }
    assert dict(current_definitions()[VEHICLES].synonyms) == {}


def test_a_phrase_is_asked_for_without_its_small_words() -> None:
    synonym("jambe de force", "amortisseur")
    assert dict(current_definitions()[GAMMES].synonyms) == {"jambe force": ("amortisseur",)}


def test_only_what_differs_is_applied() -> None:
    assert apply_search_settings() == []
    rebuild_index()
    assert apply_search_settings() == []
    synonym("amorto", "amortisseur")
    assert apply_search_settings() == ["products", "gammes"]
    assert apply_search_settings() == []
