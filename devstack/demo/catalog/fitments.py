"""Cuts a cell of vehicles into groups: by condition, by month of production, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from devstack.demo.catalog.cells import Cell, is_on_border
from devstack.demo.catalog.kind import Basis, Gamme
from devstack.demo.catalog.rows import FitmentRow
from devstack.demo.dice import Dice
from devstack.demo.vehicles.rows import TypeRow

# How often, out of a hundred, a cell is cut by a condition or by a change during production.
CUT_BY_OPTION = 45
CUT_BY_MONTH = 12
# How often some vehicles of a group carry a condition of their own.
OWN_CONDITION = 10
# A production shorter than this has no change in its middle worth telling.
SHORTEST_CUT_YEARS = 5


@dataclass(frozen=True)
class Plan:
    """The vehicles of a group to come, and which share of the makers serves it."""

    name: str
    fitments: tuple[FitmentRow, ...]
    brands: slice


def plans(gamme: Gamme, cell: Cell, disc_mm: str, dice: Dice) -> Iterator[Plan]:
    """Yield the groups of a cell; together they name every vehicle of it."""
    if gamme.options and cell.demand and dice.chance(CUT_BY_OPTION):
        yield from _by_option(gamme, cell)
        return
    change = _month_of_change(cell, dice)
    if cell.demand and change and gamme.basis != Basis.SEGMENT and dice.chance(CUT_BY_MONTH):
        yield from _by_month(cell, change)
        return
    yield Plan("all", tuple(_rows(gamme, cell, disc_mm, dice)), slice(None))


def _by_option(gamme: Gamme, cell: Cell) -> Iterator[Plan]:
    """Half of the makers fit every version, the others sell one part per condition."""
    yield Plan("all", tuple(_always(row.id) for row in cell.types), slice(0, None, 2))
    for option in gamme.options:
        yield Plan(option, tuple(FitmentRow(row.id, restriction=option) for row in cell.types), slice(1, None, 2))


def _by_month(cell: Cell, change: date) -> Iterator[Plan]:
    before = date(change.year - (change.month == 1), 12 if change.month == 1 else change.month - 1, 1)
    early = [_until(row, before) for row in cell.types if row.built_from <= before]
    late = [_since(row, change) for row in cell.types if row.built_to is None or row.built_to >= change]
    yield Plan("early", tuple(early), slice(None))
    yield Plan("late", tuple(late), slice(None))


@cache
def _always(type_id: int) -> FitmentRow:
    """Return a row without months or condition: most are, and a large shop names each vehicle in hundreds of groups."""
    return FitmentRow(type_id)


def _until(row: TypeRow, last: date) -> FitmentRow:
    ends_before = row.built_to is not None and row.built_to <= last
    return FitmentRow(row.id, fitted_to=None if ends_before else last)


def _since(row: TypeRow, first: date) -> FitmentRow:
    return FitmentRow(row.id, fitted_from=None if row.built_from >= first else first)


def _month_of_change(cell: Cell, dice: Dice) -> date | None:
    """Return a month in the middle of the production of most of these vehicles, None when it was too short."""
    starts = sorted(row.built_from for row in cell.types)
    ends = sorted(row.built_to or date(starts[-1].year + 8, 1, 1) for row in cell.types)
    first, last = starts[len(starts) // 2], ends[len(ends) // 2]
    if last.year - first.year < SHORTEST_CUT_YEARS:
        return None
    change = date(dice.between(first.year + 2, last.year - 2), dice.between(1, 12), 1)
    is_inside = starts[0] < change and any(row.built_to is None or row.built_to >= change for row in cell.types)
    return change if is_inside else None


def _rows(gamme: Gamme, cell: Cell, disc_mm: str, dice: Dice) -> Iterator[FitmentRow]:
    condition = _own_condition(gamme, dice) if cell.demand else ""
    for row in cell.types:
        restriction = ""
        if gamme.border and is_on_border(row):
            restriction = gamme.border.format(disc=disc_mm)
        elif condition == "engine" and len(row.engine.codes) > 1:
            restriction = f"Moteur {row.engine.codes[0]}"
        elif condition == "chassis" and row.popularity < 2 and row.id % 3 == 0:
            restriction = f"Jusqu'au n° de châssis {dice.between(1_000_000, 9_999_999)}"
        yield FitmentRow(row.id, restriction=restriction) if restriction else _always(row.id)


def _own_condition(gamme: Gamme, dice: Dice) -> str:
    if not dice.chance(OWN_CONDITION):
        return ""
    return "engine" if gamme.basis in (Basis.ENGINE, Basis.POWER) else "chassis"
