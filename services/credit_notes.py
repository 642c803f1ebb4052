"""Credit notes: what a refund takes back from an invoice, in a gapless series of their own (rule 3)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload, selectinload

from domain.errors import NotFound
from domain.money import allocate, contained_vat
from models.database import session
from models.invoices import Invoice, InvoiceDocument, InvoiceLine
from models.orders import Order
from models.outbox import record
from models.payments import Payment, Refund
from services.invoices import (
    PARIS,
    SERIES,
    DocumentNotReady,
    InvoiceIssued,
    ask_for_document,
    find_invoice_of_order,
    take_number,
)
from services.orders import get_order
from services.payments import find_paying_payment


def issue_credit_note(refund_id: int, *, at: datetime) -> Invoice | None:
    """Issue the credit note of a refund that the bank made, or return the one it has.

    None when nothing invoiced goes back: the order has no invoice, or the refund is of a payment too many.
    """
    refund = session.scalars(select(Refund).where(Refund.id == refund_id).options(joinedload(Refund.payment))).one()
    order = get_order(refund.payment.order_id, lock=True)
    issued = _list_credit_notes(order.id)
    if existing := next((note for note in issued if note.refund_id == refund_id), None):
        return existing
    invoice = find_invoice_of_order(order.id)
    paying = find_paying_payment(order)
    if refund.status != "completed" or invoice is None or paying is None or paying.id != refund.payment_id:
        return None
    lines = _credited_lines(invoice, issued, refund)
    year = at.astimezone(PARIS).year
    sequence = take_number("credit_note", year)
    note = Invoice(
        number=f"{SERIES['credit_note']}{year}-{sequence:06d}",
        kind="credit_note",
        year=year,
        sequence=sequence,
        order_id=order.id,
        parent_id=invoice.id,
        refund_id=refund.id,
        issued_at=at,
        due_on=at.astimezone(PARIS).date(),
        currency=invoice.currency,
        seller=invoice.seller,
        buyer=invoice.buyer,
        net_cents=sum(line.net_cents for line in lines),
        vat_cents=sum(line.vat_cents for line in lines),
        total_cents=sum(line.total_cents for line in lines),
        vat_breakdown=_by_rate(lines),
    )
    session.add(note)
    session.flush()
    for line in lines:
        line.invoice_id = note.id
    session.add_all(lines)
    session.flush()
    record(InvoiceIssued(note.id))
    return note


def list_refunds_without_credit_note(*, settled_from: datetime, settled_before: datetime, limit: int = 50) -> list[int]:
    """List the ids of refunds made in a time, of invoiced orders, that have no credit note; oldest first."""
    note = aliased(Invoice)
    return list(
        session.scalars(
            select(Refund.id)
            .join(Refund.payment)
            .join(Invoice, (Invoice.order_id == Payment.order_id) & (Invoice.kind == "invoice"))
            .outerjoin(note, note.refund_id == Refund.id)
            .where(
                Refund.status == "completed",
                Refund.settled_at >= settled_from,
                Refund.settled_at < settled_before,
                note.id.is_(None),
            )
            .order_by(Refund.settled_at)
            .limit(limit)
        )
    )


def get_credit_note_document(order: Order, invoice_id: int) -> tuple[str, bytes]:
    """Return file name and PDF of an order's credit note; raises NotFound, or DocumentNotReady while it is made."""
    row = session.execute(
        select(Invoice.number, InvoiceDocument.content)
        .outerjoin(Invoice.document)
        .where(Invoice.id == invoice_id, Invoice.order_id == order.id, Invoice.kind == "credit_note")
    ).one_or_none()
    if row is None:
        raise NotFound("Cet avoir n'existe pas.")
    if row[1] is None:
        ask_for_document(invoice_id)
        raise DocumentNotReady("L'avoir est en cours de préparation. Réessayez dans une minute.")
    return f"avoir-{row[0]}.pdf", row[1]


def _list_credit_notes(order_id: int) -> Sequence[Invoice]:
    return session.scalars(
        select(Invoice)
        .where(Invoice.order_id == order_id, Invoice.kind == "credit_note")
        .options(selectinload(Invoice.lines))
    ).all()


def _credited_lines(invoice: Invoice, issued: Sequence[Invoice], refund: Refund) -> list[InvoiceLine]:
    """Return the lines of a credit note: the invoice's own when all goes back at once, else one per rate."""
    if not issued and refund.amount_cents == invoice.total_cents:
        return [_negated(line) for line in invoice.lines]
    left, left_vat = Counter[int](), Counter[int]()
    for document in (invoice, *issued):
        for share in document.vat_breakdown:
            left[share["basis_points"]] += share["total_cents"]
            left_vat[share["basis_points"]] += share["vat_cents"]
    rates = sorted(left, reverse=True)
    parts = allocate(refund.amount_cents, [left[rate] for rate in rates])
    # The last one takes what is left of the VAT too: all of them together are the invoice, to the cent.
    is_last = refund.amount_cents == left.total()
    lines: list[InvoiceLine] = []
    for rate, part in zip(rates, parts, strict=True):
        vat = left_vat[rate] if is_last else contained_vat(part, rate)
        if part:
            lines.append(_partial(len(lines) + 1, rate, part, vat, refund.reason))
    return lines


def _partial(position: int, basis_points: int, total_cents: int, vat_cents: int, reason: str) -> InvoiceLine:
    return InvoiceLine(
        position=position,
        kind="goods",
        name=f"Remboursement : {reason}"[:200],
        quantity=1,
        unit_cents=-total_cents,
        vat_basis_points=basis_points,
        net_cents=vat_cents - total_cents,
        vat_cents=-vat_cents,
        total_cents=-total_cents,
    )


def _negated(line: InvoiceLine) -> InvoiceLine:
    return InvoiceLine(
        position=line.position,
        kind=line.kind,
        reference=line.reference,
        brand_name=line.brand_name,
        name=line.name,
        quantity=line.quantity,
        unit_cents=-line.unit_cents,
        discount_cents=-line.discount_cents,
        vat_basis_points=line.vat_basis_points,
        net_cents=-line.net_cents,
        vat_cents=-line.vat_cents,
        total_cents=-line.total_cents,
    )


def _by_rate(lines: Iterable[InvoiceLine]) -> list[dict[str, int]]:
    rates: dict[int, dict[str, int]] = {}
    for line in lines:
        rate = rates.setdefault(
            line.vat_basis_points,
            {"basis_points": line.vat_basis_points, "net_cents": 0, "vat_cents": 0, "total_cents": 0},
        )
        rate["net_cents"] += line.net_cents
        rate["vat_cents"] += line.vat_cents
        rate["total_cents"] += line.total_cents
    return sorted(rates.values(), key=lambda rate: -rate["basis_points"])
