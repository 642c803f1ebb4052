"""Values of criteria: alike for a group, in step with the size of its vehicles, and with one another."""

from collections.abc import Mapping

from devstack.demo.catalog.cells import Cell
from devstack.demo.catalog.kind import Gamme, Spread, Trait
from devstack.demo.dice import Dice

DISC_DIAMETERS = ("238", "247", "257", "260", "266", "280", "288", "300", "312", "320", "330", "345")
# Thicknesses in mm by axle, from small cars to large ones; the thick ones are ventilated.
DISC_THICKNESSES = {
    "Essieu avant": ("13", "18", "20", "22", "22", "24", "25", "26", "28", "30", "32"),
    "Essieu arrière": ("8", "8", "9", "10", "10", "11", "12", "14", "20", "22", "24"),
}
VENTILATED_FROM = 18
# What a disc may lose before it is replaced, in mm.
WEAR = 2
BRAKE_DISC = 82


def disc_diameter(cell: Cell, side: str) -> str:
    """Return the diameter of these vehicles' brake discs in mm; pads and discs of a cell agree on it."""
    rank = cell.rank - (0.12 if side == "Essieu arrière" else 0)
    return DISC_DIAMETERS[_index(rank, len(DISC_DIAMETERS))]


def group_values(gamme: Gamme, cell: Cell, side: str, condition: str, dice: Dice) -> dict[str, str]:
    """Return what the products of a group have in common, by criterion; a value that `condition` names is taken."""
    values = {
        trait.criterion: _named_in(condition, trait) or _group_value(trait, cell, dice)
        for trait in gamme.traits
        if trait.spread != Spread.PRODUCT
    }
    if gamme.id == BRAKE_DISC:
        values["diametre"] = disc_diameter(cell, side)
        thicknesses = DISC_THICKNESSES[side]
        values["epaisseur"] = thicknesses[_index(cell.rank, len(thicknesses))]
    return _consistent(gamme, values)


def own_values(gamme: Gamme, dice: Dice) -> dict[str, str]:
    """Return what distinguishes one product, by criterion."""
    return {trait.criterion: dice.pick(trait.values) for trait in gamme.traits if trait.spread == Spread.PRODUCT}


def ordered(gamme: Gamme, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return (criterion, value) pairs in the order the gamme states them."""
    return tuple((trait.criterion, values[trait.criterion]) for trait in gamme.traits if trait.criterion in values)


def _named_in(condition: str, trait: Trait) -> str:
    """Return the value that a condition such as « Système de freinage ATE » ends with, empty when none."""
    if not condition:
        return ""
    words = condition.lower()
    return next((value for value in trait.values if words.endswith(f" {value.lower()}") or words == value.lower()), "")


def _group_value(trait: Trait, cell: Cell, dice: Dice) -> str:
    if trait.spread == Spread.GROUP:
        return dice.pick(trait.values)
    wobble = (dice.below(13) - 6) / 100
    return trait.values[_index(cell.rank + wobble, len(trait.values))]


def _index(rank: float, count: int) -> int:
    return min(count - 1, max(0, int(rank * count)))


def _consistent(gamme: Gamme, values: dict[str, str]) -> dict[str, str]:
    """Return the values with those that follow from others made to follow."""
    if gamme.id == BRAKE_DISC:
        thickness = int(values["epaisseur"])
        values["epaisseur-mini"] = str(thickness - WEAR)
        values["type-disque"] = "Ventilé" if thickness >= VENTILATED_FROM else "Plein"
    if values.get("type-filtre") == "Cartouche filtrante":
        # Only a filter that is screwed on has a thread.
        values.pop("filetage", None)
    inner, outer = values.get("diametre-interieur"), values.get("diametre-exterieur")
    if inner and outer and _number(outer) <= _number(inner) + 8:
        values["diametre-exterieur"] = str(int(_number(inner)) + 14)
    return values


def _number(text: str) -> float:
    return float(text.replace(",", "."))
