"""What goes with a product and what the shop puts forward, as JSON."""

import pytest

from models.database import session
from models.recommendations import BestSeller, BoughtTogether, GammeLink
from services.vehicle_gammes import rebuild_vehicle_gammes
from tests.factories import make_brand, make_fitment, make_gamme, make_product, make_vehicle_type
from tests.factories.keeping import keep


def ids(answer):
    assert answer.status_code == 200, answer.text
    return [product["id"] for product in answer.json["data"]["products"]]


@pytest.fixture
def brakes(client):
    """A disc, a rival in its group, pads of a linked gamme bought with it twice; all for one car."""
    car, low, high = make_vehicle_type(), make_brand(stars=2), make_brand(stars=5)
    disc = make_product(brand_id=low.id, price_cents=50_00)
    make_fitment(disc, car)
    rival = make_product(
        gamme_id=disc.gamme_id, fitment_group_id=disc.fitment_group_id, brand_id=high.id, price_cents=60_00
    )
    pads = make_product(gamme_id=make_gamme().id, prior_price_cents=80_00)
    make_fitment(pads, car)
    session.add_all([
        GammeLink(gamme_id=disc.gamme_id, other_id=pads.gamme_id),
        BoughtTogether(product_id=disc.id, other_id=pads.id, orders=2),
        BestSeller(product_id=pads.id, brand_id=pads.brand_id, gamme_id=pads.gamme_id, packs=4, revenue_cents=1),
    ])  # fmt: skip
    session.flush()
    rebuild_vehicle_gammes()
    keep()
    return {"car": car.id, "disc": disc.id, "rival": rival.id, "pads": pads.id}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("alternatives", ["rival"]),
        ("up-sell", ["rival"]),
        ("cross-sell", ["pads"]),
        ("frequently-bought", ["pads"]),
        ("recommendations", ["pads"]),
    ],
)
def test_what_goes_with_a_product(client, brakes, path, found):
    address = f"/api/products/{brakes['disc']}/{path}"
    assert ids(client.get(address)) == [brakes[name] for name in found]
    judged = client.get(f"{address}?type_id={brakes['car']}").json["data"]["products"]
    assert [product["compatibility"]["fit"] for product in judged] == ["fits"]
    assert client.get("/api/products/999999/" + path).status_code == 404
    assert client.get(f"{address}?type_id=999999").status_code == 404
    assert client.get(f"{address}?type_id=x").status_code == 400


def test_what_the_shop_puts_forward(client, brakes):
    assert ids(client.get("/api/products/bestsellers")) == [brakes["pads"]]
    assert ids(client.get("/api/products/on-sale")) == [brakes["pads"]]
    assert set(ids(client.get("/api/products/new"))) == {brakes["disc"], brakes["rival"], brakes["pads"]}
    assert len(ids(client.get("/api/products/new?limit=1"))) == 1
    assert ids(client.get("/api/products/featured")) == []
    assert client.get("/api/products/new?limit=51").status_code == 400


def test_the_vehicles_of_a_product(client, brakes):
    answer = client.get(f"/api/products/{brakes['disc']}/compatibility?limit=1").json
    assert [vehicle["type_id"] for vehicle in answer["data"]["vehicles"]] == [brakes["car"]]
    assert answer["pagination"] == {"page": 1, "limit": 1, "total": 1, "pages": 1, "totalPages": 1}
    beyond = client.get(f"/api/products/{brakes['disc']}/compatibility?page=2").json
    assert beyond["data"]["vehicles"] == []
