"""What goes with a product and what was looked at: blocks of pages that are shared, and the visitor's own list."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from integrations.carts import carts
from integrations.views import FakeViewCounter, views
from models.catalog import Product, ProductPicture
from models.database import session
from models.recommendations import BestSeller, BoughtTogether, GammeLink
from services.vehicle_gammes import rebuild_vehicle_gammes
from tests.factories import make_fitment, make_gamme, make_product, make_vehicle_type
from tests.queries import count_queries
from tests.storefront.reading import text_of

HTMX = {"HX-Request": "true", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
RECENT = "/piece/recemment-vues"


@pytest.fixture
def counter() -> Iterator[FakeViewCounter]:
    with views.replaced_by(FakeViewCounter()) as fake:
        yield fake


def look_at(client: FlaskClient, product: Product, headers: dict[str, str] | None = None) -> str:
    return client.get(f"{RECENT}?produit={product.id}", headers=headers or HTMX).text


def related(client: FlaskClient, product: Product, headers: dict[str, str] | None = None) -> TestResponse:
    return client.get(f"/piece/x-{product.id}/associees", headers=headers, follow_redirects=True)


def viewed(client: FlaskClient) -> str:
    cookie = client.get_cookie("viewed")
    return cookie.value if cookie else ""


class TestRecentlyViewed:
    def test_it_lists_what_was_looked_at_newest_first_and_once(
        self, client: FlaskClient, counter: FakeViewCounter
    ) -> None:
        first, second = make_product(name="Disque"), make_product(name="Étrier")
        assert "Disque" not in look_at(client, first)
        assert "Disque" in look_at(client, second)
        look_at(client, first)
        assert viewed(client) == f"{first.id}.{second.id}"
        page = client.get(RECENT).text
        assert page.index("Disque") < page.index("Étrier")

    def test_it_keeps_twenty(self, client: FlaskClient, counter: FakeViewCounter) -> None:
        products = [make_product() for _ in range(21)]
        for product in products:
            look_at(client, product)
        assert viewed(client).split(".") == [str(product.id) for product in reversed(products[1:])]

    def test_it_belongs_to_nobody_else(self, client: FlaskClient, counter: FakeViewCounter) -> None:
        answer = client.get(f"{RECENT}?produit={make_product().id}", headers=HTMX)
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "Max-Age=2592000" in cookie
        assert answer.headers["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("value", ["", "x", "1.-2.é", "9" * 40, "1.1.1", "'; DROP TABLE"])
    def test_a_cookie_may_hold_anything(self, client: FlaskClient, counter: FakeViewCounter, value: str) -> None:
        client.set_cookie("viewed", value)
        assert client.get(RECENT).status_code == 200
        assert client.get(RECENT, headers=HTMX).status_code == 200

    @pytest.mark.parametrize("value", ["", "abc", "-1", "²", "9" * 30, "999999999"])
    def test_what_is_no_product_is_not_kept(self, client: FlaskClient, counter: FakeViewCounter, value: str) -> None:
        assert client.get(RECENT, query_string={"produit": value}, headers=HTMX).status_code == 200
        assert not viewed(client)
        assert not counter.counts

    def test_withdrawn_products_are_left_out(self, client: FlaskClient, counter: FakeViewCounter) -> None:
        product = make_product(name="Retirée")
        look_at(client, product)
        session.get_one(Product, product.id).is_displayed = False
        session.flush()
        assert "Retirée" not in client.get(RECENT).text
        look_at(client, other := make_product())
        assert viewed(client) == str(other.id)

    def test_a_view_counts_once_until_another_page_is_looked_at(
        self, client: FlaskClient, counter: FakeViewCounter
    ) -> None:
        first, second = make_product(), make_product()
        for product in (first, first, second, first):
            look_at(client, product)
        assert sorted(counter.counts.values()) == [1, 2]

    @pytest.mark.parametrize(
        "headers",
        [
            {"HX-Request": "true", "User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
            {"HX-Request": "true", "User-Agent": ""},
            {"User-Agent": "Mozilla/5.0 Firefox/140.0"},
        ],
    )
    def test_machines_and_plain_links_count_for_nothing(
        self, client: FlaskClient, counter: FakeViewCounter, headers: dict[str, str]
    ) -> None:
        look_at(client, make_product(), headers)
        assert not counter.counts

    def test_without_redis_the_list_still_works(self, client: FlaskClient, counter: FakeViewCounter) -> None:
        counter.away = True
        look_at(client, product := make_product())
        assert viewed(client) == str(product.id)

    def test_it_can_be_forgotten(self, client: FlaskClient, counter: FakeViewCounter) -> None:
        look_at(client, make_product())
        assert client.post(f"{RECENT}/retrait").status_code == 303
        assert not viewed(client)
        look_at(client, make_product(name="Disque"))
        answer = client.post(f"{RECENT}/retrait", headers=HTMX)
        assert "Disque" not in answer.text
        assert not viewed(client)

    def test_the_pages_ask_for_it_with_and_without_scripts(self, client: FlaskClient) -> None:
        product = make_product()
        page = client.get(f"/piece/x-{product.id}.html", follow_redirects=True).text
        assert f'hx-get="{RECENT}?produit={product.id}"' in page
        assert f'href="{RECENT}?produit={product.id}"' in page
        for path in ("/", "/panier"):
            assert f'hx-get="{RECENT}"' in client.get(path).text


class TestRelated:
    def test_bought_together_says_the_sum_and_adds_all(self, client: FlaskClient) -> None:
        product, other = make_product(price_cents=40_00), make_product(price_cents=15_50, deposit_cents=30_00)
        session.add(BoughtTogether(product_id=product.id, other_id=other.id, orders=2))
        session.flush()
        answer = related(client, product, HTMX)
        text = text_of(answer)
        assert "Souvent achetés ensemble" in text
        assert "Les 2 articles : 55,50 €" in text
        assert "+ consigne 30,00 €" in text
        for one in (product, other):
            assert f'name="product_ids[]" value="{one.id}"' in answer.text

    def test_nothing_is_proposed_that_cannot_be_bought(self, client: FlaskClient) -> None:
        product, other = make_product(), make_product(stock=0)
        session.add(BoughtTogether(product_id=product.id, other_id=other.id, orders=2))
        session.flush()
        assert "ensemble" not in related(client, product, HTMX).text
        assert "Rien de particulier" in related(client, product).text

    def test_linked_gammes_lead_to_the_list_for_the_vehicle(self, client: FlaskClient) -> None:
        product, pads, vehicle = make_product(), make_gamme(alias="plaquette"), make_vehicle_type()
        session.add(GammeLink(gamme_id=product.gamme_id, other_id=pads.id))
        make_fitment(make_product(gamme_id=pads.id, price_cents=12_90), vehicle)
        rebuild_vehicle_gammes()
        assert f'href="/pieces/plaquette-{pads.id}.html"' in related(client, product).text
        client.set_cookie("vehicle", str(vehicle.id))
        page = related(client, product)
        assert f'href="/pieces/plaquette-{pads.id}/' in page.text
        assert "1 référence, dès 12,90 €" in text_of(page)
        client.set_cookie("vehicle", str(make_vehicle_type().id))
        assert f"plaquette-{pads.id}" not in related(client, product).text

    def test_addresses(self, client: FlaskClient) -> None:
        product = make_product()
        assert client.get(f"/piece/x-{product.id}/associees").status_code == 301
        assert client.get("/piece/x-999999/associees").status_code == 404

    def test_it_asks_a_bounded_number_of_questions(self, client: FlaskClient) -> None:
        product = make_product()
        others = [make_product() for _ in range(3)]
        for other in others:
            session.add(BoughtTogether(product_id=product.id, other_id=other.id, orders=2))
        session.flush()
        session.expunge_all()
        with count_queries() as asked:
            client.get(f"/piece/x-{product.id}/associees", headers=HTMX, follow_redirects=True)
        # Twice the product (the redirect is one of them), the others, their criteria, the gammes.
        assert len(asked) <= 12


class TestAddingTogether:
    def cart(self, client: FlaskClient) -> dict[int, int]:
        with client.session_transaction() as kept:
            owner = f"session:{kept.sid}"  # type: ignore[attr-defined]
        return {item.product_id: item.quantity for item in carts().load(owner).items}

    def test_all_of_them_go_into_the_cart(self, client: FlaskClient) -> None:
        one, other = make_product(), make_product()
        answer = client.post("/panier/lots", data={"product_ids[]": [one.id, other.id, one.id]})
        assert answer.status_code == 303
        assert self.cart(client) == {one.id: 1, other.id: 1}

    def test_or_none(self, client: FlaskClient) -> None:
        one, gone = make_product(), make_product(stock=0)
        answer = client.post("/panier/lots", data={"product_ids[]": [one.id, gone.id]}, headers=HTMX)
        assert answer.status_code == 422
        assert "plus en stock" in text_of(answer)
        assert self.cart(client) == {}

    @pytest.mark.parametrize("data", [{}, {"product_ids[]": ["x"]}, {"product_ids[]": ["1"] * 9}])
    def test_what_is_no_list_is_refused(self, client: FlaskClient, data: dict[str, list[str]]) -> None:
        assert client.post("/panier/lots", data=data, headers=HTMX).status_code == 422


class TestHome:
    def test_it_shows_what_sells_and_what_is_new(self, client: FlaskClient) -> None:
        sold = make_product(name="Disque vendu")
        session.add(
            BestSeller(
                product_id=sold.id, brand_id=sold.brand_id, gamme_id=sold.gamme_id, packs=3, revenue_cents=150_00
            )
        )
        session.flush()
        text = text_of(client.get("/"))
        assert "Meilleures ventes" in text
        assert "Nouveautés" in text

    def test_a_picture_that_nobody_serves_is_not_asked_for(self, client: FlaskClient) -> None:
        product = make_product(name="Disque neuf")
        session.add(ProductPicture(product_id=product.id, position=1, path="rack-images/7/a.jpg", alt="Vue"))
        session.flush()
        page = client.get("/").text
        assert "Disque neuf" in page
        assert "rack-images" not in page

    def test_it_says_nothing_of_what_there_is_not(self, client: FlaskClient) -> None:
        text = text_of(client.get("/"))
        assert "Meilleures ventes" not in text
        assert "Nouveautés" not in text
