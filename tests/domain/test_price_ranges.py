"""Ranges of price."""

import pytest

from domain.price_ranges import PRICE_RANGES, bounds_of, price_range_of


@pytest.mark.parametrize(
    ("cents", "number"),
    [(1, 0), (49_99, 0), (50_00, 1), (99_99, 1), (100_00, 2), (200_00, 3), (499_99, 3), (500_00, 4), (9_999_00, 4)],
)
def test_a_price_lies_in_one_range(cents: int, number: int) -> None:
    assert price_range_of(cents) == number


def test_ranges_follow_each_other() -> None:
    bounds = [bounds_of(number) for number in PRICE_RANGES]
    assert bounds == [(None, 50_00), (50_00, 100_00), (100_00, 200_00), (200_00, 500_00), (500_00, None)]
