"""Orders seen by their buyers, in an account or by a signed link; and by nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from domain.orders import Actor
from integrations.carts import FakeCartStore
from models.catalog import Product
from models.customers import Customer
from models.database import session, utc_now
from models.orders import Order
from models.payments import Payment
from models.stock import StockItem
from services.invoices import issue_invoice, store_document
from services.orders import get_order, ship_order, start_processing
from tests.factories import make_customer, make_order, make_product, pay
from tests.storefront.reading import query_count, text_of
from web.links import order_token, payment_token

SignInAs = Callable[[Customer], None]
PDF = b"%PDF-1.7 facture"
STAFF = Actor.staff(1, 9)


@pytest.fixture
def customer(client: FlaskClient, sign_in_as: SignInAs) -> Customer:
    customer = make_customer()
    sign_in_as(customer)
    return customer


def order_of(customer: Customer | None, *products: tuple[Product, int], **values: Any) -> Order:
    return make_order(*products, customer_id=customer.id if customer else None, at=utc_now(), **values)


def invoiced(order: Order) -> Order:
    """Pay an order and make its invoice."""
    pay(order, at=utc_now())
    store_document(issue_invoice(order.id, at=utc_now()).id, PDF)
    return order


def shipped(order: Order) -> Order:
    pay(order, at=utc_now())
    order = get_order(order.id)
    start_processing(order, by=STAFF, at=utc_now())
    ship_order(order, carrier="Colissimo", tracking_number="6A123456789", by=STAFF, at=utc_now())
    return order


def status_of(order: Order) -> str:
    return session.get_one(Order, order.id, populate_existing=True).status


class TestList:
    def test_it_shows_ones_own_newest_first(self, client: FlaskClient, customer: Customer) -> None:
        first, second = order_of(customer), order_of(customer)
        other = order_of(make_customer())
        page = text_of(client.get("/compte/commandes"))
        assert page.index(second.number) < page.index(first.number)
        assert other.number not in page

    def test_it_goes_on_page_by_page(self, client: FlaskClient, customer: Customer) -> None:
        product = make_product(stock=50)
        orders = [order_of(customer, (product, 1)) for _n in range(12)]
        first = client.get("/compte/commandes")
        assert text_of(first).count("ORD-") == 10
        assert f'href="/compte/commandes?avant={orders[2].id}"' in first.get_data(as_text=True)
        second = text_of(client.get(f"/compte/commandes?avant={orders[2].id}"))
        assert second.count("ORD-") == 2
        assert orders[1].number in second

    def test_many_orders_cost_no_more_queries_than_one(self, client: FlaskClient, customer: Customer) -> None:
        product = make_product(stock=50)
        order = order_of(customer, (product, 1))
        one = query_count(client.get("/compte/commandes"))
        alone = query_count(client.get(f"/compte/commandes/{order.id}"))
        for _n in range(5):
            order = order_of(customer, (product, 1), (make_product(), 2))
        assert query_count(client.get("/compte/commandes")) == one <= 8
        assert query_count(client.get(f"/compte/commandes/{order.id}")) == alone <= 10

    @pytest.mark.parametrize("before", ["x", "-1", "0", "9" * 30])
    def test_a_made_up_page_is_refused(self, client: FlaskClient, customer: Customer, before: str) -> None:
        assert client.get(f"/compte/commandes?avant={before}").status_code == 400

    def test_none_yet_shows_the_way_on(self, client: FlaskClient, customer: Customer) -> None:
        assert "Aucune commande" in text_of(client.get("/compte/commandes"))


class TestOne:
    def test_it_tells_what_was_bought_and_what_comes_next(self, client: FlaskClient, customer: Customer) -> None:
        product = make_product(name="Étrier de frein", price_cents=60_00, deposit_cents=45_00)
        order = order_of(customer, (product, 2))
        page = text_of(client.get(f"/compte/commandes/{order.id}"))
        for words in (
            order.number, "En attente de paiement", "Étrier de frein", product.reference, "Consigne — Étrier de frein",
            "120,00 €", "90,00 €", "12 rue des Ateliers", "Commande passée", "Payer 210,00 €",
        ):  # fmt: skip
            assert words in page

    def test_a_shipped_one_leads_to_the_carrier(self, client: FlaskClient, customer: Customer) -> None:
        order = shipped(order_of(customer))
        answer = client.get(f"/compte/commandes/{order.id}")
        assert "https://www.laposte.fr/outils/suivre-vos-envois?code=6A123456789" in answer.get_data(as_text=True)
        assert "Votre colis est parti" in text_of(answer)
        assert "Annuler la commande" not in text_of(answer)

    def test_the_invoice_is_the_kept_pdf(self, client: FlaskClient, customer: Customer) -> None:
        order = invoiced(order_of(customer))
        assert f"/compte/commandes/{order.id}/facture" in client.get(f"/compte/commandes/{order.id}").get_data(
            as_text=True
        )
        answer = client.get(f"/compte/commandes/{order.id}/facture")
        assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
        assert 'filename="facture-' in answer.headers["Content-Disposition"]

    def test_no_invoice_before_it_is_paid_or_made(self, client: FlaskClient, customer: Customer) -> None:
        order = order_of(customer)
        assert client.get(f"/compte/commandes/{order.id}/facture").status_code == 404
        pay(order, at=utc_now())
        answer = client.get(f"/compte/commandes/{order.id}/facture")
        assert answer.status_code == 404
        assert "en cours de préparation" in text_of(answer)

    @pytest.mark.parametrize("more", ["", "/facture"])
    def test_somebody_elses_is_not_found(self, client: FlaskClient, customer: Customer, more: str) -> None:
        for other in (invoiced(order_of(make_customer())), invoiced(order_of(None))):
            assert client.get(f"/compte/commandes/{other.id}{more}").status_code == 404

    @pytest.mark.parametrize("action", ["annulation", "paiement", "panier"])
    def test_nor_can_it_be_touched(
        self, client: FlaskClient, customer: Customer, stores: FakeCartStore, action: str
    ) -> None:
        other = order_of(make_customer())
        carts_before = {owner: cart.model_dump() for owner, cart in stores.carts.items()}
        answer = client.post(f"/compte/commandes/{other.id}/{action}", data={"reason": "Elle ne m'appartient pas."})
        assert answer.status_code == 404
        assert status_of(other) == "pending"
        assert session.scalar(select(func.count()).select_from(Payment)) == 0
        assert {owner: cart.model_dump() for owner, cart in stores.carts.items()} == carts_before


class TestCancelling:
    def test_an_unpaid_order_is_cancelled_and_its_stock_set_free(self, client: FlaskClient, customer: Customer) -> None:
        product = make_product()
        order = order_of(customer, (product, 3))
        answer = client.post(f"/compte/commandes/{order.id}/annulation", data={"reason": "Trouvé ailleurs, merci."})
        assert answer.location == f"/compte/commandes/{order.id}"
        page = text_of(client.get(answer.location))
        assert "Votre commande est annulée." in page
        assert "Motif : Trouvé ailleurs, merci." in page
        assert status_of(order) == "cancelled"
        assert session.get_one(StockItem, product.id, populate_existing=True).reserved == 0

    def test_a_paid_one_too_and_the_money_is_said_to_come_back(self, client: FlaskClient, customer: Customer) -> None:
        order = order_of(customer)
        pay(order, at=utc_now())
        client.post(f"/compte/commandes/{order.id}/annulation", data={"reason": "Trouvé ailleurs, merci."})
        assert status_of(order) == "cancelled"
        assert "vous est remboursé sur la même carte" in text_of(client.get(f"/compte/commandes/{order.id}"))

    @pytest.mark.parametrize("reason", ["", "court", "x" * 501])
    def test_without_a_reason_nothing_happens(self, client: FlaskClient, customer: Customer, reason: str) -> None:
        order = order_of(customer)
        answer = client.post(f"/compte/commandes/{order.id}/annulation", data={"reason": reason})
        assert answer.status_code == 422
        assert 'id="f-reason-error"' in answer.get_data(as_text=True)
        assert reason in answer.get_data(as_text=True)
        assert status_of(order) == "pending"

    def test_it_is_too_late_once_the_parcel_has_left(self, client: FlaskClient, customer: Customer) -> None:
        order = shipped(order_of(customer))
        answer = client.post(f"/compte/commandes/{order.id}/annulation", data={"reason": "Trouvé ailleurs, merci."})
        assert answer.status_code == 422
        assert status_of(order) == "shipped"


class TestPayingAgain:
    def test_a_pending_order_is_paid_by_its_open_attempt(self, client: FlaskClient, customer: Customer) -> None:
        order = order_of(customer)
        first = client.post(f"/compte/commandes/{order.id}/paiement")
        second = client.post(f"/compte/commandes/{order.id}/paiement")
        assert first.location.endswith("/banque")
        assert second.location.endswith("/banque")
        assert session.scalar(select(func.count()).select_from(Payment)) == 1

    def test_a_cancelled_one_is_not(self, client: FlaskClient, customer: Customer) -> None:
        order = order_of(customer)
        client.post(f"/compte/commandes/{order.id}/annulation", data={"reason": "Trouvé ailleurs, merci."})
        answer = client.post(f"/compte/commandes/{order.id}/paiement")
        assert answer.location == f"/compte/commandes/{order.id}"
        assert "ne peut plus être payée" in text_of(client.get(answer.location))
        assert session.scalar(select(func.count()).select_from(Payment)) == 0


class TestBuyingAgain:
    def test_what_is_still_sold_comes_into_the_cart_and_the_rest_is_named(
        self, client: FlaskClient, customer: Customer, stores: FakeCartStore
    ) -> None:
        sold, gone = make_product(), make_product(name="Pièce épuisée", stock=2)
        order = order_of(customer, (sold, 2), (gone, 2))
        answer = client.post(f"/compte/commandes/{order.id}/panier")
        assert answer.location == "/panier"
        items = {item.product_id: item.quantity for item in stores.carts[f"user:{customer.id}"].items}
        assert items == {sold.id: 2}
        assert "Pièce épuisée" in text_of(client.get("/panier"))


class TestLink:
    """A guest has no account: whoever holds the signed link is the buyer."""

    @pytest.fixture
    def order(self, client: FlaskClient) -> Order:
        return order_of(None, email="acheteur@example.org")

    @pytest.fixture
    def path(self, order: Order) -> str:
        return f"/commande/suivi/{order_token(order.id)}"

    def test_it_opens_the_order_and_tells_nobody(self, client: FlaskClient, order: Order, path: str) -> None:
        answer = client.get(path)
        assert order.number in text_of(answer)
        assert "Créer un compte" in text_of(answer)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("token", ["x", "1", "MQ.aaaaaa.bbbb"])
    def test_a_made_up_one_opens_nothing(self, client: FlaskClient, order: Order, token: str) -> None:
        for more in ("", "/facture"):
            assert client.get(f"/commande/suivi/{token}{more}").status_code == 404
        for more in ("annulation", "paiement"):
            assert (
                client.post(f"/commande/suivi/{token}/{more}", data={"reason": "Ailleurs, merci."}).status_code == 404
            )
        assert status_of(order) == "pending"

    def test_a_link_to_pay_does_not_open_it(self, client: FlaskClient, order: Order) -> None:
        assert client.get(f"/commande/suivi/{payment_token(order.id)}").status_code == 404

    def test_it_pays_cancels_and_gives_the_invoice(self, client: FlaskClient, order: Order, path: str) -> None:
        assert client.post(f"{path}/paiement").location.endswith("/banque")
        pay(order, at=utc_now())
        store_document(issue_invoice(order.id, at=utc_now()).id, PDF)
        assert client.get(f"{path}/facture").data == PDF
        assert client.post(f"{path}/annulation", data={"reason": "Trouvé ailleurs, merci."}).location == path
        assert status_of(order) == "cancelled"

    def test_the_account_of_the_same_address_takes_it_in(
        self, client: FlaskClient, order: Order, path: str, sign_in_as: SignInAs
    ) -> None:
        customer = make_customer(email="Acheteur@example.org")
        sign_in_as(customer)
        assert "L'ajouter à mes commandes" in text_of(client.get(path))
        assert client.post(f"{path}/rattachement").location == f"/compte/commandes/{order.id}"
        assert order.number in text_of(client.get("/compte/commandes"))

    def test_another_account_does_not(self, client: FlaskClient, order: Order, path: str, sign_in_as: SignInAs) -> None:
        sign_in_as(make_customer(email="autre@example.org"))
        assert client.post(f"{path}/rattachement").location == path
        assert "avec une autre adresse e-mail" in text_of(client.get(path))
        assert session.get_one(Order, order.id, populate_existing=True).customer_id is None

    def test_a_guest_is_asked_to_sign_in_first(self, client: FlaskClient, order: Order, path: str) -> None:
        assert client.post(f"{path}/rattachement").location.startswith("/connexion")
        assert session.get_one(Order, order.id, populate_existing=True).customer_id is None
