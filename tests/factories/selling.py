"""Carts, orders, payments and what the bank says of them."""

from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import urlencode

from integrations.carts import StoredCart, StoredItem, carts
from models.catalog import Product
from models.orders import Order
from models.payments import Payment
from services.cart import Cart, get_cart
from services.checkout import Checkout, place_order
from services.payments import receive_notification, start_payment
from tests.factories.catalog import make_product
from tests.factories.people import make_address

_numbers = count(1)
# A Tuesday at 10 in Paris: a working day before the cut-off.
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def fill_cart(owner: str, *products: tuple[Product, int], at: datetime = NOW) -> None:
    """Put packs straight into the store, past every check."""

    def edit(cart: StoredCart) -> None:
        cart.items = [StoredItem(product_id=product.id, quantity=packs, added_at=at) for product, packs in products]

    carts().change(owner, edit)


def make_cart(*products: tuple[Product, int], owner: str | None = None) -> Cart:
    """A priced cart of (product, packs) pairs."""
    owner = owner or f"session:test-{next(_numbers)}"
    fill_cart(owner, *products)
    return get_cart(owner)


def make_checkout(**values: Any) -> Checkout:
    """A confirmed checkout to Lyon by standard delivery."""
    return Checkout(**{"email": "acheteur@example.org", "shipping": make_address(), "accept_terms": True, **values})


def make_order(
    *products: tuple[Product, int], customer_id: int | None = None, at: datetime = NOW, **checkout: Any
) -> Order:
    """A pending order of (product, packs) pairs, one pack of a fresh product when none is named."""
    cart = make_cart(*(products or ((make_product(), 1),)))
    return place_order(cart, make_checkout(**checkout), customer_id=customer_id, at=at)


def notification(payment: Payment, **values: Any) -> bytes:
    """What the fake bank sends: accepted unless told otherwise."""
    said = {
        "Mt": payment.amount_cents,
        "Ref": payment.reference,
        "Auto": "123456",
        "Appel": "9001",
        "Trans": f"7{payment.id:08d}",
        "Erreur": "00000",
        **values,
    }
    return urlencode([*((key, value) for key, value in said.items() if value is not None), ("Sign", "good")]).encode()


def pay(order: Order, *, at: datetime = NOW) -> Payment:
    """Pay an order through the fake bank's notification; needs FakeGateway in place."""
    payment = start_payment(order, at=at)
    receive_notification(notification(payment), source_ip="127.0.0.1", at=at)
    return payment
