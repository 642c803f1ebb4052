"""A product's page."""

import json
import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from config import settings
from models.catalog import Product, ProductPicture
from models.database import session
from models.vehicles import VehicleModel
from tests.factories import (
    give_criterion,
    give_reference,
    make_brand,
    make_criterion,
    make_fitment,
    make_gamme,
    make_make,
    make_model,
    make_product,
    make_vehicle_type,
)
from tests.queries import count_queries
from tests.storefront.reading import text_of
from web.security import content_security_policy


def path_of(product: Product, slug: str = "x") -> str:
    return f"/piece/{slug}-{product.id}.html"


def get(client: FlaskClient, product: Product) -> Any:
    return client.get(path_of(product), follow_redirects=True)


def test_a_wrong_slug_leads_to_the_right_one(client: FlaskClient) -> None:
    product = make_product(name="Disque de frein", brand_id=make_brand(name="BREMBO").id, reference="09.A123")
    answer = client.get(path_of(product))
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        f"/piece/disque-de-frein-brembo-09-a123-{product.id}.html",
    )


@pytest.mark.parametrize("path", ["/piece/x-999999.html", "/piece/x.html", "/piece/x-999999/vehicules"])
def test_unknown_products_are_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_hidden_products_are_not_found(client: FlaskClient) -> None:
    assert client.get(path_of(make_product(is_displayed=False))).status_code == 404


def test_it_says_everything_known_of_the_part(client: FlaskClient) -> None:
    product = make_product(
        name="Étrier de frein",
        price_cents=120_00,
        prior_price_cents=150_00,
        deposit_cents=45_00,
        weight_grams=2_340,
        ean="3165143456781",
        safety_note="À monter par paire.",
        stock=7,
    )
    give_criterion(product, make_criterion(name="Diamètre", unit="mm"), "280")
    give_reference(product, "77 01 206 343", maker="RENAULT")
    give_reference(product, "GDB1330", kind="cross", maker="TRW")
    text = text_of(get(client, product))
    for words in (
        "120,00 €",
        "150,00 €",
        "100,00 € HT",
        "+ consigne 45,00 €",
        "280 mm",
        "2,34 kg",
        "3165143456781",
        "RENAULT 77 01 206 343",
        "TRW GDB1330",
        "À monter par paire.",
        "En stock",
        "Livré entre",
    ):
        assert words in text


@pytest.mark.parametrize("base", ["/pictures", "https://pictures.example"])
def test_pictures_are_shown_where_they_are_served(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, base: str
) -> None:
    product = make_product()
    session.add(ProductPicture(product_id=product.id, position=1, path="rack-images/7/a b.jpg", alt="Vue d'ensemble"))
    session.flush()
    drawn = get(client, product).text
    assert "Dessin de la gamme" in drawn
    assert "rack-images" not in drawn
    served = settings().model_copy(update={"pictures_url": base})
    monkeypatch.setattr("web.addresses.settings", lambda: served)
    shown = get(client, product).text
    assert f'src="{base}/rack-images/7/a%20b.jpg" alt="Vue d&#39;ensemble"' in shown
    assert "Dessin de la gamme" not in shown
    assert ("https://pictures.example" in content_security_policy(served)) is base.startswith("https")


def test_references_can_be_copied(client: FlaskClient) -> None:
    product = make_product()
    give_reference(product, "77 01 206 343")
    assert 'data-copy="77 01 206 343"' in get(client, product).text


@pytest.mark.parametrize("values", [{"price_cents": None}, {"stock": 0}])
def test_what_cannot_be_sold_promises_nothing(client: FlaskClient, values: dict[str, Any]) -> None:
    answer = get(client, make_product(**values))
    assert answer.status_code == 200
    assert "Livré" not in text_of(answer)
    assert "/panier/lignes" not in answer.text


def test_the_offer_is_told_to_search_engines(client: FlaskClient) -> None:
    product = make_product(name="Disque </script>", price_cents=12_05, ean="3165143456781", stock=0)
    answer = get(client, product)
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.S)
    data = next(block for block in map(json.loads, blocks) if block["@type"] == "Product")
    assert data["name"] == "Disque </script>"
    assert data["gtin13"] == "3165143456781"
    assert data["offers"]["price"] == "12.05"
    assert data["offers"]["availability"] == "https://schema.org/OutOfStock"
    assert data["offers"]["url"].startswith("http://127.0.0.1:8000/piece/")


def test_without_price_there_is_no_offer(client: FlaskClient) -> None:
    assert '"offers"' not in get(client, make_product(price_cents=None)).text


class TestFit:
    def test_without_a_vehicle_it_asks_which(self, client: FlaskClient) -> None:
        product = make_product()
        answer = get(client, product)
        assert "à votre véhicule ? Choisir mon véhicule" in text_of(answer)
        assert "/vehicule?suite=/piece/" in answer.text

    @pytest.mark.parametrize(
        ("fitment", "words"),
        [
            ({}, "Convient à votre véhicule"),
            ({"restriction": "système de freinage ATE"}, "À vérifier : système de freinage ATE"),
            ({"fitted_to": date(2006, 3, 1)}, "Ne convient pas : monté jusqu'au 03/2006"),
            (None, "Ne convient pas : ce véhicule n'est pas dans la liste du fabricant"),
        ],
    )
    def test_with_one_it_answers_and_says_why(
        self, client: FlaskClient, fitment: dict[str, Any] | None, words: str
    ) -> None:
        product, vehicle = make_product(), make_vehicle_type()
        make_fitment(product, make_vehicle_type())
        if fitment is not None:
            make_fitment(product, vehicle, **fitment)
        client.set_cookie("vehicle", f"{vehicle.id}.2008")
        assert words in text_of(get(client, product))

    @pytest.mark.parametrize("cookie", ["abc", "999999999", "-1", "1.0000", "1.99999", "9" * 40, "1.2008.3", "é"])
    def test_any_cookie_is_answered(self, client: FlaskClient, cookie: str) -> None:
        client.set_cookie("vehicle", cookie)
        assert get(client, make_product()).status_code == 200

    def test_a_year_no_calendar_knows_is_ignored(self, client: FlaskClient) -> None:
        product, vehicle = make_product(), make_vehicle_type()
        make_fitment(product, vehicle)
        client.set_cookie("vehicle", f"{vehicle.id}.0000")
        assert "Convient à votre véhicule" in text_of(get(client, product))


def test_equivalents_show_brand_level_price_and_fit(client: FlaskClient) -> None:
    gamme, vehicle = make_gamme(), make_vehicle_type()
    product = make_product(gamme_id=gamme.id)
    make_fitment(product, vehicle)
    make_product(
        gamme_id=gamme.id,
        brand_id=make_brand(name="VALEO", is_oes=True).id,
        fitment_group_id=product.fitment_group_id,
        reference="V123",
        price_cents=33_00,
    )
    client.set_cookie("vehicle", str(vehicle.id))
    text = text_of(get(client, product))
    for words in ("VALEO", "V123", "première monte", "33,00 €"):
        assert words in text


def test_it_costs_at_most_eight_queries(client: FlaskClient) -> None:
    gamme, vehicle = make_gamme(), make_vehicle_type()
    product = make_product(gamme_id=gamme.id)
    make_fitment(product, vehicle)
    give_reference(product, "77 01 206 343")
    give_criterion(product, make_criterion(), "280")
    for _ in range(4):
        make_product(gamme_id=gamme.id, fitment_group_id=product.fitment_group_id)
    path = client.get(path_of(product)).headers["Location"]
    client.set_cookie("vehicle", str(vehicle.id))
    with count_queries() as queries:
        assert client.get(path).status_code == 200
    assert len(queries) <= 8


class TestVehicles:
    @pytest.fixture
    def product(self, db: None) -> Product:
        renault, dacia = make_make(name="Renault"), make_make(name="Dacia")
        clio = make_model(make_id=renault.id, name="Clio III")
        logan = make_model(make_id=dacia.id, name="Logan")
        product = make_product()
        make_fitment(product, make_vehicle_type(model_id=logan.id, name="1.4 MPI"))
        make_fitment(product, make_vehicle_type(model_id=clio.id, name="1.5 dCi"), fitted_to=date(2009, 3, 1))
        self.renault_id = renault.id
        return product

    def vehicles(self, client: FlaskClient, product: Product, query: str = "", **headers: Any) -> Any:
        path = client.get(f"/piece/x-{product.id}/vehicules").headers["Location"]
        return client.get(path + query, **headers)

    def test_they_are_a_page_of_their_own(self, client: FlaskClient, product: Product) -> None:
        answer = self.vehicles(client, product)
        assert "<html" in answer.text
        text = text_of(answer)
        assert "Dacia 1" in text
        assert "Renault 1" in text
        assert "1.4 MPI" in text
        assert "1.5 dCi" not in text

    def test_a_make_is_chosen_by_its_address_with_dates_said(self, client: FlaskClient, product: Product) -> None:
        text = text_of(self.vehicles(client, product, f"?marque={self.renault_id}"))
        assert "Clio III" in text
        assert "jusqu'au 03/2009" in text

    def test_htmx_gets_the_block(self, client: FlaskClient, product: Product) -> None:
        answer = self.vehicles(client, product, headers={"HX-Request": "true"})
        assert answer.text.lstrip().startswith('<div id="fitted_vehicles">')

    def test_the_product_page_fetches_them_when_they_come_into_view(
        self, client: FlaskClient, product: Product
    ) -> None:
        page = get(client, product).text
        assert 'id="fitted_vehicles" hx-get="/piece/' in page
        assert "Voir les véhicules compatibles" in page

    def test_the_visitors_own_make_comes_first(self, client: FlaskClient, product: Product) -> None:
        model = make_model(make_id=self.renault_id)
        client.set_cookie("vehicle", str(make_vehicle_type(model_id=model.id).id))
        assert "1.5 dCi" in text_of(self.vehicles(client, product))

    def test_an_unknown_make_shows_the_first(self, client: FlaskClient, product: Product) -> None:
        assert "1.4 MPI" in text_of(self.vehicles(client, product, "?marque=abc"))

    def test_many_cars_come_page_by_page(self, client: FlaskClient, product: Product) -> None:
        renault = f"?marque={self.renault_id}"
        clio = session.scalar(select(VehicleModel.id).where(VehicleModel.make_id == self.renault_id))
        for number in range(60):
            make_fitment(product, make_vehicle_type(model_id=clio, name=f"2.{number:02} dCi"))
        first, second = (self.vehicles(client, product, f"{renault}&page={page}") for page in (1, 2))
        assert "Renault 61" in text_of(first)
        assert "Véhicules suivants" in first.text
        assert "2.58 dCi" in first.text
        assert "2.59 dCi" not in first.text
        assert "2.59 dCi" in second.text
        assert "Véhicules précédents" in second.text
        assert self.vehicles(client, product, f"{renault}&page=3").status_code == 303
        for page in ("0", "x", "-1", "9999"):
            assert self.vehicles(client, product, f"{renault}&page={page}").status_code == 200
