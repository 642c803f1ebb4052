"""From a cart to a pending order: order first, then the bank (decision 17)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, EmailStr, Field, StringConstraints
from pydantic_core import PydanticCustomError
from sqlalchemy import func, select

from config import settings
from domain.addresses import PostalAddress
from domain.errors import Conflict, ShopError
from domain.fitment import Verdict
from domain.money import to_euros
from domain.orders import SYSTEM, Actor, OrderStatus
from domain.pricing import PricedLine
from domain.shipping import DeliveryOption
from models.database import session
from models.orders import Order, OrderLine, OrderStatusChange, order_number_sequence
from models.outbox import Event, record
from models.stock import StockReservation
from services.cart import Cart, CartLine
from services.orders import cancel_order, get_order
from services.shipping import PARIS, Quote, quote_cart
from services.stock import lock_stock, reserve_stock


@dataclass(frozen=True)
class OrderPlaced(Event):
    """Somebody confirmed a checkout; nothing is paid yet."""

    order_id: int


class EmptyCart(ShopError):
    """There is nothing to order."""


class CartNotOrderable(ShopError):
    """A line of the cart can't be sold as it stands; the cart page says which and why."""


class PriceChanged(Conflict):
    """The total is no longer the one that was confirmed."""


class AmountRefused(ShopError):
    """The total is outside what can be paid by card."""


def _accepted(value: bool) -> bool:
    if not value:
        raise PydanticCustomError("terms", "Acceptez les conditions générales de vente pour commander.")
    return value


class Checkout(BaseModel):
    """What a buyer confirms; prices are not in it, except the total he saw, which is only compared."""

    email: EmailStr = Field(max_length=120)
    shipping: PostalAddress
    billing: PostalAddress | None = None
    shipping_method: Literal["standard", "express"] = "standard"
    accept_terms: Annotated[bool, AfterValidator(_accepted), Field(validate_default=True)] = False
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""
    seen_total_cents: int | None = None
    idempotency_key: Annotated[str, StringConstraints(min_length=8, max_length=64)] | None = None


@dataclass(frozen=True)
class OrderVehicle:
    """The car a buyer shopped for, and how each product fits it, kept on the order."""

    type_id: int
    label: str
    verdicts: dict[int, Verdict]


def place_order(
    cart: Cart,
    checkout: Checkout,
    *,
    customer_id: int | None,
    vehicle: OrderVehicle | None = None,
    at: datetime,
) -> Order:
    """Create the pending order of a cart with its frozen prices and its reservation, in this transaction.

    The same idempotency key gives the same order. An unpaid order of the same cart is replaced by this one.
    Raises EmptyCart, CartNotOrderable, PriceChanged, AmountRefused, NotDelivered or OutOfStock; then nothing is kept.
    """
    _one_checkout_at_a_time(cart.owner)
    if checkout.idempotency_key and (placed := _find_placed(checkout.idempotency_key, cart.owner)):
        return placed
    _check_orderable(cart)
    address = checkout.shipping
    quote = quote_cart(
        cart, country=address.country, postal_code=address.postal_code, method=checkout.shipping_method, at=at
    )
    _check_total(quote.totals.total_cents, checkout.seen_total_cents)

    # A door may answer a refusal with another page instead of an error, and that is committed: leave nothing behind.
    with session.begin_nested():
        order = _replace_unpaid_orders(cart, checkout, quote, customer_id=customer_id, vehicle=vehicle, at=at)
    record(OrderPlaced(order.id))
    return get_order(order.id)


def _replace_unpaid_orders(
    cart: Cart,
    checkout: Checkout,
    quote: Quote,
    *,
    customer_id: int | None,
    vehicle: OrderVehicle | None,
    at: datetime,
) -> Order:
    """Write the order and reserve its stock in place of what earlier orders of this cart still held."""
    packs = {line.product.id: line.quantity for line in cart.lines}
    replaced = _lock_unpaid_orders(cart.owner)
    lock_stock([*packs, *_reserved_products(replaced)])
    for order in replaced:
        cancel_order(order, reason="Remplacée par une nouvelle commande du même panier.", by=SYSTEM, at=at)
    order = _write_order(cart, checkout, quote, customer_id=customer_id, vehicle=vehicle, at=at)
    for old in replaced:
        old.superseded_by_id = order.id
    reserve_stock(order.id, packs, expires_at=order.expires_at)
    return order


def find_waiting_order(cart: Cart, checkout: Checkout, *, at: datetime) -> Order | None:
    """Return the unpaid order that stands for this very cart on these very terms, None when there is none."""
    order_id = session.scalar(
        select(Order.id)
        .where(Order.cart_owner == cart.owner, Order.status == OrderStatus.PENDING, Order.expires_at > at)
        .order_by(Order.id.desc())
        .limit(1)
    )
    if order_id is None or not cart.is_orderable:
        return None
    order = get_order(order_id)
    return order if _says_the_same(order, cart, checkout, at=at) else None


def _says_the_same(order: Order, cart: Cart, checkout: Checkout, *, at: datetime) -> bool:
    address = checkout.shipping
    quote = quote_cart(
        cart, country=address.country, postal_code=address.postal_code, method=checkout.shipping_method, at=at
    )
    terms = (checkout.email, address.model_dump(), (checkout.billing or address).model_dump(), quote.delivery.id)
    return (
        (order.email, order.shipping_address, order.billing_address, order.shipping_method) == terms
        and order.customer_note == checkout.note
        and checkout.seen_total_cents in (None, order.total_cents)
        and [(line.kind, line.product_id, line.quantity, line.unit_cents) for line in order.lines]
        == [(line.kind, line.product_id, line.quantity, line.unit_cents) for line in quote.lines]
    )


def own_key(owner: str, sent: str) -> str | None:
    """Return the idempotency key that somebody sent made his own, None for none: two buyers may choose the same one."""
    return hashlib.sha256(f"{owner} {sent}".encode()).hexdigest() if sent else None


def next_order_number(at: datetime) -> str:
    """Return the next « ORD-2026-000123 » (spec/orders.md, rule 3); numbers of abandoned transactions are skipped."""
    sequence = session.scalar(order_number_sequence.next_value())
    return f"ORD-{at.astimezone(PARIS).year}-{sequence:06d}"


def _one_checkout_at_a_time(owner: str) -> None:
    """Make a second click of the same visitor wait for the first."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(owner, 0))))


def _find_placed(key: str, owner: str) -> Order | None:
    order_id = session.scalar(select(Order.id).where(Order.idempotency_key == key, Order.cart_owner == owner))
    return get_order(order_id) if order_id is not None else None


def _check_orderable(cart: Cart) -> None:
    if not cart.lines:
        raise EmptyCart("Votre panier est vide.")
    if not cart.is_orderable:
        problem = next(line for line in cart.lines if line.problem)
        raise CartNotOrderable(f"« {problem.product.name} » : {problem.problem}")


def _check_total(total_cents: int, seen_cents: int | None) -> None:
    if seen_cents is not None and seen_cents != total_cents:
        raise PriceChanged(
            "Le total a changé depuis l'affichage du récapitulatif. Vérifiez-le avant de confirmer ;"
            " rien n'a été commandé."
        )
    config = settings()
    if not config.payment_min_cents <= total_cents <= config.payment_max_cents:
        low, high = (
            f"{to_euros(cents)} €".replace(".", ",") for cents in (config.payment_min_cents, config.payment_max_cents)
        )
        raise AmountRefused(f"Le paiement en ligne va de {low} à {high}.")


def _lock_unpaid_orders(owner: str) -> list[Order]:
    ids = session.scalars(
        select(Order.id)
        .where(Order.cart_owner == owner, Order.status == OrderStatus.PENDING)
        .order_by(Order.id)
        .with_for_update()
    ).all()
    return [get_order(order_id) for order_id in ids]


def _reserved_products(orders: list[Order]) -> list[int]:
    ids = [order.id for order in orders]
    return list(
        session.scalars(
            select(StockReservation.product_id).where(
                StockReservation.order_id.in_(ids), StockReservation.status == "active"
            )
        )
    )


def _write_order(
    cart: Cart,
    checkout: Checkout,
    quote: Quote,
    *,
    customer_id: int | None,
    vehicle: OrderVehicle | None,
    at: datetime,
) -> Order:
    totals = quote.totals
    order = Order(
        number=next_order_number(at),
        idempotency_key=checkout.idempotency_key,
        customer_id=customer_id,
        cart_owner=cart.owner,
        email=checkout.email,
        phone=checkout.shipping.phone,
        status=OrderStatus.PENDING,
        currency=settings().currency,
        goods_cents=totals.goods_cents,
        discount_cents=totals.discount_cents,
        deposit_cents=totals.deposit_cents,
        shipping_cents=totals.shipping_cents,
        total_cents=totals.total_cents,
        vat_cents=totals.vat_cents,
        shipping_address=checkout.shipping.model_dump(),
        billing_address=(checkout.billing or checkout.shipping).model_dump(),
        shipping_method=quote.delivery.id,
        delivery_from=quote.delivery.arrives_from,
        delivery_to=quote.delivery.arrives_to,
        vehicle_type_id=vehicle.type_id if vehicle else None,
        vehicle_label=vehicle.label if vehicle else "",
        customer_note=checkout.note,
        terms_accepted_at=at,
        placed_at=at,
        expires_at=at + timedelta(minutes=settings().payment_minutes),
    )
    session.add(order)
    session.flush()
    by_product = {line.product.id: line for line in cart.lines}
    verdicts = vehicle.verdicts if vehicle else {}
    for position, line in enumerate(quote.lines, start=1):
        source = by_product.get(line.product_id) if line.product_id else None
        verdict = verdicts.get(line.product_id) if line.product_id and line.kind == "goods" else None
        session.add(_order_line(order.id, position, line, source, quote.delivery, verdict))
    buyer = Actor.owner(customer_id)
    session.add(
        OrderStatusChange(order_id=order.id, from_status=None, to_status=OrderStatus.PENDING, by=str(buyer), at=at)
    )
    session.flush()
    return order


def _order_line(
    order_id: int,
    position: int,
    line: PricedLine,
    source: CartLine | None,
    delivery: DeliveryOption,
    verdict: Verdict | None,
) -> OrderLine:
    product = source.product if source else None
    name = delivery.name if product is None else product.name
    if line.kind == "deposit":
        name = f"Consigne — {name}"
    return OrderLine(
        order_id=order_id,
        position=position,
        kind=line.kind,
        product_id=line.product_id,
        reference=product.reference if product else "",
        brand_name=product.brand.name if product else "",
        name=name[:200],
        quantity=line.quantity,
        unit_cents=line.unit_cents,
        discount_cents=line.discount_cents,
        total_cents=line.total_cents,
        vat_basis_points=line.vat_basis_points,
        vat_cents=line.vat_cents,
        fit=verdict.fit if verdict else "",
        fit_reason=verdict.reason[:300] if verdict else "",
    )
