"""The cart as a visitor sees it: with htmx, without JavaScript, and with Redis away."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_session.redis import RedisSessionInterface
from redis.exceptions import ConnectionError as RedisConnectionError

from integrations.carts import FakeCartStore
from models.catalog import Product
from models.customers import Customer
from models.database import session
from services.cart import MAX_LINES
from tests.factories import (
    fill_cart,
    make_customer,
    make_fitment,
    make_order,
    make_product,
    make_vehicle_type,
)
from tests.storefront.reading import query_count, text_of
from web.visitor import VEHICLE_COOKIE

HTMX = {"HX-Request": "true"}


def only_cart(stores: FakeCartStore) -> dict[int, int]:
    """Return the packs by product of the one cart there is."""
    assert len(stores.carts) <= 1
    items = [item for cart in stores.carts.values() for item in cart.items]
    return {item.product_id: item.quantity for item in items}


class TestAdding:
    def test_a_guest_adds_and_finds_it_in_his_cart(self, client: FlaskClient, stores: FakeCartStore) -> None:
        product = make_product(name="Disque de frein", price_cents=42_50)
        answer = client.post("/panier/lignes", data={"product_id": product.id, "quantity": 2})
        assert (answer.status_code, answer.location) == (303, "/panier")
        page = client.get("/panier")
        assert "Disque de frein" in text_of(page)
        assert "85,00 €" in text_of(page)
        assert "Ajouté au panier : Disque de frein, quantité 2." in text_of(page)
        assert only_cart(stores) == {product.id: 2}

    def test_the_same_product_adds_up(self, client: FlaskClient, stores: FakeCartStore) -> None:
        product = make_product()
        for quantity in (1, 3):
            client.post("/panier/lignes", data={"product_id": product.id, "quantity": quantity})
        assert only_cart(stores) == {product.id: 4}

    def test_htmx_gets_the_badge_and_the_news_and_no_page(self, client: FlaskClient, stores: FakeCartStore) -> None:
        product = make_product(name="Disque de frein")
        answer = client.post("/panier/lignes", data={"product_id": product.id, "quantity": 3}, headers=HTMX)
        html = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert "<html" not in html
        assert re.search(r'id="cart_badge" hx-swap-oob="true".*3', html)
        assert "Ajouté au panier : Disque de frein, quantité 3." in text_of(answer)

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ({"quantity": "0"}, "La valeur minimale est 1."),
            ({"quantity": "100"}, "La valeur maximale est 99."),
            ({"quantity": "-1"}, "La valeur minimale est 1."),
            ({"quantity": "deux"}, "Saisissez un nombre entier."),
            ({"quantity": "1.5"}, "Saisissez un nombre entier."),
            ({"product_id": "999999999"}, "Cet article n'existe pas ou plus."),
            ({"product_id": "x"}, "Saisissez un nombre entier."),
            ({"quantity": "11"}, "Il n'en reste que 10 en stock."),
        ],
    )
    def test_what_cannot_be_added_is_said_and_changes_nothing(
        self, client: FlaskClient, stores: FakeCartStore, typed: dict[str, str], says: str
    ) -> None:
        product = make_product(stock=10)
        data = {"product_id": str(product.id), "quantity": "1"} | typed
        answer = client.post("/panier/lignes", data=data, headers=HTMX)
        assert answer.status_code == 422
        assert says in text_of(answer)
        plain = client.post("/panier/lignes", data=data)
        assert plain.status_code == 303
        assert says in text_of(client.get(plain.location))
        assert only_cart(stores) == {}

    @pytest.mark.parametrize(
        "product",
        [{"price_cents": None}, {"is_displayed": False}, {"stock": 0}],
        ids=["no price", "hidden", "no stock"],
    )
    def test_what_is_not_sold_is_not_added(
        self, client: FlaskClient, stores: FakeCartStore, product: dict[str, object]
    ) -> None:
        answer = client.post("/panier/lignes", data={"product_id": make_product(**product).id}, headers=HTMX)
        assert answer.status_code == 422
        assert only_cart(stores) == {}

    def test_a_price_sent_along_is_not_looked_at(self, client: FlaskClient, stores: FakeCartStore) -> None:
        product = make_product(price_cents=50_00)
        data = {"product_id": product.id, "price": "0.01", "price_cents": "1", "unit_cents": "1", "custom_price": "1"}
        client.post("/panier/lignes", data=data)
        assert "50,00 €" in text_of(client.get("/panier"))

    def test_a_refusal_leads_back_within_the_site_only(self, client: FlaskClient) -> None:
        back = client.post("/panier/lignes", data={"product_id": "x", "suite": "/pieces/disque-82.html"})
        assert back.location == "/pieces/disque-82.html"
        away = client.post("/panier/lignes", data={"product_id": "x", "suite": "//mauvais.example"})
        assert away.location == "/panier"

    def test_fifty_articles_are_enough(
        self, client: FlaskClient, stores: FakeCartStore, sign_in_as: Callable[[Customer], None]
    ) -> None:
        customer = make_customer()
        sign_in_as(customer)
        gamme_id, brand_id = (first := make_product()).gamme_id, first.brand_id
        others = [make_product(gamme_id=gamme_id, brand_id=brand_id) for _n in range(MAX_LINES)]
        fill_cart(f"user:{customer.id}", *((product, 1) for product in others))
        answer = client.post("/panier/lignes", data={"product_id": first.id}, headers=HTMX)
        assert "au plus 50 articles différents" in text_of(answer)
        assert first.id not in only_cart(stores)


class TestChanging:
    @pytest.fixture
    def customer(self, client: FlaskClient, sign_in_as: Callable[[Customer], None]) -> Customer:
        customer = make_customer()
        sign_in_as(customer)
        return customer

    def test_a_new_quantity_shows_its_total(
        self, client: FlaskClient, stores: FakeCartStore, customer: Customer
    ) -> None:
        product = make_product(price_cents=10_00)
        fill_cart(f"user:{customer.id}", (product, 1))
        answer = client.post(f"/panier/lignes/{product.id}", data={"quantity": 4})
        assert (answer.status_code, answer.location) == (303, "/panier")
        assert "40,00 €" in text_of(client.get("/panier"))
        answer = client.post(f"/panier/lignes/{product.id}", data={"quantity": 5}, headers=HTMX)
        assert "50,00 €" in text_of(answer)
        assert 'id="cart_contents"' in answer.get_data(as_text=True)
        assert "<html" not in answer.get_data(as_text=True)
        assert only_cart(stores) == {product.id: 5}

    @pytest.mark.parametrize(
        ("quantity", "says"),
        [("11", "Il n'en reste que 10 en stock."), ("100", "La valeur maximale est 99."), ("", "nombre entier")],
    )
    def test_a_wrong_quantity_is_told_beside_its_line_and_kept(
        self, client: FlaskClient, stores: FakeCartStore, customer: Customer, quantity: str, says: str
    ) -> None:
        product = make_product(stock=10)
        fill_cart(f"user:{customer.id}", (product, 2))
        for headers in ({}, HTMX):
            answer = client.post(f"/panier/lignes/{product.id}", data={"quantity": quantity}, headers=headers)
            assert answer.status_code == 422
            line = re.search(rf'id="line-{product.id}".*?</li>', answer.get_data(as_text=True), re.S)
            assert line is not None
            assert says in line[0].replace("&#39;", "'")
            assert f'value="{quantity}"' in line[0]
        assert only_cart(stores) == {product.id: 2}

    def test_zero_and_the_button_remove(self, client: FlaskClient, stores: FakeCartStore, customer: Customer) -> None:
        first, second = make_product(), make_product()
        fill_cart(f"user:{customer.id}", (first, 1), (second, 1))
        client.post(f"/panier/lignes/{first.id}", data={"quantity": 0})
        assert only_cart(stores) == {second.id: 1}
        answer = client.post(f"/panier/lignes/{second.id}/suppression", headers=HTMX)
        assert "Votre panier est vide" in text_of(answer)
        assert only_cart(stores) == {}

    def test_a_line_that_went_meanwhile_is_said(self, client: FlaskClient, customer: Customer) -> None:
        product = make_product()
        for answer in (
            client.post(f"/panier/lignes/{product.id}", data={"quantity": 2}, headers=HTMX),
            client.post(f"/panier/lignes/{product.id}/suppression", headers=HTMX),
        ):
            assert "Cet article n'est plus dans votre panier." in text_of(answer)


class TestShowing:
    @pytest.fixture
    def owner(self, client: FlaskClient, sign_in_as: Callable[[Customer], None]) -> str:
        customer = make_customer()
        sign_in_as(customer)
        return f"user:{customer.id}"

    def test_an_empty_cart_shows_the_way_on(self, client: FlaskClient) -> None:
        page = text_of(client.get("/panier"))
        assert "Votre panier est vide" in page
        assert "Choisir mon véhicule" in page
        client.set_cookie(VEHICLE_COOKIE, str(make_vehicle_type().id))
        own = text_of(client.get("/panier"))
        assert "Voir les pièces de mon véhicule" in own
        assert "Choisir mon véhicule" not in own

    def test_the_total_explains_itself(self, client: FlaskClient, owner: str) -> None:
        fill_cart(owner, (make_product(price_cents=30_00, deposit_cents=45_00), 2))
        page = text_of(client.get("/panier"))
        for words in (
            "Articles 60,00 €", "+ consigne 90,00 €", "Total TTC hors livraison 150,00 €", "dont TVA 20 % 25,00 €",
            "à partir de 6,90 €",
            "Plus que 40,00 € d'articles pour la livraison offerte.", "quand vous nous renvoyez votre ancienne pièce",
        ):  # fmt: skip
            assert words in page

    def test_free_delivery_is_said_when_reached(self, client: FlaskClient, owner: str) -> None:
        fill_cart(owner, (make_product(price_cents=60_00), 2))
        page = text_of(client.get("/panier"))
        assert "offerte en France métropolitaine" in page
        assert "Plus que" not in page

    def test_what_stands_against_ordering_is_said_beside_the_line(self, client: FlaskClient, owner: str) -> None:
        fill_cart(owner, (make_product(stock=1), 3), (make_product(stock=0), 1), (make_product(price_cents=None), 1))
        page = text_of(client.get("/panier"))
        assert "Il n'en reste que 1 : réduisez la quantité pour continuer." in page
        assert "Cet article n'est plus en stock : retirez-le pour continuer." in page
        assert "Cet article n'est plus vendu : retirez-le pour continuer." in page
        assert 'href="/commande"' not in client.get("/panier").get_data(as_text=True)

    def test_ones_own_reservation_is_no_shortage(self, client: FlaskClient, owner: str) -> None:
        product = make_product(stock=1)
        order = make_order((product, 1))
        order.cart_owner = owner
        session.flush()
        fill_cart(owner, (product, 1))
        assert 'href="/commande"' in client.get("/panier").get_data(as_text=True)

    def test_each_line_says_whether_it_fits_the_chosen_vehicle(self, client: FlaskClient, owner: str) -> None:
        car = make_vehicle_type()
        fits, not_listed, dated = make_product(), make_product(), make_product()
        make_fitment(fits, car)
        make_fitment(not_listed, make_vehicle_type())
        make_fitment(dated, car, fitted_to=date(2004, 3, 1))
        fill_cart(owner, (fits, 1), (not_listed, 1), (dated, 1))
        assert "Convient à votre véhicule" not in text_of(client.get("/panier"))
        client.set_cookie(VEHICLE_COOKIE, str(car.id))
        page = text_of(client.get("/panier"))
        assert "Convient à votre véhicule" in page
        assert "Ne convient pas : ce véhicule n'est pas dans la liste du fabricant" in page
        assert "Ne convient pas : monté jusqu'au 03/2004" in page

    def test_the_preview_is_a_fragment_and_a_link_without_scripts(self, client: FlaskClient, owner: str) -> None:
        product = make_product(name="Disque de frein")
        fill_cart(owner, (product, 1))
        answer = client.get("/panier/apercu", headers=HTMX)
        assert "Disque de frein" in text_of(answer)
        assert "<html" not in answer.get_data(as_text=True)
        assert client.get("/panier/apercu").location == "/panier"

    def test_what_is_no_longer_shown_is_said_once_and_taken_out(
        self, client: FlaskClient, owner: str, stores: FakeCartStore
    ) -> None:
        shown = make_product()
        fill_cart(owner, (shown, 1), (make_product(name="Pièce retirée", is_displayed=False), 2))
        page = text_of(client.get("/panier"))
        assert "Un article de votre panier n'est plus proposé" in page
        assert "Pièce retirée" not in page
        assert only_cart(stores) == {shown.id: 1}
        assert "n'est plus proposé" not in text_of(client.get("/panier"))

    def test_many_lines_cost_no_more_queries_than_one(self, client: FlaskClient, owner: str) -> None:
        client.set_cookie(VEHICLE_COOKIE, str(make_vehicle_type().id))

        def queries(*products: Product) -> int:
            fill_cart(owner, *((product, 1) for product in products))
            return query_count(client.get("/panier"))

        one = queries(make_product())
        assert queries(*(make_product() for _n in range(6))) == one
        assert one <= 8

    def test_carts_are_not_shared(self, client: FlaskClient, owner: str) -> None:
        fill_cart("session:somebody-else", (make_product(name="Pièce d'autrui"), 1))
        assert "Pièce d'autrui" not in text_of(client.get("/panier"))


class TestAway:
    def test_without_redis_it_says_so_and_loses_nothing(
        self, client: FlaskClient, stores: FakeCartStore, sign_in_as: Callable[[Customer], None]
    ) -> None:
        customer = make_customer()
        sign_in_as(customer)
        product = make_product()
        fill_cart(f"user:{customer.id}", (product, 2))
        stores.away = True
        for answer in (
            client.get("/panier"),
            client.post("/panier/lignes", data={"product_id": product.id}),
            client.post(f"/panier/lignes/{product.id}", data={"quantity": 1}, headers=HTMX),
        ):
            assert answer.status_code == 503
            assert answer.headers["Retry-After"] == "10"
            assert "Rien n'a été perdu" in text_of(answer)
        stores.away = False
        assert only_cart(stores) == {product.id: 2}

    def test_a_form_whose_session_cannot_be_read_is_told_apart_from_an_expired_one(
        self, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        product = make_product()
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        expired = client.post("/panier/lignes", data={"product_id": product.id})
        assert expired.status_code == 403
        assert "rechargez-la et recommencez. Rien n'a été enregistré." in text_of(expired)

        def away(self: RedisSessionInterface, store_id: str) -> None:
            raise RedisConnectionError("away")

        monkeypatch.setattr(RedisSessionInterface, "_retrieve_session_data", away)
        client.set_cookie("connect.sid", "known-to-redis")
        answer = client.post("/panier/lignes", data={"product_id": product.id})
        assert answer.status_code == 503
        assert "Rien n'a été perdu" in text_of(answer)
