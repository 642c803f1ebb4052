"""Single facts about products, and the lists under their old names."""

import pytest

from models.catalog import Product
from models.database import session
from models.stock import StockItem
from tests.factories import make_fitment, make_gamme, make_product, make_vehicle_type
from tests.factories.keeping import keep


@pytest.fixture
def product(client):
    product = make_product(price_cents=20_00, deposit_cents=15_00, stock=9)
    product.prior_price_cents = 25_00
    session.get_one(StockItem, product.id).reserved = 2
    keep()
    return product


def data(answer):
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


def test_a_price_is_reckoned_in_cents(client, product):
    found = data(client.get(f"/api/products/{product.id}/price?qty=3"))
    assert (found["price"], found["discount"], found["final_price"]) == (25.0, 15.0, 60.0)
    assert (found["final_price_ht"], found["deposit"], found["vat_rate"]) == (50.0, 45.0, 20.0)
    assert client.get(f"/api/products/{product.id}/price?qty=0").status_code == 400


def test_what_is_not_sold_has_no_price(client):
    bare = make_product(price_cents=None)
    keep()
    assert data(client.get(f"/api/products/{bare.id}/price")) is None
    assert data(client.get(f"/api/products/{bare.id}/availability"))["available"] is False


def test_stock_says_what_can_be_promised(client, product):
    found = data(client.get(f"/api/products/{product.id}/stock"))
    assert (found["disponible"], found["total"], found["reserved"]) == (7, 9, 2)
    there = data(client.get(f"/api/products/{product.id}/availability"))
    assert there["available"] is True
    assert there["delivery_days"] >= 1


def test_many_are_asked_about_at_once(client, product):
    hidden = make_product(is_displayed=False)
    keep()
    ids = [product.id, hidden.id, 999_999]
    assert [one["id"] for one in data(client.post("/api/products/prices", json={"ids": ids}))["prices"]] == [product.id]
    assert [one["id"] for one in data(client.post("/api/products/stock", json={"ids": ids}))["stock"]] == [product.id]
    listed = data(client.get(f"/api/products/by-ids?ids={product.id},{hidden.id}"))["products"]
    assert [one["id"] for one in listed] == [product.id]


@pytest.mark.parametrize("path", ["prices", "stock"])
@pytest.mark.parametrize("ids", [[], list(range(1, 102)), ["x"], None])
def test_not_more_than_a_hundred(client, path, ids):
    assert client.post(f"/api/products/{path}", json={"ids": ids}).status_code == 400


def test_what_is_written_of_the_mounting(client, product):
    car = make_vehicle_type()
    make_fitment(session.get_one(Product, product.id), car, restriction="Sans ESP")
    keep()
    found = client.get(f"/api/products/{product.id}/fitment").json
    (row,) = found["data"]["restrictions"]
    assert (row["type_id"], row["restriction"]) == (car.id, "Sans ESP")
    assert found["pagination"]["total"] == found["data"]["vehicles_count"] == 1


def test_compatibility_under_its_other_name(client, product):
    car = make_vehicle_type()
    make_fitment(session.get_one(Product, product.id), car)
    keep()
    asked = {"product_ids": [product.id], "type_id": car.id}
    (answer,) = data(client.post("/api/products/check-compatibility", json=asked))["results"]
    assert (answer["piece_id"], answer["compatible"]) == (product.id, True)


@pytest.mark.parametrize("fact", ["price", "stock", "availability", "images", "videos", "fitment"])
def test_nothing_is_said_of_a_hidden_product(client, fact):
    hidden = make_product(is_displayed=False)
    keep()
    assert client.get(f"/api/products/{hidden.id}/{fact}").status_code == 404


def test_lists_under_their_old_names(client):
    gamme, car = make_gamme(), make_vehicle_type()
    mine, other = make_product(gamme_id=gamme.id), make_product(gamme_id=gamme.id)
    make_fitment(mine, car)
    keep()

    def ids(answer):
        return [one["id"] for one in data(answer)["products"]]

    assert ids(client.get(f"/api/products/by-gamme/{gamme.id}")) == [mine.id, other.id]
    assert ids(client.get(f"/api/products/by-famille/{gamme.family_id}?limit=1&page=2")) == [other.id]
    for path in (f"vehicle/{car.id}", f"by-vehicle/{car.id}", f"vehicle/{car.id}?gamme={gamme.id}"):
        assert ids(client.get(f"/api/products/{path}")) == [mine.id]
    assert ids(client.post("/api/products/by-vehicle", json={"type_id": car.id})) == [mine.id]
    for path in ("by-gamme/999999", "by-famille/999999", "vehicle/999999"):
        assert client.get(f"/api/products/{path}").status_code == 404


def test_a_search_with_filters(client):
    first, second = make_product(reference="KH 22"), make_product(reference="KH 22")
    keep()
    asked = {"query": "kh22", "filters": {"brand": [second.brand_id]}}
    for path in ("catalog/search/advanced", "products/search/advanced"):
        assert [one["id"] for one in data(client.post(f"/api/{path}", json=asked))["items"]] == [second.id]
        found = data(client.post(f"/api/{path}", json={"query": "kh22"}))
        assert {one["id"] for one in found["items"]} == {first.id, second.id}
        assert client.post(f"/api/{path}", json={"query": ""}).status_code == 400
        asked_for_no_car = {"query": "kh22", "filters": {"vehicle": 999_999}}
        assert client.post(f"/api/{path}", json=asked_for_no_car).status_code == 404
