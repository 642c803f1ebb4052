"""Rotation: the hash of the spec with its vectors, and whose turn it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import rotation

VECTORS = {
    0: 0,
    1: 824515495,
    2: 1722258151,
    3: 541708866,
    42: 1953478224,
    100: 635389615,
    1000: 254505876,
    9045: 2126948870,
    18376: 339180455,
    34746: 982771580,
    48918: 2136693963,
    59259: 292243652,
    65535: 1125959836,
    65536: 39111483,
    100000: 395114988,
    2147483647: 367071601,
}


@pytest.mark.parametrize(("type_id", "expected"), VECTORS.items())
def test_the_hash_is_that_of_the_pages_already_indexed(type_id: int, expected: int) -> None:
    assert rotation.mix(type_id) == expected


@given(st.integers(min_value=0, max_value=2**53))
def test_the_hash_is_never_negative_and_always_the_same(type_id: int) -> None:
    assert 0 <= rotation.mix(type_id) <= 2**31
    assert rotation.mix(type_id) == rotation.mix(type_id)


def test_two_types_rarely_share_a_turn() -> None:
    turns = [rotation.mix(type_id) % 50 for type_id in range(9000, 9500)]
    assert len(set(turns)) == 50
    assert max(turns.count(turn) for turn in set(turns)) < 30


def test_whose_turn_it_is() -> None:
    assert rotation.rotated(["a", "b", "c"], 4) == "b"
    assert rotation.rotated([], 4) == ""


def test_each_marker_counts_in_its_own_way() -> None:
    assert rotation.generic_index(100, 7) == 107
    assert rotation.slot_index(100, 2) == 102
    assert rotation.other_gamme_index(100, 82, 3) == 185
    assert rotation.link_indexes(100, 82) == (184, 185)
    assert rotation.title_phrase_index(100, 402) == 103
    assert rotation.description_phrase_index(100, 402) == 102
    assert rotation.card_indexes(1) == (824515495, 824515496)
