"""Invoices: one per paid order, numbered without gaps, never changed (spec/invoicing-system.md)."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload, selectinload

from domain.errors import Conflict, NotFound
from domain.pricing import PricedLine, total_of
from integrations.queue import queue
from models.database import session, utc_now
from models.invoices import Invoice, InvoiceCounter, InvoiceDocument, InvoiceLine
from models.orders import Order, OrderLine
from models.outbox import Event, record
from services.orders import get_order
from services.settings import get_shop_identity

PARIS = ZoneInfo("Europe/Paris")
SERIES = {"invoice": "", "credit_note": "AV-"}
PRINT_JOB = "jobs.invoices.render_invoice"


@dataclass(frozen=True)
class InvoiceIssued(Event):
    """An invoice has its number; its PDF can be made."""

    invoice_id: int


@dataclass(frozen=True)
class InvoicePrinted(Event):
    """The PDF of an invoice is there to be read and sent."""

    invoice_id: int


class NotInvoiceable(Conflict):
    """Only a paid order has an invoice."""


class DocumentNotReady(NotFound):
    """The PDF is still being made."""


def issue_invoice(order_id: int, *, at: datetime) -> Invoice:
    """Issue the invoice of a paid order, or return the one it has; the number is taken in this transaction."""
    order = get_order(order_id, lock=True)
    if existing := find_invoice_of_order(order_id):
        return existing
    if order.paid_at is None:
        raise NotInvoiceable("Cette commande n'est pas payée : elle n'a pas de facture.")
    year = at.astimezone(PARIS).year
    sequence = take_number("invoice", year)
    totals = total_of([_as_priced(line) for line in order.lines])
    invoice = Invoice(
        number=f"{SERIES['invoice']}{year}-{sequence:06d}",
        kind="invoice",
        year=year,
        sequence=sequence,
        order_id=order.id,
        issued_at=at,
        # Paid by card: due the day it is issued (rule 6).
        due_on=at.astimezone(PARIS).date(),
        currency=order.currency,
        seller=get_shop_identity().model_dump(),
        buyer={**order.billing_address, "email": order.email},
        net_cents=totals.net_cents,
        vat_cents=totals.vat_cents,
        total_cents=totals.total_cents,
        vat_breakdown=[
            {
                "basis_points": rate.basis_points,
                "net_cents": rate.net_cents,
                "vat_cents": rate.vat_cents,
                "total_cents": rate.total_cents,
            }
            for rate in totals.vat
        ],
    )
    session.add(invoice)
    session.flush()
    session.add_all(_copy_lines(invoice.id, order.lines))
    session.flush()
    record(InvoiceIssued(invoice.id))
    return invoice


def find_invoice_of_order(order_id: int) -> Invoice | None:
    """Return the order's invoice with its lines, None when it has none yet."""
    return session.scalar(
        select(Invoice)
        .where(Invoice.order_id == order_id, Invoice.kind == "invoice")
        .options(selectinload(Invoice.lines))
    )


def get_invoice(invoice_id: int) -> Invoice:
    """Return an invoice with its lines and its order; raises NotFound."""
    invoice = session.scalar(
        select(Invoice)
        .where(Invoice.id == invoice_id)
        .options(
            selectinload(Invoice.lines),
            joinedload(Invoice.parent),
            joinedload(Invoice.order).selectinload(Order.lines),
        )
    )
    if invoice is None:
        raise NotFound("Cette facture n'existe pas.")
    return invoice


def list_orders_without_invoice(*, paid_from: datetime, paid_before: datetime, limit: int = 50) -> list[int]:
    """List the ids of orders paid in a time whose invoice was not issued, oldest first."""
    return list(
        session.scalars(
            select(Order.id)
            .outerjoin(Invoice, (Invoice.order_id == Order.id) & (Invoice.kind == "invoice"))
            # What the old shop sold it invoiced itself.
            .where(Order.paid_at >= paid_from, Order.paid_at < paid_before, Invoice.id.is_(None))
            .where(Order.legacy_id.is_(None))
            .order_by(Order.paid_at)
            .limit(limit)
        )
    )


def list_invoices_without_document(*, issued_from: datetime, issued_before: datetime, limit: int = 50) -> list[int]:
    """List the ids of invoices issued in a time whose PDF was not made, oldest first."""
    return list(
        session.scalars(
            select(Invoice.id)
            .outerjoin(Invoice.document)
            .where(
                Invoice.issued_at >= issued_from,
                Invoice.issued_at < issued_before,
                InvoiceDocument.invoice_id.is_(None),
            )
            .order_by(Invoice.issued_at)
            .limit(limit)
        )
    )


def store_document(invoice_id: int, pdf: bytes) -> None:
    """Keep the PDF of an invoice; the first one kept stays, so that every download has the same bytes."""
    stored = session.scalar(
        insert(InvoiceDocument)
        .values(invoice_id=invoice_id, sha256=hashlib.sha256(pdf).hexdigest(), content=pdf)
        .on_conflict_do_nothing()
        .returning(InvoiceDocument.invoice_id)
    )
    if stored is not None:
        record(InvoicePrinted(invoice_id))


def has_document(invoice_id: int) -> bool:
    """Say whether the PDF of an invoice has been made."""
    return (
        session.scalar(select(InvoiceDocument.invoice_id).where(InvoiceDocument.invoice_id == invoice_id)) is not None
    )


def get_document_of_order(order: Order) -> tuple[str, bytes]:
    """Return file name and PDF of an order's invoice; raises NotFound, or DocumentNotReady while it is being made."""
    row = session.execute(
        select(Invoice.number, InvoiceDocument.content, Invoice.id)
        .outerjoin(Invoice.document)
        .where(Invoice.order_id == order.id, Invoice.kind == "invoice")
    ).one_or_none()
    if row is None and order.paid_at is None:
        raise NotFound("Cette commande n'a pas de facture.")
    if row is not None and row[1] is None:
        ask_for_document(row[2])
    if row is None or row[1] is None:
        raise DocumentNotReady("La facture est en cours de préparation. Réessayez dans une minute.")
    return f"facture-{row[0]}.pdf", row[1]


def get_document(invoice_id: int) -> tuple[str, bytes]:
    """Return file name and PDF of an invoice; raises DocumentNotReady while it is being made."""
    row = session.execute(
        select(Invoice.number, InvoiceDocument.content, Invoice.kind)
        .join(Invoice.document)
        .where(Invoice.id == invoice_id)
    ).one_or_none()
    if row is None:
        raise DocumentNotReady("La facture est en cours de préparation. Réessayez dans une minute.")
    return f"{'avoir' if row[2] == 'credit_note' else 'facture'}-{row[0]}.pdf", row[1]


def ask_for_document(invoice_id: int) -> None:
    """Have a PDF made now: an invoice brought in from elsewhere is printed when it is first asked for.

    Once a minute at most; a print that failed is asked for again by whoever comes after that.
    """
    with suppress(ConnectionError):
        queue().enqueue(PRINT_JOB, invoice_id, key=f"print-{invoice_id}-{utc_now():%Y%m%d%H%M}")


def take_number(kind: str, year: int) -> int:
    """Return the next number of a series; the counter's row stays locked until commit, so a failure leaves no gap."""
    return session.execute(
        insert(InvoiceCounter)
        .values(kind=kind, year=year, last=1)
        .on_conflict_do_update(index_elements=["kind", "year"], set_={"last": InvoiceCounter.last + 1})
        .returning(InvoiceCounter.last)
    ).scalar_one()


def _as_priced(line: OrderLine) -> PricedLine:
    return PricedLine(
        line.kind,  # type: ignore[arg-type]  # the table's check holds it to the three kinds
        line.quantity,
        line.unit_cents,
        line.vat_basis_points,
        line.discount_cents,
        line.product_id,
    )


def _copy_lines(invoice_id: int, lines: Sequence[OrderLine]) -> list[InvoiceLine]:
    return [
        InvoiceLine(
            invoice_id=invoice_id,
            position=line.position,
            kind=line.kind,
            reference=line.reference,
            brand_name=line.brand_name,
            name=line.name,
            quantity=line.quantity,
            unit_cents=line.unit_cents,
            discount_cents=line.discount_cents,
            vat_basis_points=line.vat_basis_points,
            net_cents=line.net_cents,
            vat_cents=line.vat_cents,
            total_cents=line.total_cents,
        )
        for line in lines
    ]
