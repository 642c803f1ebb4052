"""Views in memory, for tests."""

from collections import Counter
from datetime import date


class FakeViewCounter:
    """Counts in a dictionary; `away = True` makes it behave as a stopped Redis does."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[date, int]] = Counter()
        self.away = False

    def add(self, product_id: int, day: date) -> None:
        """Count one view."""
        if not self.away:
            self.counts[day, product_id] += 1

    def take(self) -> dict[tuple[date, int], int]:
        """Return the counts and forget them."""
        if self.away:
            raise ConnectionError("the view counter is away")
        taken = dict(self.counts)
        self.counts.clear()
        return taken
