"""Carts in memory, for tests."""

from collections.abc import Callable

from integrations.carts.interface import StoredCart


class FakeCartStore:
    """Keeps carts in a dictionary; `away = True` makes every call fail as a stopped Redis does."""

    def __init__(self) -> None:
        self.carts: dict[str, StoredCart] = {}
        self.away = False

    def load(self, owner: str) -> StoredCart:
        """Return a copy of the owner's cart."""
        self._answer()
        return self.carts.get(owner, StoredCart()).model_copy(deep=True)

    def change(self, owner: str, edit: Callable[[StoredCart], None]) -> StoredCart:
        """Apply `edit` to the owner's cart."""
        cart = self.load(owner)
        edit(cart)
        self.carts[owner] = cart
        return cart.model_copy(deep=True)

    def delete(self, owner: str) -> None:
        """Forget the owner's cart."""
        self._answer()
        self.carts.pop(owner, None)

    def _answer(self) -> None:
        if self.away:
            raise ConnectionError("the cart store is away")
