"""Which of several texts a page shows: chosen by ids alone, so that the same page always reads the same.

The rules are those of spec/seo-system.md (rotation 1–5) and spec/gamme-rest.md (8–9); pages were indexed under them.
"""

from collections.abc import Sequence

_FACTOR = 0x45D9F3B
# The switch of a family stands in one of these slots (spec/seo-system.md, rotation 3).
FAMILY_SLOTS = range(11, 17)


def mix(type_id: int) -> int:
    """Return the hash of a vehicle type, reckoned as JavaScript reckons it; never negative.

    « >> » and « ^ » see signed 32-bit integers, the multiplication is one of doubles: it rounds above 2^53.
    """
    x = float(type_id)
    for _round in range(2):
        x = float((_int32(x) >> 16) ^ _int32(x)) * _FACTOR
    return abs((_int32(x) >> 16) ^ _int32(x))


def _int32(x: float) -> int:
    """Return what JavaScript's ToInt32 makes of a finite number."""
    return (int(x) + 2**31) % 2**32 - 2**31


def rotated(texts: Sequence[str], index: int) -> str:
    """Return the text whose turn it is, empty when there is none."""
    return texts[index % len(texts)] if texts else ""


def generic_index(type_id: int, gamme_id: int) -> int:
    """Return the turn of #CompSwitch#."""
    return type_id + gamme_id


def slot_index(type_id: int, slot: int) -> int:
    """Return the turn of #CompSwitch_X#."""
    return type_id + slot


def other_gamme_index(type_id: int, gamme_id: int, slot: int) -> int:
    """Return the turn of #CompSwitch_X_Y#, of a gamme or a family."""
    return type_id + gamme_id + slot


def link_indexes(type_id: int, gamme_id: int) -> tuple[int, int]:
    """Return the turns of both texts of #LinkGammeCar_Y#."""
    return type_id + gamme_id + 2, type_id + gamme_id + 3


def title_phrase_index(type_id: int, gamme_id: int) -> int:
    """Return the turn of #PrixPasCher# in a title."""
    return gamme_id % 100 + 1 + type_id


def description_phrase_index(type_id: int, gamme_id: int) -> int:
    """Return the turn of #PrixPasCher# in a description."""
    return gamme_id % 100 + type_id


def card_indexes(type_id: int) -> tuple[int, int]:
    """Return the turns of both fragments of an engine's card on a gamme's page."""
    turn = mix(type_id)
    return turn, turn + 1
