"""Prices, deposits and weights as the trade has them: by kind of part, size of the car and name of the brand."""

from dataclasses import dataclass

from devstack.demo.catalog.kind import Gamme
from devstack.demo.dice import Dice

# What a brand's level does to a price, per cent.
LEVEL_PER_CENT = {1: 62, 2: 70, 3: 80, 4: 91, 5: 104, 6: 117}
# Ends of prices under and from 100 €.
SMALL_ENDS = (90, 95, 99, 49, 50, 20, 70, 85, 45, 10)
LARGE_ENDS = (0, 0, 90, 50, 99)
UNPRICED_PER_CENT = 1.5
REDUCED_PER_CENT = 4
DEPOSIT_PER_CENT = 65


@dataclass(frozen=True)
class Line:
    """A line of quality of a brand: what its names add, and what its prices are of the brand's usual ones."""

    words: str
    per_cent: int


LINES = (Line("", 100), Line(", série économique", 79), Line(", avec accessoires de montage", 114))


def price_cents(gamme: Gamme, rank: float, stars: int, dice: Dice, line_per_cent: int = 100) -> int:
    """Return a price in cents, VAT included, per pack; `line_per_cent` is what the line of quality makes of it."""
    low, high = gamme.euros
    base = low + (high - low) * (0.1 + 0.55 * rank + dice.below(26) / 100)
    euros = max(1, int(base * LEVEL_PER_CENT[stars] / 100))
    if line_per_cent != 100:
        euros = max(1, euros * line_per_cent // 100)
    return euros * 100 + dice.pick(LARGE_ENDS if euros >= 100 else SMALL_ENDS)


def deposit_cents(gamme: Gamme, rank: float) -> int:
    """Return the core deposit that the products of a group share, zero for a kind without one."""
    if not gamme.deposits:
        return 0
    index = min(len(gamme.deposits) - 1, int(rank * len(gamme.deposits)))
    return gamme.deposits[index] * 100


def prior_price_cents(price: int, dice: Dice) -> int:
    """Return what an article cost before a reduction of 10 to 30 per cent, rounded up to ten cents."""
    exact = price * 100 // (100 - dice.between(10, 30))
    return exact // 10 * 10 + 10


def weight_grams(gamme: Gamme, rank: float, dice: Dice) -> int:
    """Return the weight of a pack in grams; rivals differ by a few per cent."""
    low, high = gamme.grams
    base = low + (high - low) * rank
    return max(1, round(base * (94 + dice.below(13)) / 100))
