"""Every mail: rendered whole, as HTML and as text, with figures that add up and no markup from a name."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from flask import render_template

from domain.orders import SYSTEM, Actor
from domain.payments import PaymentStatus
from integrations.payments import BankAnswer
from integrations.payments.interface import Settlement
from jobs.invoices import invoice_page
from jobs.letters import (
    Letter,
    cancellation_notice,
    delivery_notice,
    order_confirmation,
    payment_confirmation,
    payment_refused,
    post,
    refund_confirmation,
    shipping_notice,
    staff_alert,
)
from models.database import session, utc_now
from models.mail import Mail
from models.orders import Order
from models.payments import Payment
from models.settings import ShopSetting
from services.invoices import get_invoice, issue_invoice
from services.orders import cancel_order, deliver_order, get_order, mark_order_paid, ship_order, start_processing
from services.payments import get_payment, receive_notification, start_payment
from services.refunds import get_refund, refund_cancelled_order, request_refund, settle_refund
from services.settings import ShopIdentity, get_shop_identity
from tests.factories import make_address, make_order, make_product, notification, pay
from tests.jobs.conftest import Outside
from web.templating import money

NOW = utc_now()
STAFF = Actor.staff(1, 9)


def an_order() -> Order:
    return make_order(
        (make_product(name="Plaquettes <b>avant</b>", price_cents=32_90), 2),
        (make_product(price_cents=189_90, deposit_cents=45_00), 1),
        at=NOW,
        shipping=make_address(last_name="O'Neill", line2="Bâtiment C"),
    )


def a_paid_order() -> Order:
    order = an_order()
    pay(order, at=NOW)
    return get_order(order.id)


def a_shipped_order() -> Order:
    order = a_paid_order()
    start_processing(order, by=STAFF, at=NOW)
    ship_order(order, carrier="Colissimo", tracking_number="6A12345678901", by=STAFF, at=NOW)
    return get_order(order.id)


def confirmed_unpaid() -> Letter:
    return order_confirmation(an_order())


def confirmed_paid() -> Letter:
    return order_confirmation(a_paid_order())


def paid() -> Letter:
    order = a_paid_order()
    return payment_confirmation(order, get_invoice(issue_invoice(order.id, at=NOW).id))


def refused() -> Letter:
    payment = start_payment(an_order(), at=NOW)
    receive_notification(notification(payment, Erreur="00151", Auto=None), source_ip="127.0.0.1", at=NOW)
    return payment_refused(get_order(payment.order_id), get_payment(payment.id))


def shipped() -> Letter:
    return shipping_notice(a_shipped_order())


def delivered() -> Letter:
    order = a_shipped_order()
    deliver_order(order, by=STAFF, at=NOW)
    return delivery_notice(get_order(order.id))


def cancelled_unpaid() -> Letter:
    order = an_order()
    cancel_order(order, reason="Paiement non reçu dans le délai.", by=SYSTEM, at=NOW)
    return cancellation_notice(get_order(order.id))


def cancelled_paid() -> Letter:
    order = a_paid_order()
    cancel_order(order, reason="Le client a changé d'avis.", by=STAFF, at=NOW)
    return cancellation_notice(get_order(order.id))


def refunded() -> Letter:
    order = a_paid_order()
    refund = request_refund(order.payments[0], amount_cents=10_00, reason="Geste commercial", by=STAFF, at=NOW)
    settle_refund(refund.id, BankAnswer(Settlement.DONE, "00000"), first_time=True, at=NOW)
    return refund_confirmation(order, get_refund(refund.id))


def alert() -> Letter:
    return staff_alert(
        key="x", title="À vérifier", sentences=["Une phrase."], facts={"Fait": "valeur"}, order=an_order()
    )


LETTERS = (confirmed_unpaid, confirmed_paid, paid, refused, shipped, delivered, cancelled_unpaid, cancelled_paid)
ALL = (*LETTERS, refunded, alert)


def rendered(letter: Letter, kind: str) -> str:
    return render_template(
        f"mail/{letter.template}.{kind}", shop=get_shop_identity(), subject=letter.subject, **letter.values
    )


def read(text: str) -> str:
    """Return the words of a text, on one line, with ordinary spaces."""
    return " ".join(unescape(text).split())


def identify(**values: str) -> None:
    session.add(ShopSetting(key="shop.identity", value=ShopIdentity(**values).model_dump()))
    session.flush()


@pytest.mark.parametrize("write", ALL)
def test_it_renders_with_one_button_and_the_same_link_as_text(outside: Outside, write: Callable[[], Letter]) -> None:
    letter = write()
    html, text = rendered(letter, "html"), rendered(letter, "txt")
    links = re.findall(r'<a href="([^"]+)"', html)
    assert len(links) == 1
    assert links[0].startswith("http")
    assert unescape(links[0]) in text
    assert "<" not in text.replace("<b>avant</b>", "")
    assert 'lang="fr"' in html
    assert letter.subject in unescape(html)
    # What was left empty leaves no trace.
    assert "None" not in html + text
    assert "SIRET" not in html + text


@pytest.mark.parametrize("write", LETTERS)
def test_a_name_cannot_bring_markup(outside: Outside, write: Callable[[], Letter]) -> None:
    html = rendered(write(), "html")
    assert "<b>avant</b>" not in html
    assert "Plaquettes &lt;b&gt;avant&lt;/b&gt;" in html


@pytest.mark.parametrize("write", [confirmed_unpaid, confirmed_paid, paid, refused, cancelled_unpaid, cancelled_paid])
def test_its_figures_add_up(outside: Outside, write: Callable[[], Letter]) -> None:
    letter = write()
    order = letter.values["order"]
    shown = [line for line in order.lines if line.kind in ("goods", "deposit")]
    assert sum(line.unit_cents * line.quantity for line in shown) == order.goods_cents + order.deposit_cents
    amounts = [money(line.unit_cents * line.quantity) for line in shown]
    amounts += [money(order.goods_cents), money(order.deposit_cents), money(order.total_cents), money(order.vat_cents)]
    for kind in ("html", "txt"):
        words = read(rendered(letter, kind))
        for amount in amounts:
            assert read(amount) in words
        assert "Consigne" in words
        assert "offerte" in words


def test_an_unpaid_order_says_until_when_it_is_kept(outside: Outside) -> None:
    words = read(rendered(confirmed_unpaid(), "txt"))
    assert "En attente de votre paiement" in words
    assert "réservés jusqu'au" in words


def test_addresses_and_delivery_days_are_told(outside: Outside) -> None:
    letter = paid()
    words = read(rendered(letter, "txt"))
    assert "Camille O'Neill" in words
    assert "Bâtiment C" in words
    assert "Livraison prévue" in words


def test_a_refusal_says_why_and_that_nothing_was_taken(outside: Outside) -> None:
    words = read(rendered(refused(), "txt"))
    assert "Paiement refusé par votre banque (51)" in words
    assert "Rien n'a été débité." in words


def test_a_parcel_can_be_followed_at_its_carrier(outside: Outside) -> None:
    letter = shipped()
    assert letter.values["tracking_url"] == "https://www.laposte.fr/outils/suivre-vos-envois?code=6A12345678901"
    assert letter.values["tracking_url"] in rendered(letter, "txt")


def test_a_cancellation_says_what_comes_back(outside: Outside) -> None:
    assert "Rien n'a été débité." in read(rendered(cancelled_unpaid(), "txt"))
    letter = cancelled_paid()
    assert f"{read(money(letter.values['order'].total_cents))} vous sont remboursés" in read(rendered(letter, "txt"))


def test_a_cancellation_does_not_promise_what_went_back_before(outside: Outside) -> None:
    order = an_order()
    first, second = pay_twice(order)
    request_refund(second, amount_cents=second.amount_cents, reason="Payée deux fois.", by=SYSTEM, at=NOW)
    later = NOW + timedelta(days=1)
    order = get_order(order.id, lock=True)
    cancel_order(order, reason="Le client a changé d'avis.", by=STAFF, at=later)
    assert cancellation_notice(get_order(order.id)).values["refunded_cents"] == first.amount_cents
    # Asked of the bank meanwhile, it is the same sum.
    refund_cancelled_order(order.id, at=later)
    assert cancellation_notice(get_order(order.id, lock=True)).values["refunded_cents"] == first.amount_cents


def test_a_cancellation_is_not_sure_of_what_the_bank_has_not_told(outside: Outside) -> None:
    order = an_order()
    start_payment(order, at=NOW).sent_at = NOW
    session.flush()
    cancel_order(order, reason="Paiement non reçu dans le délai.", by=SYSTEM, at=NOW)
    for kind in ("html", "txt"):
        words = read(rendered(cancellation_notice(get_order(order.id)), kind))
        assert "Rien n'a été débité" not in words
        assert "Aucun paiement ne nous est parvenu." in words


def test_confirmation_and_invoice_name_the_payment_that_was_kept(outside: Outside) -> None:
    order = an_order()
    first, second = pay_twice(order)
    request_refund(second, amount_cents=second.amount_cents, reason="Payée deux fois.", by=SYSTEM, at=NOW)
    order = get_order(order.id)
    invoice = get_invoice(issue_invoice(order.id, at=NOW).id)
    assert payment_confirmation(order, invoice).values["payment"].id == first.id
    page = invoice_page(invoice)
    assert first.reference in page
    assert second.reference not in page


def pay_twice(order: Order) -> tuple[Payment, Payment]:
    """Pay in two tabs, before any of the money goes back."""
    first = start_payment(order, at=NOW)
    first.status = PaymentStatus.CANCELLED
    second = start_payment(order, at=NOW)
    for payment in (second, first):
        payment.status, payment.settled_at = PaymentStatus.PAID, NOW
    mark_order_paid(get_order(order.id), by=SYSTEM, at=NOW)
    session.flush()
    return first, second


def test_a_payment_that_came_another_way_is_confirmed_too(outside: Outside) -> None:
    order = an_order()
    mark_order_paid(order, by=STAFF, at=NOW)
    order = get_order(order.id)
    letter = payment_confirmation(order, get_invoice(issue_invoice(order.id, at=NOW).id))
    for kind in ("html", "txt"):
        words = read(rendered(letter, kind))
        assert read(money(order.total_cents)) in words
        assert "Carte bancaire" not in words


def test_called_off_twice_is_told_twice(outside: Outside) -> None:
    order = a_paid_order()
    cancel_order(order, reason="Le client a changé d'avis.", by=STAFF, at=NOW)
    first = cancellation_notice(order).key
    order.cancelled_at = NOW + timedelta(minutes=5)
    assert cancellation_notice(order).key != first


def test_the_shop_says_who_it_is(outside: Outside) -> None:
    identify(
        name="Atelier", legal_name="Atelier Pièces", legal_form="SAS", city="Lyon", postal_code="69003", siret="123"
    )
    for kind in ("html", "txt"):
        words = read(rendered(confirmed_unpaid(), kind))
        assert "Atelier Pièces SAS" in words
        assert "69003 Lyon, France" in words
        assert "SIRET 123" in words


def test_posted_twice_it_is_written_once(outside: Outside) -> None:
    order = an_order()
    post(order_confirmation(order))
    post(order_confirmation(order))
    mail = session.query(Mail).one()
    assert (mail.recipient, mail.order_id) == (order.email, order.id)
    assert mail.subject == f"Votre commande {order.number} attend votre paiement"
