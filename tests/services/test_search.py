"""A reference first, then words; the search engine away is a working search."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from domain.fitment import Fit
from domain.search import search_text
from integrations.search import FakeSearchEngine, GuardedEngine, SearchUnavailable, search_engine
from models.catalog import Product
from services.products import ProductChange, change_product
from services.search import (
    SearchKind,
    SearchPage,
    SearchQuery,
    index_products,
    rebuild_index,
    search_parts,
    suggest,
)
from services.vehicles import Car
from tests.factories import (
    give_reference,
    make_brand,
    make_fitment,
    make_gamme,
    make_make,
    make_model,
    make_product,
    make_vehicle_type,
)
from tests.factories.selling import NOW


@pytest.fixture(autouse=True)
def engine_of_words(db: None) -> Iterator[FakeSearchEngine]:
    with search_engine.replaced_by(FakeSearchEngine()) as engine:
        assert isinstance(engine, FakeSearchEngine)
        yield engine


def found(text: str, *, vehicle: Car | None = None, **query: Any) -> SearchPage:
    return search_parts(SearchQuery(text=text, **query), vehicle=vehicle, at=NOW)


def ids(page: SearchPage) -> list[int]:
    return [row.product.id for row in page.rows]


def named_product(name: str, **values: Any) -> Product:
    return make_product(name=name, search_text=search_text(name), **values)


class TestReferences:
    @pytest.mark.parametrize("typed", ["KH 22", "kh22", "KH-22"])
    def test_every_spelling_gives_the_same_list(self, typed: str) -> None:
        product = make_product(reference="KH 22")
        make_product(reference="KH 23")
        page = found(typed)
        assert (ids(page), page.kind, page.degraded) == ([product.id], SearchKind.REFERENCE, False)

    def test_zeros_count(self) -> None:
        with_zero = make_product(reference="0986494")
        make_product(reference="986494")
        assert ids(found("0986494")) == [with_zero.id]

    def test_own_number_then_oe_then_cross_then_ean(self) -> None:
        products = [make_product(reference=reference) for reference in ("7701206343", "A1", "B1", "C1")]
        for product, kind in zip(products[1:], ("oem", "cross", "ean"), strict=True):
            give_reference(product, "7701206343", kind=kind)
        assert ids(found("7701 206 343")) == [product.id for product in products]

    def test_the_main_ean_is_found(self) -> None:
        product = make_product(ean="3165143456781")
        assert ids(found("3165143456781")) == [product.id]

    def test_within_a_kind_the_dearest_comes_first(self) -> None:
        cheap, dear = make_product(price_cents=10_00), make_product(price_cents=90_00)
        for product in (cheap, dear):
            give_reference(product, "7701206343")
        assert ids(found("7701206343")) == [dear.id, cheap.id]

    def test_the_beginning_of_a_reference_is_enough_from_four_characters(self) -> None:
        product = make_product(reference="0 986 494 123")
        assert ids(found("0986")) == [product.id]
        assert found("098").kind == SearchKind.WORDS

    def test_an_exact_reference_hides_those_that_only_begin_like_it(self) -> None:
        exact = make_product(reference="OC90")
        make_product(reference="OC901")
        assert ids(found("OC90")) == [exact.id]

    def test_a_reference_is_never_corrected_into_another(self) -> None:
        make_product(reference="0986494124")
        assert ids(found("0986494123")) == []

    def test_a_kind_of_part_beside_it_filters_on_the_gamme(self) -> None:
        pads = make_product(gamme_id=make_gamme(name="Plaquettes de frein").id)
        disc = make_product(gamme_id=make_gamme(name="Disque de frein").id)
        for product in (pads, disc):
            give_reference(product, "0986494")
        assert ids(found("plaquette 0986494")) == [pads.id]
        assert set(ids(found("filtre 0986494"))) == {pads.id, disc.id}

    def test_a_brand_beside_it_does_not_hide_it(self) -> None:
        product = make_product(reference="0 986 494 123")
        assert ids(found("bosch 0 986 494 123")) == [product.id]

    @pytest.mark.parametrize("hidden", [{"is_displayed": False}, {"price_cents": None}])
    def test_what_cannot_be_sold_is_absent(self, hidden: dict[str, Any]) -> None:
        make_product(reference="OC90", **hidden)
        assert ids(found("OC90")) == []

    def test_it_is_narrowed_counted_and_cut(self) -> None:
        bosch, ate = make_brand(name="Bosch"), make_brand(name="ATE")
        gamme = make_gamme(name="Disque de frein")
        products = [
            make_product(brand_id=brand.id, gamme_id=gamme.id, price_cents=price)
            for brand, price in ((bosch, 30_00), (bosch, 20_00), (ate, 10_00))
        ]
        for product in products:
            give_reference(product, "7701206343")
        page = found("7701206343", brand_ids=[bosch.id], per_page=1, page=2)
        assert (ids(page), page.total, page.pages, page.first) == ([products[1].id], 2, 2, 2)
        assert [(value.label, value.count, value.is_chosen) for value in page.facets.brands] == [
            ("Bosch", 2, True),
            ("ATE", 1, False),
        ]
        assert [(value.label, value.count) for value in page.facets.gammes] == [("Disque de frein", 2)]

    def test_it_can_be_narrowed_to_the_visitors_car(self) -> None:
        vehicle = make_vehicle_type()
        mine, other, universal = make_product(), make_product(), make_product(is_universal=True)
        make_fitment(mine, vehicle)
        for product in (mine, other, universal):
            give_reference(product, "7701206343")
        page = found("7701206343", vehicle=Car(vehicle), only_fitting=True)
        assert set(ids(page)) == {mine.id, universal.id}
        assert {row.verdict.fit for row in page.rows if row.verdict} == {Fit.FITS}


class TestWords:
    def test_the_engine_answers(self, engine_of_words: FakeSearchEngine) -> None:
        product = named_product("Plaquettes de frein avant")
        index_products([product.id])
        page = found("plaquettes")
        assert (ids(page), page.kind, page.degraded) == ([product.id], SearchKind.WORDS, False)
        assert [value.id for value in page.facets.brands] == [product.brand_id]
        assert [value.id for value in page.facets.gammes] == [product.gamme_id]

    def test_it_is_narrowed_by_the_car(self) -> None:
        vehicle = make_vehicle_type()
        mine, other = named_product("Plaquettes"), named_product("Plaquettes")
        make_fitment(mine, vehicle)
        make_fitment(other, make_vehicle_type())
        index_products([mine.id, other.id])
        assert ids(found("plaquettes", vehicle=Car(vehicle), only_fitting=True)) == [mine.id]

    def test_what_was_hidden_a_moment_ago_is_not_shown(self) -> None:
        product = named_product("Plaquettes")
        index_products([product.id])
        product.is_displayed = False
        assert ids(found("plaquettes")) == []

    @pytest.mark.parametrize("typed", ["plaquette", "PLAQUETTES", "plaquéttes frein"])
    def test_without_the_engine_postgresql_answers(self, typed: str, engine_of_words: FakeSearchEngine) -> None:
        product = named_product("Plaquettes de frein avant")
        make_product(name="Disque")
        engine_of_words.away = True
        page = found(typed)
        assert (ids(page), page.kind, page.degraded) == ([product.id], SearchKind.WORDS, True)
        assert [value.count for value in page.facets.brands] == [1]

    def test_any_word_is_better_than_none(self, engine_of_words: FakeSearchEngine) -> None:
        product = named_product("Plaquettes de frein")
        engine_of_words.away = True
        assert ids(found("plaquettes clio")) == [product.id]

    @pytest.mark.parametrize("typed", ["' OR 1=1 --", "<script>alert(1)</script>", "%%%", "&|!():*", "\\", "é" * 100])
    def test_any_text_is_only_a_text(self, typed: str, engine_of_words: FakeSearchEngine) -> None:
        engine_of_words.away = True
        assert found(typed).rows == []

    def test_the_engine_is_asked_again_after_a_rest(self, engine_of_words: FakeSearchEngine) -> None:
        product = named_product("Plaquettes")
        index_products([product.id])
        now = [100.0]
        guarded = GuardedEngine(engine_of_words, pause=5, clock=lambda: now[0])
        with search_engine.replaced_by(guarded):
            engine_of_words.away = True
            assert found("plaquettes").degraded
            asked = engine_of_words.searches
            assert found("plaquettes").degraded
            assert engine_of_words.searches == asked
            engine_of_words.away = False
            now[0] += 6
            assert not found("plaquettes").degraded


@pytest.mark.parametrize("values", [{"text": ""}, {"text": "  "}, {"text": "x" * 101}, {"text": "x", "page": 0}])
def test_impossible_searches_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SearchQuery(**values)


class TestSuggestions:
    @pytest.fixture(autouse=True)
    def clio(self, engine_of_words: FakeSearchEngine) -> None:
        make = make_make(name="Renault", alias="renault", is_top=True)
        model = make_model(make_id=make.id, name="Clio III", alias="clio-iii")
        make_vehicle_type(model_id=model.id, name="1.5 dCi", alias="1-5-dci")
        gamme = make_gamme(name="Plaquettes de frein", alias="plaquettes-de-frein")
        make_product(
            reference="0 986 494 123", name="Jeu de plaquettes", gamme_id=gamme.id, search_text="jeu plaquettes frein"
        )
        rebuild_index()

    @pytest.mark.parametrize("away", [False, True])
    def test_gammes_vehicles_and_products_are_offered(self, away: bool, engine_of_words: FakeSearchEngine) -> None:
        engine_of_words.away = away
        offered = suggest("plaquettes")
        assert [gamme.alias for gamme in offered.places.gammes] == ["plaquettes-de-frein"]
        assert [part.name for part in offered.products] == ["Jeu de plaquettes"]
        assert offered.degraded is away
        [model, *_types] = suggest("clio").places.vehicles
        assert (model.label, model.years, model.model[0], model.type) == (
            "Renault Clio III",
            "2005–2012",
            "clio-iii",
            None,
        )

    def test_a_type_says_its_own_years(self) -> None:
        vehicle = next(vehicle for vehicle in suggest("dci").places.vehicles if vehicle.type)
        assert (vehicle.label, vehicle.years) == ("Renault Clio III 1.5 dCi 86 ch", "2005–2012")

    @pytest.mark.parametrize("away", [False, True])
    def test_the_beginning_of_a_reference_is_offered_once(self, away: bool, engine_of_words: FakeSearchEngine) -> None:
        engine_of_words.away = away
        offered = suggest("0986 4")
        assert [part.reference for part in offered.references] == ["0 986 494 123"]
        assert offered.products == []

    @pytest.mark.parametrize("text", ["", " ", "p", "-"])
    def test_nothing_is_offered_before_two_characters(self, text: str, engine_of_words: FakeSearchEngine) -> None:
        asked = engine_of_words.searches
        assert not suggest(text).places
        assert engine_of_words.searches == asked


class TestIndex:
    def test_a_product_is_found_hidden_and_found_again(self, engine_of_words: FakeSearchEngine) -> None:
        product = named_product("Plaquettes")
        for displayed in (True, False, True):
            change_product(product.id, ProductChange(is_displayed=displayed), at=NOW)
            index_products([product.id])
            assert (product.id in engine_of_words.indexes["products"]) is displayed

    def test_indexing_twice_changes_nothing(self, engine_of_words: FakeSearchEngine) -> None:
        product = named_product("Plaquettes")
        index_products([product.id, product.id])
        before = dict(engine_of_words.indexes["products"])
        index_products([product.id])
        assert engine_of_words.indexes["products"] == before

    def test_a_document_has_what_is_searched_and_filtered(self, engine_of_words: FakeSearchEngine) -> None:
        product = make_product(side="Essieu avant")
        give_reference(product, "7701 206 343", maker="RENAULT")
        give_reference(product, "3165143456781", kind="ean")
        make_fitment(product, make_vehicle_type())
        index_products([product.id])
        document = engine_of_words.indexes["products"][product.id]
        assert document["references"] == ["7701 206 343"]
        assert (document["side"], document["fit_key"]) == ("Essieu avant", product.fitment_group_id)

    def test_a_rebuild_holds_everything_sellable_and_reports(self, engine_of_words: FakeSearchEngine) -> None:
        product = named_product("Plaquettes")
        hidden = make_product(is_displayed=False)
        make_vehicle_type()
        engine_of_words.indexes["products"] = {hidden.id: {"id": hidden.id}}
        steps: list[tuple[str, int, int]] = []
        counts = rebuild_index(lambda step, done, of: steps.append((step, done, of)))
        assert list(engine_of_words.indexes["products"]) == [product.id]
        assert counts == {"products": 1, "gammes": 2, "vehicles": 2}
        assert steps == [
            ("products read", 1, 1),
            ("products indexed", 1, 1),
            ("gammes read", 2, 2),
            ("gammes indexed", 2, 2),
            ("vehicles read", 1, 2),
            ("vehicles read", 2, 2),
            ("vehicles indexed", 2, 2),
        ]

    def test_references_and_numbers_are_never_spell_corrected(self, engine_of_words: FakeSearchEngine) -> None:
        rebuild_index()
        assert set(engine_of_words.definitions["products"].exact_attributes) == {"reference", "references"}

    def test_an_engine_that_is_away_says_so_to_the_job(self, engine_of_words: FakeSearchEngine) -> None:
        product = named_product("Plaquettes")
        engine_of_words.away = True
        with pytest.raises(SearchUnavailable):
            index_products([product.id])
