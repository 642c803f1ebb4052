"""The cart: what somebody means to buy, always at today's prices."""

from integrations.carts import carts


def count_packs(owner: str) -> int:
    """Return the packs in a cart; raises ConnectionError when carts cannot be read."""
    return sum(item.quantity for item in carts().load(owner).items)
