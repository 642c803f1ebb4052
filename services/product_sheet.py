"""A product as staff keep it: what is sold of it, what lies on the shelf, and who changed what.

What somebody else changed since the form was shown is never overwritten: the form comes back with the present state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from domain.cells import MAX_CENTS, CellError, decimal
from domain.errors import Conflict, NotFound, ShopError
from domain.money import to_cents
from domain.orders import Actor
from models.catalog import Product
from models.database import session, wait_for_locks
from models.staff import AuditEntry
from models.stock import StockMovement
from services.products import ProductChange, change_product
from services.staff import record_change
from services.stock import count_stock

MOST_SHOWN = 50
Text = Annotated[str, StringConstraints(strip_whitespace=True)]


class PriorPriceTooLow(ShopError):
    """A price that was struck out without having been higher."""

    code = "PRIOR_PRICE_TOO_LOW"
    status = 422


def _cents(text: Any) -> Any:
    """Read an amount in euros as people write it, nothing for an empty field."""
    if not isinstance(text, str):
        return text
    if not text.strip():
        return None
    try:
        cents = to_cents(decimal(text.replace("€", "")))
    except CellError as error:
        raise PydanticCustomError("shop", str(error)) from None
    if not 0 <= cents <= MAX_CENTS:
        raise PydanticCustomError("shop", "Un montant va de 0 à 999 999,99 €.")
    return cents


def _price(text: Any) -> Any:
    cents = _cents(text)
    if cents == 0:
        raise PydanticCustomError("shop", "Un prix est supérieur à zéro ; laissez vide s'il n'y en a pas.")
    return cents


_Price = Annotated[int | None, BeforeValidator(_price)]


class ProductEdit(BaseModel):
    """What staff type about a product, and the version that was on the screen; euros, VAT included, per pack."""

    version: int = Field(ge=1, le=2**31 - 1)
    name: Annotated[Text, Field(min_length=1, max_length=200)]
    price: _Price = None
    prior_price: _Price = None
    deposit: Annotated[int | None, BeforeValidator(_cents)] = None
    is_displayed: bool = False

    def change(self) -> ProductChange:
        """Return the same as the catalogue knows it, in cents."""
        return ProductChange(
            name=self.name,
            price_cents=self.price,
            prior_price_cents=self.prior_price,
            deposit_cents=self.deposit or 0,
            is_displayed=self.is_displayed,
        )


class StockCount(BaseModel):
    """What was counted on the shelf, in packs, what the screen said before, and why it differs."""

    seen: int = Field(ge=0, le=2**31 - 1)
    on_hand: int = Field(ge=0, le=999_999)
    low_threshold: int = Field(ge=0, le=9_999)
    reason: Annotated[Text, Field(max_length=500)] = ""


@dataclass(frozen=True)
class SheetEntry:
    """One line of a product's history: a change by staff, or packs that came or went."""

    at: datetime
    by: str
    change: AuditEntry | None = None
    movement: StockMovement | None = None


def get_product_sheet(product_id: int) -> Product:
    """Return a product, shown or hidden, with brand, gamme and stock; raises NotFound."""
    product = session.scalar(
        select(Product)
        .where(Product.id == product_id)
        .options(joinedload(Product.brand), joinedload(Product.gamme), joinedload(Product.stock))
        .execution_options(populate_existing=True)
    )
    if product is None:
        raise NotFound("Ce produit n'existe pas.")
    return product


def edit_product(product_id: int, edit: ProductEdit, *, by: Actor, at: datetime) -> Product:
    """Change a product and note what changed; raises NotFound, Conflict or PriorPriceTooLow, with nothing changed."""
    wait_for_locks()
    product = session.get(Product, product_id, with_for_update={"of": Product}, populate_existing=True)
    if product is None:
        raise NotFound("Ce produit n'existe pas.")
    if product.version != edit.version:
        raise Conflict(
            "Ce produit a changé depuis que vous l'avez ouvert. Rien n'a été enregistré :"
            " comparez ce que vous aviez saisi avec son état actuel, puis enregistrez."
        )
    if edit.prior_price is not None and (edit.price is None or edit.prior_price <= edit.price):
        raise PriorPriceTooLow("L'ancien prix est plus élevé que le prix, ou vide.", field="prior_price")
    change = edit.change()
    new = change.model_dump()
    before = {name: getattr(product, name) for name in new if getattr(product, name) != new[name]}
    if before:
        product = change_product(product_id, change, at=at)
        _note("product.changed", product_id, before, {name: new[name] for name in before}, by=by)
    return product


def count_shelf(product_id: int, count: StockCount, *, by: Actor, at: datetime) -> None:
    """Write what was counted; raises NotFound, Conflict when the stock moved meanwhile, or StockPromised."""
    get_product_sheet(product_id)
    before = count_stock(
        product_id,
        count.on_hand,
        seen=count.seen,
        low_threshold=count.low_threshold,
        reason=count.reason or "Inventaire",
        by=by,
        at=at,
    )
    after = {"on_hand": count.on_hand, "low_threshold": count.low_threshold}
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        _note(
            "stock.counted",
            product_id,
            {name: before[name] for name in changed},
            {name: after[name] for name in changed},
            by=by,
        )


def list_sheet_history(product_id: int) -> list[SheetEntry]:
    """List the last changes and movements of a product, newest first, at most 50."""
    changes = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == "product", AuditEntry.subject_id == product_id)
        .order_by(AuditEntry.id.desc())
        .limit(MOST_SHOWN)
    )
    movements = session.scalars(
        select(StockMovement)
        .where(StockMovement.product_id == product_id)
        .order_by(StockMovement.id.desc())
        .limit(MOST_SHOWN)
    )
    entries: Iterable[SheetEntry] = [
        *(SheetEntry(change.at, change.by, change=change) for change in changes),
        *(SheetEntry(movement.created_at, movement.by, movement=movement) for movement in movements),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:MOST_SHOWN]


def _note(action: str, product_id: int, before: dict[str, Any], after: dict[str, Any], *, by: Actor) -> None:
    record_change(by=by, action=action, subject_kind="product", subject_id=product_id, before=before, after=after)
