"""What the demo shop sells, as plain rows."""

from dataclasses import dataclass, field
from datetime import date

from devstack.demo.catalog.kind import Gamme


@dataclass(frozen=True)
class FitmentRow:
    """A vehicle type of a group, between two months of production (first days) and under a condition, if any."""

    type_id: int
    fitted_from: date | None = None
    fitted_to: date | None = None
    restriction: str = ""


@dataclass(frozen=True)
class Group:
    """The vehicles that several products of one gamme fit alike."""

    id: int
    gamme_id: int
    fitments: tuple[FitmentRow, ...]


@dataclass(frozen=True)
class Reference:
    """Another number of a product: kind oem, cross or ean."""

    kind: str
    maker: str
    number: str


@dataclass(frozen=True)
class Shelf:
    """What lies on the shelf; `restocked_in_days` from today, when the supplier told."""

    on_hand: int
    low_threshold: int
    location: str
    restocked_in_days: int | None = None


@dataclass
class Product:
    """One article. Cents are per pack of `pack` parts, VAT included; ages are days before today."""

    id: int
    gamme: Gamme
    brand_id: int
    brand_name: str
    group_id: int | None
    reference: str
    name: str
    side: str
    safety: str
    pack: int
    grams: int
    ean: str
    price_cents: int | None
    prior_price_cents: int | None
    deposit_cents: int
    is_displayed: bool
    age_days: int
    shelf: Shelf
    criteria: tuple[tuple[str, str], ...]
    references: list[Reference] = field(default_factory=list)


@dataclass(frozen=True)
class Assortment:
    """The rival products of one group, or the universal products of one gamme and brand."""

    group: Group | None
    products: tuple[Product, ...]
