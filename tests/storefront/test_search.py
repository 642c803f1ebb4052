"""The page of results and the suggestions."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from domain.search import search_text
from integrations.search import FakeSearchEngine, search_engine
from models.catalog import Product
from services.search import rebuild_index
from tests.factories import (
    make_brand,
    make_fitment,
    make_gamme,
    make_make,
    make_model,
    make_product,
    make_vehicle_type,
)
from tests.queries import count_queries
from tests.storefront.reading import text_of


@pytest.fixture(autouse=True)
def engine_of_words() -> Iterator[FakeSearchEngine]:
    with search_engine.replaced_by(FakeSearchEngine()) as engine:
        assert isinstance(engine, FakeSearchEngine)
        yield engine


@pytest.fixture
def pads(db: None) -> Product:
    gamme = make_gamme(name="Plaquettes de frein", alias="plaquettes-de-frein")
    product = make_product(
        gamme_id=gamme.id,
        brand_id=make_brand(name="ATE").id,
        reference="0 986 494 123",
        name="Jeu de plaquettes",
        search_text=search_text("Jeu de plaquettes"),
    )
    make = make_make(name="Renault", alias="renault")
    make_vehicle_type(model_id=make_model(make_id=make.id, name="Clio III", alias="clio-iii").id)
    rebuild_index()
    return product


def test_nothing_typed_explains_how_to_search(client: FlaskClient) -> None:
    answer = client.get("/recherche")
    assert answer.status_code == 200
    assert "Les espaces, points et tirets d'une référence ne comptent pas." in text_of(answer)


@pytest.mark.parametrize("typed", ["0986494123", "0-986-494-123", "0 986 494 123"])
def test_a_reference_is_found_however_it_is_typed(client: FlaskClient, pads: Product, typed: str) -> None:
    text = text_of(client.get("/recherche", query_string={"q": typed}))
    assert f"Référence « {typed} »" in text
    assert "ATE Jeu de plaquettes" in text


def test_words_find_products_gammes_and_vehicles(client: FlaskClient, pads: Product) -> None:
    answer = client.get("/recherche?q=plaquettes")
    assert "/pieces/plaquettes-de-frein-" in answer.text
    assert "Jeu de plaquettes" in text_of(answer)
    assert "Renault Clio III" in text_of(client.get("/recherche?q=clio"))


def test_with_the_engine_away_it_answers_and_says_nothing_of_it(
    client: FlaskClient, pads: Product, engine_of_words: FakeSearchEngine
) -> None:
    engine_of_words.away = True
    text = text_of(client.get("/recherche?q=plaquettes"))
    assert "Jeu de plaquettes" in text
    assert not [word for word in ("simplifiée", "degraded", "PostgreSQL", "moteur") if word in text]


def test_nothing_found_offers_ways_on(client: FlaskClient) -> None:
    text = text_of(client.get("/recherche?q=zzzz"))
    assert "Rien ne correspond à « zzzz »" in text
    assert "Choisir mon véhicule" in text


def test_a_text_is_shown_as_text(client: FlaskClient, pads: Product) -> None:
    answer = client.get("/recherche", query_string={"q": "<script>alert(1)</script>"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_too_long_a_text_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.get("/recherche", query_string={"q": "x" * 101})
    assert answer.status_code == 422
    assert "Saisissez au plus 100 caractères." in text_of(answer)


def test_results_are_never_indexed(client: FlaskClient, pads: Product) -> None:
    assert '<meta name="robots" content="noindex, follow">' in client.get("/recherche?q=plaquettes").text


@pytest.mark.parametrize(
    "query", ["page=0", "page=abc", "page=" + "9" * 30, "marque=abc", "gamme=-1", "marque=" + "9" * 30, "q=%00"]
)
def test_any_query_is_answered(client: FlaskClient, pads: Product, query: str) -> None:
    assert client.get(f"/recherche?q=plaquettes&{query}").status_code == 200


def test_it_is_narrowed_by_brand_and_by_the_visitors_car(client: FlaskClient) -> None:
    vehicle, gamme = make_vehicle_type(), make_gamme()
    for number, brand in enumerate(("Bosch", "ATE")):
        product = make_product(
            reference=f"OC 90{number}", name=f"Filtre {brand}", gamme_id=gamme.id, brand_id=make_brand(name=brand).id
        )
        if brand == "ATE":
            make_fitment(product, vehicle)
    client.set_cookie("vehicle", str(vehicle.id))
    everything = client.get("/recherche?q=OC90")
    assert "2 pièces" in text_of(everything)
    assert 'name="marque"' in everything.text
    narrowed = text_of(client.get("/recherche?q=OC90&montage=convient"))
    assert "1 pièce" in narrowed
    assert "Filtre ATE" in narrowed


def test_htmx_gets_the_results_alone(client: FlaskClient, pads: Product) -> None:
    answer = client.get("/recherche?q=plaquettes", headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<div id="search_results">')


def test_a_reference_costs_few_queries(client: FlaskClient, pads: Product) -> None:
    with count_queries() as queries:
        client.get("/recherche?q=0986494123")
    assert len(queries) <= 8


class TestSuggestions:
    def suggestions(self, client: FlaskClient, typed: str) -> str:
        answer = client.get("/recherche/suggestions", query_string={"q": typed})
        assert answer.status_code == 200
        assert "<html" not in answer.text
        return answer.text

    def test_they_come_in_groups(self, client: FlaskClient, pads: Product) -> None:
        found = self.suggestions(client, "plaquettes")
        assert found.index("Pièces") < found.index("Articles")
        assert 'role="option"' in found
        assert f'href="/piece/jeu-de-plaquettes-ate-0-986-494-123-{pads.id}.html"' in found

    def test_a_reference_leads_to_its_product(self, client: FlaskClient, pads: Product) -> None:
        assert "0 986 494 123" in self.suggestions(client, "09864")

    def test_a_vehicle_leads_to_its_page(self, client: FlaskClient, pads: Product) -> None:
        assert 'href="/constructeurs/renault-' in self.suggestions(client, "clio")

    @pytest.mark.parametrize("typed", ["", "x", "zzzz", "<b>", "x" * 300, "\x00"])
    def test_any_text_is_answered(self, client: FlaskClient, typed: str) -> None:
        assert "<b>" not in self.suggestions(client, typed)

    def test_they_work_with_the_engine_away(
        self, client: FlaskClient, pads: Product, engine_of_words: FakeSearchEngine
    ) -> None:
        engine_of_words.away = True
        assert "Plaquettes de frein" in self.suggestions(client, "plaquettes")


def test_words_look_first_among_what_is_mounted_on_the_car_until_it_is_unticked(client: FlaskClient) -> None:
    gamme = make_gamme(name="Plaquette de frein")
    vehicle = make_vehicle_type()
    mine, other = (make_product(gamme_id=gamme.id, name=f"Plaquettes {number}") for number in (1, 2))
    make_fitment(mine, vehicle)
    make_fitment(other, make_vehicle_type())
    rebuild_index()
    client.set_cookie("vehicle", str(vehicle.id))
    first = client.get("/recherche?q=plaquettes").text
    assert mine.reference in first
    assert other.reference not in first
    unticked = client.get("/recherche?q=plaquettes&filtre=1").text
    assert mine.reference in unticked
    assert other.reference in unticked


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("livraison", "/informations/livraison"),
        ("frais de port", "/informations/livraison"),
        ("Retours", "/informations/retours"),
        ("CGV", "/informations/conditions-generales-de-vente"),
    ],
)
def test_a_page_of_information_is_found_by_what_it_is_called(client: FlaskClient, typed: str, address: str) -> None:
    found = client.get("/recherche", query_string={"q": typed}).text.split("<main")[1].split("</main")[0]
    assert address in found
    assert "Rien ne correspond" not in found
    assert address in client.get("/recherche/suggestions", query_string={"q": typed}).text


@pytest.mark.parametrize("typed", ["plaquettes", "retour injecteur", "zzzz"])
def test_no_page_of_information_stands_beside_parts(client: FlaskClient, typed: str) -> None:
    found = client.get("/recherche", query_string={"q": typed}).text.split("<main")[1].split("</main")[0]
    assert "/informations/" not in found
