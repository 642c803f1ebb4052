"""Which words name a part, and which a vehicle."""

import pytest

from domain.understanding import Lexicon, Named, split_words

PARTS = Lexicon.of(["Plaquettes de frein", "Filtre à huile", "Amortisseur", "Kit de distribution"])
VEHICLES = Lexicon.of(["Renault Clio 3", "Renault Mégane 2", "Peugeot 207", "Peugeot 3008", "Volkswagen Golf 5"])
OTHERS = Lexicon.of(["avant arriere", "Bosch", "Brembo"])


def split(text: str) -> Named:
    return split_words(text, parts=PARTS, vehicles=VEHICLES, others=OTHERS)


@pytest.mark.parametrize(
    ("text", "part", "vehicle"),
    [
        ("plaquettes clio 3", "plaquettes", "clio 3"),
        ("plaquettes de frein clio 3 dci 86", "plaquettes frein", "clio 3 dci 86"),
        ("clio 3 1.5 dci filtre à huile", "filtre huile", "clio 3 1.5 dci"),
        ("amortiseur Mégane 2", "amortiseur", "Mégane 2"),
        ("plaquetes meganne", "plaquetes", "meganne"),
        ("plaquettes avant brembo 207 hdi", "plaquettes avant brembo", "207 hdi"),
        ("kit distribution golf 5 1.9 tdi", "kit distribution", "golf 5 1.9 tdi"),
    ],
)
def test_a_part_and_a_vehicle_are_told_apart(text: str, part: str, vehicle: str) -> None:
    assert split(text) == Named(part, vehicle)


@pytest.mark.parametrize(
    "text", ["plaquettes de frein", "clio 3 1.5 dci", "plaquettes 2012", "0 986 494 123", "", "de"]
)
def test_one_of_them_alone_is_left_as_it_is(text: str) -> None:
    assert split(text) == Named()


@pytest.mark.parametrize(
    ("word", "known"),
    [("plaquette", True), ("plaqette", True), ("plaquettte", True), ("plaquelte", True), ("plqette", False)],
)
def test_a_word_is_known_with_one_letter_wrong(word: str, known: bool) -> None:
    assert PARTS.knows(word) is known


@pytest.mark.parametrize(("word", "known"), [("207", True), ("208", False), ("huil", False)])
def test_numbers_and_short_words_are_not_forgiven(word: str, known: bool) -> None:
    assert (PARTS.knows(word) or VEHICLES.knows(word)) is known
