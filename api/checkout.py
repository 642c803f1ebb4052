"""What a program sends to place an order: addresses, delivery, consent; never a price that counts."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from flask import request
from pydantic import BaseModel, Field, StringConstraints, ValidationError, model_validator

from domain.addresses import PostalAddress, wrong
from domain.money import to_cents
from models.customers import Customer
from models.database import utc_now
from models.orders import Order
from services.cart import Cart, get_cart
from services.checkout import Checkout, find_waiting_order, own_key, place_order
from services.shipping import list_delivery_options
from web.auth import cart_owner
from web.forms import InvalidInput, sentences


class OrderTerms(BaseModel):
    """How a cart is delivered and billed; any other field, a price among them, is not looked at."""

    currency: Literal["EUR"] = "EUR"
    billing_address: PostalAddress | None = Field(default=None, description="Par défaut, celle de livraison.")
    shipping_method: Literal["standard", "express"] | None = Field(
        default=None, description="Par défaut, le moins cher."
    )
    accept_terms: bool = Field(default=False, description="Doit être vrai pour commander.")
    notes: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""
    expected_total: Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)] | None = Field(
        default=None, description="Total TTC montré à l'acheteur ; s'il a changé, rien n'est commandé (409)."
    )


class PlaceOrder(OrderTerms):
    """An order for the caller's cart."""

    shipping_address: PostalAddress


class InitPayment(OrderTerms):
    """A payment for an order that waits for it, or else for the caller's cart."""

    order_id: int | None = Field(default=None, ge=1, le=2**53 - 1, description="Commande en attente à payer.")
    shipping_address: PostalAddress | None = Field(default=None, description="Obligatoire sans `order_id`.")

    @model_validator(mode="after")
    def says_what_to_pay(self) -> Self:
        """Refuse an input that names neither an order nor where to deliver the cart."""
        if self.order_id is None and self.shipping_address is None:
            raise wrong("shipping_address", "Renseignez l'adresse de livraison.")
        return self


def place(terms: OrderTerms, address: PostalAddress, customer: Customer) -> Order:
    """Return the pending order of the caller's cart on these terms: the one it has already, else a new one.

    The same Idempotency-Key gives the same order.
    """
    now = utc_now()
    cart = get_cart(cart_owner())
    checkout = _checkout(
        email=customer.email,
        shipping=address,
        billing=terms.billing_address,
        shipping_method=terms.shipping_method or _cheapest(cart, address),
        accept_terms=terms.accept_terms,
        note=terms.notes,
        seen_total_cents=None if terms.expected_total is None else to_cents(terms.expected_total),
        idempotency_key=own_key(cart.owner, request.headers.get("Idempotency-Key", "")),
    )
    return find_waiting_order(cart, checkout, at=now) or place_order(cart, checkout, customer_id=customer.id, at=now)


def _cheapest(cart: Cart, address: PostalAddress) -> str:
    options = list_delivery_options(cart, country=address.country, postal_code=address.postal_code, at=utc_now())
    return options[0].id


def _checkout(**values: object) -> Checkout:
    try:
        return Checkout.model_validate(values)
    except ValidationError as error:
        raise InvalidInput(sentences(error)) from error
