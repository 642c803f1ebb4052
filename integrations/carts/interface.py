"""What the shop needs of the place where carts lie."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from pydantic import BaseModel, Field


class StoredItem(BaseModel):
    """So many packs of a product; no price: that is always read from the catalogue."""

    product_id: int
    quantity: int = Field(ge=1, le=99)
    added_at: datetime


class StoredCart(BaseModel):
    """A cart as it is kept, oldest item first."""

    items: list[StoredItem] = []
    updated_at: datetime | None = None
    # The last paid orders whose goods were taken out, so that none is taken out twice.
    settled_orders: list[int] = []


class CartStore(Protocol):
    """Carts by owner (`session:{id}` or `user:{id}`), kept 7 days after the last change.

    Every call raises ConnectionError when the store is away.
    """

    def load(self, owner: str) -> StoredCart:
        """Return the owner's cart, empty when there is none."""

    def change(self, owner: str, edit: Callable[[StoredCart], None]) -> StoredCart:
        """Apply `edit` to the owner's cart without losing a change made meanwhile, and return the result."""

    def delete(self, owner: str) -> None:
        """Forget the owner's cart."""
