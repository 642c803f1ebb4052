"""Which words of a search name a part, and which a vehicle: « plaquettes clio 3 1.5 dci » is both at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.search import STOP_WORDS, plain_words

# Words shorter than this are compared as they are: one letter makes another word of them.
MIN_FORGIVEN = 5
MAX_WORDS = 12


@dataclass(frozen=True)
class Named:
    """The words of a text that name a part, and those that name a vehicle, as they were typed; each may be empty."""

    part: str = ""
    vehicle: str = ""

    @property
    def is_both(self) -> bool:
        """Whether a part and a vehicle are named."""
        return bool(self.part and self.vehicle)


@dataclass(frozen=True)
class Lexicon:
    """The words of a kind of thing, without accents and plural; a word one letter off is known as well."""

    words: frozenset[str] = frozenset()
    _near: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Lexicon":
        """Take the words of `texts`."""
        words = frozenset(stem for text in texts for stem in stems(text))
        return cls(words, frozenset(shorter for word in words if _is_long(word) for shorter in _one_letter_less(word)))

    def knows(self, word: str) -> bool:
        """Say whether a plain word is one of these, give or take one letter when it is long enough."""
        stem = _stem(word)
        if stem in self.words or not _is_long(stem):
            return stem in self.words
        shorter = _one_letter_less(stem)
        return stem in self._near or not self.words.isdisjoint(shorter) or not self._near.isdisjoint(shorter)


def split_words(text: str, *, parts: Lexicon, vehicles: Lexicon, others: Lexicon) -> Named:
    """Tell the words for a part from those for a vehicle; `others` are words that go with a part: brands, sides.

    A word that names a vehicle must be there, and one that names a part; what nobody knows (« dci », « 86 ») then
    belongs to the vehicle. Otherwise both are empty.
    """
    of_part: list[str] = []
    of_vehicle: list[str] = []
    names_part = names_vehicle = False
    for token in text.split()[:MAX_WORDS]:
        words = [word for word in plain_words(token).split() if word not in STOP_WORDS]
        if not words:
            continue
        is_part = any(_stem(word) in parts.words for word in words)
        is_vehicle = any(_stem(word) in vehicles.words for word in words)
        if not (is_part or is_vehicle):
            is_part = any(parts.knows(word) for word in words)
            is_vehicle = not is_part and any(vehicles.knows(word) for word in words)
        if is_part and not is_vehicle:
            names_part = True
            of_part.append(token)
        elif any(_stem(word) in others.words for word in words) and not is_vehicle:
            of_part.append(token)
        else:
            names_vehicle = names_vehicle or (is_vehicle and not is_part)
            of_vehicle.append(token)
    if not (names_part and names_vehicle):
        return Named()
    return Named(" ".join(of_part), " ".join(of_vehicle))


def stems(text: str) -> list[str]:
    """Return the plain words of `text` without plural, stop words left out."""
    return [_stem(word) for word in plain_words(text).split() if word not in STOP_WORDS]


def _stem(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 and not word.isdigit() else word


def _is_long(word: str) -> bool:
    return len(word) >= MIN_FORGIVEN and not any(character.isdigit() for character in word)


def _one_letter_less(word: str) -> set[str]:
    return {word[:index] + word[index + 1 :] for index in range(len(word))}
