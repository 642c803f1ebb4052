"""Pages of gammes in one call: their shape, their refusals, and what is left when the database takes too long."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from models.database import session
from models.offers import GammeSummary
from services.seo import aggregate
from tests.factories import make_fitment, make_gamme, make_product, make_vehicle_type
from tests.factories.keeping import keep
from tests.factories.texts import give_advice, give_information, make_switch, offer_for


@pytest.fixture
def gamme(client):
    gamme = make_gamme(name="Disque de frein", plural_name="Disques de frein", alias="disque")
    vehicle = make_vehicle_type()
    make_fitment(make_product(gamme_id=gamme.id, price_cents=38_90), vehicle)
    make_product(gamme_id=gamme.id, price_cents=52_00)
    offer_for(gamme, vehicle, products=1, from_cents=38_90)
    session.add(
        GammeSummary(gamme_id=gamme.id, product_count=2, min_price_cents=38_90, universal_count=0, vehicle_count=1)
    )
    gamme.vehicle_id = vehicle.id
    return gamme


def whole(gamme):
    return f"/api/gamme-rest/{gamme.id}/page-data-rpc-v2"


def test_the_whole_page_in_one_call(client, gamme):
    give_advice(gamme, "<p>Par paire</p>", title="Monter")
    give_information(gamme, "Le disque sert pour freiner.")
    make_switch("changer les deux disques", kind="item", gamme_id=gamme.id)
    sibling = make_gamme(family_id=gamme.family_id)
    keep()
    answer = client.get(whole(gamme))
    data = answer.json
    assert (answer.status_code, data["status"]) == (200, 200)
    assert data["meta"]["robots"] == "index, follow"
    assert data["meta"]["canonical"].endswith(f"/pieces/disque-{gamme.id}.html")
    assert data["hero"]["h1"] == "Disques de frein"
    assert data["minPrice"] == 38.9
    [item] = data["motorisations"]["items"]
    assert item["title"].endswith(", changer les deux disques")
    assert item["periode"] == "2005 - 2012"
    assert "#" not in item["title"] + item["description"] + item["advice"]
    assert data["conseils"] == [{"title": "Monter", "content": "<p>Par paire</p>"}]
    assert data["informations"][0]["description"] == "Le disque sert pour freiner."
    assert [one["pg_id"] for one in data["catalogueFiltres"]] == [sibling.id]
    assert data["equipementiers"] is None
    assert data["performance"]["source"] == "aggregate"
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", ["gamme-rest/{}/page-data-rpc-v2", "gamme-rest-optimized/{}/details"])
@pytest.mark.parametrize(("number", "status"), [("abc", 400), ("-1", 400), ("999999", 404), ("9" * 30, 400)])
def test_what_is_no_gamme_is_refused(client, path, number, status):
    answer = client.get(f"/api/{path.format(number)}")
    assert (answer.status_code, answer.json["status"], answer.json["success"]) == (status, status, False)
    assert answer.json["message"] == answer.json["error"]["message"]


def test_a_hidden_gamme_is_not_found(client):
    gamme = make_gamme(is_displayed=False)
    keep()
    assert client.get(whole(gamme)).status_code == 404


def test_when_a_statement_takes_too_long_the_gamme_itself_is_left(client, gamme, monkeypatch):
    def too_slow(gamme_id):
        session.execute(text("SET LOCAL statement_timeout = 10"))
        session.execute(text("SELECT pg_sleep(1)"))

    monkeypatch.setattr(aggregate, "_whole", too_slow)
    keep()
    data = client.get(whole(gamme)).json
    assert data["performance"]["source"] == "fallback"
    assert data["hero"]["h1"] == "Disques de frein"
    assert (data["motorisations"], data["minPrice"]) == (None, None)


def test_when_nothing_can_be_read_it_says_to_ask_again(client, gamme, monkeypatch):
    def away(gamme_id):
        raise OperationalError("SELECT", {}, Exception("away"))

    monkeypatch.setattr(aggregate, "_whole", away)
    monkeypatch.setattr(aggregate, "get_gamme", away)
    keep()
    answer = client.get(whole(gamme))
    assert (answer.status_code, answer.json["retryable"], answer.json["code"]) == (503, True, "SERVICE_UNAVAILABLE")


def test_the_parts_of_a_gamme_and_those_for_a_vehicle(client, gamme):
    path = f"/api/gamme-rest-optimized/{gamme.id}/page-data"
    vehicle_id = gamme.vehicle_id
    keep()
    every = client.get(path).json
    assert (every["count"], every["minPrice"], every["validation"]) == (2, 38.9, {"valid": True, "relationsCount": 1})
    own = client.get(f"{path}?typeId={vehicle_id}").json
    assert (own["count"], [piece["price"]["ttc"] for piece in own["pieces"]]) == (1, [38.9])
    assert own["seo"]["h1"].startswith("Disques de frein pour Constructeur")
    assert client.get(f"{path}?typeId=999999").status_code == 404
    assert client.get(f"{path}?typeId=abc").status_code == 400


def test_a_gamme_by_itself(client, gamme):
    keep()
    data = client.get(f"/api/gamme-rest-optimized/{gamme.id}/details").json
    assert (data["gamme"]["pg_name"], data["gamme"]["pg_alias"]) == ("Disque de frein", "disque")
