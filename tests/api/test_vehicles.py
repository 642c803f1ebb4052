"""Makes, models, years and types as JSON: only reachable values, hidden ones never."""

from datetime import date

import pytest

from models.database import session
from models.recommendations import MakeGamme
from models.vehicles import EngineCode
from tests.factories import make_gamme, make_make, make_model, make_vehicle_type
from tests.factories.keeping import keep


@pytest.fixture
def clio(client):
    renault = make_make(alias="renault", name="Renault", is_top=True)
    make_make(alias="audi", name="Audi")
    make_make(alias="cachee", name="Renault cachée", is_displayed=False)
    model = make_model(make_id=renault.id, alias="clio-iii", name="Clio III")
    make_model(make_id=renault.id, alias="clio-ii", name="Clio II", is_displayed=False)
    made = make_vehicle_type(
        model_id=model.id, alias="1-5-dci", name="1.5 dCi", produced_from=date(2005, 6, 1), produced_to=date(2012, 1, 1)
    )
    make_vehicle_type(model_id=model.id, alias="1-2", name="1.2", is_displayed=False)
    session.add(EngineCode(type_id=made.id, code="K9K 766"))
    keep()
    return made


def test_makes_are_paged_and_found(client, clio):
    answer = client.get("/api/vehicles/brands").json
    assert [make["alias"] for make in answer["data"]] == ["renault", "audi"]
    assert answer["pagination"]["total"] == 2
    assert [make["alias"] for make in client.get("/api/vehicles/brands?search=ud").json["data"]] == ["audi"]
    assert [make["alias"] for make in client.get("/api/vehicles/brands?limit=1&page=2").json["data"]] == ["audi"]
    assert client.get("/api/vehicles/brands?limit=101").status_code == 400


def test_a_make_by_id_or_alias(client, clio):
    make = client.get("/api/vehicles/brands/renault").json["data"]
    assert client.get(f"/api/vehicles/brands/{make['id']}").json["data"] == make
    for key in ("cachee", "nulle-part", "999999"):
        assert client.get(f"/api/vehicles/brands/{key}").status_code == 404


def test_the_cascade_shows_what_can_be_reached(client, clio):
    years = client.get("/api/vehicles/brands/renault/years").json["data"]
    assert (years["min"], years["max"]) == (2005, 2012)
    [model] = client.get("/api/vehicles/brands/renault/models?year=2005").json["data"]
    assert model["name"] == "Clio III"
    assert client.get("/api/vehicles/brands/renault/models?search=twingo").json["data"] == []
    assert client.get("/api/vehicles/brands/renault/models?year=1800").status_code == 400
    [one] = client.get(f"/api/vehicles/models/{model['id']}/types?year=2012").json["data"]
    assert one["type_id"] == clio.id
    assert client.get(f"/api/vehicles/models/{model['id']}/types?year=2013").json["data"] == []
    detail = client.get(f"/api/vehicles/types/{clio.id}").json["data"]
    assert detail["label"] == "Renault Clio III 1.5 dCi 86 ch (2005–2012)"
    assert detail["engine_codes"] == ["K9K 766"]
    assert client.get("/api/vehicles/types/999999").status_code == 404


def test_a_search_finds_exact_names_first(client, clio):
    make = make_make(alias="ma", name="Ma")
    make_model(make_id=make.id, alias="super-clio-iii", name="Super Clio III")
    keep()
    data = client.get("/api/vehicles/search/advanced?q=Clio III").json["data"]
    assert [model["alias"] for model in data["models"]] == ["clio-iii", "super-clio-iii"]
    assert data["total"] == 2
    assert [one["name"] for one in client.get("/api/vehicles/search/advanced?q=1.5 d").json["data"]["types"]] == [
        "1.5 dCi"
    ]
    assert client.get("/api/vehicles/search/advanced?q=r").status_code == 400
    assert client.get("/api/vehicles/search/advanced?q=%25_").json["data"]["total"] == 0


def test_counts_and_best_sellers(client, clio):
    assert client.get("/api/vehicles/stats").json["data"] == {"total_brands": 1, "total_models": 1, "total_types": 1}
    gamme = make_gamme()
    keep()
    make_id = client.get("/api/vehicles/brands/renault").json["data"]["id"]
    session.add(MakeGamme(make_id=make_id, gamme_id=gamme.id, packs=3))
    keep()
    [bought] = client.get("/api/vehicles/brand/renault/bestsellers").json["data"]
    assert (bought["pg_id"], bought["packs"]) == (gamme.id, 3)
