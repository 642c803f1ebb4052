"""Home, brands and legal pages: only what is known is said."""

import pytest
from flask.testing import FlaskClient

from models.database import session
from models.recommendations import BestSeller
from models.settings import ShopSetting
from services.vehicle_gammes import rebuild_vehicle_gammes
from tests.factories import make_brand, make_family, make_gamme, make_make, make_product, make_vehicle_type
from tests.queries import count_queries
from tests.storefront.reading import text_of

LEGAL = ["mentions-legales", "conditions-generales-de-vente", "confidentialite", "livraison", "retours"]


class TestHome:
    def test_it_opens_with_the_picker_families_gammes_makes_and_brands(self, client: FlaskClient) -> None:
        family = make_family(name="Freinage")
        make_gamme(family_id=family.id, plural_name="Disques de frein", is_top=True)
        make_make(name="Renault", is_top=True)
        make_brand(name="BOSCH", is_top=True)
        answer = client.get("/")
        text = text_of(answer)
        for words in ("Choisir la marque", "Freinage", "Disques de frein", "Renault", "BOSCH"):
            assert words in text
        assert 'id="vehicle_picker"' in answer.text

    def test_with_a_vehicle_it_leads_to_its_parts(self, client: FlaskClient) -> None:
        client.set_cookie("vehicle", str(make_vehicle_type().id))
        text = text_of(client.get("/"))
        assert "Voir toutes ses pièces" in text
        assert "Choisir la marque" not in text

    def test_an_empty_shop_still_opens(self, client: FlaskClient) -> None:
        assert client.get("/").status_code == 200

    def test_it_costs_few_queries(self, client: FlaskClient) -> None:
        with count_queries() as queries:
            client.get("/")
        assert len(queries) <= 8


class TestBrands:
    def test_the_directory_leads_to_each_brand_and_hides_the_hidden(self, client: FlaskClient) -> None:
        brand = make_brand(alias="bosch", name="BOSCH")
        make_brand(name="CACHEE", is_displayed=False)
        answer = client.get("/equipementiers")
        assert f"/equipementiers/bosch-{brand.id}.html" in answer.text
        assert "CACHEE" not in answer.text

    def test_a_brand_leads_to_its_part_of_each_gamme(self, client: FlaskClient) -> None:
        brand = make_brand(alias="bosch", name="BOSCH", is_oes=True)
        product = make_product(brand_id=brand.id, price_cents=9_90)
        rebuild_vehicle_gammes()
        answer = client.get(f"/equipementiers/bosch-{brand.id}.html")
        assert f"-{product.gamme_id}.html?marque={brand.id}" in answer.text
        assert "1 référence, dès 9,90 €" in text_of(answer)
        assert "première monte" in text_of(answer)

    def test_a_brand_shows_what_sells_of_it(self, client: FlaskClient) -> None:
        product = make_product(name="Filtre vendu")
        path = f"/equipementiers/x-{product.brand_id}.html"
        session.add(
            BestSeller(
                product_id=product.id, brand_id=product.brand_id, gamme_id=product.gamme_id, packs=1, revenue_cents=1
            )
        )
        session.flush()
        assert "Filtre vendu" in text_of(client.get(path, follow_redirects=True))

    def test_addresses(self, client: FlaskClient) -> None:
        brand, hidden = make_brand(alias="bosch"), make_brand(is_displayed=False)
        assert client.get(f"/equipementiers/x-{brand.id}.html").status_code == 301
        assert client.get(f"/equipementiers/x-{hidden.id}.html").status_code == 404
        assert client.get("/equipementiers/x-999999.html").status_code == 404


class TestLegal:
    @pytest.mark.parametrize("slug", LEGAL)
    def test_each_page_is_there_without_knowing_who_sells(self, client: FlaskClient, slug: str) -> None:
        answer = client.get(f"/informations/{slug}")
        assert answer.status_code == 200
        text = text_of(answer)
        for unknown in ("None", "SIRET :", "Hébergeur", "Téléphone :"):
            assert unknown not in text

    def test_who_sells_is_named_when_it_is_known(self, client: FlaskClient) -> None:
        identity = {"legal_name": "Pièces du Rhône", "legal_form": "SAS", "siret": "123 456 789 00012", "host": "OVH"}
        session.add(ShopSetting(key="shop.identity", value=identity))
        session.flush()
        text = text_of(client.get("/informations/mentions-legales"))
        for words in ("Pièces du Rhône, SAS", "SIRET : 123 456 789 00012", "Hébergeur OVH"):
            assert words in text

    def test_tariffs_are_those_that_the_checkout_applies(self, client: FlaskClient) -> None:
        text = text_of(client.get("/informations/livraison"))
        assert "France métropolitaine et Monaco 4,90 € 6,90 € 9,90 € 14,90 € 19,90 € 2 à 3" in text
        assert "offerte à partir de 100,00 €" in text
        assert "59,90" not in text, "a zone that is not served has no tariff"

    def test_terms_are_those_that_the_shop_is_set_to(self, client: FlaskClient) -> None:
        text = text_of(client.get("/informations/conditions-generales-de-vente"))
        assert "pendant 30 minutes" in text
        assert "14 jours à compter de la réception" in text

    def test_old_names_lead_to_the_page(self, client: FlaskClient) -> None:
        answer = client.get("/informations/cgv")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/informations/conditions-generales-de-vente")
        assert client.get("/informations/rien").status_code == 404
