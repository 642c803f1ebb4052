"""What a search text asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.search import plain_words, read_search, search_text, telling_words


@pytest.mark.parametrize("typed", ["KH 22", "kh22", "KH-22"])
def test_a_reference_is_read_whatever_the_spelling(typed: str) -> None:
    assert read_search(typed).keys == ("KH22",)


def test_words_alone_hold_no_reference() -> None:
    wanted = read_search("plaquettes de frein clio")
    assert (wanted.keys, wanted.prefix) == ((), "")


@pytest.mark.parametrize(
    ("typed", "key", "categories"),
    [
        ("plaquette 0986494", "0986494", ("plaquette",)),
        ("Plaquettes de frein 0986494", "0986494", ("plaquette", "frein")),
        ("filtre à huile OC 90", "OC90", ("filtre", "huile")),
        ("Démarreurs 123456", "123456", ("demarreur",)),
    ],
)
def test_a_kind_of_part_beside_a_reference_is_set_apart(typed: str, key: str, categories: tuple[str, ...]) -> None:
    wanted = read_search(typed)
    assert (wanted.keys[0], wanted.categories) == (key, categories)


def test_a_brand_beside_a_reference_leaves_the_reference_among_the_keys() -> None:
    wanted = read_search("bosch 0 986 494 123")
    assert wanted.keys[0] == "BOSCH0986494123"
    assert "0986494123" in wanted.keys


def test_short_numbers_of_a_sentence_are_no_references() -> None:
    assert not {"86", "15", "2008"} & set(read_search("clio 1.5 dci 86 2008").keys)


def test_a_prefix_has_four_characters_or_none() -> None:
    assert read_search("OC9").prefix == ""
    assert read_search("OC90").prefix == "OC90"


@given(st.text(max_size=100))
def test_any_text_can_be_read(text: str) -> None:
    wanted = read_search(text)
    assert all(key.isascii() and key.isalnum() for key in wanted.keys)
    assert len(wanted.keys) <= 37


def test_accents_and_case_do_not_matter() -> None:
    assert plain_words("Démarreur  ÉCHANGE-standard, Œil") == "demarreur echange standard oeil"


def test_words_are_stored_once() -> None:
    assert search_text("Disque de frein", "Essieu avant", "BREMBO", "09.A123", "disque") == (
        "disque de frein essieu avant brembo 09 a123"
    )


@pytest.mark.parametrize("typed", ["ref.KH22A4", "Réf : KH22A4", "n° KH22A4", "je cherche la référence KH22A4, merci"])
def test_what_announces_a_reference_is_no_part_of_it(typed: str) -> None:
    assert "KH22A4" in read_search(typed).keys


def test_references_side_by_side_are_looked_up_one_by_one() -> None:
    assert {"577797B", "GDB1330"} <= set(read_search("577797B/GDB1330").keys)
    assert {"577797B", "GDB1330"} <= set(read_search("577797B,GDB1330").keys)


@pytest.mark.parametrize("typed", ["307 2.0 hdi", "filtre gasoil 307 2.0 hdi", "3008 1.6", "206 1,4"])
def test_the_size_of_an_engine_makes_no_reference_of_a_model(typed: str) -> None:
    assert not {"30720", "300816", "20614"} & set(read_search(typed).keys)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("pot d'échappement", "pot échappement"),
        ("plaq av", "plaquette avant"),
        ('"plaquette de frein"', "plaquette frein"),
        ("-plaquette", "plaquette"),
        ("😀 plaquettes", "plaquettes"),
        ("de la", "de la"),
        ("%%%", ""),
        ("刹车片", ""),
    ],
)
def test_words_are_asked_for_in_full_and_give_no_orders_to_the_engine(typed: str, asked: str) -> None:
    assert telling_words(typed) == asked
