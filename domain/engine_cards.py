"""The cards of a gamme's page that lead to its page for one vehicle (spec/gamme-rest.md, rules 8 to 13).

What the rules would claim of any part (« qualité d'origine à prix bas ») is left out: the shop cannot know it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from domain.page_subjects import GammeWords, VehicleWords
from domain.page_texts import plain_text, settle
from domain.rotation import card_indexes, rotated

_REPEATED = re.compile(r"\b(\w+)(?:\s+\1\b)+", re.IGNORECASE)
_PURPOSE = re.compile(r"\bpour .+", re.IGNORECASE | re.DOTALL)
_EFFECT = re.compile(r"\b(entraîne|permet)", re.IGNORECASE)
MIN_LENGTH = 10


@dataclass(frozen=True)
class CardWords:
    """What a card says."""

    title: str
    description: str
    advice: str


def write_card(
    gamme: GammeWords,
    vehicle: VehicleWords,
    firsts: Sequence[str],
    seconds: Sequence[str],
    informations: Sequence[str],
    row: int,
) -> CardWords:
    """Return the words of a card from both lists of fragments and what is known of the gamme; `row` from 0."""
    first, second = (
        _valid(rotated(texts, turn), vehicle.make)
        for texts, turn in zip((firsts, seconds), card_indexes(vehicle.id), strict=True)
    )
    title = f"{gamme.name} {vehicle.make} {vehicle.model} {vehicle.name}"
    if first:
        title = f"{title}, {first}"
    purpose = _purpose(rotated(informations, vehicle.id + row))
    description = _described(gamme.plural_name, vehicle, first, second, purpose)
    return CardWords(settle(title), settle(description), second or settle(title))


def _described(gammes: str, vehicle: VehicleWords, first: str, second: str, purpose: str) -> str:
    named, years = vehicle.label, f"({vehicle.years})"
    if not first:
        return f"{gammes} pour {named} {years}."
    if not second:
        return f"{_raised(first)} pour votre {named} {years}."
    variants = (
        f"{_raised(second)} les {_lowered(gammes)} {named} et {_lowered(first)}{purpose}.",
        f"{_raised(first)} pour {named}. {_raised(second)} la pièce avant installation{purpose}.",
        f"{gammes} {named} : {first}. Pensez à {_lowered(second)} avant montage{purpose}.",
        f"Pour votre {named}, {first}. N'oubliez pas {_of(_lowered(second))}{purpose}.",
    )
    return variants[vehicle.id % 4]


def _valid(fragment: str, make: str) -> str:
    """Return a fragment ready to be read, empty when it is none."""
    words = settle(unescape(plain_text(fragment)).replace("#VMarque#", make)).rstrip(" .")
    if len(words) < MIN_LENGTH or "undefined" in words or "null" in words:
        return ""
    return _REPEATED.sub(r"\1", words)


def _purpose(information: str) -> str:
    """Return what a part is for, as the end of a sentence: rule 13."""
    words = settle(plain_text(information)).rstrip(" .")
    if found := _PURPOSE.search(words):
        return f", {found[0]}"
    return ", pour assurer le bon fonctionnement des équipements" if _EFFECT.search(words) else ""


def _of(text: str) -> str:
    """Return « de vérifier » or « d'examiner »."""
    return f"d'{text}" if text[:1] in "aeiouyâêéèîô" else f"de {text}"


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
