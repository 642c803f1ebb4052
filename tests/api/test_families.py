"""Families, gammes and their parts as JSON lists."""

import pytest

from models.catalog import Product
from models.database import session
from models.offers import GammeSummary
from services.vehicle_gammes import rebuild_vehicle_gammes
from tests.factories import make_brand, make_family, make_fitment, make_gamme, make_product, make_vehicle_type
from tests.factories.keeping import keep


@pytest.fixture
def discs(client):
    family = make_family(name="Freinage", alias="freinage")
    gamme = make_gamme(
        family_id=family.id,
        name="Disque de frein",
        plural_name="Disques de frein",
        alias="disque-de-frein",
        is_top=True,
    )
    keep()
    return gamme


def data(answer):
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


def test_families_and_what_they_hold(client, discs):
    make_gamme(family_id=discs.family_id, is_displayed=False)
    session.add(
        GammeSummary(gamme_id=discs.id, product_count=3, min_price_cents=12_90, universal_count=0, vehicle_count=0)
    )
    hidden = make_family(is_displayed=False)
    keep()
    assert [one["id"] for one in data(client.get("/api/catalog/famille"))["familles"]] == [discs.family_id]
    family = data(client.get(f"/api/catalog/famille/{discs.family_id}"))
    assert (family["name"], [one["pg_id"] for one in family["gammes"]]) == ("Freinage", [discs.id])
    (gamme,) = data(client.get(f"/api/catalog/famille/{discs.family_id}/gammes"))["gammes"]
    assert (gamme["products_count"], gamme["min_price"]) == (3, 12.9)
    assert client.get(f"/api/catalog/famille/{hidden.id}").status_code == 404


def test_the_way_to_a_gamme(client, discs):
    steps = data(client.get(f"/api/catalog/breadcrumbs/{discs.id}"))["breadcrumbs"]
    assert [step["label"] for step in steps] == ["Accueil", "Freinage", "Disques de frein"]
    assert steps[-1]["path"] == f"/pieces/disque-de-frein-{discs.id}.html"
    assert client.get("/api/catalog/breadcrumbs/999999").status_code == 404


def test_gammes_are_listed_page_by_page(client, discs):
    other = make_gamme(name="Étrier", is_top=False)
    keep()
    answer = client.get("/api/catalog/gamme?limit=1&page=2").json
    assert len(answer["data"]["gammes"]) == 1
    assert answer["pagination"]["total"] == 2
    assert [one["pg_id"] for one in data(client.get("/api/catalog/gamme?top_only=true"))["gammes"]] == [discs.id]
    assert [one["pg_id"] for one in data(client.get("/api/catalog/gamme?search=etrier"))["gammes"]] == [other.id]
    assert client.get("/api/catalog/gamme?limit=101").status_code == 400


@pytest.mark.parametrize("key", ["id", "disque-de-frein"])
def test_a_gamme_by_its_number_or_alias(client, discs, key):
    dear, cheap = (make_product(gamme_id=discs.id, price_cents=cents) for cents in (49_90, 19_90))
    keep()
    found = data(client.get(f"/api/catalog/gamme/{discs.id if key == 'id' else key}"))
    assert (found["pg_id"], found["famille"]["name"], found["products_count"]) == (discs.id, "Freinage", 2)
    assert found["min_price"] == 19.9
    assert [one["id"] for one in found["products"]] == [cheap.id, dear.id]
    assert found["seo"]["h1"]


@pytest.mark.parametrize("key", ["999999", "nothing", "9" * 30, "disque-de-frei"])
def test_no_gamme(client, discs, key):
    assert client.get(f"/api/catalog/gamme/{key}").status_code == 404


def test_the_parts_of_a_gamme_are_narrowed_and_say_what_else_could(client, discs):
    brand = make_brand(name="Brembo")
    cheap = make_product(gamme_id=discs.id, price_cents=19_90, stock=0)
    dear = make_product(gamme_id=discs.id, price_cents=49_90, brand_id=brand.id, stock=5)
    keep()
    path = f"/api/catalog/gamme/{discs.id}/products"

    def ids(query=""):
        return [one["id"] for one in data(client.get(f"{path}?{query}"))["products"]]

    assert ids() == [cheap.id, dear.id]
    assert ids("sort=price_desc") == [dear.id, cheap.id]
    assert ids(f"brand={brand.id}") == [dear.id]
    assert ids("maxPrice=19.90") == [cheap.id]
    assert ids("inStock=true") == [dear.id]
    filters = data(client.get(path))["filters"]
    assert {"value": str(brand.id), "label": "Brembo", "count": 1} in filters["brands"]
    assert filters["price"] == {"min": 19.9, "max": 49.9}
    assert (filters["total"], filters["in_stock"]) == (2, 1)
    assert data(client.get(f"/api/catalog/filters/available?pg_id={discs.id}")) == filters
    assert client.get(f"{path}?minPrice=3&maxPrice=2").status_code == 400
    assert client.get("/api/catalog/gamme/999999/products").status_code == 404
    assert client.get("/api/catalog/filters/available").status_code == 400


def test_for_a_vehicle_only_what_fits_it(client, discs):
    car, other = make_vehicle_type(), make_vehicle_type()
    mine = make_product(gamme_id=discs.id, price_cents=30_00)
    make_fitment(mine, car)
    make_product(gamme_id=discs.id, price_cents=10_00)
    rebuild_vehicle_gammes()
    keep()
    path = f"/api/catalog/gamme/{discs.id}/products"
    assert [one["id"] for one in data(client.get(f"{path}?type_id={car.id}"))["products"]] == [mine.id]
    empty = data(client.get(f"{path}?type_id={other.id}"))
    assert (empty["products"], empty["total"]) == ([], 0)
    texts = data(client.get(f"/api/catalog/gammes/{discs.id}/seo-content?type_id={car.id}"))
    assert texts["h1"].startswith("Disques de frein pour ")
    assert data(client.get(f"/api/catalog/gammes/{discs.id}/seo-content"))["h1"] == "Disques de frein"
    assert client.get(f"{path}?type_id=999999").status_code == 404


def test_a_new_price_shows_on_the_next_request(client, discs):
    product = make_product(gamme_id=discs.id, price_cents=19_90)
    keep()
    path = f"/api/catalog/gamme/{discs.id}/products"
    assert data(client.get(path))["products"][0]["price"]["ttc"] == 19.9
    session.get_one(Product, product.id).price_cents = 21_00
    keep()
    assert data(client.get(path))["products"][0]["price"]["ttc"] == 21.0
