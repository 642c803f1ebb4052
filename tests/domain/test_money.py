from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import allocate, contained_vat, share, to_cents, to_euros


@pytest.mark.parametrize(
    ("total", "basis_points", "vat"),
    [
        (120_00, 2000, 20_00),
        (100, 2000, 17),
        (1, 2000, 0),
        (99_99, 2000, 16_67),
        (105_50, 550, 5_50),
        (0, 2000, 0),
        (50_00, 0, 0),
    ],
)
def test_it_takes_the_contained_vat_half_up(total: int, basis_points: int, vat: int) -> None:
    assert contained_vat(total, basis_points) == vat


@pytest.mark.parametrize(
    ("amount", "numerator", "denominator", "expected"), [(5, 1, 2, 3), (-5, 1, 2, -3), (10, 1, 4, 3), (9, 1, 4, 2)]
)
def test_it_rounds_halves_away_from_zero(amount: int, numerator: int, denominator: int, expected: int) -> None:
    assert share(amount, numerator, denominator) == expected


def test_it_converts_at_the_edges() -> None:
    assert to_euros(126_40) == Decimal("126.40")
    assert to_cents("126.40") == 126_40
    assert to_cents(Decimal("0.005")) == 1


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=20).filter(any), st.data())
def test_allocated_parts_add_up_and_never_exceed_their_weight(weights: list[int], data: st.DataObject) -> None:
    amount = data.draw(st.integers(0, sum(weights)))
    parts = allocate(amount, weights)
    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))


def test_it_gives_the_remainder_to_the_largest() -> None:
    assert allocate(100, [1, 1, 2]) == [25, 25, 50]
    assert allocate(10, [3, 3, 4]) == [3, 3, 4]
    assert allocate(10, [1, 1, 1]) == [4, 3, 3]


def test_it_refuses_to_split_over_nothing() -> None:
    with pytest.raises(ValueError, match="all zero"):
        allocate(1, [0, 0])
