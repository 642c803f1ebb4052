"""What the shelf lets the shop promise."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.availability import Availability, StockState, availability_of

PARIS = ZoneInfo("Europe/Paris")
TUESDAY_10H = datetime(2026, 3, 10, 10, 0, tzinfo=PARIS)
TUESDAY_15H = datetime(2026, 3, 10, 15, 0, tzinfo=PARIS)
FRIDAY_16H = datetime(2026, 3, 13, 16, 0, tzinfo=PARIS)


def promised(packs: int, *, now: datetime = TUESDAY_10H, restock_on: date | None = None) -> Availability:
    return availability_of(packs, low_threshold=5, restock_on=restock_on, now=now, cutoff_hour=15)


@pytest.mark.parametrize(
    ("packs", "state"), [(6, StockState.IN_STOCK), (5, StockState.LOW), (1, StockState.LOW), (0, StockState.OUT)]
)
def test_the_shelf_has_three_states(packs: int, state: StockState) -> None:
    assert promised(packs).state == state


def test_before_the_cutoff_it_leaves_today() -> None:
    assert promised(3).leaves_today


@pytest.mark.parametrize(("now", "day"), [(TUESDAY_15H, date(2026, 3, 11)), (FRIDAY_16H, date(2026, 3, 16))])
def test_after_the_cutoff_it_leaves_the_next_working_day(now: datetime, day: date) -> None:
    later = promised(3, now=now)
    assert (later.leaves_today, later.leaves_on) == (False, day)


def test_what_is_out_promises_nothing_but_a_known_delivery() -> None:
    assert promised(0).restock_on is None
    assert promised(0).leaves_on is None
    assert promised(0, restock_on=date(2026, 3, 20)).restock_on == date(2026, 3, 20)


def test_a_delivery_that_should_have_come_already_is_not_announced() -> None:
    assert promised(0, restock_on=date(2026, 3, 10)).restock_on is None
