"""Makes, models and types as pages; choosing and dropping the visitor's own car."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from models.database import session
from models.recommendations import MakeGamme
from models.vehicles import RegistrationCode, VehicleType
from services.vehicle_gammes import rebuild_vehicle_gammes
from services.vehicles import get_vehicle_type
from tests.factories import make_fitment, make_gamme, make_make, make_model, make_product, make_vehicle_type
from tests.queries import count_queries
from tests.storefront.reading import text_of


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


def make_path(vehicle: VehicleType) -> str:
    return f"/constructeurs/renault-{vehicle.model.make_id}.html"


def model_path(vehicle: VehicleType) -> str:
    return f"/constructeurs/renault-{vehicle.model.make_id}/clio-iii-{vehicle.model_id}"


def type_path(vehicle: VehicleType) -> str:
    return f"{model_path(vehicle)}/1-5-dci-{vehicle.id}"


class TestPages:
    def test_from_make_to_model_to_type(self, client: FlaskClient, clio: VehicleType) -> None:
        assert make_path(clio) in client.get("/constructeurs").text
        assert model_path(clio) in client.get(make_path(clio)).text
        assert type_path(clio) in client.get(model_path(clio)).text
        assert "Renault Clio III 1.5 dCi 86 ch" in text_of(client.get(type_path(clio)))

    @pytest.mark.parametrize("page", [make_path, model_path, type_path])
    def test_a_wrong_slug_leads_to_the_right_one(self, client: FlaskClient, clio: VehicleType, page: Any) -> None:
        right = page(clio)
        answer = client.get(right.replace("renault", "peugeot"))
        assert (answer.status_code, answer.headers["Location"]) == (301, right)

    @pytest.mark.parametrize(
        "path", ["/constructeurs/x-999.html", "/constructeurs/x-1/y-999", "/constructeurs/x-1/y-1/z-999"]
    )
    def test_unknown_ones_are_not_found(self, client: FlaskClient, path: str) -> None:
        assert client.get(path).status_code == 404

    def test_a_hidden_make_is_not_found_nor_listed(self, client: FlaskClient) -> None:
        make = make_make(name="Cachée", is_displayed=False)
        assert client.get(f"/constructeurs/x-{make.id}.html").status_code == 404
        assert "Cachée" not in text_of(client.get("/constructeurs"))

    def test_a_type_lists_what_is_sold_for_it_by_family(self, client: FlaskClient, clio: VehicleType) -> None:
        product = make_product(price_cents=12_90)
        make_fitment(product, clio)
        rebuild_vehicle_gammes()
        answer = client.get(type_path(clio))
        assert "1 référence, dès 12,90 €" in text_of(answer)
        assert f"-{product.gamme_id}/renault-" in answer.text

    def test_a_type_without_parts_says_so_and_is_not_indexed(self, client: FlaskClient, clio: VehicleType) -> None:
        answer = client.get(type_path(clio))
        assert "Aucune pièce en vente pour ce véhicule" in text_of(answer)
        assert "noindex" in answer.text

    def test_what_must_not_be_indexed_is_not(self, client: FlaskClient) -> None:
        make = make_make(is_indexable=False)
        assert "noindex, nofollow" in client.get(f"/constructeurs/{make.alias}-{make.id}.html").text

    def test_they_cost_few_queries(self, client: FlaskClient, clio: VehicleType) -> None:
        make_fitment(make_product(), clio)
        client.set_cookie("vehicle", str(clio.id))
        for path in ("/constructeurs", make_path(clio), model_path(clio), type_path(clio)):
            with count_queries() as queries:
                client.get(path)
            assert len(queries) <= 8, path


class TestPicker:
    def test_each_choice_opens_the_next(self, client: FlaskClient, clio: VehicleType) -> None:
        make_id, model_id = clio.model.make_id, clio.model_id
        assert f'<option value="{make_id}">Renault</option>' in client.get("/vehicule").text
        assert f'<option value="{model_id}">Clio III' in client.get(f"/vehicule?make={make_id}").text
        page = client.get(f"/vehicule?make={make_id}&model={model_id}").text
        assert '<option value="2008">2008</option>' in page
        assert f'<option value="{clio.id}">1.5 dCi 86 ch' in page

    def test_a_year_keeps_the_types_of_that_year(self, client: FlaskClient, clio: VehicleType) -> None:
        late = make_vehicle_type(model_id=clio.model_id, produced_from=date(2010, 1, 1))
        page = client.get(f"/vehicule?make={clio.model.make_id}&model={clio.model_id}&year=2008").text
        assert f'<option value="{clio.id}">' in page
        assert f'<option value="{late.id}">' not in page

    def test_another_make_starts_again(self, client: FlaskClient, clio: VehicleType) -> None:
        other = make_make()
        page = client.get(f"/vehicule?make={other.id}&model={clio.model_id}&year=2008").text
        assert f'<option value="{clio.id}">' not in page

    @pytest.mark.parametrize(
        "query", ["make=abc", "make=0", "year=3000", "model=" + "9" * 30, "make=%00", "suite=" + "x" * 600]
    )
    def test_any_query_is_answered(self, client: FlaskClient, query: str) -> None:
        assert client.get(f"/vehicule?{query}").status_code == 200

    def test_htmx_gets_the_block(self, client: FlaskClient, clio: VehicleType) -> None:
        answer = client.get(f"/vehicule?make={clio.model.make_id}", headers={"HX-Request": "true"})
        assert answer.text.lstrip().startswith('<div class="picker" id="vehicle_picker">')

    def test_the_choice_is_kept_and_leads_to_the_vehicles_page(self, client: FlaskClient, clio: VehicleType) -> None:
        answer = client.post("/vehicule", data={"type": str(clio.id), "year": "2008"})
        assert (answer.status_code, answer.headers["Location"]) == (303, type_path(clio))
        cookie = client.get_cookie("vehicle")
        assert cookie is not None
        assert cookie.value == f"{clio.id}.2008"
        assert "Renault Clio III 1.5 dCi 86 ch (2008)" in text_of(client.get("/"))

    def test_it_leads_back_to_where_the_visitor_was(self, client: FlaskClient, clio: VehicleType) -> None:
        page = client.get("/vehicule", headers={"Referer": "http://localhost/recherche?q=frein"}).text
        assert '<input type="hidden" name="suite" value="/recherche?q=frein">' in page
        answer = client.post("/vehicule", data={"type": str(clio.id), "suite": "/recherche?q=frein"})
        assert answer.headers["Location"] == "/recherche?q=frein"

    @pytest.mark.parametrize(
        "target", ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"]
    )
    def test_it_leads_nowhere_else(self, client: FlaskClient, clio: VehicleType, target: str) -> None:
        answer = client.post("/vehicule", data={"type": str(clio.id), "suite": target})
        assert answer.headers["Location"] == type_path(clio)

    def test_another_sites_page_is_no_way_back(self, client: FlaskClient) -> None:
        page = client.get("/vehicule", headers={"Referer": "https://example.com/recherche"}).text
        assert 'name="suite"' not in page

    @pytest.mark.parametrize("data", [{}, {"type": ""}, {"type": "abc"}, {"type": "999999"}, {"type": "9" * 30}])
    def test_no_type_is_said_beside_the_field_and_nothing_is_kept(
        self, client: FlaskClient, clio: VehicleType, data: dict[str, str]
    ) -> None:
        answer = client.post("/vehicule", data={**data, "make": str(clio.model.make_id), "model": str(clio.model_id)})
        assert answer.status_code == 422
        assert "Choisissez une motorisation de la liste." in text_of(answer)
        assert client.get_cookie("vehicle") is None

    def test_what_was_chosen_before_a_mistake_is_kept(self, client: FlaskClient, clio: VehicleType) -> None:
        data = {"type": "", "make": str(clio.model.make_id), "model": str(clio.model_id)}
        assert f'<option value="{clio.model_id}" selected>' in client.post("/vehicule", data=data).text

    def test_it_is_dropped_from_where_the_visitor_was(self, client: FlaskClient, clio: VehicleType) -> None:
        client.set_cookie("vehicle", str(clio.id))
        answer = client.post("/vehicule/retrait", headers={"Referer": "http://localhost/pieces"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/pieces")
        assert "Pour quel véhicule ?" in text_of(client.get("/"))


class TestByRegistration:
    def test_a_code_finds_its_vehicles_each_to_be_chosen(self, client: FlaskClient, clio: VehicleType) -> None:
        session.add(RegistrationCode(type_id=clio.id, mine="MRE5102AB123"))
        session.flush()
        answer = client.get("/vehicule?code=mre+5102ab123&suite=/pieces")
        assert "1 véhicule porte ce code Renault Clio III 1.5 dCi 86 ch" in text_of(answer)
        assert f'<input type="hidden" name="type" value="{clio.id}">' in answer.text
        assert '<input type="hidden" name="suite" value="/pieces">' in answer.text

    def test_an_unknown_code_says_what_to_check(self, client: FlaskClient) -> None:
        answer = client.get("/vehicule?code=<b>X</b>")
        assert "Aucun véhicule ne porte le code « <b>X</b> »" in text_of(answer).replace("&lt;", "<").replace(
            "&gt;", ">"
        )
        assert "<b>X</b>" not in answer.text


class TestYears:
    def test_a_make_and_a_model_are_narrowed_to_a_year(self, client: FlaskClient, clio: VehicleType) -> None:
        model = clio.model
        make_vehicle_type(model_id=model.id, name="1.2 TCe", produced_from=date(2010, 1, 1))
        make_model(make_id=model.make_id, name="Vieille", year_from=1980, year_to=1985)
        make_path, model_path = f"/constructeurs/renault-{model.make_id}.html", type_path(clio).rpartition("/")[0]
        for path, shown, left_out in (
            (f"{make_path}?annee=2006", "Clio III", "Vieille"),
            (f"{model_path}?annee=2006", "1.5 dCi", "1.2 TCe"),
        ):
            answer = client.get(path)
            assert shown in text_of(answer)
            assert left_out not in text_of(answer)
            assert "noindex, follow" in answer.text
            assert 'rel="canonical"' not in answer.text
        block = client.get(f"{make_path}?annee=2006", headers={"HX-Request": "true"}).text
        assert block.lstrip().startswith('<div id="model_list">')
        assert "Aucune motorisation produite en 1990" in text_of(client.get(f"{model_path}?annee=1990"))
        for wrong in ("x", "99999", "-1", ""):
            assert "canonical" in client.get(f"{make_path}?annee={wrong}").text

    def test_a_make_shows_what_is_bought_for_it(self, client: FlaskClient, clio: VehicleType) -> None:
        gamme = make_gamme(plural_name="Disques de frein")
        path = f"/constructeurs/renault-{clio.model.make_id}.html"
        session.add(MakeGamme(make_id=clio.model.make_id, gamme_id=gamme.id, packs=2))
        session.flush()
        assert "Les plus achetées pour Renault" in text_of(client.get(path))
