from datetime import timedelta

from sqlalchemy import select

from domain.orders import SYSTEM, OrderStatus
from integrations.payments import BankAnswer
from integrations.payments.interface import Settlement, TransactionState
from jobs.alerts import alert_payment_anomaly
from jobs.invoices import issue_order_invoice, render_invoice
from jobs.payments import reconcile_payments, send_payment_confirmation, send_payment_refused
from models.database import session, utc_now
from models.invoices import Invoice
from models.mail import Mail
from models.payments import PaymentNotification
from services.invoices import get_document
from services.orders import cancel_order, get_order
from services.payments import receive_notification, start_payment
from tests.factories import make_order, notification, pay
from tests.jobs.conftest import Outside


def mails() -> list[Mail]:
    return list(session.scalars(select(Mail).order_by(Mail.id)))


def the_invoice() -> Invoice:
    return session.scalars(select(Invoice)).one()


def test_a_payment_is_confirmed_with_its_invoice(outside: Outside) -> None:
    order = make_order(at=utc_now())
    pay(order, at=utc_now())
    issue_order_invoice(order.id)
    render_invoice(the_invoice().id)
    send_payment_confirmation(the_invoice().id)
    send_payment_confirmation(the_invoice().id)
    (mail,) = mails()
    assert mail.template == "payment_confirmation"
    assert get_document(mail.invoice_id or 0)[0] == f"facture-{the_invoice().number}.pdf"


def test_a_payment_of_last_year_is_no_news(outside: Outside) -> None:
    order = make_order(at=utc_now())
    pay(order, at=utc_now())
    issue_order_invoice(order.id)
    the_invoice().issued_at = utc_now() - timedelta(days=300)
    send_payment_confirmation(the_invoice().id)
    assert mails() == []


def test_a_refusal_is_told_while_the_order_waits(outside: Outside) -> None:
    order = make_order(at=utc_now())
    payment = start_payment(order, at=utc_now())
    receive_notification(notification(payment, Erreur="00151", Auto=None), source_ip="127.0.0.1", at=utc_now())
    send_payment_refused(payment.id)
    send_payment_refused(payment.id)
    assert [mail.template for mail in mails()] == ["payment_refused"]


def test_a_refusal_is_not_told_once_the_order_is_paid(outside: Outside) -> None:
    order = make_order(at=utc_now())
    payment = start_payment(order, at=utc_now())
    receive_notification(notification(payment, Erreur="00151", Auto=None), source_ip="127.0.0.1", at=utc_now())
    receive_notification(notification(payment), source_ip="127.0.0.1", at=utc_now())
    send_payment_refused(payment.id)
    assert mails() == []


def sent_to_the_bank() -> int:
    order = make_order(at=utc_now() - timedelta(minutes=25))
    payment = start_payment(order, at=utc_now() - timedelta(minutes=25))
    payment.status, payment.sent_at = "processing", utc_now() - timedelta(minutes=25)
    session.flush()
    return order.id


def test_a_payment_the_bank_never_told_of_is_found_by_asking(outside: Outside) -> None:
    order_id = sent_to_the_bank()
    outside.gateway.answers = [
        BankAnswer(
            Settlement.DONE,
            "00000",
            transaction_number="71",
            call_number="91",
            authorisation="123456",
            state=TransactionState.CAPTURED,
        )
    ]
    reconcile_payments()
    reconcile_payments()
    assert get_order(order_id).status == OrderStatus.PAID
    assert len(outside.gateway.inquiries) == 1


def test_a_payment_that_never_was_is_asked_about_until_its_time_is_over(outside: Outside) -> None:
    order_id = sent_to_the_bank()
    outside.gateway.answers = [BankAnswer(Settlement.REFUSED, "00016") for _ in range(3)]
    reconcile_payments()
    reconcile_payments()
    assert get_order(order_id).status == OrderStatus.PENDING
    assert len(outside.gateway.inquiries) == 2
    cancel_order(get_order(order_id), reason="Délai de paiement dépassé.", by=SYSTEM, at=utc_now())
    session.commit()
    reconcile_payments()
    reconcile_payments()
    assert len(outside.gateway.inquiries) == 3


def test_a_fresh_payment_is_left_alone(outside: Outside) -> None:
    order = make_order(at=utc_now())
    payment = start_payment(order, at=utc_now())
    payment.status, payment.sent_at = "processing", utc_now()
    session.flush()
    reconcile_payments()
    assert outside.gateway.inquiries == []


def test_staff_hear_of_what_does_not_add_up(outside: Outside, alerts_to_staff: None) -> None:
    order = make_order(at=utc_now())
    payment = start_payment(order, at=utc_now())
    receive_notification(notification(payment, Mt=1), source_ip="127.0.0.1", at=utc_now())
    anomaly = session.scalars(select(PaymentNotification.id)).one()
    alert_payment_anomaly(anomaly)
    alert_payment_anomaly(anomaly)
    (mail,) = mails()
    assert mail.recipient == "equipe@example.org"
    assert payment.reference in mail.text
    assert mail.order_id == order.id


def test_staff_hear_of_a_payment_of_nobody(outside: Outside, alerts_to_staff: None) -> None:
    order = make_order(at=utc_now())
    payment = start_payment(order, at=utc_now())
    receive_notification(notification(payment, Ref="ORD-0000-1"), source_ip="127.0.0.1", at=utc_now())
    alert_payment_anomaly(session.scalars(select(PaymentNotification.id)).one())
    assert "référence inconnue" in mails()[0].text
