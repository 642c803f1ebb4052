"""Families and gammes as pages: right addresses, true counts, filters by links, blocks for htmx."""

import json
import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from models.catalog import Gamme
from models.vehicles import VehicleType
from services.vehicle_gammes import rebuild_vehicle_gammes
from services.vehicles import get_vehicle_type
from tests.factories import (
    give_criterion,
    make_brand,
    make_criterion,
    make_family,
    make_fitment,
    make_gamme,
    make_make,
    make_model,
    make_product,
    make_stock,
    make_vehicle_type,
)
from tests.queries import count_queries
from tests.storefront.reading import text_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def gamme(db: None) -> Gamme:
    family = make_family(alias="freinage", name="Freinage")
    return make_gamme(
        alias="disque-de-frein", name="Disque de frein", plural_name="Disques de frein", family_id=family.id
    )


@pytest.fixture
def clio(db: None) -> VehicleType:
    make = make_make(alias="renault", name="Renault")
    model = make_model(make_id=make.id, alias="clio-iii", name="Clio III")
    made = make_vehicle_type(
        model_id=model.id,
        alias="1-5-dci",
        name="1.5 dCi",
        produced_from=date(2005, 6, 1),
        produced_to=date(2012, 12, 1),
    )
    return get_vehicle_type(made.id)


def gamme_path(gamme: Gamme, *, alias: str | None = None) -> str:
    return f"/pieces/{alias or gamme.alias}-{gamme.id}.html"


def own_path(gamme: Gamme, vehicle: VehicleType) -> str:
    model = vehicle.model
    return (
        f"/pieces/{gamme.alias}-{gamme.id}/{model.make.alias}-{model.make.id}/{model.alias}-{model.id}"
        f"/{vehicle.alias}-{vehicle.id}.html"
    )


def data_blocks(answer: Any) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.get_data(as_text=True), re.S)
    return [json.loads(block) for block in found]


class TestAddresses:
    def test_the_menu_is_a_page_too(self, client: FlaskClient, gamme: Gamme) -> None:
        text = text_of(client.get("/pieces"))
        assert "Freinage" in text
        assert "Disque de frein" in text

    def test_a_family_lists_its_gammes_with_what_they_offer(self, client: FlaskClient, gamme: Gamme) -> None:
        make_product(gamme_id=gamme.id, price_cents=12_90)
        rebuild_vehicle_gammes()
        text = text_of(client.get(f"/familles/freinage-{gamme.family_id}.html"))
        assert "1 référence, dès 12,90 €" in text

    def test_with_a_vehicle_a_family_leads_to_what_is_made_for_it(
        self, client: FlaskClient, gamme: Gamme, clio: VehicleType
    ) -> None:
        make_fitment(make_product(gamme_id=gamme.id), clio)
        other = make_gamme(family_id=gamme.family_id)
        make_product(gamme_id=other.id)
        rebuild_vehicle_gammes()
        client.set_cookie("vehicle", str(clio.id))
        answer = client.get(f"/familles/freinage-{gamme.family_id}.html")
        assert own_path(gamme, clio) in answer.text
        assert gamme_path(other) in answer.text
        assert "rien pour votre véhicule" in text_of(answer)

    @pytest.mark.parametrize("query", ["", "?page=2&tri=prix-desc"])
    def test_a_wrong_slug_leads_to_the_right_one_with_its_query(
        self, client: FlaskClient, gamme: Gamme, query: str
    ) -> None:
        answer = client.get(gamme_path(gamme, alias="autre-chose") + query)
        assert (answer.status_code, answer.headers["Location"]) == (301, gamme_path(gamme) + query)

    def test_a_wrong_slug_anywhere_in_a_vehicles_address(
        self, client: FlaskClient, gamme: Gamme, clio: VehicleType
    ) -> None:
        make_fitment(make_product(gamme_id=gamme.id), clio)
        wrong = f"/pieces/x-{gamme.id}/peugeot-1/207-{clio.model_id}/hdi-{clio.id}.html"
        answer = client.get(wrong)
        assert (answer.status_code, answer.headers["Location"]) == (301, own_path(gamme, clio))

    @pytest.mark.parametrize(
        "path",
        [
            "/pieces/rien-999999.html",
            "/familles/rien-999999.html",
            "/pieces/sans-numero.html",
            "/pieces/trop-99999999999999999999.html",
            "/pieces/a-999999/b-1/c-1/d-1.html",
        ],
    )
    def test_wrong_ids_are_not_found(self, client: FlaskClient, path: str) -> None:
        assert client.get(path).status_code == 404

    @pytest.mark.parametrize("hidden", ["gamme", "family"])
    def test_hidden_things_are_not_found(self, client: FlaskClient, hidden: str) -> None:
        family = make_family(is_displayed=hidden != "family")
        gamme = make_gamme(family_id=family.id, is_displayed=hidden != "gamme")
        assert client.get(gamme_path(gamme)).status_code == 404

    def test_an_unknown_vehicle_is_not_found(self, client: FlaskClient, gamme: Gamme) -> None:
        assert client.get(f"/pieces/x-{gamme.id}/a-1/b-1/c-999999.html").status_code == 404


class TestAGamme:
    def test_it_lists_parts_with_price_stock_and_deposit(self, client: FlaskClient, gamme: Gamme) -> None:
        brand = make_brand(name="BREMBO")
        make_product(
            gamme_id=gamme.id,
            brand_id=brand.id,
            reference="09.A123",
            price_cents=126_40,
            deposit_cents=45_00,
            side="Essieu avant",
            sale_quantity=2,
            stock=2,
        )
        text = text_of(client.get(gamme_path(gamme)))
        for words in (
            "BREMBO",
            "09.A123",
            "Essieu avant",
            "126,40 €",
            "+ consigne 45,00 €",
            "le lot de 2",
            "Plus que 2 en stock",
            "1 pièce",
        ):
            assert words in text

    def test_what_cannot_be_bought_has_no_button(self, client: FlaskClient, gamme: Gamme) -> None:
        make_product(gamme_id=gamme.id, stock=0)
        make_product(gamme_id=gamme.id, price_cents=None)
        answer = client.get(gamme_path(gamme))
        assert "Rupture de stock" in text_of(answer)
        assert "Prix non communiqué" in text_of(answer)
        assert "/panier/lignes" not in answer.text

    def test_a_known_restock_is_announced(self, client: FlaskClient, gamme: Gamme) -> None:
        product = make_product(gamme_id=gamme.id, stock=None)
        make_stock(product, on_hand=0, next_restock_on=date(2999, 12, 12))
        assert "Rupture, réapprovisionnement prévu le 12 décembre 2999" in text_of(client.get(gamme_path(gamme)))

    def test_the_cart_form_posts_product_and_quantity(self, client: FlaskClient, gamme: Gamme) -> None:
        product = make_product(gamme_id=gamme.id)
        page = client.get(gamme_path(gamme)).text
        assert f'<input type="hidden" name="product_id" value="{product.id}">' in page
        assert 'action="/panier/lignes"' in page

    def test_an_empty_gamme_says_so(self, client: FlaskClient, gamme: Gamme) -> None:
        assert "Aucune référence en vente pour le moment" in text_of(client.get(gamme_path(gamme)))

    def test_it_is_indexed_under_its_own_address(self, client: FlaskClient, gamme: Gamme) -> None:
        make_product(gamme_id=gamme.id)
        page = client.get(gamme_path(gamme) + "?utm_source=x").text
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{gamme_path(gamme)}">' in page
        assert "noindex" not in page

    @pytest.mark.parametrize("query", ["marque=1", "tri=prix-desc", "stock=1", "prix-min=10"])
    def test_a_narrowed_or_sorted_list_is_not_indexed_and_has_no_canonical(
        self, client: FlaskClient, gamme: Gamme, query: str
    ) -> None:
        make_product(gamme_id=gamme.id)
        page = client.get(f"{gamme_path(gamme)}?{query}").text
        assert '<meta name="robots" content="noindex, follow">' in page
        assert 'rel="canonical"' not in page

    def test_breadcrumbs_are_told_to_search_engines_escaped(self, client: FlaskClient) -> None:
        family = make_family(name="</script><b>Freins & « co »")
        gamme = make_gamme(family_id=family.id)
        answer = client.get(gamme_path(gamme))
        [trail] = [block for block in data_blocks(answer) if block["@type"] == "BreadcrumbList"]
        assert trail["itemListElement"][1]["name"] == "</script><b>Freins & « co »"
        assert "</script><b>" not in answer.text

    def test_pages_are_linked_and_bounded(self, client: FlaskClient, gamme: Gamme) -> None:
        for _ in range(25):
            make_product(gamme_id=gamme.id)
        first = client.get(gamme_path(gamme)).text
        assert first.count('class="part-row"') == 24
        assert f'href="{gamme_path(gamme)}?page=2"' in first
        second = client.get(gamme_path(gamme) + "?page=2")
        assert second.text.count('class="part-row"') == 1
        assert f'href="http://127.0.0.1:8000{gamme_path(gamme)}?page=2"' in second.text

    @pytest.mark.parametrize("page", ["0", "-1", "abc", "99999999999999999999", "4999"])
    def test_any_page_number_is_answered(self, client: FlaskClient, gamme: Gamme, page: str) -> None:
        make_product(gamme_id=gamme.id)
        assert client.get(f"{gamme_path(gamme)}?page={page}").status_code in (200, 422)

    def test_it_costs_at_most_eight_queries(self, client: FlaskClient, gamme: Gamme, clio: VehicleType) -> None:
        criterion = make_criterion()
        for _ in range(5):
            product = make_product(gamme_id=gamme.id)
            make_fitment(product, clio)
            give_criterion(product, criterion, "280")
        client.set_cookie("vehicle", str(clio.id))
        with count_queries() as queries:
            assert client.get(gamme_path(gamme)).status_code == 200
        assert len(queries) <= 8


class TestFilters:
    @pytest.fixture(autouse=True)
    def parts(self, gamme: Gamme) -> None:
        self.bosch, self.ate = make_brand(name="Bosch"), make_brand(name="ATE")
        self.diameter = make_criterion(name="Diamètre", unit="mm")
        for brand, side, price, size in (
            (self.bosch, "Essieu avant", 20_00, "280"),
            (self.bosch, "Essieu arrière", 30_00, "266"),
            (self.ate, "Essieu avant", 90_00, "280"),
        ):
            product = make_product(gamme_id=gamme.id, brand_id=brand.id, side=side, price_cents=price)
            give_criterion(product, self.diameter, size)

    def test_each_filter_narrows_and_shows_a_chip(self, client: FlaskClient, gamme: Gamme) -> None:
        query = f"?marque={self.bosch.id}&cote=Essieu+avant&c{self.diameter.id}=280&prix-max=25"
        answer = client.get(gamme_path(gamme) + query)
        assert "1 pièce" in text_of(answer)
        chips = re.findall(r'<a class="chip" href="([^"]+)" rel="nofollow"><span>([^<]+)', answer.text)
        assert [label for _url, label in chips] == [
            "Essieu avant",
            "Bosch",
            "Diamètre : 280 mm",
            "jusqu&#39;à 25,00\xa0€",
        ]

    def test_a_chip_leads_to_the_list_without_it(self, client: FlaskClient, gamme: Gamme) -> None:
        answer = client.get(f"{gamme_path(gamme)}?marque={self.bosch.id}&marque={self.ate.id}&page=1")
        chips = re.findall(r'<a class="chip" href="([^"]+)"', answer.text)
        assert [chip.replace("&amp;", "&") for chip in chips] == [
            f"{gamme_path(gamme)}?marque={self.ate.id}",
            f"{gamme_path(gamme)}?marque={self.bosch.id}",
        ]

    @pytest.mark.parametrize(("typed", "found"), [("29,90", "2 pièces"), ("30", "2 pièces"), ("30,01", "1 pièce")])
    def test_prices_are_typed_as_french_people_do(
        self, client: FlaskClient, gamme: Gamme, typed: str, found: str
    ) -> None:
        assert found in text_of(client.get(gamme_path(gamme), query_string={"prix-min": typed}))

    def test_a_price_that_is_none_is_said_and_kept(self, client: FlaskClient, gamme: Gamme) -> None:
        answer = client.get(gamme_path(gamme) + "?prix-min=beaucoup")
        assert answer.status_code == 422
        assert "Saisissez un prix en euros, par exemple 49,90." in text_of(answer)
        assert 'value="beaucoup"' in answer.text
        assert "3 pièces" in text_of(answer)

    def test_a_range_without_inside_is_said(self, client: FlaskClient, gamme: Gamme) -> None:
        answer = client.get(gamme_path(gamme) + "?prix-min=90&prix-max=10")
        assert answer.status_code == 422
        assert "Le prix minimum dépasse le prix maximum." in text_of(answer)

    @pytest.mark.parametrize("query", ["marque=abc", "montage=peut-etre", "tri=hasard", "cabc=1", "marque=-1", "cote="])
    def test_what_an_address_makes_up_is_ignored(self, client: FlaskClient, gamme: Gamme, query: str) -> None:
        answer = client.get(f"{gamme_path(gamme)}?{query}")
        assert answer.status_code == 200
        assert "3 pièces" in text_of(answer)

    @pytest.mark.parametrize(
        "query", ["c999999999999999999=1", "cote=%00", "c1=%00", "marque=999999999999999999", "cote=" + "x" * 300]
    )
    def test_nothing_an_address_says_is_a_fault(self, client: FlaskClient, gamme: Gamme, query: str) -> None:
        assert client.get(f"{gamme_path(gamme)}?{query}").status_code in (200, 422)

    def test_nothing_left_offers_the_way_back(self, client: FlaskClient, gamme: Gamme) -> None:
        answer = client.get(f"{gamme_path(gamme)}?marque={self.ate.id}&cote=Essieu+arri%C3%A8re")
        assert "Aucune pièce avec ces filtres" in text_of(answer)
        assert 'value="Essieu arrière" checked' in answer.text

    def test_htmx_gets_the_blocks_that_must_agree_under_a_clean_address(
        self, client: FlaskClient, gamme: Gamme
    ) -> None:
        path = f"{gamme_path(gamme)}?marque={self.bosch.id}&prix-min=&prix-max="
        answer = client.get(path, headers=HTMX)
        assert '<div id="part_list">' in answer.text
        assert '<div id="filter_options" hx-swap-oob="true">' in answer.text
        assert 'id="filters_found" hx-swap-oob="true">(2)' in answer.text
        assert "<html" not in answer.text
        assert answer.headers["HX-Push-Url"] == f"{gamme_path(gamme)}?marque={self.bosch.id}"
        assert "HX-Request" in answer.headers["Vary"]

    def test_history_and_boosted_links_get_the_whole_page(self, client: FlaskClient, gamme: Gamme) -> None:
        for extra in ("HX-History-Restore-Request", "HX-Boosted"):
            assert "<html" in client.get(gamme_path(gamme), headers={**HTMX, extra: "true"}).text


class TestForAVehicle:
    def test_it_names_the_vehicle_and_groups_by_side(
        self, client: FlaskClient, gamme: Gamme, clio: VehicleType
    ) -> None:
        for side in ("Essieu arrière", "Essieu avant"):
            make_fitment(make_product(gamme_id=gamme.id, side=side), clio)
        answer = client.get(own_path(gamme, clio))
        assert "Disques de frein pour Renault Clio III 1.5 dCi 86 ch" in text_of(answer)
        headings = re.findall(r'<h2 class="part-group">([^<]+)</h2>', answer.text)
        assert headings == ["Essieu avant", "Essieu arrière"]

    def test_each_part_says_whether_it_fits_and_why(self, client: FlaskClient, gamme: Gamme, clio: VehicleType) -> None:
        make_fitment(make_product(gamme_id=gamme.id), clio)
        make_fitment(make_product(gamme_id=gamme.id), clio, restriction="système de freinage ATE")
        make_fitment(make_product(gamme_id=gamme.id), clio, fitted_to=date(2009, 3, 1))
        client.set_cookie("vehicle", f"{clio.id}.2011")
        text = text_of(client.get(own_path(gamme, clio)))
        assert "Convient à votre véhicule" in text
        assert "À vérifier : système de freinage ATE" in text
        assert "Ne convient pas : monté jusqu'au 03/2009" in text

    def test_with_another_vehicle_chosen_it_still_speaks_of_the_one_in_the_address(
        self, client: FlaskClient, gamme: Gamme, clio: VehicleType
    ) -> None:
        make_fitment(make_product(gamme_id=gamme.id), clio)
        client.set_cookie("vehicle", str(make_vehicle_type().id))
        answer = client.get(own_path(gamme, clio))
        assert "Convient" in text_of(answer)
        assert "La garder pour toute la visite" in text_of(answer)

    def test_parts_without_price_are_counted_not_listed(
        self, client: FlaskClient, gamme: Gamme, clio: VehicleType
    ) -> None:
        make_fitment(make_product(gamme_id=gamme.id), clio)
        make_fitment(make_product(gamme_id=gamme.id, price_cents=None), clio)
        text = text_of(client.get(own_path(gamme, clio)))
        assert "1 pièce" in text
        assert "1 référence sans prix connu n'est pas listée." in text

    def test_nothing_for_it_is_gone_with_a_way_on(self, client: FlaskClient, gamme: Gamme, clio: VehicleType) -> None:
        make_product(gamme_id=gamme.id)
        near = make_gamme(family_id=gamme.family_id, name="Plaquettes")
        make_fitment(make_product(gamme_id=near.id), clio)
        rebuild_vehicle_gammes()
        answer = client.get(own_path(gamme, clio))
        assert answer.status_code == 410
        assert "Rien à vendre ici pour ce véhicule" in text_of(answer)
        assert own_path(near, clio) in answer.text
        assert "noindex" in answer.text

    def test_it_is_the_page_to_index(self, client: FlaskClient, gamme: Gamme, clio: VehicleType) -> None:
        make_fitment(make_product(gamme_id=gamme.id, price_cents=19_90), clio)
        page = client.get(own_path(gamme, clio)).text
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{own_path(gamme, clio)}">' in page
        title = re.search(r"<title>(.*?)</title>", page)
        assert title is not None
        assert len(title[1].removesuffix(" · Atelier")) <= 60
        assert "1 référence dès 19,90" in page

    def test_it_costs_at_most_eight_queries(self, client: FlaskClient, gamme: Gamme, clio: VehicleType) -> None:
        for _ in range(5):
            make_fitment(make_product(gamme_id=gamme.id), clio)
        client.set_cookie("vehicle", str(clio.id))
        with count_queries() as queries:
            assert client.get(own_path(gamme, clio)).status_code == 200
        assert len(queries) <= 8

    def test_one_address_leads_from_a_gamme_to_the_visitors_own_list(
        self, client: FlaskClient, gamme: Gamme, clio: VehicleType
    ) -> None:
        way = f"/pieces/{gamme.alias}-{gamme.id}/mon-vehicule"
        assert client.get(way).headers["Location"] == gamme_path(gamme)
        client.set_cookie("vehicle", str(clio.id))
        assert client.get(way).headers["Location"] == own_path(gamme, clio)


class TestLongGroups:
    """A group of many ticks is folded on the page and unfolded by a link."""

    def ticks(self, page: str) -> int:
        return len(re.findall(r'name="marque" value=', page))

    def test_twelve_are_shown_and_the_rest_is_a_page_away(self, client: FlaskClient, gamme: Gamme) -> None:
        brands = [make_brand(name=f"Marque {n:02}") for n in range(15)]
        for brand in brands:
            make_product(gamme_id=gamme.id, brand_id=brand.id)
        path, last = gamme_path(gamme), brands[-1].id
        folded = client.get(path).text
        assert self.ticks(folded) == 12
        link = re.search(r'<a href="([^"]*tout=marque)" rel="nofollow"', folded)
        assert link is not None
        unfolded = client.get(link[1]).text
        assert self.ticks(unfolded) == 15
        assert '<meta name="robots" content="noindex' in unfolded
        assert 'rel="canonical"' not in unfolded
        assert self.ticks(client.get(f"{path}?marque={last}").text) == 13
