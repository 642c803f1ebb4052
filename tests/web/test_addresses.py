"""Public addresses: built from things, found by their ids."""

import pytest
from flask import Flask

from tests.factories import make_brand, make_family, make_gamme, make_product
from web.addresses import AliasId, absolute, brand_url, family_url, gamme_url, moved_to, product_url


def test_things_have_one_address_each(app: Flask, db: None) -> None:
    family, brand = make_family(alias="freinage"), make_brand(alias="bosch", name="BOSCH")
    gamme = make_gamme(alias="disque-de-frein")
    product = make_product(name="Disque", reference="09.A 123")
    product.brand = brand
    with app.app_context():
        assert family_url(family) == f"/familles/freinage-{family.id}.html"
        assert gamme_url(gamme) == f"/pieces/disque-de-frein-{gamme.id}.html"
        assert gamme_url(gamme, marque=3) == f"/pieces/disque-de-frein-{gamme.id}.html?marque=3"
        assert brand_url(brand) == f"/equipementiers/bosch-{brand.id}.html"
        assert product_url(product) == f"/piece/disque-bosch-09-a-123-{product.id}.html"


def test_a_thing_without_an_alias_still_has_an_address(app: Flask) -> None:
    with app.app_context():
        assert gamme_url(AliasId("", 7)) == "/pieces/x-7.html"


def test_a_public_address_never_comes_from_the_host_header(app: Flask) -> None:
    with app.test_request_context("/", headers={"Host": "evil.example"}):
        assert absolute("/pieces") == "http://127.0.0.1:8000/pieces"


def test_only_another_path_has_moved(app: Flask) -> None:
    with app.test_request_context("/pieces/a-1.html?page=2"):
        assert moved_to("/pieces/a-1.html") is None
        moved = moved_to("/pieces/b-1.html")
        assert moved is not None
        assert (moved.status_code, moved.location) == (301, "/pieces/b-1.html?page=2")


@pytest.mark.parametrize("query", ["q=%E9", "q=\xe9", "a=" + "x" * 500])
def test_any_query_can_move_along(app: Flask, query: str) -> None:
    with app.test_request_context(f"/pieces/a-1.html?{query}"):
        assert moved_to("/pieces/b-1.html") is not None
