"""The cards of a gamme's page: four ways of saying it, and fragments that are checked before they are shown."""

import pytest

from domain.engine_cards import write_card
from domain.page_subjects import GammeWords, VehicleWords
from domain.rotation import mix

GAMME = GammeWords(82, "disque-de-frein", "Disque de frein", "Disques de frein", family_id=2, family_name="Freinage")
FIRST = "changer les deux disques d'un essieu"
SECOND = "vérifier leur épaisseur"


def clio(type_id: int = 4) -> VehicleWords:
    return VehicleWords(type_id, "Renault", "Clio III", "1.5 dCi", "2005–2012", 86)


@pytest.mark.parametrize(
    ("type_id", "expected"),
    [
        (
            4,
            "Vérifier leur épaisseur les disques de frein Renault Clio III 1.5 dCi 86 ch et changer les deux disques "
            "d'un essieu.",
        ),
        (
            5,
            "Changer les deux disques d'un essieu pour Renault Clio III 1.5 dCi 86 ch. Vérifier leur épaisseur la "
            "pièce avant installation.",
        ),
        (
            6,
            "Disques de frein Renault Clio III 1.5 dCi 86 ch : changer les deux disques d'un essieu. Pensez à vérifier "
            "leur épaisseur avant montage.",
        ),
        (
            7,
            "Pour votre Renault Clio III 1.5 dCi 86 ch, changer les deux disques d'un essieu. N'oubliez pas de "
            "vérifier leur épaisseur.",
        ),
    ],
)
def test_four_ways_by_the_vehicles_number(type_id: int, expected: str) -> None:
    card = write_card(GAMME, clio(type_id), [FIRST], [SECOND], [], 0)
    assert card.description == expected
    assert card.title == f"Disque de frein Renault Clio III 1.5 dCi, {FIRST}"
    assert card.advice == SECOND


def test_the_hash_says_whose_turn_it_is() -> None:
    firsts = [f"premier fragment {n}" for n in range(7)]
    seconds = [f"second fragment {n}" for n in range(5)]
    card = write_card(GAMME, clio(9045), firsts, seconds, [], 0)
    assert card.title.endswith(firsts[mix(9045) % 7])
    assert card.advice == seconds[(mix(9045) + 1) % 5]


@pytest.mark.parametrize("fragment", ["trop court", "undefined dans le texte", "un texte null ici", "", "#Marqueur#"])
def test_a_fragment_that_is_none_is_left_out(fragment: str) -> None:
    card = write_card(GAMME, clio(), [fragment[:9] if fragment == "trop court" else fragment], [], [], 0)
    assert card.title == "Disque de frein Renault Clio III 1.5 dCi"
    assert card.description == "Disques de frein pour Renault Clio III 1.5 dCi 86 ch (2005–2012)."
    assert card.advice == card.title


def test_only_the_first_fragment() -> None:
    card = write_card(GAMME, clio(), [FIRST], [], [], 0)
    assert card.description == (
        "Changer les deux disques d'un essieu pour votre Renault Clio III 1.5 dCi 86 ch (2005–2012)."
    )


def test_a_fragment_is_decoded_and_speaks_of_the_make() -> None:
    card = write_card(GAMME, clio(), ["pi&egrave;ces pour pour votre #VMarque# #Inconnu#."], [], [], 0)
    assert card.title.endswith(", pièces pour votre Renault")


@pytest.mark.parametrize(
    ("information", "ending"),
    [
        ("Le disque sert pour ralentir la roue.", ", pour ralentir la roue."),
        ("La courroie entraîne l'alternateur.", ", pour assurer le bon fonctionnement des équipements."),
        ("Le disque est en fonte.", "vérifier leur épaisseur."),
    ],
)
def test_what_a_part_is_for(information: str, ending: str) -> None:
    card = write_card(GAMME, clio(7), [FIRST], [SECOND], ["autre", information], 0)
    assert card.description.endswith(ending)


def test_the_row_turns_the_informations() -> None:
    informations = ["pour un", "pour deux"]
    first, second = (write_card(GAMME, clio(), [FIRST], [SECOND], informations, row) for row in (0, 1))
    assert (first.description[-10:], second.description[-12:]) == (", pour un.", ", pour deux.")


def test_of_before_a_vowel() -> None:
    assert "N'oubliez pas d'examiner" in write_card(GAMME, clio(7), [FIRST], ["examiner de près"], [], 0).description
