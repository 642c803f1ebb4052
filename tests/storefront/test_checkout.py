"""From the cart to the bank: every step keeps what was typed, every refusal leaves nothing behind."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from integrations.carts import FakeCartStore
from models.catalog import Product
from models.customers import Customer, CustomerAddress
from models.database import session, utc_now
from models.orders import Order
from models.payments import Payment
from models.stock import StockItem
from services.addresses import AddressInput, add_address
from services.payments import receive_notification
from tests.factories import (
    make_address,
    make_customer,
    make_fitment,
    make_order,
    make_product,
    make_vehicle_type,
    notification,
)
from tests.factories.people import PASSWORD
from tests.storefront.reading import hidden_fields, text_of, value_of
from web.visitor import VEHICLE_COOKIE

CONTACT = {
    "email": "acheteur@example.org",
    "shipping.first_name": "Camille",
    "shipping.last_name": "Durand",
    "shipping.line1": "12 rue des Ateliers",
    "shipping.postal_code": "69003",
    "shipping.city": "Lyon",
    "shipping.country": "FR",
    "shipping.phone": "06 12 34 56 78",
}
BILLING = {
    "other_billing": "on",
    "billing.first_name": "Dominique",
    "billing.last_name": "Petit",
    "billing.company": "Garage Petit",
    "billing.line1": "3 place du Marché",
    "billing.postal_code": "75011",
    "billing.city": "Paris",
    "billing.country": "FR",
}


@pytest.fixture
def cart(client: FlaskClient, db: None) -> Product:
    """Two discs in a guest's cart: 120,00 € of goods, 30,00 € of deposits, delivery offered."""
    product = make_product(name="Disque de frein", price_cents=60_00, deposit_cents=15_00, stock=10)
    client.post("/panier/lignes", data={"product_id": product.id, "quantity": 2})
    return product


def confirm(client: FlaskClient, **changes: Any) -> Any:
    """Confirm the summary as it is displayed."""
    shown = hidden_fields(client.get("/commande/recapitulatif"))
    fields = {name: shown[name] for name in ("seen_total_cents", "idempotency_key")}
    data = fields | {"accept_terms": "on", "note": ""} | changes
    return client.post(
        "/commande/recapitulatif", data={name: value for name, value in data.items() if value is not None}
    )


def walk(client: FlaskClient, method: str = "standard", **contact: str) -> None:
    """Do the first two steps."""
    assert client.post("/commande", data=CONTACT | contact).status_code == 303
    assert client.post("/commande/livraison", data={"shipping_method": method}).status_code == 303


def count(model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def the_order() -> Order:
    return session.scalars(select(Order).order_by(Order.id.desc())).first()  # type: ignore[return-value]


class TestWholeWay:
    def test_a_guest_gets_from_the_cart_to_the_bank(self, client: FlaskClient, cart: Product) -> None:
        assert client.get("/commande").status_code == 200
        first = client.post("/commande", data=CONTACT)
        assert (first.status_code, first.location) == (303, "/commande/livraison")
        second = client.post("/commande/livraison", data={"shipping_method": "express"})
        assert (second.status_code, second.location) == (303, "/commande/recapitulatif")
        placed = confirm(client, note="Sonner deux fois")
        assert placed.status_code == 303
        assert placed.location.startswith("/paiement/")
        assert placed.location.endswith("/banque")
        order = the_order()
        assert (order.status, order.customer_id, order.email) == ("pending", None, "acheteur@example.org")
        assert (order.goods_cents, order.deposit_cents, order.shipping_cents) == (120_00, 30_00, 10_35)
        assert (order.shipping_method, order.customer_note) == ("express", "Sonner deux fois")
        assert order.shipping_address["city"] == "Lyon"
        assert order.billing_address == order.shipping_address
        bank = client.get(placed.location)
        assert 'action="https://bank.invalid/pay"' in bank.get_data(as_text=True)
        assert hidden_fields(bank) == {"PBX_CMD": f"{order.number}-1", "PBX_TOTAL": str(order.total_cents)}
        payment = session.scalars(select(Payment)).one()
        assert payment.status == "processing"
        receive_notification(notification(payment), source_ip="", at=utc_now())
        # In the visit that placed it the paid page shows the way to the order, and nothing else has to be kept.
        assert "Suivre ma commande" in text_of(client.get(placed.location.removesuffix("/banque")))

    def test_the_summary_explains_itself(self, client: FlaskClient, cart: Product) -> None:
        walk(client)
        page = text_of(client.get("/commande/recapitulatif"))
        for words in (
            "Disque de frein", "2 × 60,00 €", "+ consigne 30,00 €", "Articles 120,00 €", "Livraison offerte",
            "Total TTC 150,00 €", "dont TVA 20 % 25,00 €", "Commander et payer 150,00 €", "12 rue des Ateliers",
            "Livraison standard à domicile", "acheteur@example.org", "À la même adresse",
        ):  # fmt: skip
            assert words in page

    def test_another_billing_address_is_kept(self, client: FlaskClient, cart: Product) -> None:
        walk(client, **BILLING)
        confirm(client)
        order = the_order()
        assert (order.shipping_address["city"], order.billing_address["city"]) == ("Lyon", "Paris")
        assert order.billing_address["company"] == "Garage Petit"

    def test_billing_fields_without_their_tick_are_not_looked_at(self, client: FlaskClient, cart: Product) -> None:
        walk(client, **{name: "x" for name in BILLING if name != "other_billing"})
        confirm(client)
        assert the_order().billing_address["city"] == "Lyon"

    def test_the_car_and_its_verdicts_are_kept_on_the_order(self, client: FlaskClient, cart: Product) -> None:
        car = make_vehicle_type()
        make_fitment(make_product(), car)
        client.set_cookie(VEHICLE_COOKIE, f"{car.id}.2008")
        walk(client)
        assert "À vérifier : compatibilité non renseignée" in text_of(client.get("/commande/recapitulatif"))
        confirm(client)
        order = session.scalars(select(Order)).one()
        assert order.vehicle_type_id == car.id
        assert order.vehicle_label.endswith("(2008)")

    def test_a_part_that_does_not_fit_is_warned_of_before_paying(self, client: FlaskClient) -> None:
        other, car = make_vehicle_type(), make_vehicle_type()
        misfit = make_product(name="Disque trop grand")
        make_fitment(misfit, other)
        client.set_cookie(VEHICLE_COOKIE, str(car.id))
        client.post("/panier/lignes", data={"product_id": misfit.id})
        walk(client)
        page = text_of(client.get("/commande/recapitulatif"))
        assert "Ne convient pas à votre" in page
        assert "Disque trop grand : vérifiez avant de payer" in page
        assert confirm(client).status_code == 303


class TestContact:
    @pytest.mark.parametrize(
        ("wrong", "field", "says"),
        [
            ({"email": "acheteur"}, "email", "Saisissez une adresse e-mail valide"),
            ({"shipping.first_name": ""}, "shipping.first_name", "Renseignez ce champ."),
            ({"shipping.postal_code": "690"}, "shipping.postal_code", "Saisissez un code postal de 5 chiffres"),
            ({"shipping.phone": "12"}, "shipping.phone", "Saisissez un numéro de téléphone valide"),
            ({"shipping.country": "ZZ"}, "shipping.country", "Choisissez un pays de la liste."),
            ({"shipping.postal_code": "97110"}, "shipping.postal_code", "Nous ne livrons pas encore à cette adresse"),
            ({**BILLING, "billing.city": ""}, "billing.city", "Renseignez ce champ."),
        ],
    )
    def test_a_mistake_is_told_beside_its_field_and_all_is_kept(
        self, client: FlaskClient, cart: Product, wrong: dict[str, str], field: str, says: str
    ) -> None:
        answer = client.post("/commande", data=CONTACT | wrong)
        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        name = field.replace(".", "-")
        assert f'href="#f-{name}"' in page
        assert f'id="f-{name}-error"' in page
        assert says in text_of(answer)
        assert value_of(answer, "shipping.line1") == "12 rue des Ateliers"
        assert client.get("/commande/livraison").location == "/commande"

    def test_what_was_typed_is_there_when_coming_back(self, client: FlaskClient, cart: Product) -> None:
        walk(client)
        assert value_of(client.get("/commande"), "shipping.city") == "Lyon"

    def test_only_the_known_fields_are_kept(self, client: FlaskClient, cart: Product) -> None:
        client.post("/commande", data=CONTACT | {"anything": "x" * 5000, "price": "1"})
        with client.session_transaction() as visit:
            assert set(visit["checkout"]["typed"]) == set(CONTACT)

    def test_an_account_is_offered_never_asked_for(self, client: FlaskClient, cart: Product) -> None:
        page = client.get("/commande")
        assert page.status_code == 200
        assert "/connexion?suite=/commande" in page.get_data(as_text=True)


class TestKeptAddresses:
    @pytest.fixture
    def customer(self, client: FlaskClient, sign_in_as: Callable[[Customer], None]) -> Customer:
        customer = make_customer(first_name="Alix", email="alix@example.org")
        sign_in_as(customer)
        return customer

    @pytest.fixture
    def cart(self, client: FlaskClient, customer: Customer) -> Product:
        product = make_product()
        client.post("/panier/lignes", data={"product_id": product.id})
        return product

    def kept(self, customer: Customer, **values: str) -> CustomerAddress:
        return add_address(customer.id, AddressInput(**(make_address(**values).model_dump())))

    def test_the_account_fills_what_it_knows(self, client: FlaskClient, customer: Customer, cart: Product) -> None:
        page = client.get("/commande")
        assert value_of(page, "email") == "alix@example.org"
        assert value_of(page, "shipping.first_name") == "Alix"

    def test_a_kept_address_needs_no_typing(self, client: FlaskClient, customer: Customer, cart: Product) -> None:
        address = self.kept(customer, city="Grenoble", postal_code="38000")
        page = client.get("/commande").get_data(as_text=True)
        assert f'name="address" value="{address.id}" id="f-address" checked' in page
        client.post("/commande", data={"email": customer.email, "address": address.id})
        client.post("/commande/livraison", data={"shipping_method": "standard"})
        confirm(client)
        order = the_order()
        assert (order.customer_id, order.shipping_address["city"]) == (customer.id, "Grenoble")

    def test_what_a_guest_typed_stays_an_address_of_its_own(self, client: FlaskClient, customer: Customer) -> None:
        self.kept(customer, city="Grenoble", postal_code="38000")
        client.post("/deconnexion")
        client.post("/panier/lignes", data={"product_id": make_product().id})
        client.post("/commande", data=CONTACT)
        client.post("/connexion", data={"email": customer.email, "password": PASSWORD})
        page = client.get("/commande")
        assert value_of(page, "shipping.city") == "Lyon"
        assert re.search(r'name="address" value="new"[^>]* checked', page.get_data(as_text=True))

    def test_somebody_elses_address_is_not_found(self, client: FlaskClient, customer: Customer, cart: Product) -> None:
        address = self.kept(make_customer())
        assert client.post("/commande", data={"email": customer.email, "address": address.id}).status_code == 404
        assert client.get("/commande/livraison").location == "/commande"

    def test_a_new_address_is_kept_once_when_asked(
        self, client: FlaskClient, customer: Customer, cart: Product
    ) -> None:
        for _n in range(2):
            client.post("/commande", data=CONTACT | {"address": "new", "save_address": "on"})
        (kept,) = session.scalars(select(CustomerAddress)).all()
        assert (kept.customer_id, kept.city, kept.is_default) == (customer.id, "Lyon", True)

    def test_it_is_not_kept_when_not_asked(self, client: FlaskClient, customer: Customer, cart: Product) -> None:
        client.post("/commande", data=CONTACT | {"address": "new"})
        assert count(CustomerAddress) == 0


class TestDelivery:
    def test_each_way_has_its_price_and_its_days(self, client: FlaskClient) -> None:
        client.post("/panier/lignes", data={"product_id": make_product(price_cents=30_00, weight_grams=2500).id})
        client.post("/commande", data=CONTACT)
        page = text_of(client.get("/commande/livraison"))
        assert "Livraison standard à domicile Chez vous" in page
        assert "6,90 €" in page
        assert "10,35 €" in page

    @pytest.mark.parametrize("method", ["", "pigeon", "STANDARD"])
    def test_a_way_that_is_not_offered_is_refused(self, client: FlaskClient, cart: Product, method: str) -> None:
        client.post("/commande", data=CONTACT)
        answer = client.post("/commande/livraison", data={"shipping_method": method})
        assert answer.status_code == 422
        assert "Choisissez un mode de livraison." in text_of(answer)

    def test_corsica_and_germany_cost_what_the_grid_says(self, client: FlaskClient) -> None:
        client.post("/panier/lignes", data={"product_id": make_product(price_cents=50_00, weight_grams=1500).id})
        for place, price in (
            ({"postal_code": "20000"}, "9,90 €"),
            ({"country": "DE", "postal_code": "10115"}, "14,90 €"),
        ):
            client.post(
                "/commande",
                data=CONTACT | {f"shipping.{name}": value for name, value in place.items()} | {"shipping.phone": ""},
            )
            assert price in text_of(client.get("/commande/livraison"))


class TestPlacing:
    def test_terms_must_be_accepted(self, client: FlaskClient, cart: Product) -> None:
        walk(client)
        answer = confirm(client, accept_terms=None, note="Merci de prévenir")
        assert answer.status_code == 422
        assert "Acceptez les conditions générales de vente pour commander." in text_of(answer)
        assert "Merci de prévenir" in answer.get_data(as_text=True)
        assert (count(Order), count(Payment)) == (0, 0)

    def test_a_double_click_places_one_order_and_opens_one_payment(self, client: FlaskClient, cart: Product) -> None:
        walk(client)
        first = confirm(client, idempotency_key="une-seule-fois")
        second = confirm(client, idempotency_key="une-seule-fois")
        assert first.status_code == second.status_code == 303
        assert (count(Order), count(Payment)) == (1, 1)
        stock = session.get(StockItem, cart.id)
        assert stock is not None
        assert stock.reserved == 2

    def test_confirming_again_after_signing_in_places_an_order_of_the_account(
        self, client: FlaskClient, cart: Product
    ) -> None:
        walk(client)
        shown = hidden_fields(client.get("/commande/recapitulatif")) | {"accept_terms": "on"}
        client.post("/commande/recapitulatif", data=shown)
        guests = the_order()
        customer = make_customer()
        client.post("/connexion", data={"email": customer.email, "password": PASSWORD})
        assert client.post("/commande/recapitulatif", data=shown).location.endswith("/banque")
        mine = the_order()
        assert mine.customer_id == customer.id
        assert session.get_one(Order, guests.id).superseded_by_id == mine.id

    def test_two_buyers_may_send_the_same_key(self, client: FlaskClient, cart: Product) -> None:
        theirs = make_order(idempotency_key="une-seule-fois")
        walk(client)
        assert confirm(client, idempotency_key="une-seule-fois").status_code == 303
        assert the_order().id != theirs.id

    def test_prices_sent_along_are_not_looked_at(self, client: FlaskClient, cart: Product) -> None:
        walk(client)
        confirm(client, total_cents="1", price="0.01", **{"shipping.city": "Ailleurs", "shipping_method": "pigeon"})
        order = the_order()
        assert (order.total_cents, order.shipping_address["city"]) == (150_00, "Lyon")
        assert session.scalars(select(Payment)).one().amount_cents == 150_00

    def test_a_changed_price_comes_back_to_be_seen(self, client: FlaskClient, cart: Product) -> None:
        walk(client)
        shown = hidden_fields(client.get("/commande/recapitulatif"))
        product = session.get_one(Product, cart.id)
        product.price_cents = 70_00
        answer = client.post("/commande/recapitulatif", data=shown | {"accept_terms": "on"})
        assert answer.status_code == 422
        assert "Le total a changé" in text_of(answer)
        assert "Commander et payer 170,00 €" in text_of(answer)
        assert count(Order) == 0
        assert confirm(client).status_code == 303
        assert the_order().total_cents == 170_00

    def test_what_was_bought_by_others_meanwhile_leads_back_to_the_cart(
        self, client: FlaskClient, cart: Product, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        walk(client)
        shown = hidden_fields(client.get("/commande/recapitulatif"))
        earlier = make_order((make_product(), 1))
        # The cart still finds ten on the shelf, the reservation no longer does: somebody was faster in between.
        monkeypatch.setattr("services.cart.available_packs", lambda product: 10)
        session.get_one(StockItem, cart.id).on_hand = 1
        answer = client.post("/commande/recapitulatif", data=shown | {"accept_terms": "on"})
        assert (answer.status_code, answer.location) == (303, "/panier")
        assert "Il ne reste que 1 « Disque de frein »" in text_of(client.get("/panier"))
        assert session.scalars(select(Order.id)).all() == [earlier.id]
        assert count(Payment) == 0
        assert session.get_one(StockItem, cart.id).reserved == 0

    def test_a_failed_new_checkout_leaves_the_unpaid_order_as_it_was(
        self, client: FlaskClient, cart: Product, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        walk(client)
        confirm(client)
        waiting = the_order()
        monkeypatch.setattr("services.cart.available_packs", lambda product: 50)
        client.post(f"/panier/lignes/{cart.id}", data={"quantity": 20})
        assert confirm(client).location == "/panier"
        session.expunge_all()
        assert session.get_one(Order, waiting.id).status == "pending"
        assert session.get_one(StockItem, cart.id).reserved == 2

    def test_a_new_checkout_replaces_the_unpaid_order(self, client: FlaskClient, cart: Product) -> None:
        walk(client)
        confirm(client)
        first = the_order()
        client.post(f"/panier/lignes/{cart.id}", data={"quantity": 10})
        assert confirm(client).status_code == 303
        second = the_order()
        replaced = session.get_one(Order, first.id)
        assert (replaced.status, replaced.superseded_by_id) == ("cancelled", second.id)
        assert session.get_one(StockItem, cart.id).reserved == 10

    def test_more_than_a_card_may_pay_is_refused(self, client: FlaskClient) -> None:
        client.post("/panier/lignes", data={"product_id": make_product(price_cents=11_000_00).id})
        walk(client)
        assert confirm(client).location == "/panier"
        assert "Le paiement en ligne va de 1,00 € à 10000,00 €." in text_of(client.get("/panier"))
        assert count(Order) == 0


class TestOrderOfSteps:
    @pytest.mark.parametrize("path", ["/commande", "/commande/livraison", "/commande/recapitulatif"])
    def test_an_empty_cart_has_no_checkout(self, client: FlaskClient, path: str) -> None:
        assert client.get(path).location == "/panier"
        assert client.post(path, data=CONTACT).location == "/panier"
        assert count(Order) == 0

    def test_a_line_with_a_problem_leads_back_to_the_cart(self, client: FlaskClient, cart: Product) -> None:
        walk(client)
        session.get_one(StockItem, cart.id).on_hand = 1
        assert client.get("/commande/recapitulatif").location == "/panier"
        assert "réduisez la quantité" in text_of(client.get("/panier"))

    @pytest.mark.parametrize("path", ["/commande/livraison", "/commande/recapitulatif"])
    def test_no_step_is_jumped(self, client: FlaskClient, cart: Product, path: str) -> None:
        assert client.get(path).location == "/commande"
        assert client.post(path, data={"accept_terms": "on"}).location == "/commande"
        assert count(Order) == 0

    def test_without_redis_nothing_is_half_done(
        self, client: FlaskClient, cart: Product, stores: FakeCartStore
    ) -> None:
        walk(client)
        shown = hidden_fields(client.get("/commande/recapitulatif"))
        stores.away = True
        answer = client.post("/commande/recapitulatif", data=shown | {"accept_terms": "on"})
        assert answer.status_code == 503
        assert count(Order) == 0
