"""Products as staff find them."""

import pytest

from models.catalog import Product
from models.database import session
from tests.factories import make_brand, make_gamme, make_product
from tests.factories.keeping import keep


def _listed(staff, **query) -> str:
    answer = staff.get("/backoffice/products", query_string=query)
    assert answer.status_code == 200
    return answer.text


def test_it_shows_what_staff_need(staff):
    product = make_product(reference="0 986 494 596", price_cents=54_90, stock=7)
    keep()
    text = _listed(staff)
    for shown in (product.reference, "54,90", product.name, ">7<"):
        assert shown in text


@pytest.mark.parametrize("search", ["0986494596", "0 986-494 596", "0986", "id", "3165143000106", "plaquettes"])
def test_it_finds(staff, search):
    wanted = make_product(reference="0 986 494 596", name="Plaquettes de frein", ean="3165143000106")
    wanted.search_text = "plaquettes de frein"
    other = make_product(reference="ZZ 11", name="Alternateur")
    keep()
    text = _listed(staff, q=str(wanted.id) if search == "id" else search)
    assert wanted.reference in text
    assert other.reference not in text


def test_views_hold_what_they_say(staff):
    products = {
        "out": make_product(reference="OUT-1", stock=0),
        "low": make_product(reference="LOW-1", stock=2),
        "unpriced": make_product(reference="BARE-1", price_cents=None, stock=50),
        "hidden": make_product(reference="HID-1", is_displayed=False, stock=50),
    }
    keep()
    for view in products:
        text = _listed(staff, view=view)
        shown = [name for name, product in products.items() if product.reference in text]
        assert shown == [view]


def test_it_narrows_by_gamme_and_brand(staff):
    gamme, brand = make_gamme(), make_brand()
    both = make_product(reference="BOTH-1", gamme_id=gamme.id, brand_id=brand.id)
    one = make_product(reference="ONE-1", gamme_id=gamme.id)
    keep()
    text = _listed(staff, gamme=gamme.id, brand=brand.id)
    assert both.reference in text
    assert one.reference not in text


def test_pages_follow_each_other_without_gap_or_repetition(staff, monkeypatch):
    monkeypatch.setattr("backoffice.products.PAGE_SIZE", 2)
    references = [make_product(reference=f"PAGE-{number}").reference for number in range(5)]
    keep()
    ids = dict(session.execute(Product.__table__.select().with_only_columns(Product.reference, Product.id)).all())
    newest = references[::-1]

    first, second = _listed(staff, q="PAGE"), _listed(staff, q="PAGE", before=ids[newest[1]])
    back = _listed(staff, q="PAGE", after=ids[newest[2]])

    assert [one for one in newest if one in first] == newest[:2]
    assert [one for one in newest if one in second] == newest[2:4]
    assert [one for one in newest if one in back] == newest[:2]


@pytest.mark.parametrize("query", [{"brand": "x"}, {"view": "nothing"}, {"q": "x" * 101}])
def test_what_cannot_be_is_said_beside_the_list(staff, query):
    answer = staff.get("/backoffice/products", query_string=query)
    assert answer.status_code == 422


def test_strangers_stay_outside(client):
    assert client.get("/backoffice/products").status_code in (302, 303, 401)
