"""The cart as JSON; its reading is flat, the way the front end's contract has it (spec/cart.md)."""

import hashlib
from datetime import datetime
from decimal import Decimal

from flask import Blueprint, session
from pydantic import AliasChoices, BaseModel, Field

from api.contract import Answer, Euros, operation
from config import settings
from domain.money import contained_vat, to_euros
from models.database import utc_now
from services.cart import (
    AddToCart,
    Cart,
    CartLine,
    ChangeQuantity,
    add_to_cart,
    change_quantity,
    get_cart,
    remove_from_cart,
)
from web.auth import cart_owner, find_customer
from web.limits import limiter

bp = Blueprint("cart", __name__, url_prefix="/api/cart")


class AddItem(AddToCart):
    """So many packs of a product; other fields, a price among them, are not looked at."""

    product_id: int = Field(ge=1, le=2**53 - 1, validation_alias=AliasChoices("product_id", "productId"))


class CartItem(BaseModel):
    """One line of a cart at today's price; `stock` is what can be promised of it."""

    itemId: str
    productId: int
    quantity: int
    price: Euros | None = Field(description="Prix TTC d'une unité de vente ; null : plus vendu.")
    priceHT: Euros | None
    priceTTC: Euros | None
    consigne_unit: Euros
    name: str
    reference: str
    imageUrl: str | None
    weight: float | None = Field(description="Kilogrammes par unité de vente ; null : inconnu.")
    stock: int
    brand: str
    category: str
    problem: str = Field(description="Ce qui empêche de commander cette ligne ; vide : rien.")

    @classmethod
    def of(cls, line: CartLine) -> "CartItem":
        """Show a line."""
        product = line.product
        gross = None if product.price_cents is None else to_euros(product.price_cents)
        return cls(
            itemId=str(product.id),
            productId=product.id,
            quantity=line.quantity,
            price=gross,
            priceHT=_net(product.price_cents, product.vat_basis_points),
            priceTTC=gross,
            consigne_unit=to_euros(line.article.deposit_cents),
            name=product.name,
            reference=product.reference,
            imageUrl=None,
            weight=product.weight_grams / 1000 if product.weight_grams else None,
            stock=line.available,
            brand=product.brand.name,
            category=product.gamme.name,
            problem=line.problem,
        )


class CartTotals(BaseModel):
    """What a cart comes to; delivery is known at checkout only."""

    total_items: int = Field(description="Unités de vente.")
    item_count: int = Field(description="Lignes.")
    subtotal: Euros
    consigne_total: Euros
    tax: Euros = Field(description="TVA contenue dans le total.")
    shipping: Euros | None = Field(description="Null tant que l'adresse n'est pas connue.")
    discount: Euros
    total: Euros


class CartMetadata(BaseModel):
    """In which currency and since when."""

    currency: str
    last_updated: datetime | None


class FlatCart(BaseModel):
    """The caller's cart."""

    cart_id: str
    user_id: int | None
    session_id: str | None
    items: list[CartItem]
    totals: CartTotals
    promo: None = None
    shipping: None = None
    metadata: CartMetadata
    created_at: datetime | None
    updated_at: datetime | None


class Added(BaseModel):
    """The cart after a product was put in."""

    cart: FlatCart
    added_item: CartItem


class Changed(BaseModel):
    """The cart after a quantity was changed; the item is null when it went out."""

    cart: FlatCart
    updated_item: CartItem | None


class Remaining(BaseModel):
    """The cart after an item was taken out."""

    cart: FlatCart


@bp.get("")
@operation(FlatCart, tag="Panier")
def show() -> FlatCart:
    """Lire le panier de l'appelant, vide s'il n'en a pas."""
    return _flat(get_cart(cart_owner()))


@bp.post("/items")
@limiter.limit(lambda: settings().limit_cart)
@operation(Answer[Added], tag="Panier", status=201, refusals=(403, 404, 413, 422))
def add(json: AddItem) -> tuple[Answer[Added], int]:
    """Mettre un article au panier."""
    owner = _kept_owner()
    line = add_to_cart(owner, json, at=utc_now())
    return Answer(data=Added(cart=_flat(get_cart(owner)), added_item=CartItem.of(line))), 201


@bp.route("/items/<int:id>", methods=["PUT", "PATCH"])
@limiter.limit(lambda: settings().limit_cart)
@operation(Answer[Changed], tag="Panier", refusals=(403, 404, 413, 422))
def change(id: int, json: ChangeQuantity) -> Answer[Changed]:
    """Changer la quantité d'une ligne ; zéro la retire."""
    change_quantity(cart_owner(), id, json, at=utc_now())
    cart = _flat(get_cart(cart_owner()))
    item = next((item for item in cart.items if item.productId == id), None)
    return Answer(data=Changed(cart=cart, updated_item=item))


@bp.delete("/items/<int:id>")
@limiter.limit(lambda: settings().limit_cart)
@operation(Answer[Remaining], tag="Panier", refusals=(403, 404))
def remove(id: int) -> Answer[Remaining]:
    """Retirer une ligne du panier."""
    remove_from_cart(cart_owner(), id, at=utc_now())
    return Answer(data=Remaining(cart=_flat(get_cart(cart_owner()))))


def _kept_owner() -> str:
    """Return whose cart it is, and keep a guest's session: an empty one would be another at his next request."""
    if find_customer() is None:
        session["has_cart"] = True
    return cart_owner()


def _flat(cart: Cart) -> FlatCart:
    totals, customer = cart.totals, find_customer()
    return FlatCart(
        cart_id=_alias(cart.owner),
        user_id=customer.id if customer else None,
        session_id=None if customer else _alias(cart.owner),
        items=[CartItem.of(line) for line in cart.lines],
        totals=CartTotals(
            total_items=cart.packs,
            item_count=len(cart.lines),
            subtotal=to_euros(totals.goods_cents),
            consigne_total=to_euros(totals.deposit_cents),
            tax=to_euros(totals.vat_cents),
            shipping=None,
            discount=to_euros(totals.discount_cents),
            total=to_euros(totals.total_cents),
        ),
        metadata=CartMetadata(currency=settings().currency, last_updated=cart.updated_at),
        created_at=min((line.added_at for line in cart.lines), default=None),
        updated_at=cart.updated_at,
    )


def _alias(owner: str) -> str:
    """Return a name for the cart that is worth nothing to a thief: the session's own is what the cookie proves."""
    return hashlib.sha256(owner.encode()).hexdigest()[:24]


def _net(cents: int | None, vat_basis_points: int) -> Decimal | None:
    return None if cents is None else to_euros(cents - contained_vat(cents, vat_basis_points))
