"""The way to the bank and back: the pages tell, only the bank's notification decides."""

from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from domain.orders import SYSTEM
from integrations.carts import FakeCartStore
from jobs.cart import clear_paid_cart
from models.database import session, utc_now
from models.orders import Order
from models.payments import Payment
from services.cart import get_cart
from services.checkout import place_order
from services.orders import cancel_order, get_order
from services.payments import receive_notification, start_payment
from tests.factories import make_checkout, make_customer, make_order, make_product, notification
from tests.factories.people import PASSWORD
from tests.storefront.conftest import SignInAs
from tests.storefront.reading import hidden_fields, text_of
from web.bank import return_addresses
from web.links import order_token, payment_token

HTMX = {"HX-Request": "true"}
BANK_SAYS = "?Mt=5490&Ref=ORD-1&Auto=XXXXXX&Erreur=00000&Bin=497010&Sign=forged"


@pytest.fixture
def payment(client: FlaskClient) -> Payment:
    """An attempt to pay 54,90 € that is at the bank since just now."""
    order = make_order((make_product(name="Disque de frein"), 1), at=utc_now())
    payment = start_payment(order, at=utc_now())
    payment.status, payment.sent_at = "processing", utc_now()
    session.flush()
    return payment


@cache
def token_of(payment_id: int) -> str:
    """Return always the same token: a new one carries the second in which it was made."""
    return payment_token(payment_id)


def path(payment: Payment, *more: str) -> str:
    return "/".join(["/paiement", token_of(payment.id), *more])


def bank_says(payment: Payment, **values: Any) -> None:
    receive_notification(notification(payment, **values), source_ip="", at=utc_now())


def refuse(payment: Payment, code: str) -> None:
    bank_says(payment, Erreur=code, Auto=None)


def state(payment: Payment) -> tuple[str, str]:
    """Return the states of the attempt and of its order, as the database has them."""
    session.expire_all()
    found = session.get_one(Payment, payment.id)
    return found.status, session.get_one(Order, found.order_id).status


class TestGoing:
    def test_the_first_time_the_form_goes_off_by_itself(self, client: FlaskClient) -> None:
        payment = start_payment(make_order(at=utc_now()), at=utc_now())
        first = client.get(path(payment, "banque"))
        assert " data-autosubmit" in first.get_data(as_text=True)
        assert "csrf_token" not in hidden_fields(first)
        assert state(payment) == ("processing", "pending")

    def test_who_comes_back_by_the_arrow_is_not_sent_off_again(self, client: FlaskClient, payment: Payment) -> None:
        again = client.get(path(payment, "banque"))
        assert " data-autosubmit" not in again.get_data(as_text=True)
        assert "Votre paiement n'est pas terminé" in text_of(again)
        assert hidden_fields(again)["PBX_CMD"] == payment.reference

    def test_forms_may_go_to_the_bank_and_nowhere_else(self, client: FlaskClient, payment: Payment) -> None:
        policy = client.get(path(payment, "banque")).headers["Content-Security-Policy"]
        assert "form-action 'self' http" in policy

    def test_a_settled_or_expired_attempt_goes_to_its_page(self, client: FlaskClient, payment: Payment) -> None:
        refuse(payment, "00151")
        assert client.get(path(payment, "banque")).location == path(payment)
        late = start_payment(get_order(payment.order_id), at=utc_now())
        late.expires_at = utc_now() - timedelta(minutes=1)
        assert client.get(path(late, "banque")).location == path(late)


class TestComingBack:
    @pytest.mark.parametrize("said", ["accepte", "refuse", "attente"])
    def test_the_browser_decides_nothing(self, client: FlaskClient, payment: Payment, said: str) -> None:
        answer = client.get(path(payment, "retour", said) + BANK_SAYS)
        # What the bank appended stays out of the history and of what other sites are told.
        assert (answer.status_code, answer.location) == (303, path(payment))
        assert "Nous attendons la réponse de votre banque" in text_of(client.get(answer.location))
        assert state(payment) == ("processing", "pending")

    def test_the_bank_is_given_these_addresses_without_parameters(self, app: Any, payment: Payment) -> None:
        with app.app_context():
            addresses = return_addresses(payment)
        for address, said in (
            (addresses.accepted, "accepte"),
            (addresses.refused, "refuse"),
            (addresses.cancelled, "annule"),
            (addresses.waiting, "attente"),
        ):
            assert address.endswith(f"/retour/{said}")
            assert address.startswith("http://")
            assert "?" not in address

    def test_no_session_is_needed(self, app: Any, client: FlaskClient, payment: Payment) -> None:
        client.get("/panier")
        other_browser = app.test_client()
        assert other_browser.get(path(payment)).status_code == 200

    def test_the_page_waits_with_and_without_scripts(self, client: FlaskClient, payment: Payment) -> None:
        page = client.get(path(payment)).get_data(as_text=True)
        assert f'hx-get="{path(payment)}"' in page
        assert '<noscript><meta http-equiv="refresh"' in page
        poll = client.get(path(payment), headers=HTMX)
        assert "<html" not in poll.get_data(as_text=True)
        assert 'id="bank_wait"' in poll.get_data(as_text=True)

    def test_the_poll_that_finds_news_loads_the_page(self, client: FlaskClient, payment: Payment) -> None:
        bank_says(payment)
        poll = client.get(path(payment), headers=HTMX)
        assert (poll.status_code, poll.headers["HX-Redirect"]) == (204, path(payment))

    def test_paid_says_what_comes_next(self, client: FlaskClient, payment: Payment) -> None:
        with client.session_transaction() as visit:
            visit["placed_orders"] = [payment.order_id]
        bank_says(payment)
        page = text_of(client.get(path(payment)))
        for words in ("Merci, votre commande est payée", "54,90 €", "Livraison prévue", "Créer un compte"):
            assert words in page
        assert order_token(payment.order_id).split(".")[0] in client.get(path(payment)).get_data(as_text=True)

    @pytest.mark.parametrize("cancelled", [False, True])
    def test_a_borrowed_address_does_not_open_the_order(
        self, client: FlaskClient, payment: Payment, cancelled: bool
    ) -> None:
        if cancelled:
            order = get_order(payment.order_id)
            cancel_order(order, reason="Non payée à temps.", by=SYSTEM, at=utc_now())
            order.superseded_by_id = make_order().id
            session.flush()
        bank_says(payment)
        answer = client.get(path(payment))
        assert "/commande/suivi/" not in answer.get_data(as_text=True)
        assert "Le lien pour suivre votre commande est dans l'e-mail" in text_of(answer)

    def test_the_customer_of_the_order_finds_the_way_to_it(self, client: FlaskClient, sign_in_as: SignInAs) -> None:
        customer = make_customer()
        order = make_order(customer_id=customer.id, at=utc_now())
        payment = start_payment(order, at=utc_now())
        bank_says(payment)
        sign_in_as(customer)
        assert "/commande/suivi/" in client.get(path(payment)).get_data(as_text=True)
        sign_in_as(make_customer())
        assert "/commande/suivi/" not in client.get(path(payment)).get_data(as_text=True)

    @pytest.mark.parametrize("more", [(), ("banque",), ("abandon",), ("retour", "accepte")])
    def test_its_pages_are_kept_by_no_cache_and_told_to_no_site(
        self, client: FlaskClient, payment: Payment, more: tuple[str, ...]
    ) -> None:
        headers = client.get(path(payment, *more)).headers
        assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("private, no-store", "no-referrer")

    def test_once_paid_the_address_typed_is_not_kept(self, client: FlaskClient, payment: Payment) -> None:
        with client.session_transaction() as visit:
            visit["checkout"] = {"typed": {"email": "acheteur@example.org"}, "method": "standard"}
        client.get(path(payment))
        with client.session_transaction() as visit:
            assert "checkout" in visit
        bank_says(payment)
        client.get(path(payment))
        with client.session_transaction() as visit:
            assert "checkout" not in visit

    @pytest.mark.parametrize(
        ("code", "says"),
        [
            ("00151", "Paiement refusé par votre banque (51) : provision insuffisante"),
            ("00199", "Paiement refusé par votre banque (99). Rien n'a été débité."),
            ("00008", "Paiement refusé (00008) : date de fin de validité erronée."),
            ("00040", "3-D Secure"),
        ],
    )
    def test_refused_says_why_and_that_nothing_was_taken(
        self, client: FlaskClient, payment: Payment, code: str, says: str
    ) -> None:
        refuse(payment, code)
        page = text_of(client.get(path(payment)))
        assert says in page
        assert "Rien n'a été débité." in page
        assert "Réessayer : payer 54,90 €" in page

    def test_abandoning_keeps_the_order(self, client: FlaskClient, payment: Payment) -> None:
        answer = client.get(path(payment, "retour", "annule") + BANK_SAYS)
        assert answer.location == path(payment, "abandon")
        assert "Vous avez abandonné le paiement Rien n'a été débité." in text_of(client.get(answer.location))
        assert state(payment) == ("processing", "pending")

    def test_paid_after_all_is_not_shown_as_abandoned(self, client: FlaskClient, payment: Payment) -> None:
        bank_says(payment)
        assert client.get(path(payment, "abandon")).location == path(payment)

    def test_an_expired_order_says_that_nothing_was_taken(self, client: FlaskClient, payment: Payment) -> None:
        cancel_order(get_order(payment.order_id), reason="Non payée à temps.", by=SYSTEM, at=utc_now())
        page = text_of(client.get(path(payment)))
        assert "n'a pas été payée à temps" in page
        assert "aucun paiement ne nous est parvenu" in page

    def test_money_that_came_too_late_is_said_to_go_back(self, client: FlaskClient, payment: Payment) -> None:
        order = get_order(payment.order_id)
        cancel_order(order, reason="Non payée à temps.", by=SYSTEM, at=utc_now())
        order.superseded_by_id = make_order().id
        session.flush()
        bank_says(payment)
        assert "Votre paiement vous est rendu" in text_of(client.get(path(payment)))

    def test_the_second_of_two_payments_is_said_to_go_back(self, client: FlaskClient, payment: Payment) -> None:
        second = start_payment(get_order(payment.order_id), at=utc_now())
        bank_says(payment)
        bank_says(second)
        assert "avait déjà été payée" in text_of(client.get(path(second)))
        assert "Merci, votre commande est payée" in text_of(client.get(path(payment)))

    @pytest.mark.parametrize("token", ["x", "MQ.abc.def", "1"])
    def test_a_made_up_link_opens_nothing(self, client: FlaskClient, token: str) -> None:
        assert client.get(f"/paiement/{token}").status_code == 404
        assert client.get(f"/paiement/{token}/banque").status_code == 404
        assert client.post(f"/paiement/{token}/essais").status_code == 404

    def test_a_link_to_the_order_opens_no_payment(self, client: FlaskClient, payment: Payment) -> None:
        assert client.get(f"/paiement/{order_token(payment.id)}").status_code == 404


class TestSigningUpAfterwards:
    def test_what_was_paid_does_not_come_along_into_the_account(
        self, client: FlaskClient, stores: FakeCartStore
    ) -> None:
        bought, wanted = make_product(), make_product()
        client.post("/panier/lignes", data={"product_id": bought.id, "quantity": 2})
        owner = next(iter(stores.carts))
        order = place_order(get_cart(owner), make_checkout(), customer_id=None, at=utc_now())
        bank_says(start_payment(order, at=utc_now()))
        client.post("/panier/lignes", data={"product_id": wanted.id})
        customer = make_customer()
        # The job that empties the paid cart has not run yet.
        client.post("/connexion", data={"email": customer.email, "password": PASSWORD})
        account = stores.load(f"user:{customer.id}").items
        assert [(item.product_id, item.quantity) for item in account] == [(wanted.id, 1)]
        clear_paid_cart(order.id)
        assert stores.load(f"user:{customer.id}").items == account


class TestRetrying:
    def test_a_refusal_leaves_the_order_to_be_paid_by_a_new_attempt(
        self, client: FlaskClient, payment: Payment
    ) -> None:
        refuse(payment, "00151")
        answer = client.post(path(payment, "essais"))
        assert answer.status_code == 303
        assert answer.location.endswith("/banque")
        attempts = session.scalars(select(Payment).order_by(Payment.id)).all()
        assert [one.reference[-2:] for one in attempts] == ["-1", "-2"]
        assert hidden_fields(client.get(answer.location))["PBX_CMD"] == attempts[1].reference

    def test_a_paid_order_is_not_paid_again(self, client: FlaskClient, payment: Payment) -> None:
        bank_says(payment)
        assert client.post(path(payment, "essais")).location == path(payment)
        assert len(session.scalars(select(Payment)).all()) == 1

    def test_an_older_attempt_shows_that_the_order_still_waits(self, client: FlaskClient, payment: Payment) -> None:
        start_payment(get_order(payment.order_id), at=utc_now())
        assert "Cette commande attend son paiement" in text_of(client.get(path(payment)))
