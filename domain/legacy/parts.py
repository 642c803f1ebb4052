"""What the old shop's part rows come to: price, name, pack (spec/products.md, rules 1–3; spec/catalog.md, rule 6)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.legacy.rows import Row
from domain.money import to_cents

DEFAULT_VAT = 2000
MOST_IN_A_PACK = 100


@dataclass(frozen=True, order=True)
class PriceRow:
    """A row of pieces_price that may be sold at; the greatest of a part is the one that counts.

    The highest type wins; of several with one type the latest from its date on, then the cheapest.
    """

    type: int
    since: float
    minus_unit_euros: Decimal
    deposit_euros: Decimal
    vat_basis_points: int
    ean: str

    @property
    def unit_euros(self) -> Decimal:
        """The price of one part, VAT included."""
        return -self.minus_unit_euros

    def price_cents(self, sale_quantity: int) -> int:
        """The price of a pack, VAT included."""
        return to_cents(self.unit_euros * sale_quantity)

    def deposit_cents(self, sale_quantity: int) -> int:
        """The deposit of a pack, VAT included."""
        return to_cents(self.deposit_euros * sale_quantity)


def read_price(row: Row) -> PriceRow | None:
    """Return what a row of pieces_price sells at, None when it does not: not available, or no price above zero."""
    price = row.decimal("pri_vente_ttc")
    if row.text("pri_dispo") != "1" or price is None or price <= 0:
        return None
    since: datetime | None = row.moment("pri_date_from")
    deposit = row.decimal("pri_consigne_ttc") or Decimal(0)
    return PriceRow(
        type=row.integer("pri_type") or 0,
        since=since.timestamp() if since else 0.0,
        minus_unit_euros=-price,
        deposit_euros=max(deposit, Decimal(0)),
        vat_basis_points=_basis_points(row.decimal("pri_tva")),
        ean=ean_of(row.text("pri_ean")),
    )


def _basis_points(percent: Decimal | None) -> int:
    """A VAT of 0 stands in rows that nobody filled in: like an empty one it means the usual rate."""
    if percent is None or not 0 < percent <= 100:
        return DEFAULT_VAT
    return int(percent * 100)


def ean_of(text: str) -> str:
    """Return an EAN of 8 to 14 digits, "" for anything else."""
    digits = text.replace(" ", "").replace("-", "")
    return digits if digits.isdecimal() and digits.isascii() and 8 <= len(digits) <= 14 and int(digits) else ""


def pack_of(quantity: int | None) -> int | None:
    """Return the parts in a pack: 1 when the old shop gave none, None when it gave nonsense."""
    if not quantity:
        return 1
    return quantity if 1 <= quantity <= MOST_IN_A_PACK else None


def full_name(name: str, side: str, complement: str) -> str:
    """Return name and complement, without what the side or the name say already."""
    said = {word.casefold() for word in (*name.split(), *side.split())}
    added = [word for word in complement.split() if word.casefold() not in said]
    return " ".join([name, *added])
