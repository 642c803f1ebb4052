"""Quality levels."""

import pytest

from domain.quality import quality_of


@pytest.mark.parametrize(
    ("is_oes", "deposit", "level"), [(True, 0, 1), (False, 0, 4), (True, 45_00, 3), (False, 45_00, 3)]
)
def test_a_part_has_one_level(is_oes: bool, deposit: int, level: int) -> None:
    assert quality_of(is_oes, deposit_cents=deposit) == level
