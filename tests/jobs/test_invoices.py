import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import select

from integrations.documents import WeasyPrinter, printer
from jobs.invoices import finish_invoices, invoice_page, issue_order_invoice, render_invoice
from jobs.outbox import path_of
from models.database import session, utc_now
from models.invoices import Invoice, InvoiceDocument
from models.orders import Order
from models.outbox import OutboxEvent
from models.settings import ShopSetting
from services.invoices import PRINT_JOB, DocumentNotReady, get_document_of_order, get_invoice
from services.orders import get_order
from services.settings import ShopIdentity
from tests.factories import make_address, make_order, make_product, pay
from tests.jobs.conftest import Outside
from web.templating import money


def a_paid_order(**ago: float) -> Order:
    at = utc_now() - timedelta(**ago)
    order = make_order(
        (make_product(name="Étrier <avant>", price_cents=33_33, deposit_cents=45_00), 3),
        (make_product(vat_basis_points=550), 1),
        at=at,
        billing=make_address(company="Garage Müller", country="BE", postal_code="1000", city="Bruxelles", phone=""),
    )
    pay(order, at=at)
    return get_order(order.id)


def the_invoice() -> Invoice:
    return get_invoice(session.scalars(select(Invoice.id)).one())


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_it_is_issued_and_printed_once(outside: Outside) -> None:
    order = a_paid_order()
    for _twice in range(2):
        issue_order_invoice(order.id)
        render_invoice(the_invoice().id)
    assert len(outside.printer.printed) == 1
    assert get_document_of_order(order)[0] == f"facture-{the_invoice().number}.pdf"
    told = session.scalars(select(OutboxEvent.name).where(OutboxEvent.name.startswith("Invoice"))).all()
    assert sorted(told) == ["InvoiceIssued", "InvoicePrinted"]


def test_the_first_pdf_stays(outside: Outside) -> None:
    order = a_paid_order()
    issue_order_invoice(order.id)
    render_invoice(the_invoice().id)
    first = session.scalars(select(InvoiceDocument.sha256)).one()
    with printer.replaced_by(WeasyPrinter()):
        render_invoice(the_invoice().id)
    assert session.scalars(select(InvoiceDocument.sha256)).one() == first


def test_it_says_what_the_law_wants(outside: Outside) -> None:
    session.add(
        ShopSetting(
            key="shop.identity",
            value=ShopIdentity(
                legal_name="Atelier Pièces Auto", legal_form="SAS", capital_euros="50 000", city="Lyon",
                siret="123 456 789 00012", rcs="Lyon B 123 456 789", vat_number="FR32123456789",
            ).model_dump(),
        )
    )  # fmt: skip
    order = a_paid_order()
    issue_order_invoice(order.id)
    invoice = the_invoice()
    said = words(invoice_page(invoice))
    for wanted in (
        f"Facture {invoice.number}", order.number, "Échéance", "Atelier Pièces Auto, SAS au capital de 50 000 €",
        "SIRET 123 456 789 00012", "RCS Lyon B 123 456 789", "TVA intracommunautaire FR32123456789",
        "Garage Müller", "1000 Bruxelles", "Belgique", "69003 Lyon", "Étrier <avant>", "Consigne", "Livraison standard",
        "5,5 %", "20 %", "Pas d'escompte", "L441-10", "40 €", order.payments[0].reference,
    ):  # fmt: skip
        assert wanted in said, wanted


def test_its_columns_add_up_to_what_was_paid(outside: Outside) -> None:
    order = a_paid_order()
    issue_order_invoice(order.id)
    invoice = the_invoice()
    assert sum(line.total_cents for line in invoice.lines) == invoice.total_cents == order.payments[0].amount_cents
    assert sum(line.net_cents for line in invoice.lines) == invoice.net_cents
    said = words(invoice_page(invoice))
    for cents in (invoice.net_cents, invoice.vat_cents, invoice.total_cents, 0):
        assert " ".join(money(cents).split()) in said
    for rate in invoice.vat_breakdown:
        assert " ".join(money(rate["vat_cents"]).split()) in said


def test_it_prints(outside: Outside) -> None:
    order = a_paid_order()
    issue_order_invoice(order.id)
    with printer.replaced_by(WeasyPrinter()):
        render_invoice(the_invoice().id)
    _name, pdf = get_document_of_order(order)
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) > 5_000


def test_what_a_lost_job_left_undone_is_finished(outside: Outside) -> None:
    order, fresh = a_paid_order(minutes=6), a_paid_order(minutes=1)
    finish_invoices()
    assert session.scalars(select(Invoice.order_id)).all() == [order.id]
    issued = the_invoice()
    issued.issued_at = utc_now() - timedelta(minutes=6)
    finish_invoices()
    assert get_document_of_order(order)[1].startswith(b"%PDF-")
    assert get_order(fresh.id).invoices == []


def test_an_old_invoice_is_printed_when_somebody_asks_for_it(outside: Outside) -> None:
    order = a_paid_order(days=300)
    issue_order_invoice(order.id)
    for _twice in range(2):
        with pytest.raises(DocumentNotReady):
            get_document_of_order(order)
    job, args, key = outside.queue.jobs[0]
    assert (job, args) == (path_of(render_invoice), (the_invoice().id,))
    # A print that failed keeps its key for a month: a minute later it can be asked for again.
    with time_machine.travel(utc_now() + timedelta(minutes=1)), pytest.raises(DocumentNotReady):
        get_document_of_order(order)
    assert outside.queue.jobs[-1][:2] == (job, args)
    assert outside.queue.jobs[-1][2] != key
    assert path_of(render_invoice) == PRINT_JOB


def test_without_a_queue_the_answer_is_the_same(outside: Outside) -> None:
    order = a_paid_order()
    issue_order_invoice(order.id)
    outside.queue.away = True
    with pytest.raises(DocumentNotReady):
        get_document_of_order(order)
