"""Dice fall the same way for the same name, on any machine and any version of Python."""

from devstack.demo.dice import Dice


def test_they_fall_as_they_always_did():
    dice = Dice(2026, "product", 1)
    assert [dice.below(1000) for _ in range(6)] == [557, 657, 135, 909, 331, 400]


def test_other_words_make_other_throws():
    assert [Dice("a", 1).below(10**9)] != [Dice("a", 2).below(10**9)]


def test_throws_stay_within_their_limits():
    dice = Dice("limits")
    assert {dice.below(3) for _ in range(200)} == {0, 1, 2}
    assert {dice.between(5, 7) for _ in range(200)} == {5, 6, 7}
    assert not any(dice.chance(0) for _ in range(200))
    assert all(dice.chance(100) for _ in range(200))


def test_a_sample_has_each_thing_once():
    assert sorted(Dice("sample").sample("abcdef", 6)) == list("abcdef")
    assert len(Dice("sample").sample("abc", 10)) == 3
