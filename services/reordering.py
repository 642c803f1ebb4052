"""Buying the same again (spec/orders.md, rule 11)."""

from datetime import datetime

from domain.errors import ShopError
from models.orders import Order
from services.cart import AddToCart, add_to_cart


def copy_to_cart(order: Order, cart_owner: str, *, at: datetime) -> list[str]:
    """Put an order's articles in a cart at today's prices; return a sentence for each that cannot be had any more."""
    missing = []
    for line in order.lines:
        if line.kind != "goods":
            continue
        try:
            if line.product_id is None:
                raise ShopError("Cet article n'existe plus.")
            add_to_cart(cart_owner, AddToCart(product_id=line.product_id, quantity=min(line.quantity, 99)), at=at)
        except ShopError as refusal:
            missing.append(f"{line.name} ({line.reference}) : {refusal.message}")
    return missing
