"""What the shop needs of the place where views are counted."""

from datetime import date
from typing import Protocol


class ViewCounter(Protocol):
    """Counts of product views. A view is worth little: one may be lost, but none is counted twice."""

    def add(self, product_id: int, day: date) -> None:
        """Count one view; does nothing when the counter is away or full."""

    def take(self) -> dict[tuple[date, int], int]:
        """Return the views by day and product id and forget them; raises ConnectionError when the counter is away."""
