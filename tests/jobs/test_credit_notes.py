"""Credit notes: what goes back of an invoice, once, numbered without gaps, sent with the news of the refund."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from domain.orders import SYSTEM, Actor
from domain.payments import PaymentStatus
from jobs.credit_notes import acknowledge_refund, finish_credit_notes, send_credit_note
from jobs.invoices import invoice_page, render_invoice
from models.database import session, utc_now
from models.invoices import Invoice
from models.mail import Mail
from models.orders import Order
from models.payments import Payment, Refund
from services.credit_notes import get_credit_note_document, issue_credit_note
from services.invoices import get_invoice, issue_invoice
from services.mail import claim_mail
from services.orders import cancel_order, get_order
from services.payments import start_payment
from services.refunds import request_refund
from tests.factories import make_order, make_product, pay
from tests.jobs.conftest import Outside
from web.links import order_token
from web.templating import money

NOW = utc_now()
STAFF = Actor.staff(1, 9)


def an_invoiced_order() -> Order:
    order = make_order(
        (make_product(price_cents=33_33, deposit_cents=45_00), 3), (make_product(vat_basis_points=550), 1), at=NOW
    )
    pay(order, at=NOW)
    issue_invoice(order.id, at=NOW)
    return get_order(order.id, lock=True)


def give_back(payment: Payment, cents: int, *, reason: str = "Geste commercial") -> Refund:
    refund = request_refund(payment, amount_cents=cents, reason=reason, by=STAFF, at=NOW)
    refund.status, refund.settled_at = "completed", NOW
    session.flush()
    return refund


def credit(refund: Refund) -> Invoice:
    note = issue_credit_note(refund.id, at=NOW)
    assert note is not None
    return get_invoice(note.id)


def the_invoice() -> Invoice:
    return get_invoice(session.scalars(select(Invoice.id).where(Invoice.kind == "invoice")).one())


def test_a_full_refund_is_the_invoice_negated(outside: Outside) -> None:
    order = an_invoiced_order()
    invoice = the_invoice()
    note = credit(give_back(order.payments[0], order.total_cents))
    assert note.number == f"AV-{note.year}-000001"
    assert note.parent_id == invoice.id
    assert (note.net_cents, note.vat_cents, note.total_cents) == (
        -invoice.net_cents,
        -invoice.vat_cents,
        -invoice.total_cents,
    )
    assert [(line.name, line.total_cents) for line in note.lines] == [
        (line.name, -line.total_cents) for line in invoice.lines
    ]
    assert [rate["total_cents"] for rate in note.vat_breakdown] == [
        -rate["total_cents"] for rate in invoice.vat_breakdown
    ]


def test_partial_refunds_have_a_line_per_rate_and_end_at_nothing(outside: Outside) -> None:
    order = an_invoiced_order()
    invoice, payment = the_invoice(), order.payments[0]
    notes = [credit(give_back(payment, cents)) for cents in (10_01, 33, payment.amount_cents - 10_34)]
    assert [note.total_cents for note in notes] == [-10_01, -33, 10_34 - invoice.total_cents]
    assert [note.sequence for note in notes] == [1, 2, 3]
    assert [line.vat_basis_points for line in notes[0].lines] == [2000, 550]
    for note in notes:
        assert sum(line.total_cents for line in note.lines) == note.total_cents
        assert sum(rate["total_cents"] for rate in note.vat_breakdown) == note.total_cents
    assert sum(note.vat_cents for note in notes) == -invoice.vat_cents
    assert sum(note.net_cents for note in notes) == -invoice.net_cents


def test_a_refund_has_one_credit_note(outside: Outside) -> None:
    refund = give_back(an_invoiced_order().payments[0], 5_00)
    assert credit(refund).id == credit(refund).id


def test_a_refund_the_bank_has_not_made_has_none(outside: Outside) -> None:
    order = an_invoiced_order()
    refund = request_refund(order.payments[0], amount_cents=5_00, reason="Geste", by=STAFF, at=NOW)
    assert issue_credit_note(refund.id, at=NOW) is None


def test_without_an_invoice_there_is_nothing_to_take_back(outside: Outside) -> None:
    order = make_order(at=NOW)
    payment = start_payment(order, at=NOW)
    cancel_order(order, reason="Paiement non reçu dans le délai.", by=SYSTEM, at=NOW)
    payment.status = PaymentStatus.PAID
    session.flush()
    acknowledge_refund(give_back(payment, payment.amount_cents).id)
    assert session.scalars(select(Invoice)).all() == []
    assert session.scalars(select(Mail.invoice_id)).all() == [None]


def test_a_payment_too_many_takes_nothing_back_from_the_invoice(outside: Outside) -> None:
    order = an_invoiced_order()
    second = Payment(
        reference="SECOND", order_id=order.id, attempt=2, amount_cents=order.total_cents, status="paid", expires_at=NOW
    )
    session.add(second)
    session.flush()
    refund = give_back(second, order.total_cents, reason="Payée deux fois.")
    session.expire(order)
    assert issue_credit_note(refund.id, at=NOW) is None


def test_it_is_printed_with_its_invoice_and_goes_with_the_mail(outside: Outside) -> None:
    order = an_invoiced_order()
    refund = give_back(order.payments[0], 5_00)
    acknowledge_refund(refund.id)
    assert session.scalars(select(Mail)).all() == []
    note = credit(refund)
    page = invoice_page(note)
    assert "Avoir" in page
    assert the_invoice().number in page
    assert money(-5_00) in page
    render_invoice(note.id)
    for _twice in range(2):
        send_credit_note(note.id)
    mail = session.scalars(select(Mail)).one()
    outgoing = claim_mail(mail.id, at=utc_now())
    assert outgoing is not None
    assert [file.name for file in outgoing.attachments] == [f"avoir-{note.number}.pdf"]
    assert note.number in mail.text


def test_what_a_lost_job_left_undone_is_issued_later(outside: Outside) -> None:
    refund = give_back(an_invoiced_order().payments[0], 5_00)
    refund.settled_at = utc_now() - timedelta(hours=1)
    session.flush()
    finish_credit_notes()
    assert session.scalars(select(Invoice.refund_id).where(Invoice.kind == "credit_note")).all() == [refund.id]


def test_the_buyer_downloads_his_and_nobody_elses(outside: Outside, client: FlaskClient) -> None:
    order = an_invoiced_order()
    note = credit(give_back(order.payments[0], 5_00))
    render_invoice(note.id)
    session.commit()
    address = f"/commande/suivi/{order_token(order.id)}/avoirs/{note.id}"
    assert address in client.get(f"/commande/suivi/{order_token(order.id)}").text
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    other = make_order(at=NOW)
    session.commit()
    assert client.get(f"/commande/suivi/{order_token(other.id)}/avoirs/{note.id}").status_code == 404
    assert get_credit_note_document(order, note.id)[0] == f"avoir-{note.number}.pdf"
