"""The real Meilisearch, started for these tests; the breaker; nobody at all."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from devstack.datadir import DataDir
from devstack.meilisearch import Meilisearch, why_missing
from integrations.search import (
    AbsentEngine,
    FakeSearchEngine,
    GuardedEngine,
    IndexDefinition,
    MeilisearchEngine,
    SearchRequest,
    SearchUnavailable,
)

PARTS = IndexDefinition(
    name="parts",
    searchable=("name", "reference"),
    filterable=("brand_id",),
    exact_attributes=("reference",),
    stop_words=("de",),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meilisearch]:
    if reason := why_missing():
        pytest.skip(reason)
    service = Meilisearch(DataDir(Path(tmp_path_factory.mktemp("meilisearch"))))
    service.start()
    yield service
    service.stop()


@pytest.fixture(scope="module")
def engine(server: Meilisearch) -> MeilisearchEngine:
    return MeilisearchEngine(server.url, server.key, timeout=2.0)


@pytest.fixture(scope="module")
def parts(engine: MeilisearchEngine) -> MeilisearchEngine:
    """Two parts, built once: each test leaves them as it found them."""
    engine.rebuild(
        PARTS,
        [
            [{"id": 1, "name": "Plaquettes de frein", "reference": "0986494123", "brand_id": 7}],
            [],
            [{"id": 2, "name": "Disque de frein", "reference": "0986494124", "brand_id": 8}],
        ],
    )
    return engine


def found(engine: MeilisearchEngine | GuardedEngine, text: str, **request: object) -> list[int]:
    [answer] = engine.search([SearchRequest("parts", text, **request)])  # type: ignore[arg-type]
    return [document["id"] for document in answer.documents]


def test_words_are_found_with_their_mistakes(parts: MeilisearchEngine) -> None:
    assert found(parts, "plaqettes") == [1]
    assert set(found(parts, "frein")) == {1, 2}


def test_a_reference_is_never_corrected(parts: MeilisearchEngine) -> None:
    assert found(parts, "0986494123") == [1]
    assert found(parts, "0986494125") == []


def test_filters_facets_and_several_requests_in_one_exchange(parts: MeilisearchEngine) -> None:
    filtered, counted = parts.search(
        [
            SearchRequest("parts", "frein", any_of={"brand_id": [8]}),
            SearchRequest("parts", "frein", facets=("brand_id",), limit=0),
        ]
    )
    assert [document["id"] for document in filtered.documents] == [2]
    assert (counted.documents, counted.total, dict(counted.facets["brand_id"])) == ([], 2, {"7": 1, "8": 1})


def test_a_document_is_found_and_gone_as_soon_as_it_is_written(parts: MeilisearchEngine) -> None:
    parts.put("parts", [{"id": 3, "name": "Étrier", "reference": "X1", "brand_id": 9}])
    assert found(parts, "etrier") == [3]
    parts.delete("parts", [3, 999])
    assert found(parts, "etrier") == []


def test_a_rebuild_replaces_everything(engine: MeilisearchEngine) -> None:
    others = replace(PARTS, name="others")
    taken: list[int] = []
    for number in (4, 5):
        batches = [[{"id": number, "name": "Alternateur", "reference": "A5", "brand_id": 7}]]
        engine.rebuild(others, batches, waiting=taken.append)
    [answer] = engine.search([SearchRequest("others", "")])
    assert [document["id"] for document in answer.documents] == [5]
    assert engine.count("others") == 1
    assert taken == [1, 1]


def test_a_rebuild_that_breaks_off_leaves_the_old_index_answering(parts: MeilisearchEngine) -> None:
    def breaks_off() -> Iterator[list[dict[str, object]]]:
        yield [{"id": 5, "name": "Alternateur"}]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        parts.rebuild(PARTS, breaks_off())
    assert set(found(parts, "")) == {1, 2}


def test_a_document_that_is_refused_is_told(parts: MeilisearchEngine) -> None:
    with pytest.raises(SearchUnavailable):
        parts.put("parts", [{"id": "an id with spaces"}])


def test_an_index_that_was_never_built_is_not_made_by_a_write(engine: MeilisearchEngine) -> None:
    engine.put("never", [{"id": 1}])
    engine.delete("never", [1])
    with pytest.raises(SearchUnavailable):
        engine.search([SearchRequest("never", "x")])


def test_an_unknown_index_is_told(engine: MeilisearchEngine) -> None:
    with pytest.raises(SearchUnavailable):
        engine.search([SearchRequest("nothing", "x")])
    assert engine.count("nothing") == 0


def test_a_wrong_key_is_told(server: Meilisearch) -> None:
    with pytest.raises(SearchUnavailable):
        MeilisearchEngine(server.url, "wrong", timeout=2.0).search([SearchRequest("parts", "x")])


def test_a_server_that_is_away_is_told_at_once() -> None:
    away = MeilisearchEngine("http://127.0.0.1:9", "", timeout=0.5)
    started = time.monotonic()
    for call in (lambda: away.search([SearchRequest("parts", "x")]), away.ping):
        with pytest.raises(SearchUnavailable):
            call()
    assert time.monotonic() - started < 2


def test_settings_are_applied_only_where_they_differ(engine: MeilisearchEngine) -> None:
    plain = replace(PARTS, name="plain")
    assert not engine.configure(plain)
    engine.rebuild(plain, [[{"id": 1, "name": "Amortisseur", "reference": "A1", "brand_id": 7}]])
    assert not engine.configure(plain)
    with_words = replace(plain, synonyms={"amorto": ["amortisseur"], "jambe force": ["amortisseur"]})
    assert engine.configure(with_words)
    assert not engine.configure(with_words)
    [answer] = engine.search([SearchRequest("plain", "jambe force")])
    assert [document["id"] for document in answer.documents] == [1]
    assert engine.configure(plain)
    [answer] = engine.search([SearchRequest("plain", "jambe force")])
    assert answer.documents == []


def test_an_engine_that_hangs_is_left_alone_and_taken_up_again(server: Meilisearch, parts: MeilisearchEngine) -> None:
    guarded = GuardedEngine(MeilisearchEngine(server.url, server.key, timeout=0.5), pause=0.2)
    assert found(guarded, "plaquettes") == [1]
    os.kill(server.process.pid, signal.SIGSTOP)
    try:
        for _ in range(3):
            with pytest.raises(SearchUnavailable):
                found(guarded, "plaquettes")
    finally:
        os.kill(server.process.pid, signal.SIGCONT)
    assert _comes_back(guarded) == [1]


def test_an_engine_that_died_is_taken_up_again_once_it_runs(server: Meilisearch, parts: MeilisearchEngine) -> None:
    guarded = GuardedEngine(MeilisearchEngine(server.url, server.key, timeout=0.5), pause=0.2)
    server.stop()
    with pytest.raises(SearchUnavailable):
        found(guarded, "plaquettes")
    server.start()
    assert _comes_back(guarded) == [1]


def _comes_back(engine: GuardedEngine) -> list[int]:
    for _ in range(100):
        try:
            return found(engine, "plaquettes")
        except SearchUnavailable:
            time.sleep(0.1)
    return []


def test_it_answers_a_ping(engine: MeilisearchEngine) -> None:
    engine.ping()


def test_nobody_at_all_refuses_to_search_and_keeps_nothing() -> None:
    absent = AbsentEngine()
    for call in (lambda: absent.search([SearchRequest("parts", "x")]), lambda: absent.rebuild(PARTS, []), absent.ping):
        with pytest.raises(SearchUnavailable):
            call()
    absent.put("parts", [{"id": 1}])
    absent.delete("parts", [1])
    assert absent.count("parts") == 0


class TestBreaker:
    def test_after_a_failure_nobody_waits_until_the_pause_is_over(self) -> None:
        engine, now = FakeSearchEngine(), [0.0]
        guarded = GuardedEngine(engine, pause=5, clock=lambda: now[0])
        engine.away = True
        for _ in range(3):
            with pytest.raises(SearchUnavailable):
                guarded.search([SearchRequest("parts", "x")])
        assert engine.searches == 1
        now[0] = 5.1
        with pytest.raises(SearchUnavailable):
            guarded.search([SearchRequest("parts", "x")])
        assert engine.searches == 2

    def test_one_success_closes_it(self) -> None:
        engine, now = FakeSearchEngine(), [0.0]
        guarded = GuardedEngine(engine, pause=5, clock=lambda: now[0])
        engine.away = True
        with pytest.raises(SearchUnavailable):
            guarded.search([SearchRequest("parts", "x")])
        engine.away, now[0] = False, 6.0
        for _ in range(3):
            guarded.search([SearchRequest("parts", "x")])
        assert engine.searches == 4

    def test_writing_always_tries(self) -> None:
        engine = FakeSearchEngine()
        guarded = GuardedEngine(engine, pause=5, clock=lambda: 0.0)
        engine.away = True
        with pytest.raises(SearchUnavailable):
            guarded.search([SearchRequest("parts", "x")])
        engine.away = False
        guarded.put("parts", [{"id": 1}])
        assert guarded.count("parts") == 1
