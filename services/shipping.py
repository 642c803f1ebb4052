"""Delivery of a cart: what is offered at an address, and what the cart comes to with it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from config import settings
from domain.pricing import PricedLine, Totals, price_lines, shipping_line, total_of
from domain.shipping import DeliveryOption, delivery_options, total_weight
from services.cart import Cart

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Quote:
    """What a cart comes to at one address with one delivery."""

    delivery: DeliveryOption
    lines: list[PricedLine]
    totals: Totals


def list_delivery_options(cart: Cart, *, country: str, postal_code: str, at: datetime) -> list[DeliveryOption]:
    """List the deliveries offered for a cart at an address, cheapest first; raises NotDelivered."""
    config = settings()
    totals = cart.totals
    return delivery_options(
        country=country,
        postal_code=postal_code,
        weight_grams=total_weight((line.product.weight_grams, line.quantity) for line in cart.lines),
        goods_cents=totals.goods_cents - totals.discount_cents,
        now=at.astimezone(PARIS),
        free_from_cents=config.free_shipping_from_cents,
        free_zones=config.free_shipping_zones,
        cutoff_hour=config.dispatch_cutoff_hour,
    )


def quote_cart(cart: Cart, *, country: str, postal_code: str, method: str | None, at: datetime) -> Quote:
    """Return lines and totals of a cart with a delivery, the cheapest when `method` is None."""
    options = list_delivery_options(cart, country=country, postal_code=postal_code, at=at)
    delivery = next((option for option in options if option.id == method), options[0])
    lines = [*price_lines(line.article for line in cart.lines), shipping_line(delivery.cents)]
    return Quote(delivery, lines, total_of(lines))
