"""The cart: what somebody means to buy, always at today's prices and stock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from config import settings
from domain.errors import NotFound, ShopError
from domain.pricing import PricedArticle, Totals, price_lines, total_of
from integrations.carts import StoredCart, StoredItem, carts
from models.catalog import Brand, Family, Gamme, Product
from models.database import session
from services.stock import OutOfStock, available_packs, packs_held_for

MAX_LINES = 50
MAX_PACKS = 99


class NotForSale(ShopError):
    """The product has no price or is no longer shown."""

    code = "NOT_FOR_SALE"


class CartFull(ShopError):
    """A cart holds at most 50 different products and 99 packs of each (spec/cart.md, rule 2)."""

    code = "CART_FULL"


class AddToCart(BaseModel):
    """So many packs of a product, on top of what lies in the cart or instead of it."""

    product_id: int = Field(ge=1, le=2**62)
    quantity: int = Field(default=1, ge=1, le=MAX_PACKS)
    replace: bool = False


class AddTogether(BaseModel):
    """One pack of each of some products."""

    product_ids: list[Annotated[int, Field(ge=1, le=2**62)]] = Field(min_length=1, max_length=8)


class ChangeQuantity(BaseModel):
    """The packs wanted of one line; zero removes it."""

    quantity: int = Field(ge=0, le=MAX_PACKS)


@dataclass(frozen=True)
class CartLine:
    """One product of a cart with what can be promised of it now; `problem` says what stands against ordering it."""

    product: Product
    quantity: int
    available: int
    added_at: datetime
    problem: str = ""

    @property
    def article(self) -> PricedArticle:
        """The line as the pricing rules see it; a product without price counts for nothing."""
        product = self.product
        return PricedArticle(
            product_id=product.id,
            quantity=self.quantity,
            unit_cents=product.price_cents or 0,
            deposit_cents=product.deposit_cents if product.price_cents else 0,
            vat_basis_points=product.vat_basis_points,
            weight_grams=product.weight_grams,
        )

    @property
    def unit_cents(self) -> int:
        """Price of one pack, VAT included."""
        return self.product.price_cents or 0

    @property
    def total_cents(self) -> int:
        """Price of the line without its deposit."""
        return self.unit_cents * self.quantity

    @property
    def deposit_cents(self) -> int:
        """Deposit of the line."""
        return self.article.deposit_cents * self.quantity


@dataclass(frozen=True)
class Cart:
    """A cart as it can be shown: its lines and what they come to without delivery."""

    owner: str
    lines: list[CartLine]
    updated_at: datetime | None
    # Products that lie in it but are no longer shown: they count for nothing.
    withdrawn: tuple[int, ...] = ()

    @property
    def packs(self) -> int:
        """The number on the badge."""
        return sum(line.quantity for line in self.lines)

    @property
    def totals(self) -> Totals:
        """Goods, deposits and contained VAT; delivery comes at checkout."""
        return total_of(price_lines(line.article for line in self.lines))

    @property
    def is_orderable(self) -> bool:
        """Whether the cart has lines and nothing stands against any of them."""
        return bool(self.lines) and not any(line.problem for line in self.lines)

    @property
    def missing_for_free_shipping_cents(self) -> int:
        """What is missing to free delivery; zero when reached."""
        return max(0, settings().free_shipping_from_cents - (self.totals.goods_cents - self.totals.discount_cents))


def count_packs(owner: str) -> int:
    """Return the packs in a cart; raises ConnectionError when carts cannot be read."""
    return sum(item.quantity for item in carts().load(owner).items)


def get_cart(owner: str) -> Cart:
    """Return the owner's cart, empty when there is none; raises ConnectionError when carts cannot be read."""
    return _priced(owner, carts().load(owner))


def add_to_cart(owner: str, wanted: AddToCart, *, at: datetime) -> CartLine:
    """Put packs of a product in the cart and return its line; refuses what cannot be sold or promised."""
    return _put(owner, [(_get_sellable(wanted.product_id), wanted.quantity)], replace=wanted.replace, at=at)[0]


def add_together(owner: str, wanted: AddTogether, *, at: datetime) -> list[CartLine]:
    """Put one pack of each product in the cart and return the lines; one that is refused keeps all of them out."""
    products = [_get_sellable(product_id) for product_id in dict.fromkeys(wanted.product_ids)]
    return _put(owner, [(product, 1) for product in products], replace=False, at=at)


def _put(owner: str, packs: list[tuple[Product, int]], *, replace: bool, at: datetime) -> list[CartLine]:
    held = packs_held_for(owner)
    available = {product.id: available_packs(product) + held.get(product.id, 0) for product, _ in packs}

    def edit(cart: StoredCart) -> None:
        for product, wanted in packs:
            item = _find_item(cart, product.id)
            quantity = wanted if item is None or replace else item.quantity + wanted
            _check_quantity(product, quantity, available[product.id])
            if item is not None:
                item.quantity = quantity
            elif len(cart.items) >= MAX_LINES:
                raise CartFull(f"Un panier contient au plus {MAX_LINES} articles différents.")
            else:
                cart.items.append(StoredItem(product_id=product.id, quantity=quantity, added_at=at))
        cart.updated_at = at

    stored = {item.product_id: item for item in carts().change(owner, edit).items}
    return [
        CartLine(product, stored[product.id].quantity, available[product.id], stored[product.id].added_at)
        for product, _ in packs
    ]


def change_quantity(owner: str, product_id: int, wanted: ChangeQuantity, *, at: datetime) -> None:
    """Set the packs of one line, zero removes it; raises NotFound when the product is not in the cart."""
    product = _get_sellable(product_id) if wanted.quantity else None
    available = available_packs(product) + packs_held_for(owner).get(product_id, 0) if product else 0

    def edit(cart: StoredCart) -> None:
        item = _find_item(cart, product_id)
        if item is None:
            raise NotFound("Cet article n'est plus dans votre panier.")
        if product is None:
            cart.items.remove(item)
        else:
            if wanted.quantity > item.quantity:
                _check_quantity(product, wanted.quantity, available)
            item.quantity = wanted.quantity
        cart.updated_at = at

    carts().change(owner, edit)


def remove_from_cart(owner: str, product_id: int, *, at: datetime) -> None:
    """Take a product out of the cart; raises NotFound when it is not there."""
    change_quantity(owner, product_id, ChangeQuantity(quantity=0), at=at)


def drop_withdrawn(cart: Cart, *, at: datetime) -> None:
    """Take the products that are no longer shown out of the store, so that the badge counts what the page shows."""

    def edit(stored: StoredCart) -> None:
        stored.items = [item for item in stored.items if item.product_id not in cart.withdrawn]
        stored.updated_at = at

    carts().change(cart.owner, edit)


def take_out_ordered(owner: str, packs: dict[int, int], *, order_id: int, at: datetime) -> None:
    """Take what was paid for out of the cart, once per order, and leave what came in since; packs by product id."""

    def edit(cart: StoredCart) -> None:
        if order_id in cart.settled_orders:
            return
        cart.settled_orders = [*cart.settled_orders[-9:], order_id]
        for item in list(cart.items):
            item_left = item.quantity - packs.get(item.product_id, 0)
            if item_left <= 0:
                cart.items.remove(item)
            else:
                item.quantity = item_left
        cart.updated_at = at

    carts().change(owner, edit)


def merge_carts(guest: str, account: str, *, at: datetime) -> int:
    """Move a guest's cart into the account's, quantities summed up to 99; return how many lines came over."""
    brought = carts().load(guest).items
    if not brought:
        return 0

    def edit(cart: StoredCart) -> None:
        for item in brought:
            mine = _find_item(cart, item.product_id)
            if mine is not None:
                mine.quantity = min(MAX_PACKS, mine.quantity + item.quantity)
            elif len(cart.items) < MAX_LINES:
                cart.items.append(item)
        cart.updated_at = at

    carts().change(account, edit)
    carts().delete(guest)
    return len(brought)


def _find_item(cart: StoredCart, product_id: int) -> StoredItem | None:
    return next((item for item in cart.items if item.product_id == product_id), None)


def _check_quantity(product: Product, quantity: int, available: int) -> None:
    if quantity > MAX_PACKS:
        raise CartFull(f"Au plus {MAX_PACKS} unités de vente par article.", field="quantity")
    if quantity > available:
        if available <= 0:
            message = "Cet article n'est plus en stock."
        else:
            message = f"Il n'en reste que {available} en stock."
        raise OutOfStock(message, field="quantity", details={"product_id": product.id, "available": available})


def _get_sellable(product_id: int) -> Product:
    product = _load([product_id]).get(product_id)
    if product is None:
        raise NotFound("Cet article n'existe pas ou plus.")
    if product.price_cents is None:
        raise NotForSale("Cet article n'est pas vendu en ce moment : son prix n'est pas connu.")
    return product


def _load(product_ids: list[int]) -> dict[int, Product]:
    """Return the displayed products with brand, gamme and stock, by id."""
    products = session.scalars(
        select(Product)
        .join(Product.gamme)
        .join(Gamme.family)
        .join(Product.brand)
        .where(
            Product.id.in_(product_ids),
            Product.is_displayed,
            Gamme.is_displayed,
            Family.is_displayed,
            Brand.is_displayed,
        )
        .options(joinedload(Product.brand), joinedload(Product.gamme), joinedload(Product.stock))
        .execution_options(populate_existing=True)
    )
    return {product.id: product for product in products}


def _priced(owner: str, stored: StoredCart) -> Cart:
    products = _load([item.product_id for item in stored.items])
    # What his own unpaid order holds never blocks the buyer himself (decision 19).
    held = packs_held_for(owner) if products else {}
    lines = []
    for item in stored.items:
        product = products.get(item.product_id)
        # A product that is no longer shown is left out: its page would answer 404.
        if product is not None:
            available = available_packs(product) + held.get(product.id, 0)
            lines.append(
                CartLine(product, item.quantity, available, item.added_at, _problem(product, item.quantity, available))
            )
    withdrawn = tuple(item.product_id for item in stored.items if item.product_id not in products)
    return Cart(owner, lines, stored.updated_at, withdrawn)


def _problem(product: Product, quantity: int, available: int) -> str:
    if product.price_cents is None:
        return "Cet article n'est plus vendu : retirez-le pour continuer."
    if available <= 0:
        return "Cet article n'est plus en stock : retirez-le pour continuer."
    if quantity > available:
        return f"Il n'en reste que {available} : réduisez la quantité pour continuer."
    return ""
