"""What the shop needs to count attempts."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Attempts:
    """How many attempts were made under a key, this one included, and for how many seconds they count."""

    number: int
    seconds_left: int


class AttemptCounter(Protocol):
    """Counts attempts by key, in windows that begin with the first.

    Every call raises ConnectionError when the counter is away.
    """

    def count(self, key: str, *, seconds: int) -> Attempts:
        """Count one more attempt under `key`; the count is forgotten `seconds` after the first."""

    def forget(self, key: str) -> None:
        """Start again from zero."""
