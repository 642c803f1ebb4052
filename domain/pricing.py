"""What a cart or an order comes to: lines with their VAT, and totals that are nothing but sums of lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from domain.money import allocate, contained_vat

LineKind = Literal["goods", "deposit", "shipping"]

# Shipping is taxed as the parts it carries: the standard rate (spec/shipping-management.md, rule 9).
SHIPPING_VAT = 2000


@dataclass(frozen=True)
class PricedArticle:
    """So many packs of a product at today's catalogue price; cents per pack, VAT included."""

    product_id: int
    quantity: int
    unit_cents: int
    deposit_cents: int = 0
    vat_basis_points: int = 2000
    weight_grams: int | None = None


@dataclass(frozen=True)
class PricedLine:
    """One line of a document; `discount_cents` is what a promotion takes off the whole line."""

    kind: LineKind
    quantity: int
    unit_cents: int
    vat_basis_points: int
    discount_cents: int = 0
    product_id: int | None = None

    @property
    def total_cents(self) -> int:
        """The line, VAT included, after discount."""
        return self.unit_cents * self.quantity - self.discount_cents

    @property
    def vat_cents(self) -> int:
        """The VAT contained in the line, rounded half-up."""
        return contained_vat(self.total_cents, self.vat_basis_points)

    @property
    def net_cents(self) -> int:
        """The line without VAT."""
        return self.total_cents - self.vat_cents


@dataclass(frozen=True)
class VatShare:
    """What one rate contributes to a document."""

    basis_points: int
    net_cents: int
    vat_cents: int

    @property
    def total_cents(self) -> int:
        """Net and VAT together."""
        return self.net_cents + self.vat_cents


@dataclass(frozen=True)
class Totals:
    """The sums of a document's lines; total = goods − discount + deposits + shipping."""

    goods_cents: int
    discount_cents: int
    deposit_cents: int
    shipping_cents: int
    vat: tuple[VatShare, ...]

    @property
    def total_cents(self) -> int:
        """What the customer pays, VAT included."""
        return self.goods_cents - self.discount_cents + self.deposit_cents + self.shipping_cents

    @property
    def vat_cents(self) -> int:
        """The VAT contained in the total: the sum over lines."""
        return sum(rate.vat_cents for rate in self.vat)

    @property
    def net_cents(self) -> int:
        """The total without VAT."""
        return self.total_cents - self.vat_cents


def price_lines(articles: Iterable[PricedArticle], *, discount_cents: int = 0) -> list[PricedLine]:
    """Return a goods line per article, each followed by its deposit line; the discount is spread over goods only."""
    articles = list(articles)
    goods = [
        PricedLine("goods", a.quantity, a.unit_cents, a.vat_basis_points, product_id=a.product_id) for a in articles
    ]
    if discount_cents:
        shares = allocate(discount_cents, [line.total_cents for line in goods])
        goods = [replace(line, discount_cents=part) for line, part in zip(goods, shares, strict=True)]
    lines: list[PricedLine] = []
    for article, line in zip(articles, goods, strict=True):
        lines.append(line)
        if article.deposit_cents:
            lines.append(
                PricedLine(
                    "deposit",
                    article.quantity,
                    article.deposit_cents,
                    article.vat_basis_points,
                    product_id=article.product_id,
                )
            )
    return lines


def shipping_line(cents: int) -> PricedLine:
    """Return the line of a delivery that costs `cents`, which may be zero."""
    return PricedLine("shipping", 1, cents, SHIPPING_VAT)


def total_of(lines: Sequence[PricedLine]) -> Totals:
    """Add up lines: each kind, the discounts, and the VAT by rate, highest rate first."""

    def gross(kind: LineKind) -> int:
        return sum(line.unit_cents * line.quantity for line in lines if line.kind == kind)

    rates = sorted({line.vat_basis_points for line in lines}, reverse=True)
    return Totals(
        goods_cents=gross("goods"),
        discount_cents=sum(line.discount_cents for line in lines),
        deposit_cents=gross("deposit"),
        shipping_cents=gross("shipping"),
        vat=tuple(
            VatShare(
                rate,
                sum(line.net_cents for line in lines if line.vat_basis_points == rate),
                sum(line.vat_cents for line in lines if line.vat_basis_points == rate),
            )
            for rate in rates
        ),
    )
