"""The catalogue as JSON."""

import re

import pytest

from models.catalog import ProductCriterion, ProductReference
from models.database import session
from tests.factories import make_brand, make_family, make_fitment, make_gamme, make_product, make_vehicle_type
from tests.factories.keeping import keep


@pytest.fixture
def product(client):
    brand = make_brand(is_oes=True)
    product = make_product(
        brand_id=brand.id, price_cents=63_20, deposit_cents=0, weight_grams=1250, ean="3165143456781", stock=3
    )
    session.add(
        ProductReference(product_id=product.id, kind="oem", maker="Renault", reference="77 01", reference_key="7701")
    )
    keep()
    return product


def test_the_hierarchy_is_the_menu(client):
    family = make_family(name="Freinage", alias="freinage", drawing="family-brakes")
    gamme = make_gamme(family_id=family.id, name="Disque de frein", alias="disque-de-frein")
    make_gamme(family_id=family.id, is_displayed=False)
    make_product(gamme_id=gamme.id)
    keep()

    data = client.get("/api/catalog/hierarchy").json["data"]
    (node,) = [node for node in data["familles"] if node["id"] == family.id]
    assert node["name"] == "Freinage"
    assert [(child["pg_id"], child["alias"]) for child in node["gammes"]] == [(gamme.id, "disque-de-frein")]
    assert data["stats"] == {"total_families": 1, "total_gammes": 1, "total_pieces": 1}


def test_a_product_says_what_its_page_says(client, product):
    data = client.get(f"/api/products/{product.id}").json["data"]
    assert data["price"] == {
        "ttc": 63.2,
        "ht": 52.67,
        "vat_rate": 20.0,
        "deposit": 0.0,
        "prior_ttc": None,
        "currency": "EUR",
    }
    assert (data["stock"]["status"], data["stock"]["available"]) == ("low", 3)
    assert data["oem"] == [{"maker": "Renault", "reference": "77 01"}]
    assert data["ean"] == ["3165143456781"]
    assert (data["quality"], data["weight"]) == ("OES", 1.25)
    assert data["url"].startswith("/piece")
    assert data["compatibility"] is None


def test_a_product_without_price_says_so(client):
    product = make_product(price_cents=None)
    keep()
    assert client.get(f"/api/products/{product.id}").json["data"]["price"] is None


def test_a_hidden_product_is_not_found(client):
    product = make_product(is_displayed=False)
    keep()
    answer = client.get(f"/api/products/{product.id}")
    assert answer.status_code == 404
    assert answer.json["error"]["code"] == "NOT_FOUND"


def test_it_says_whether_it_fits(client, product):
    fitting, other = make_vehicle_type(), make_vehicle_type()
    make_fitment(session.get_one(type(product), product.id), fitting)
    keep()
    fits = client.get(f"/api/products/{product.id}?type_id={fitting.id}").json["data"]["compatibility"]
    does_not = client.get(f"/api/products/{product.id}?type_id={other.id}").json["data"]["compatibility"]
    assert (fits["fit"], does_not["fit"]) == ("fits", "does_not_fit")
    assert client.get(f"/api/products/{product.id}?type_id=999999").status_code == 404


def test_an_unchanged_product_is_not_sent_again(client, product):
    first = client.get(f"/api/products/{product.id}")
    again = client.get(f"/api/products/{product.id}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "no-cache"


def test_a_changed_one_is(client, product):
    first = client.get(f"/api/products/{product.id}")
    session.get_one(type(product), product.id).price_cents = 70_00
    keep()
    again = client.get(f"/api/products/{product.id}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


def test_lists_are_narrowed_sorted_and_paged(client):
    gamme = make_gamme()
    cheap, dear = make_product(gamme_id=gamme.id, price_cents=10_00), make_product(gamme_id=gamme.id, price_cents=90_00)
    make_product(gamme_id=gamme.id, price_cents=50_00, stock=0)
    make_product(price_cents=20_00)
    keep()

    def ids(query: str) -> list[int]:
        answer = client.get(f"/api/products?gamme={gamme.id}&{query}")
        assert answer.status_code == 200, answer.text
        return [found["id"] for found in answer.json["data"]["products"]]

    assert ids("sort=price&order=desc&inStock=true") == [dear.id, cheap.id]
    assert ids("minPrice=20.5&maxPrice=95&inStock=1") == [dear.id]
    page = client.get(f"/api/products?gamme={gamme.id}&limit=2&page=2").json
    assert page["pagination"] == {"page": 2, "limit": 2, "total": 3, "pages": 2, "totalPages": 2}
    assert len(page["data"]["products"]) == 1


def test_a_reference_is_found_without_the_engine(client):
    product = make_product(reference="0 986 494 123")
    keep()
    answer = client.post("/api/products/search", json={"query": "0986494123"})
    assert answer.status_code == 200, answer.text
    data = answer.json["data"]
    assert [found["id"] for found in data["results"]] == [product.id]
    assert (data["total"], data["kind"]) == (1, "reference")
    listed = client.get("/api/products?search=0986494123").json["data"]
    assert [found["id"] for found in listed["products"]] == [product.id]


@pytest.mark.parametrize(
    "query", ["minPrice=9&maxPrice=1", "limit=101", "sort=colour", "search=x&sort=price", "page=0", "gamme=-1"]
)
def test_what_cannot_be_answered_is_refused(client, query):
    answer = client.get(f"/api/products?{query}")
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize("body", [{}, {"query": "x"}, {"query": "a\x00b"}, {"query": "ab", "limit": 51}])
def test_a_search_has_bounds(client, body):
    assert client.post("/api/products/search", json=body).status_code == 400


def test_a_page_of_products_costs_few_queries(client, app):
    gamme = make_gamme()
    for _product in range(12):
        product = make_product(gamme_id=gamme.id)
        session.add(ProductCriterion(product_id=product.id, criterion_id=_criterion(), value="1", position=0))
    keep()
    answer = client.get(f"/api/products?gamme={gamme.id}")
    assert len(answer.json["data"]["products"]) == 12
    assert int(re.search(r"(\d+) queries", answer.headers["Server-Timing"])[1]) <= 4


def _criterion() -> int:
    from models.catalog import Criterion

    criterion = Criterion(name="Diamètre", unit="mm")
    session.add(criterion)
    session.flush()
    return criterion.id


@pytest.mark.parametrize("sort", ["name", "price", "stock"])
def test_the_whole_shop_is_not_sorted_but_a_part_of_it_is(client, sort):
    product = make_product()
    keep()
    refused = client.get(f"/api/products?sort={sort}")
    assert refused.status_code == 400
    assert "choisissez une gamme" in refused.text
    answer = client.get(f"/api/products?sort={sort}&brand={product.brand_id}")
    assert [one["id"] for one in answer.json["data"]["products"]] == [product.id]
