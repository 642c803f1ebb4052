"""Invoices: numbered when the money is there, printed once, finished later when a worker died over one."""

from datetime import timedelta

from flask import render_template

from domain.money import contained_vat
from integrations.documents import printer
from jobs.unit_of_work import checkpoint, for_each
from models.database import utc_now
from models.invoices import Invoice
from services.invoices import (
    get_invoice,
    has_document,
    issue_invoice,
    list_invoices_without_document,
    list_orders_without_invoice,
    store_document,
)
from services.orders import get_order
from services.payments import find_paying_payment
from web.postal import address_lines

# What takes seconds is looked after when it was not done in this time, and only while it is news.
PATIENCE = timedelta(minutes=5)
NEWS = timedelta(days=7)


def issue_order_invoice(order_id: int) -> None:
    """Issue the invoice of a paid order; asked again, it is the same invoice."""
    issue_invoice(order_id, at=utc_now())


def render_invoice(invoice_id: int) -> None:
    """Print an invoice and keep the PDF; one that is kept already stays."""
    if has_document(invoice_id):
        return
    html = invoice_page(get_invoice(invoice_id))
    # Printing takes its time, and needs no transaction.
    checkpoint()
    store_document(invoice_id, printer().make_pdf(html))


def invoice_page(invoice: Invoice) -> str:
    """Return an invoice as the HTML it is printed from; every figure is the invoice's own."""
    order = get_order(invoice.order_id)
    return render_template(
        "documents/invoice.html",
        invoice=invoice,
        order=order,
        payment=find_paying_payment(order),
        address_lines=address_lines,
        unit_net=lambda line: line.unit_cents - contained_vat(line.unit_cents, line.vat_basis_points),
    )


def finish_invoices() -> None:
    """Issue and print what a lost job left undone."""
    now = utc_now()
    since, before = now - NEWS, now - PATIENCE
    for_each(list_orders_without_invoice(paid_from=since, paid_before=before), issue_order_invoice)
    for_each(list_invoices_without_document(issued_from=since, issued_before=before), render_invoice)
