"""Part numbers as typed and as compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.references import looks_like_reference, reference_key


@pytest.mark.parametrize("typed", ["KH 22", "kh22", "KH-22", " k.h/22 ", "Kh_22"])
def test_every_way_of_typing_gives_one_key(typed: str) -> None:
    assert reference_key(typed) == "KH22"


def test_zeros_are_kept() -> None:
    assert reference_key("0 986 494 123") == "0986494123"
    assert reference_key("000123") == "000123"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("OC 90", True), ("7701206343", True), ("A12", True), ("12", False), ("plaquettes", False), ("", False)],
)
def test_it_tells_a_reference_from_a_word(text: str, is_one: bool) -> None:
    assert looks_like_reference(text) is is_one


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = reference_key(text)
    assert reference_key(key) == key
    assert key.isascii()
    assert key == "" or key.isalnum()
