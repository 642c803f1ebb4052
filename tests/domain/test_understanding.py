"""Which words name a part, and which a vehicle."""

import pytest

from domain.understanding import Lexicon, Named, Words, split_words

PARTS = Lexicon.of(["Plaquettes de frein", "Filtre à huile", "Amortisseur", "Kit de distribution"])
VEHICLES = Lexicon.of(
    ["Renault Clio 3", "Renault Mégane 2", "Peugeot 207", "Peugeot 3008", "Volkswagen Golf 5", "Opel Corsa", "DS3"]
)
WORDS = Words(
    parts=PARTS,
    vehicles=VEHICLES,
    makes=frozenset(["renault", "peugeot", "volkswagen", "opel"]),
    engines=frozenset(["k9k"]),
    beside=frozenset(["bosch", "brembo", "avant", "arriere", "gauche", "droit"]),
)


def split(text: str) -> Named:
    return split_words(text, WORDS)


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
        ("plaq av clio3", "plaquette avant", "clio 3"),
        ("amortisseur ar g golf 5", "amortisseur arriere gauche", "golf 5"),
        ("Bonjour, je cherche un filtre à huile pour ma golf 5 !", "filtre huile", "golf 5"),
        ("amortisseur rouge clio 3", "amortisseur", "clio 3 rouge"),
        ("filtre à huile d'Opel Corsa D", "filtre huile", "Opel Corsa D"),
        ("kit distribution k9k", "kit distribution", "k9k"),
    ],
)
def test_a_part_and_a_vehicle_are_told_apart(text: str, part: str, vehicle: str) -> None:
    named = split(text)
    assert (named.part, named.vehicle) == (part, vehicle)
    assert named.is_both


@pytest.mark.parametrize(
    "text",
    ["plaquettes de frein", "clio 3 1.5 dci", "plaquettes 2012", "0 986 494 123", "brembo clio 3", "bosch", "", "de"],
)
def test_one_of_them_alone_is_not_both(text: str) -> None:
    assert not split(text).is_both


@pytest.mark.parametrize(
    ("text", "only_part", "only_vehicle"),
    [
        ("plaquettes avant", True, False),
        ("bosch", True, False),
        ("plaquettes céramique", False, False),
        ("clio 3 1.5 dci", False, True),
        ("brembo clio 3", False, False),
        ("plaquettes clio 3", False, False),
    ],
)
def test_what_is_surely_the_one_is_not_looked_for_as_the_other(text: str, only_part: bool, only_vehicle: bool) -> None:
    named = split(text)
    assert (named.only_part, named.only_vehicle) == (only_part, only_vehicle)


@pytest.mark.parametrize(
    "text",
    ["plaquettes renault", "plaquettes 1.5 dci", "plaquettes k9k", "plaquettes 1.6 hdi 110", "plaquettes opel 2012"],
)
def test_a_make_or_an_engine_does_not_say_which_car(text: str) -> None:
    assert split(text).is_both
    assert not split(text).model


@pytest.mark.parametrize("text", ["plaquettes clio", "plaquettes renault wind", "plaquettes 207 1.6 hdi"])
def test_a_model_does(text: str) -> None:
    assert split(text).model


@pytest.mark.parametrize(
    ("text", "vehicle", "year"),
    [
        ("clio 3 2008", "clio 3", 2008),
        ("207 2009 1.6 hdi", "207 1.6 hdi", 2009),
        ("peugeot 3008", "peugeot 3008", 0),
    ],
)
def test_a_year_is_told_from_a_model(text: str, vehicle: str, year: int) -> None:
    named = split(text)
    assert (named.vehicle, named.year or 0) == (vehicle, year)


def test_a_kind_of_part_is_asked_for_before_its_brand_and_side() -> None:
    assert split("brembo avant plaquettes clio 3").kind == "plaquettes brembo avant"


@pytest.mark.parametrize(
    ("word", "known"),
    [("plaquette", True), ("plaqette", True), ("plaquettte", True), ("plaquelte", True), ("plqette", False)],
)
def test_a_word_is_known_with_one_letter_wrong(word: str, known: bool) -> None:
    assert PARTS.knows(word) is known


@pytest.mark.parametrize(("word", "known"), [("207", True), ("208", False), ("huil", False)])
def test_numbers_and_short_words_are_not_forgiven(word: str, known: bool) -> None:
    assert (PARTS.knows(word) or VEHICLES.knows(word)) is known
