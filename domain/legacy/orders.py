"""Old orders and invoices: amounts, states and notes (spec/legacy-schema.md, notes on orders)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.legacy.rows import Row
from domain.legacy.values import Unreadable
from domain.money import contained_vat, to_cents
from domain.orders import OrderStatus

RATE = 2000
# What the older service added to the note of an order that it cancelled.
CANCELLED_MARK = "[ANNULÉE]"
NO_REFERENCE = "sans référence"
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Amounts:
    """What an order or an invoice comes to, cents VAT included; `difference` is by how much its own sum was wrong."""

    goods: int
    discount: int
    deposit: int
    shipping: int
    total: int
    vat: int
    is_vat_estimated: bool
    difference: int


def read_amounts(row: Row, prefix: str) -> Amounts:
    """Return the amounts of a row: the total VAT included is the truth, goods or a discount take up what is wrong."""
    deposit, shipping = _cents(row, f"{prefix}deposit_ttc"), _cents(row, f"{prefix}shipping_fee_ttc")
    goods = _cents(row, f"{prefix}amount_ttc")
    written = row.decimal(f"{prefix}total_ttc")
    total = to_cents(written) if written is not None else goods + deposit + shipping
    difference = total - (goods + deposit + shipping)
    if min(goods, deposit, shipping, total) < 0:
        raise Unreadable("montant négatif")
    if difference < -goods:
        raise Unreadable("total plus petit que les consignes et le port")
    net = row.decimal(f"{prefix}total_ht")
    vat = total - to_cents(net) if net is not None else -1
    # A net of nothing, or above the total, is a column that nobody filled in.
    is_estimated = not 0 <= vat < total if total else False
    return Amounts(
        goods=goods + max(difference, 0),
        discount=max(-difference, 0),
        deposit=deposit,
        shipping=shipping,
        total=total,
        vat=contained_vat(total, RATE) if is_estimated or not total else vat,
        is_vat_estimated=is_estimated,
        difference=difference,
    )


@dataclass(frozen=True)
class LineAmounts:
    """One line, cents VAT included."""

    quantity: int
    unit: int
    discount: int
    total: int
    vat: int


def read_line(row: Row, prefix: str, kind: str) -> LineAmounts | None:
    """Return the goods (kind `price_sell`) or the deposit of a line, None when it has none; its total is the truth."""
    quantity = row.integer(f"{prefix}art_quantity") or 0
    if quantity <= 0:
        raise Unreadable(f"{prefix}art_quantity : {quantity}")
    unit_euros, total_euros = row.decimal(f"{prefix}art_{kind}_unit_ttc"), row.decimal(f"{prefix}art_{kind}_ttc")
    if unit_euros is None and total_euros is None:
        return None
    unit = to_cents(unit_euros) if unit_euros is not None else 0
    total = to_cents(total_euros) if total_euros is not None else unit * quantity
    if unit < 0 or total < 0:
        raise Unreadable("montant négatif")
    if unit * quantity < total:
        unit = -(-total // quantity)
    net = row.decimal(f"{prefix}art_{kind}_ht")
    vat = total - to_cents(net) if net is not None else -1
    return LineAmounts(
        quantity=quantity,
        unit=unit,
        discount=unit * quantity - total,
        total=total,
        vat=vat if 0 <= vat < max(total, 1) else contained_vat(total, RATE),
    )


def state_of(status: str, *, is_paid: bool, note: str, states: Mapping[str, OrderStatus]) -> OrderStatus:
    """Return the state that an old one means; whether it was paid decides between pending and paid."""
    if CANCELLED_MARK in note:
        return OrderStatus.CANCELLED
    found = states.get(status, OrderStatus.PENDING)
    if found in (OrderStatus.PENDING, OrderStatus.PAID):
        return OrderStatus.PAID if is_paid else OrderStatus.PENDING
    return found


def read_states(written: Mapping[str, object]) -> dict[str, OrderStatus]:
    """Return the map of old status ids to states; raises Unreadable for a state that there is not."""
    states = {}
    for status, name in written.items():
        try:
            states[str(status)] = OrderStatus(str(name))
        except ValueError as error:
            known = ", ".join(OrderStatus)
            raise Unreadable(f"{status} = {name}: no such state, only {known}") from error
    return states


def note_of(info: str) -> str:
    """Return the note of an order as plain text; of the JSON that payments left there only words, never addresses."""
    plain = info.replace(CANCELLED_MARK, "").strip()
    try:
        said = json.loads(plain)
    except ValueError:
        return plain[:LONGEST_NOTE]
    if not isinstance(said, dict):
        return plain[:LONGEST_NOTE]
    return "\n".join(f"{name} : {value}" for name, value in _words(said))[:LONGEST_NOTE]


def _words(said: Mapping[str, object], before: str = "") -> list[tuple[str, object]]:
    words: list[tuple[str, object]] = []
    for name, value in said.items():
        if isinstance(value, dict):
            words += _words(value, f"{before}{name}.")
        elif isinstance(value, str | int | float) and "url" not in name.lower() and "://" not in str(value):
            words.append((f"{before}{name}", value))
    return words


def _cents(row: Row, column: str) -> int:
    return to_cents(row.decimal(column) or Decimal(0))
