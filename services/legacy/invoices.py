"""Old invoices: kept under their own numbers, after which ours go on."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, text

from domain.legacy.orders import NO_REFERENCE, RATE, LineAmounts, read_amounts, read_line
from domain.legacy.rows import Row
from domain.legacy.values import PARIS, Unreadable
from domain.money import contained_vat
from models.database import session
from models.invoices import Invoice, InvoiceLine
from models.orders import Order
from services.legacy.holding import held_rows
from services.legacy.ledger import Ledger, convert_each
from services.legacy.writing import Record, replace_children, upsert
from services.settings import get_shop_identity


def take_invoices(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write invoices (___xtr_invoice) of orders that are here, with their lines (___xtr_invoice_line)."""
    orders = _orders([(row.raw("inv_ord_id") or "").strip() for row in rows])
    held = held_rows("___xtr_invoice_line", [(row.raw("inv_id") or "").strip() for row in rows])
    seller = get_shop_identity().model_dump()
    invoices, lines = [], {}
    for row, record in convert_each(rows, ledger, lambda row: _invoice(row, orders, seller)):
        own = _lines(held.get((row.raw("inv_id") or "").strip(), ()), ledger)
        if own and sum(line["total_cents"] for line in own) != record["total_cents"]:
            _add_rest(own, record, row, ledger)
        invoices.append(record)
        lines[record["number"]] = own
    upsert(Invoice, invoices, "number", only_new=("seller",))
    ours = _ours(list(lines))
    children = [
        {"invoice_id": ours[number], "position": place, **line}
        for number, own in lines.items()
        for place, line in enumerate(own, 1)
    ]
    replace_children(InvoiceLine, "invoice_id", list(ours.values()), children, ("invoice_id", "position"))
    _go_on_counting([(record["year"], record["sequence"]) for record in invoices])


def _invoice(row: Row, orders: Mapping[str, Any], seller: Record) -> dict[str, Any]:
    number, order = row.needed_id("inv_id"), orders.get(row.text("inv_ord_id"))
    if order is None:
        raise Unreadable(f"orphelin : commande {row.text('inv_ord_id')} inconnue")
    issued_at = row.moment("inv_date")
    if issued_at is None:
        raise Unreadable("inv_date : vide")
    amounts = read_amounts(row, "inv_")
    net = amounts.total - amounts.vat
    day = issued_at.astimezone(PARIS).date()
    share = {"basis_points": RATE, "net_cents": net, "vat_cents": amounts.vat, "total_cents": amounts.total}
    return {
        "number": str(number),
        "kind": "invoice",
        "year": day.year,
        "sequence": number,
        "order_id": order.id,
        "issued_at": issued_at,
        "due_on": day,
        "seller": seller,
        "buyer": {**order.billing_address, "email": order.email},
        "net_cents": net,
        "vat_cents": amounts.vat,
        "total_cents": amounts.total,
        "vat_breakdown": [share],
    }


def _lines(held: Sequence[Row], ledger: Ledger) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for row in held:
        try:
            said = {
                "reference": row.text("invl_art_ref")[:60] or NO_REFERENCE,
                "brand_name": row.text("invl_pm_name")[:100],
                "name": row.text("invl_pg_name")[:200],
            }
            goods, deposit = read_line(row, "invl_", "price_sell"), read_line(row, "invl_", "deposit")
        except (ValueError, ArithmeticError) as error:
            ledger.remark(row, f"ligne refusée : {error}")
            continue
        lines += [_line("goods", said, goods)] if goods else []
        lines += [_line("deposit", said, deposit)] if deposit and deposit.total else []
    return lines


def _line(kind: str, said: Record, part: LineAmounts) -> dict[str, Any]:
    return {
        "kind": kind,
        **said,
        "quantity": part.quantity,
        "unit_cents": part.unit,
        "discount_cents": part.discount,
        "vat_basis_points": RATE,
        "net_cents": part.total - part.vat,
        "vat_cents": part.vat,
        "total_cents": part.total,
    }


def _add_rest(lines: list[dict[str, Any]], record: Record, row: Row, ledger: Ledger) -> None:
    """The shipping stands in no line of its own; what still differs then is said."""
    shipping = read_amounts(row, "inv_").shipping
    if shipping:
        said = {"reference": "", "brand_name": "", "name": "Livraison"}
        vat = contained_vat(shipping, RATE)
        lines.append(_line("shipping", said, LineAmounts(1, shipping, 0, shipping, vat)))
    difference = record["total_cents"] - sum(line["total_cents"] for line in lines)
    if abs(difference) > 1:
        ledger.remark(row, f"lignes : écart de {difference} centimes avec la facture")


def _orders(legacy_ids: Sequence[str]) -> dict[str, Any]:
    query = select(Order.legacy_id, Order.id, Order.billing_address, Order.email).where(Order.legacy_id.in_(legacy_ids))
    return {str(row.legacy_id): row for row in session.execute(query)}


def _ours(numbers: Sequence[str]) -> dict[str, int]:
    query = select(Invoice.number, Invoice.id).where(Invoice.number.in_(numbers))
    return {row[0]: row[1] for row in session.execute(query)}


def _go_on_counting(taken: Sequence[tuple[int, int]]) -> None:
    """Our next number of a year follows the highest old one of that year."""
    for year in sorted({year for year, _ in taken}):
        last = max(sequence for of_year, sequence in taken if of_year == year)
        session.execute(
            text(
                "INSERT INTO invoice_counter AS was (kind, year, last) VALUES ('invoice', :year, :last)"
                " ON CONFLICT (kind, year) DO UPDATE SET last = excluded.last WHERE was.last < excluded.last"
            ),
            {"year": year, "last": last},
        )
