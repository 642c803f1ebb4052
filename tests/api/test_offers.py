"""What is offered for a vehicle, which gammes are asked for, and the makers of parts, as JSON."""

import pytest

from models.database import session
from models.recommendations import BestSeller, GammeLink, PopularGamme
from services.vehicle_gammes import rebuild_vehicle_gammes
from tests.factories import make_brand, make_fitment, make_gamme, make_make, make_model, make_product, make_vehicle_type
from tests.factories.keeping import keep


def gammes(answer):
    assert answer.status_code == 200, answer.text
    return [gamme["pg_id"] for gamme in answer.json["data"]["gammes"]]


def test_a_vehicle_is_offered_what_is_made_for_it_with_certainty(client):
    car, product = make_vehicle_type(), make_product(price_cents=12_90)
    make_fitment(product, car)
    rebuild_vehicle_gammes()
    keep()
    data = client.get(f"/api/catalog/vehicles/{car.id}/gammes").json["data"]
    assert (data["strategy"], data["confidence"], data["matched_pieces_count"]) == ("relation_type", "high", 1)
    assert [(one["pg_id"], one["products_count"], one["min_price"]) for one in data["gammes"]] == [
        (product.gamme_id, 1, 12.9)
    ]


def test_else_what_is_made_for_its_models_other_engines(client):
    model = make_model()
    near, car = make_vehicle_type(model_id=model.id), make_vehicle_type(model_id=model.id)
    product = make_product()
    make_fitment(product, near)
    make_product(is_universal=True)
    rebuild_vehicle_gammes()
    keep()
    data = client.get(f"/api/catalog/vehicles/{car.id}/gammes").json["data"]
    assert (data["strategy"], data["confidence"], data["matched_pieces_count"]) == ("cross_gamme_car", "medium", 1)
    assert [one["pg_id"] for one in data["gammes"]] == [product.gamme_id]


def test_else_the_menu(client):
    car, shown = make_vehicle_type(), make_gamme()
    make_gamme(level=2)
    keep()
    data = client.get(f"/api/catalog/vehicles/{car.id}/gammes").json["data"]
    assert (data["strategy"], data["confidence"], data["matched_pieces_count"]) == ("generic", "low", 0)
    assert [one["pg_id"] for one in data["gammes"]] == [shown.id]
    assert client.get("/api/catalog/vehicles/999999/gammes").status_code == 404


def test_the_vehicles_of_a_gamme_come_best_served_first(client):
    some, more = make_vehicle_type(), make_vehicle_type()
    product = make_product()
    make_fitment(product, some)
    make_fitment(product, more)
    make_fitment(make_product(gamme_id=product.gamme_id), more)
    rebuild_vehicle_gammes()
    keep()
    answer = client.get(f"/api/catalog/gamme/{product.gamme_id}/vehicles?limit=20").json
    assert [one["type_id"] for one in answer["data"]["vehicles"]] == [more.id, some.id]
    assert answer["pagination"]["total"] == 2


def test_popular_and_linked_gammes(client):
    popular = make_gamme()
    linked = make_product().gamme_id
    session.add_all([
        PopularGamme(gamme_id=popular.id, rank=1, views=1, packs=0),
        GammeLink(gamme_id=popular.id, other_id=linked),
    ])  # fmt: skip
    rebuild_vehicle_gammes()
    keep()
    assert gammes(client.get("/api/catalog/popular")) == [popular.id]
    assert gammes(client.get(f"/api/catalog/recommendations/{popular.id}")) == [linked]
    car = make_vehicle_type()
    keep()
    assert gammes(client.get(f"/api/catalog/recommendations/{popular.id}?type_id={car.id}")) == []
    assert client.get("/api/catalog/recommendations/999999").status_code == 404


def test_recent_is_the_visitors_own(client):
    first, second = make_product(), make_product()
    keep()
    client.set_cookie("viewed", f"{second.id}.{first.id}")
    answer = client.get("/api/catalog/recent")
    assert [one["id"] for one in answer.json["data"]["products"]] == [second.id, first.id]
    assert answer.headers["Cache-Control"] == "no-store"


def test_compatibility_answers_each_product(client):
    car, fits, other, unknown = make_vehicle_type(), make_product(), make_product(), make_product()
    make_fitment(fits, car)
    make_fitment(other, make_vehicle_type())
    keep()
    ids = [fits.id, other.id, unknown.id, 999_999]
    answer = client.post("/api/catalog/vehicles/compatibility", json={"type_id": car.id, "piece_ids": ids})
    results = answer.json["data"]["results"]
    assert [(one["piece_id"], one["compatible"]) for one in results] == [
        (fits.id, True),
        (other.id, False),
        (unknown.id, None),
    ]
    refused = client.post("/api/catalog/vehicles/compatibility", json={"type_id": car.id, "piece_ids": [1] * 101})
    assert refused.status_code == 400


@pytest.fixture
def renault(client):
    renault = make_make(alias="renault", name="Renault", is_top=True)
    make_make(alias="cachee", name="Cachée", is_displayed=False)
    clio = make_model(make_id=renault.id, alias="clio-iii", name="Clio III")
    make_vehicle_type(model_id=clio.id, alias="1-5-dci", name="1.5 dCi")
    keep()
    return renault


def test_the_steps_from_make_to_type(client, renault):
    [make] = client.get("/api/catalog/vehicles/marques").json["data"]
    [model] = client.get(f"/api/catalog/vehicles/modeles/{make['alias']}?year=2008").json["data"]
    [one] = client.get(f"/api/catalog/vehicles/types/{model['id']}?year=2008").json["data"]
    assert one["label"] == "Renault Clio III 1.5 dCi 86 ch (2005–2012)"
    assert client.get("/api/catalog/vehicles/modeles/renault?year=1999").json["data"] == []
    assert client.get("/api/catalog/vehicles/modeles/renault?year=99").status_code == 400
    assert client.get("/api/catalog/vehicles/modeles/cachee").status_code == 404


def test_brands_are_listed_found_and_shown(client):
    top, plain = make_brand(name="BOSCH", alias="bosch", is_top=True, is_oes=True), make_brand(name="Abc")
    make_brand(name="Bosch cachée", is_displayed=False)
    product = make_product(brand_id=top.id, price_cents=9_90)
    session.add(
        BestSeller(product_id=product.id, brand_id=top.id, gamme_id=product.gamme_id, packs=1, revenue_cents=9_90)
    )
    session.flush()
    rebuild_vehicle_gammes()
    keep()
    data = client.get("/api/catalog/equipementiers").json["data"]
    assert [one["pm_id"] for one in data["equipementiers"]] == [top.id, plain.id]
    assert data["stats"] == {"total_equipementiers": 2}
    found = client.get("/api/catalog/equipementiers/search?q=bos").json["data"]
    assert [one["pm_name"] for one in found["equipementiers"]] == ["BOSCH"]
    assert client.get("/api/catalog/equipementiers/search").status_code == 400
    detail = client.get(f"/api/catalog/equipementiers/{top.id}").json["data"]
    assert [(one["pg_id"], one["products_count"], one["min_price"]) for one in detail["gammes"]] == [
        (product.gamme_id, 1, 9.9)
    ]
    assert [one["id"] for one in detail["products"]] == [product.id]
    assert client.get("/api/catalog/equipementiers/999999").status_code == 404
