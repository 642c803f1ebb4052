"""Cached pages: who shares what with whom, for how long, and what ends it."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from integrations.cache import FakeCache, cache
from tests.factories import (
    make_customer,
    make_family,
    make_gamme,
    make_product,
    make_vehicle_type,
)
from tests.factories.keeping import keep
from web import page_keys

US = {"Sec-Fetch-Site": "same-origin"}


def is_hit(answer: TestResponse) -> bool:
    return answer.headers["X-Cache-Hit"] == "true"


def product_path(visitor: FlaskClient, product_id: int) -> str:
    return visitor.get(f"/piece/x-{product_id}.html").headers["Location"]


class TestStrangers:
    def test_the_second_one_gets_what_was_made_for_the_first(self, visitor: FlaskClient) -> None:
        make_family(name="Freinage")
        keep()
        first, second = visitor.get("/"), visitor.get("/")
        assert not is_hit(first)
        assert is_hit(second)
        assert first.data == second.data
        assert b"Freinage" in second.data

    def test_a_hit_says_all_that_an_answer_of_flask_says(self, visitor: FlaskClient) -> None:
        first, second = visitor.get("/pieces"), visitor.get("/pieces", headers={"X-Request-ID": "12345678"})
        told = dict(second.headers)
        assert told["X-Request-ID"] == "12345678"
        for name in ("Content-Type", "Cache-Control", "ETag", "Content-Security-Policy", "X-Frame-Options"):
            assert told[name] == first.headers[name]
        assert told["Cache-Control"] == "public, max-age=300, s-maxage=600, stale-while-revalidate=86400"
        assert {"Accept-Encoding", "Cookie", "HX-Request"} <= set(told["Vary"].split(", "))
        assert "Set-Cookie" not in first.headers
        assert "Set-Cookie" not in second.headers

    def test_who_takes_gzip_gets_gzip(self, visitor: FlaskClient) -> None:
        plain = visitor.get("/").data
        packed = visitor.get("/", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain) / 2
        assert gzip.decompress(packed.data) == plain

    def test_who_has_it_already_is_told_so(self, visitor: FlaskClient) -> None:
        etag = visitor.get("/").headers["ETag"]
        again = visitor.get("/", headers={"If-None-Match": etag})
        assert etag.startswith("W/")
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)

    def test_a_head_has_no_body(self, visitor: FlaskClient) -> None:
        visitor.get("/")
        answer = visitor.head("/")
        assert is_hit(answer)
        assert (answer.status_code, answer.data) == (200, b"")

    def test_advertisements_do_not_make_another_page(self, visitor: FlaskClient) -> None:
        plain = visitor.get("/pieces")
        answer = visitor.get("/pieces?utm_source=lettre&gclid=abc")
        assert is_hit(answer)
        assert answer.data == plain.data
        cache().purge(["catalog"])
        assert b"utm_source" not in visitor.get("/pieces?utm_source=lettre").data

    def test_unknown_parameters_are_kept_out_of_the_cache(self, visitor: FlaskClient) -> None:
        visitor.get("/pieces?beliebig=1")
        assert not is_hit(visitor.get("/pieces?beliebig=1"))
        assert cache().list_keys("page:*").keys == []

    def test_the_first_pages_of_a_list_are_kept_but_not_every_filter(self, visitor: FlaskClient) -> None:
        gamme = make_gamme()
        make_product(gamme_id=gamme.id)
        keep()
        path = visitor.get(f"/pieces/x-{gamme.id}.html").headers["Location"]
        visitor.get(f"{path}?tri=prix-desc&page=1")
        assert is_hit(visitor.get(f"{path}?page=1&tri=prix-desc"))
        visitor.get(f"{path}?prix-max=40")
        assert not is_hit(visitor.get(f"{path}?prix-max=40"))

    def test_a_part_of_a_page_is_not_the_page(self, visitor: FlaskClient) -> None:
        page = visitor.get("/pieces").data
        part = visitor.get("/pieces", headers={"HX-Request": "true"})
        assert not is_hit(part)
        assert is_hit(visitor.get("/pieces", headers={"HX-Request": "true"}))
        assert b"<html" in page
        assert b"<html" not in part.data

    def test_each_car_has_its_pages(self, visitor: FlaskClient) -> None:
        clio, golf = make_vehicle_type(name="Clio-type"), make_vehicle_type(name="Golf-type")
        keep()
        visitor.get("/pieces")
        for car in (clio, golf):
            visitor.set_cookie("vehicle", f"{car.id}.2008")
            first, second = visitor.get("/pieces"), visitor.get("/pieces")
            assert not is_hit(first)
            assert is_hit(second)
            assert car.name.encode() in second.data

    @pytest.mark.parametrize("value", ["999999999", "999999999.2008"])
    def test_a_car_that_does_not_exist_fills_no_cache(self, visitor: FlaskClient, value: str) -> None:
        visitor.set_cookie("vehicle", value)
        assert visitor.get("/pieces").status_code == 200
        assert cache().list_keys("page:*").keys == []

    def test_a_cookie_that_is_no_car_changes_nothing(self, visitor: FlaskClient) -> None:
        visitor.get("/pieces")
        visitor.set_cookie("vehicle", "<script>")
        assert is_hit(visitor.get("/pieces"))

    def test_what_is_not_there_is_not_kept(self, visitor: FlaskClient) -> None:
        for _ in range(2):
            assert visitor.get("/piece/x-404404.html").status_code == 404
        assert cache().list_keys("page:*").keys == []

    def test_a_list_that_is_gone_is_kept_for_a_minute(self, visitor: FlaskClient) -> None:
        gamme, car = make_gamme(), make_vehicle_type()
        keep()
        path = f"/pieces/{gamme.alias}-{gamme.id}/x-1/x-1/x-{car.id}.html"
        path = visitor.get(path).headers["Location"]
        assert visitor.get(path).status_code == 410
        again = visitor.get(path)
        assert (again.status_code, again.headers["X-Cache-Hit"]) == (410, "true")
        left = cache().list_keys("page:*").keys[0].seconds_left
        assert left is not None
        assert left <= 200

    def test_what_belongs_to_one_person_is_never_kept(self, visitor: FlaskClient) -> None:
        for path in ("/panier", "/connexion", "/recherche?q=disque", "/backoffice", "/commande"):
            visitor.get(path)
            assert "X-Cache-Hit" not in visitor.get(path).headers
        assert cache().list_keys("page:*").keys == []

    def test_another_release_has_its_own_pages(self, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        visitor.get("/")
        monkeypatch.setattr(page_keys, "release", lambda: "next")
        assert not is_hit(visitor.get("/"))

    def test_redis_away_pages_are_made_each_time(self, visitor: FlaskClient) -> None:
        with cache.replaced_by(FakeCache()) as fake:
            fake.away = True  # type: ignore[attr-defined]
            answers = [visitor.get("/") for _ in range(2)]
        assert [(answer.status_code, is_hit(answer)) for answer in answers] == [(200, False), (200, False)]
        assert b"<!--" not in answers[0].data


class TestWhoHasASession:
    def test_gets_the_shared_page_with_his_own_parts(self, shop: Any, visitor: FlaskClient) -> None:
        product = make_product()
        keep()
        path = product_path(visitor, product.id)
        visitor.get(path)
        buyer = shop.test_client()
        buyer.post("/panier/lignes", data={"product_id": product.id, "quantity": 3}, headers=US)

        page = buyer.get(path)

        assert is_hit(page)
        assert page.headers["Cache-Control"] == "private, no-cache"
        assert "ETag" not in page.headers
        assert "Ajouté au panier" in page.text
        assert 'name="csrf_token"' in page.text
        assert "</span>3</span>" in page.text
        # Nothing of it stays behind, and the news is told once.
        stranger = visitor.get(path).text
        assert 'name="csrf_token"' not in stranger
        assert "Ajouté au panier" not in stranger
        assert "Ajouté au panier" not in buyer.get(path).text

    def test_a_page_first_made_for_him_is_shared_without_his_parts(self, shop: Any, visitor: FlaskClient) -> None:
        product = make_product()
        keep()
        path = product_path(visitor, product.id)
        buyer = shop.test_client()
        buyer.post("/panier/lignes", data={"product_id": product.id, "quantity": 3}, headers=US)

        own, shared = buyer.get(path), visitor.get(path)

        assert not is_hit(own)
        assert is_hit(shared)
        assert 'name="csrf_token"' in own.text
        assert 'name="csrf_token"' not in shared.text
        assert "</span>3</span>" not in shared.text
        assert "connect.sid" not in str(shared.headers)

    def test_a_customer_sees_his_name_and_nobody_else_does(self, shop: Any, visitor: FlaskClient) -> None:
        customer = make_customer(first_name="Aliénor")
        keep()
        own = shop.test_client()
        sign_in(own, customer.email)
        assert "Aliénor" in own.get("/").text
        shared = visitor.get("/")
        assert is_hit(shared)
        assert "Aliénor" not in shared.text
        assert "Se connecter" in shared.text

    def test_a_shopper_can_not_forge_an_open_place(self, shop: Any, visitor: FlaskClient) -> None:
        product = make_product(name="<!--0123456789abcdef01234567:account-->", description="<!--x:csrf-->")
        keep()
        path = product_path(visitor, product.id)
        visitor.get(path)
        assert "&lt;!--0123456789abcdef01234567:account--&gt;" in visitor.get(path).text


def sign_in(client: FlaskClient, email: str) -> None:
    from tests.factories.people import PASSWORD

    answer = client.post("/connexion", data={"email": email, "password": PASSWORD}, headers=US)
    assert answer.status_code == 303, answer.text


CHANGES: dict[str, Callable[[], Any]] = {}
