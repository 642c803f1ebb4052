"""Quantities on the shelf: mostly plenty, sometimes the last one, sometimes none."""

from devstack.demo.catalog.rows import Shelf
from devstack.demo.dice import Dice

# Chances out of a hundred.
EMPTY = 10
LAST_ONE = 5
LOW = 10
RESTOCK_KNOWN = 40


def shelf_of(dice: Dice) -> Shelf:
    """Return what lies on the shelf of one product."""
    location = f"{dice.pick('ABCDEFGH')}-{dice.between(1, 24):02d}-{dice.between(1, 6)}"
    threshold = dice.pick((3, 5, 5, 5, 8))
    draw = dice.below(100)
    if draw < EMPTY:
        restock = dice.between(3, 35) if dice.chance(RESTOCK_KNOWN) else None
        return Shelf(0, threshold, location, restock)
    if draw < EMPTY + LAST_ONE:
        return Shelf(1, threshold, location)
    if draw < EMPTY + LAST_ONE + LOW:
        return Shelf(dice.between(2, threshold), threshold, location)
    return Shelf(dice.between(11, 120), threshold, location)
