"""Old orders with their lines, addresses and state, as they were; what was moved on in this shop is left alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from domain.legacy.orders import (
    NO_REFERENCE,
    RATE,
    Amounts,
    note_of,
    read_amounts,
    read_line,
    state_of,
)
from domain.legacy.people import address_of, email_of, phone_of
from domain.legacy.rows import Row
from domain.legacy.values import Unreadable
from domain.money import contained_vat
from domain.orders import OrderStatus
from domain.references import reference_key
from models.customers import Customer
from models.database import session
from models.orders import Order, OrderLine, OrderStatusChange
from services.legacy.holding import first_held, held_rows, held_states
from services.legacy.ledger import Ledger, convert_each
from services.legacy.parts import products_by_reference
from services.legacy.people import customer_ids
from services.legacy.writing import Record, insert_missing, replace_children, upsert

EMPTY_ADDRESS = dict.fromkeys(
    ("first_name", "last_name", "company", "line1", "line2", "postal_code", "city", "phone"), ""
) | {"country": "FR"}
# An order that was not placed here keeps its number when it is short enough for a letter.
LONGEST_NUMBER = 20
TAKEN_OVER = "Repris de l'ancienne boutique"
# Edited here since: every move of an order counts its version up.
_MOVED_HERE = "was.version > 1"


@dataclass(frozen=True)
class Around:
    """What the rows of a batch need of other tables."""

    states: Mapping[str, OrderStatus]
    customers: Mapping[str, int]
    by_email: Mapping[str, int]
    profiles: Mapping[str, Row]
    billing: Mapping[str, Row]
    delivery: Mapping[str, Row]
    carriers: Mapping[str, Row]
    lines: Mapping[str, Sequence[Row]]
    products: Mapping[tuple[int, str], int]


def take_orders(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write orders (___xtr_order) with their lines (___xtr_order_line)."""
    around = _look_around(rows)
    orders, lines = [], {}
    for row, (order, amounts) in convert_each(rows, ledger, lambda row: _order(row, around)):
        own = [line for held in around.lines.get(order["legacy_id"], ()) for line in _lines(held, around, ledger)]
        _check(row, order, amounts, own, around, ledger)
        if amounts.shipping:
            own.append(_shipping(amounts.shipping))
        orders.append(order)
        lines[order["legacy_id"]] = own
    upsert(Order, orders, "legacy_id", unless=_MOVED_HERE, counts_versions=False)
    _write_lines(lines)
    _write_history([order["legacy_id"] for order in orders])


def _look_around(rows: Sequence[Row]) -> Around:
    def keys(column: str) -> list[str]:
        # 0 means that there is none.
        return [key for row in rows if (key := (row.raw(column) or "").strip()) not in ("", "0")]

    lines = held_rows("___xtr_order_line", keys("ord_id"))
    profiles = first_held("___xtr_customer", keys("ord_cst_id"))
    return Around(
        states=held_states(),
        customers=customer_ids(keys("ord_cst_id")),
        by_email=_customers_by_email(profiles),
        profiles=profiles,
        billing=first_held("___xtr_customer_billing_address", keys("ord_cba_id")),
        delivery=first_held("___xtr_customer_delivery_address", keys("ord_cda_id")),
        carriers=first_held("___xtr_delivery_agent", keys("ord_da_id")),
        lines=lines,
        products=_products([line for own in lines.values() for line in own]),
    )


def _customers_by_email(profiles: Mapping[str, Row]) -> dict[str, int]:
    """An account that another one of the same e-mail stands for has its orders there."""
    emails = {email for email in map(_email, profiles.values()) if email}
    query = select(func.lower(Customer.email), Customer.id).where(func.lower(Customer.email).in_(emails))
    return {row[0]: row[1] for row in session.execute(query)}


def _products(lines: Sequence[Row]) -> dict[tuple[int, str], int]:
    """Lines name no part: brand and comparable reference do."""
    wanted = {identity for identity in map(_identity, lines) if identity}
    return products_by_reference(sorted(wanted))


def _identity(line: Row) -> tuple[int, str] | None:
    try:
        brand, reference = line.id("orl_pm_id"), line.text("orl_art_ref_clean") or line.text("orl_art_ref")
    except Unreadable:
        return None
    return (brand, reference_key(reference)) if brand and reference_key(reference) else None


def _order(row: Row, around: Around) -> tuple[dict[str, Any], Amounts]:
    legacy_id = row.needed_text("ord_id", most=60)
    placed_at = row.moment("ord_date") or row.moment("ord_date_pay")
    if placed_at is None:
        raise Unreadable("ord_date : vide")
    if len(legacy_id) > LONGEST_NUMBER:
        raise Unreadable(f"ord_id : plus de {LONGEST_NUMBER} caractères")
    amounts = read_amounts(row, "ord_")
    is_paid, info = row.flag("ord_is_pay"), row.long_text("ord_info")
    status = row.text("ord_ords_id", most=20)
    state = state_of(status, is_paid=is_paid, note=info, states=around.states)
    owner = row.text("ord_cst_id")
    profile = around.profiles.get(owner)
    billing, shipping = _addresses(row, profile, around)
    carrier = around.carriers.get(row.text("ord_da_id"))
    email = (_email(profile) if profile else "") or ""
    parent = row.text("ord_parent")
    notes = [f"Supplément de la commande {parent}"] if parent not in ("", "0") else []
    order = {
        "legacy_id": legacy_id,
        "number": legacy_id,
        "customer_id": around.customers.get(owner) or around.by_email.get(email),
        "email": email,
        "phone": billing["phone"] or (phone_of(profile.text("cst_gsm"), profile.text("cst_tel")) if profile else ""),
        "status": state.value,
        "legacy_status": status,
        "goods_cents": amounts.goods,
        "discount_cents": amounts.discount,
        "deposit_cents": amounts.deposit,
        "shipping_cents": amounts.shipping,
        "total_cents": amounts.total,
        "vat_cents": amounts.vat,
        "is_vat_estimated": amounts.is_vat_estimated,
        "billing_address": billing,
        "shipping_address": shipping,
        "shipping_method": "standard",
        "carrier": carrier.text("da_name")[:40] if carrier else "",
        "staff_note": "\n".join([*notes, note_of(info)]).strip()[:2000],
        "placed_at": placed_at,
        "paid_at": (row.moment("ord_date_pay") or placed_at) if is_paid else None,
    }
    return order, amounts


def _addresses(row: Row, profile: Row | None, around: Around) -> tuple[dict[str, str], dict[str, str]]:
    """The copies that the order keeps: its own addresses, or else the customer's."""
    own = profile and _readable(profile, "cst_")
    billing_row = around.billing.get(row.text("ord_cba_id"))
    delivery_row = around.delivery.get(row.text("ord_cda_id"))
    billing = (billing_row and _readable(billing_row, "cba_")) or own
    shipping = (delivery_row and _readable(delivery_row, "cda_")) or billing
    return billing or shipping or EMPTY_ADDRESS, shipping or EMPTY_ADDRESS


def _readable(row: Row, prefix: str) -> dict[str, str] | None:
    try:
        return address_of(row, prefix)
    except Unreadable:
        return None


def _email(profile: Row) -> str | None:
    try:
        return email_of(profile.text("cst_mail"))
    except Unreadable:
        return None


def _lines(held: Row, around: Around, ledger: Ledger) -> list[dict[str, Any]]:
    """Return a goods line, with its deposit's behind it; a line that means nothing is refused alone."""
    try:
        goods, deposit = read_line(held, "orl_", "price_sell"), read_line(held, "orl_", "deposit")
        if goods is None:
            raise Unreadable("ligne sans prix")
        identity = _identity(held)
        said = {
            "product_id": around.products.get(identity) if identity else None,
            "reference": held.text("orl_art_ref")[:60] or NO_REFERENCE,
            "brand_name": held.text("orl_pm_name")[:100],
            "name": held.text("orl_pg_name")[:200],
            "vat_basis_points": RATE,
        }
    except (ValueError, ArithmeticError) as error:
        ledger.tallies["ligne de commande refusée"] += 1
        ledger.remark(held, f"ligne refusée : {error}")
        return []
    parts = [("goods", goods)] + ([("deposit", deposit)] if deposit and deposit.total else [])
    # Only goods may carry a discount: a deposit's rounding goes into one unit.
    return [
        {"kind": kind, **said}
        | (
            {"quantity": part.quantity, "unit_cents": part.unit, "discount_cents": part.discount}
            if kind == "goods" or not part.discount
            else {"quantity": 1, "unit_cents": part.total, "discount_cents": 0}
        )
        | {"total_cents": part.total, "vat_cents": part.vat}
        for kind, part in parts
    ]


def _shipping(cents: int) -> dict[str, Any]:
    return {
        "kind": "shipping", "product_id": None, "reference": "", "brand_name": "", "name": "Livraison",
        "vat_basis_points": RATE, "quantity": 1, "unit_cents": cents, "discount_cents": 0, "total_cents": cents,
        "vat_cents": contained_vat(cents, RATE),
    }  # fmt: skip


def _check(row: Row, order: Record, amounts: Amounts, lines: Sequence[Record], around: Around, ledger: Ledger) -> None:
    if abs(amounts.difference) > 1:
        ledger.remark(row, f"total : écart de {amounts.difference} centimes avec marchandise + consignes + port")
    goods = sum(line["total_cents"] for line in lines if line["kind"] == "goods")
    if lines and abs(goods - (amounts.goods - amounts.discount)) > 1:
        ledger.remark(row, f"lignes : écart de {amounts.goods - amounts.discount - goods} centimes avec la marchandise")
    if not lines:
        ledger.remark(row, "commande sans ligne")
    if order["legacy_status"] not in around.states:
        ledger.remark(row, f"état « {order['legacy_status']} » absent de la table des états")
    if order["customer_id"] is None:
        ledger.remark(row, "orphelin : client inconnu, gardée sans compte")
    if order["billing_address"] == EMPTY_ADDRESS:
        ledger.remark(row, "sans adresse")


def _write_lines(lines: Mapping[str, Sequence[Record]]) -> None:
    query = select(Order.legacy_id, Order.id).where(Order.legacy_id.in_(list(lines)), Order.version == 1)
    ours = {str(row[0]): row[1] for row in session.execute(query)}
    records = [
        {"order_id": order_id, "position": place, **line}
        for legacy_id, order_id in ours.items()
        for place, line in enumerate(lines[legacy_id], 1)
    ]
    replace_children(OrderLine, "order_id", list(ours.values()), records, ("order_id", "position"))


def _write_history(legacy_ids: Sequence[str]) -> None:
    query = select(Order.id, Order.status, Order.placed_at).where(Order.legacy_id.in_(legacy_ids), Order.version == 1)
    records = [
        {"order_id": row[0], "to_status": row[1], "by": "system", "comment": TAKEN_OVER, "at": row[2]}
        for row in session.execute(query)
    ]
    insert_missing(OrderStatusChange, records, ["order_id"])
