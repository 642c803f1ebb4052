"""What staff change of a product, as JSON (spec/products.md, level 7); the same service as their pages."""

from decimal import Decimal
from typing import Annotated

from flask import Blueprint
from pydantic import BaseModel, Field, StringConstraints

from api.contract import Answer, Euros, operation
from domain.money import to_cents, to_euros
from models.catalog import Product
from models.database import utc_now
from services.product_sheet import ProductEdit, StockCount, count_shelf, edit_product, get_product_sheet
from web.auth import level_required, staff_actor

bp = Blueprint("product_care", __name__, url_prefix="/api/products")
TAG = "Produits (équipe)"
LEVEL = 7
Price = Annotated[Decimal, Field(gt=0, le=Decimal("999999.99"), decimal_places=2)]


class ProductUpdate(BaseModel):
    """What is to change; what is not sent stays. Euros, VAT included; null takes a price away."""

    version: int | None = Field(default=None, ge=1, description="Celle que l'on a lue : un autre changement donne 409.")
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None
    price: Price | None = None
    prior_price: Price | None = None
    deposit: Annotated[Decimal, Field(ge=0, le=Decimal("999999.99"), decimal_places=2)] | None = None
    is_displayed: bool | None = None


class StatusUpdate(BaseModel):
    """Whether the shop shows the product."""

    is_displayed: bool


class StockUpdate(BaseModel):
    """What was counted on the shelf, and why it differs."""

    quantity: int = Field(ge=0, le=999_999)
    seen: int | None = Field(default=None, ge=0, description="Ce que l'on croyait en rayon : un mouvement donne 409.")
    low_threshold: int | None = Field(default=None, ge=0, le=9_999)
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class KeptProduct(BaseModel):
    """A product as staff keep it."""

    id: int
    version: int
    name: str
    reference: str
    price: Euros | None
    prior_price: Euros | None
    deposit: Euros
    is_displayed: bool
    on_hand: int
    reserved: int
    low_threshold: int

    @classmethod
    def of(cls, product: Product) -> "KeptProduct":
        """Show a product with its stock loaded."""
        stock = product.stock
        return cls(
            id=product.id,
            version=product.version,
            name=product.name,
            reference=product.reference,
            price=_euros(product.price_cents),
            prior_price=_euros(product.prior_price_cents),
            deposit=to_euros(product.deposit_cents),
            is_displayed=product.is_displayed,
            on_hand=stock.on_hand if stock else 0,
            reserved=stock.reserved if stock else 0,
            low_threshold=stock.low_threshold if stock else 0,
        )


@bp.put("/<int:id>")
@level_required(LEVEL)
@operation(Answer[KeptProduct], tag=TAG, refusals=(403, 404, 409, 413, 422), login=True)
def update(id: int, json: ProductUpdate) -> Answer[KeptProduct]:
    """Changer un produit."""
    return _edit(id, json)


@bp.put("/<int:id>/status")
@level_required(LEVEL)
@operation(Answer[KeptProduct], tag=TAG, refusals=(403, 404, 409, 413), login=True)
def status(id: int, json: StatusUpdate) -> Answer[KeptProduct]:
    """Montrer ou masquer un produit."""
    return _edit(id, ProductUpdate(is_displayed=json.is_displayed))


@bp.delete("/<int:id>")
@level_required(LEVEL)
@operation(Answer[KeptProduct], tag=TAG, refusals=(403, 404, 409), login=True)
def hide(id: int) -> Answer[KeptProduct]:
    """Retirer un produit de la boutique : il est masqué, jamais effacé."""
    return _edit(id, ProductUpdate(is_displayed=False))


@bp.put("/<int:id>/stock")
@level_required(LEVEL)
@operation(Answer[KeptProduct], tag=TAG, refusals=(403, 404, 409, 413), login=True)
def stock(id: int, json: StockUpdate) -> Answer[KeptProduct]:
    """Noter ce qui a été compté en rayon."""
    kept = get_product_sheet(id).stock
    count = StockCount(
        seen=(kept.on_hand if kept else 0) if json.seen is None else json.seen,
        on_hand=json.quantity,
        low_threshold=(kept.low_threshold if kept else 5) if json.low_threshold is None else json.low_threshold,
        reason=json.reason,
    )
    count_shelf(id, count, by=staff_actor(), at=utc_now())
    return _kept(id)


def _edit(product_id: int, change: ProductUpdate) -> Answer[KeptProduct]:
    """Change what was sent; what is not comes from the product as it is, whose version is checked under its lock."""
    now, sent = get_product_sheet(product_id), change.model_fields_set
    edit = ProductEdit(
        version=change.version or now.version,
        name=change.name or now.name,
        price=_cents(change.price) if "price" in sent else now.price_cents,
        prior_price=_cents(change.prior_price) if "prior_price" in sent else now.prior_price_cents,
        deposit=now.deposit_cents if change.deposit is None else to_cents(change.deposit),
        is_displayed=now.is_displayed if change.is_displayed is None else change.is_displayed,
    )
    edit_product(product_id, edit, by=staff_actor(), at=utc_now())
    return _kept(product_id)


def _kept(product_id: int) -> Answer[KeptProduct]:
    return Answer(data=KeptProduct.of(get_product_sheet(product_id)))


def _cents(euros: Decimal | None) -> int | None:
    return None if euros is None else to_cents(euros)


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else to_euros(cents)
