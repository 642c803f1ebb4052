"""The account: coming in with one's cart, staying oneself, keeping addresses; strangers see nothing of it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from integrations.carts import FakeCartStore
from models.customers import Customer, CustomerAddress
from models.database import session
from models.orders import Order
from models.staff import SignIn
from services.addresses import AddressInput, add_address
from services.passwords import is_password
from tests.factories import fill_cart, make_address, make_customer, make_product, make_staff_member
from tests.factories.people import PASSWORD
from tests.storefront.reading import text_of, value_of
from tests.storefront.test_checkout import CONTACT, confirm, walk
from web.visitor import VEHICLE_COOKIE

SignInAs = Callable[[Customer], None]
SIGN_UP = {
    "first_name": "Camille",
    "last_name": "Durand",
    "email": "camille@example.org",
    "phone": "06 12 34 56 78",
    "password": "Motdepasse1",
    "confirm_password": "Motdepasse1",
    "accept_terms": "on",
}
ADDRESS = {
    "kind": "shipping",
    "first_name": "Camille",
    "last_name": "Durand",
    "line1": "12 rue des Ateliers",
    "postal_code": "69003",
    "city": "Lyon",
    "country": "FR",
}


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/connexion", data={"email": email, "password": password, **more})


def session_id(client: FlaskClient) -> str:
    cookie = client.get_cookie("connect.sid")
    return cookie.value if cookie else ""


def count(model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


class TestSigningIn:
    def test_the_right_password_opens_the_account(self, client: FlaskClient) -> None:
        customer = make_customer(first_name="Alix")
        answer = sign_in(client, customer.email)
        assert (answer.status_code, answer.location) == (303, "/compte")
        assert "Bonjour Alix" in text_of(client.get("/compte"))
        row = session.scalars(select(SignIn)).one()
        assert (row.succeeded, row.who, str(row.ip)) == (True, f"customer:{customer.id}", "127.0.0.1")

    def test_a_wrong_one_says_one_sentence_keeps_the_address_and_is_written_down(self, client: FlaskClient) -> None:
        customer = make_customer()
        for email in (customer.email, "personne@example.org"):
            answer = sign_in(client, email, "Fauxmotdepasse1")
            assert answer.status_code == 422
            assert "L'adresse e-mail ou le mot de passe est incorrect." in text_of(answer)
            assert value_of(answer, "email") == email
            assert "Fauxmotdepasse1" not in answer.get_data(as_text=True)
        assert client.get("/compte").status_code == 303
        assert [row.succeeded for row in session.scalars(select(SignIn))] == [False, False]

    def test_five_failures_close_the_door_for_a_quarter_of_an_hour(self, client: FlaskClient) -> None:
        customer = make_customer()
        for _n in range(5):
            sign_in(client, customer.email, "Fauxmotdepasse1")
        answer = sign_in(client, customer.email)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "900"
        assert "Trop d'essais avec cette adresse. Réessayez dans 15 minutes." in text_of(answer)
        assert client.get("/compte").status_code == 303

    @pytest.mark.parametrize(
        "typed", [{}, {"email": "x"}, {"email": "a@b.fr", "password": ""}, {"email": "a\x00@b.fr"}]
    )
    def test_what_is_missing_is_told_beside_its_field(self, client: FlaskClient, typed: dict[str, str]) -> None:
        answer = client.post("/connexion", data=typed)
        assert answer.status_code == 422
        assert "field-error" in answer.get_data(as_text=True)

    def test_staff_have_their_own_door(self, client: FlaskClient) -> None:
        assert sign_in(client, make_staff_member().email).status_code == 422

    def test_a_closed_account_stays_closed(self, client: FlaskClient) -> None:
        answer = sign_in(client, make_customer(is_active=False).email)
        assert answer.status_code == 422
        assert "Ce compte est désactivé." in text_of(answer)
        assert client.get("/compte").status_code == 303

    def test_the_session_gets_a_new_id(self, client: FlaskClient) -> None:
        client.post("/panier/lignes", data={"product_id": make_product().id})
        before = session_id(client)
        sign_in(client, make_customer().email)
        after = session_id(client)
        assert before
        assert after
        assert before != after
        # The old id is worth nothing, whoever knows it.
        client.set_cookie("connect.sid", before)
        assert client.get("/compte").status_code == 303

    def test_it_goes_on_where_one_was_going(self, client: FlaskClient) -> None:
        wanted = client.get("/compte/commandes?avant=7")
        assert wanted.location == "/connexion?suite=/compte/commandes?avant%3D7"
        page = client.get(wanted.location)
        assert 'name="suite" value="/compte/commandes?avant=7"' in page.get_data(as_text=True)
        assert sign_in(client, make_customer().email, suite="/compte/commandes?avant=7").location == (
            "/compte/commandes?avant=7"
        )

    @pytest.mark.parametrize(
        "away",
        ["https://mauvais.example/", "//mauvais.example", "/\\mauvais.example", "javascript:void(0)", "/a\r\nb"],
    )
    def test_it_never_leads_out_of_the_site(self, client: FlaskClient, away: str) -> None:
        assert sign_in(client, make_customer().email, suite=away).location == "/compte"

    def test_signing_out_ends_it(self, client: FlaskClient) -> None:
        sign_in(client, make_customer().email)
        inside = session_id(client)
        assert client.post("/deconnexion").status_code == 303
        assert client.get("/compte").status_code == 303
        client.set_cookie("connect.sid", inside)
        assert client.get("/compte").status_code == 303


class TestComingAlong:
    def test_the_guests_cart_is_added_to_the_accounts(self, client: FlaskClient, stores: FakeCartStore) -> None:
        customer, both, new = make_customer(), make_product(stock=90), make_product()
        fill_cart(f"user:{customer.id}", (both, 60))
        for product, packs in ((both, 50), (new, 2)):
            client.post("/panier/lignes", data={"product_id": product.id, "quantity": packs})
        sign_in(client, customer.email)
        (cart,) = [cart for cart in stores.carts.values() if cart.items]
        assert {item.product_id: item.quantity for item in cart.items} == {both.id: 99, new.id: 2}
        assert list(stores.carts) == [f"user:{customer.id}"]

    def test_so_do_the_checkout_and_the_car(self, client: FlaskClient) -> None:
        client.post("/panier/lignes", data={"product_id": make_product().id})
        client.set_cookie(VEHICLE_COOKIE, "1234")
        walk(client)
        sign_in(client, make_customer().email, suite="/commande/recapitulatif")
        assert client.get("/commande/recapitulatif").status_code == 200
        assert value_of(client.get("/commande"), "shipping.city") == CONTACT["shipping.city"]
        cookie = client.get_cookie(VEHICLE_COOKIE)
        assert cookie is not None
        assert cookie.value == "1234"

    def test_an_unpaid_order_does_not_block_its_own_buyer(self, client: FlaskClient) -> None:
        last = make_product(stock=1)
        client.post("/panier/lignes", data={"product_id": last.id})
        walk(client)
        assert confirm(client).status_code == 303
        customer = make_customer()
        sign_in(client, customer.email)
        assert confirm(client).location.startswith("/paiement/")
        orders = session.scalars(select(Order).order_by(Order.id)).all()
        assert [(order.status, order.customer_id) for order in orders] == [
            ("cancelled", None),
            ("pending", customer.id),
        ]

    def test_without_redis_one_still_comes_in_and_the_cart_waits(
        self, client: FlaskClient, stores: FakeCartStore
    ) -> None:
        client.post("/panier/lignes", data={"product_id": make_product().id})
        stores.away = True
        assert sign_in(client, make_customer().email).status_code == 303
        stores.away = False
        assert [len(cart.items) for cart in stores.carts.values()] == [1]

    def test_another_customers_things_do_not(self, client: FlaskClient, stores: FakeCartStore) -> None:
        first, second = make_customer(), make_customer()
        sign_in(client, first.email)
        client.post("/panier/lignes", data={"product_id": make_product().id})
        walk(client)
        sign_in(client, second.email)
        assert list(stores.carts) == [f"user:{first.id}"]
        with client.session_transaction() as visit:
            assert "checkout" not in visit


class TestSigningUp:
    def test_it_opens_the_account_and_goes_in(self, client: FlaskClient, stores: FakeCartStore) -> None:
        product = make_product()
        client.post("/panier/lignes", data={"product_id": product.id})
        answer = client.post("/inscription", data=SIGN_UP | {"suite": "/commande"})
        assert (answer.status_code, answer.location) == (303, "/commande")
        customer = session.scalars(select(Customer)).one()
        assert is_password(customer.password_hash, "Motdepasse1")
        assert list(stores.carts) == [f"user:{customer.id}"]
        assert "Bienvenue, Camille." in text_of(client.get("/compte"))

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"email": "x"}, "email"),
            ({"password": "faible", "confirm_password": "faible"}, "password"),
            ({"confirm_password": "Autre1234"}, "confirm_password"),
            ({"phone": "1"}, "phone"),
            ({"first_name": ""}, "first_name"),
            ({"accept_terms": None}, "accept_terms"),
        ],
    )
    def test_a_mistake_is_told_beside_its_field(self, client: FlaskClient, wrong: dict[str, Any], field: str) -> None:
        data = {name: value for name, value in (SIGN_UP | wrong).items() if value is not None}
        answer = client.post("/inscription", data=data)
        assert answer.status_code == 422
        assert f'id="f-{field}-error"' in answer.get_data(as_text=True)
        assert value_of(answer, "last_name") == "Durand"
        assert "Motdepasse1" not in answer.get_data(as_text=True)
        assert count(Customer) == 0

    def test_an_address_that_has_an_account_is_said(self, client: FlaskClient) -> None:
        make_customer(email="camille@example.org")
        answer = client.post("/inscription", data=SIGN_UP)
        assert answer.status_code == 422
        assert "Un compte existe déjà avec cette adresse." in text_of(answer)
        assert count(Customer) == 1

    def test_level_and_pro_status_cannot_be_sent(self, client: FlaskClient) -> None:
        client.post("/inscription", data=SIGN_UP | {"level": "6", "is_pro": "1", "id": "1"})
        customer = session.scalars(select(Customer)).one()
        assert (customer.level, customer.is_pro) == (1, False)


class TestProfile:
    def test_it_is_changed_and_shown(self, client: FlaskClient, sign_in_as: SignInAs) -> None:
        sign_in_as(make_customer())
        data = {"civility": "Mme", "first_name": "Alix", "last_name": "Petit", "phone": "06 11 22 33 44"}
        answer = client.post("/compte/informations", data=data | {"company": "Garage Petit", "siret": "73282932000074"})
        assert answer.location == "/compte"
        page = text_of(client.get("/compte"))
        for words in ("Alix Petit", "06 11 22 33 44", "Garage Petit", "73282932000074"):
            assert words in page

    def test_a_mistake_changes_nothing(self, client: FlaskClient, sign_in_as: SignInAs) -> None:
        customer = make_customer(first_name="Camille")
        sign_in_as(customer)
        data = {"first_name": "Alix", "last_name": "Petit", "siret": "123"}
        answer = client.post("/compte/informations", data=data)
        assert answer.status_code == 422
        assert value_of(answer, "siret") == "123"
        assert session.get_one(Customer, customer.id).first_name == "Camille"


class TestAddresses:
    @pytest.fixture
    def customer(self, client: FlaskClient, sign_in_as: SignInAs) -> Customer:
        customer = make_customer()
        sign_in_as(customer)
        return customer

    def keep(self, customer: Customer, **values: Any) -> CustomerAddress:
        return add_address(customer.id, AddressInput(**(make_address().model_dump() | values)))

    def test_one_is_added_changed_and_removed(self, client: FlaskClient, customer: Customer) -> None:
        assert client.get("/compte/adresses/nouvelle").status_code == 200
        assert client.post("/compte/adresses", data=ADDRESS).location == "/compte#adresses"
        first = session.scalars(select(CustomerAddress)).one()
        assert (first.customer_id, first.city, first.is_default) == (customer.id, "Lyon", True)
        client.post("/compte/adresses", data=ADDRESS | {"city": "Grenoble"})
        second = session.scalars(select(CustomerAddress).order_by(CustomerAddress.id.desc())).first()
        assert second is not None
        client.post(f"/compte/adresses/{second.id}", data=ADDRESS | {"city": "Annecy"})
        assert "Annecy" in text_of(client.get("/compte"))
        client.post(f"/compte/adresses/{second.id}/defaut")
        client.post(f"/compte/adresses/{first.id}/suppression")
        kept = session.scalars(select(CustomerAddress)).one()
        assert (kept.id, kept.is_default) == (second.id, True)

    def test_a_mistake_is_told_and_nothing_is_kept(self, client: FlaskClient, customer: Customer) -> None:
        answer = client.post("/compte/adresses", data=ADDRESS | {"postal_code": "x"})
        assert answer.status_code == 422
        assert 'id="f-postal_code-error"' in answer.get_data(as_text=True)
        assert value_of(answer, "line1") == "12 rue des Ateliers"
        assert count(CustomerAddress) == 0

    def test_the_eleventh_is_refused(self, client: FlaskClient, customer: Customer) -> None:
        for _n in range(10):
            self.keep(customer)
        answer = client.post("/compte/adresses", data=ADDRESS)
        assert answer.status_code == 422
        assert "Vous avez déjà 10 adresses" in text_of(answer)
        assert count(CustomerAddress) == 10

    def test_the_last_delivery_address_stays(self, client: FlaskClient, customer: Customer) -> None:
        address = self.keep(customer)
        client.post(f"/compte/adresses/{address.id}/suppression")
        assert "C'est votre dernière adresse de livraison" in text_of(client.get("/compte"))
        assert count(CustomerAddress) == 1

    def test_somebody_elses_is_not_found(self, client: FlaskClient, customer: Customer) -> None:
        address = self.keep(make_customer())
        assert client.get(f"/compte/adresses/{address.id}").status_code == 404
        for more in ("", "/suppression", "/defaut"):
            answer = client.post(f"/compte/adresses/{address.id}{more}", data=ADDRESS | {"city": "Ailleurs"})
            assert answer.status_code == 404
        kept = session.scalars(select(CustomerAddress)).one()
        assert kept.city == "Lyon"


@pytest.mark.parametrize(
    "path", ["/compte", "/compte/informations", "/compte/adresses/nouvelle", "/compte/adresses/1", "/compte/commandes"]
)
def test_a_stranger_is_asked_who_he_is(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/connexion?suite=/compte")


def test_pages_of_one_person_are_kept_by_no_cache(client: FlaskClient, sign_in_as: SignInAs) -> None:
    sign_in_as(make_customer())
    for path in ("/compte", "/compte/informations", "/compte/adresses/nouvelle"):
        assert client.get(path).headers["Cache-Control"] == "private, no-store"
