"""Which words of a search name a part, and which a vehicle: « plaquettes clio 3 1.5 dci » is both at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.search import STOP_WORDS, plain_words
from domain.spelling import apart, spelled_out

# Words shorter than this are compared as they are: one letter makes another word of them.
MIN_FORGIVEN = 5
MAX_WORDS = 12
# What makers write behind the size of an engine, and that size: « 1.6 HDi ».
_ENGINES = """
    dci hdi bluehdi tdi tdci cdti jtd jtdm multijet cdi crdi dcat ddis d4d thdi tce sce vti thp puretech
    tsi tfsi fsi gti gtd gdi mpi vtec ecoboost
"""
ENGINES = frozenset(_ENGINES.split())
_SIZE = re.compile(r"[1-8][.,]\d")
# They name a filter as well as an engine: « filtre gasoil », « clio gasoil ».
FUELS = frozenset("diesel essence gasoil gazole gpl".split())
YEARS = range(1950, 2040)
# Small words that name a model behind its name.
LETTERS = frozenset("adl")


@dataclass(frozen=True)
class Named:
    """The words of a text that name a part, and those that name a vehicle, as they were typed; each may be empty.

    `kind` is what to ask kinds of part with: the words that name one, then its brand and side. `year` is when the
    vehicle was made. A make or an engine alone is no `model`: it does not say which car.
    """

    part: str = ""
    vehicle: str = ""
    kind: str = ""
    model: bool = False
    year: int | None = None
    # Whether every word is known to name the one: then the other is not looked for.
    only_part: bool = False
    only_vehicle: bool = False

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


@dataclass(frozen=True)
class Words:
    """The words a shop knows: of kinds of part, what goes with them, of vehicles, of their makes and engines alone."""

    parts: Lexicon
    vehicles: Lexicon
    makes: frozenset[str] = frozenset()
    engines: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()


def split_words(text: str, known: Words) -> Named:
    """Tell the words for a part from those for a vehicle; a brand or a side goes with the part.

    What nobody knows (« gris », « 86 ») goes with the vehicle, behind what names it, when one is named.
    """
    read = _Reading(known)
    for token in _tokens(text, known)[:MAX_WORDS]:
        read.take(token)
    return read.named()


def _tokens(text: str, known: Words) -> list[str]:
    """Write a text in full, « clio3 » as « clio 3 »; a letter of a model stays: « Corsa D », « Classe A »."""
    tokens: list[str] = []
    for token in spelled_out(text):
        word, digit = apart(token)
        plain = plain_words(word)
        if digit and known.vehicles.knows(plain) and plain_words(token) not in known.vehicles.words:
            tokens += [word, digit]
        elif _tells(plain_words(token)) or (plain_words(token) in LETTERS and _is_model(tokens[-1:], known)):
            tokens.append(token)
    return tokens


def _tells(plain: str) -> bool:
    return any(word not in STOP_WORDS for word in plain.split())


def _is_model(tokens: list[str], known: Words) -> bool:
    return any(_stem(plain_words(token)) in known.vehicles.words for token in tokens)


class _Reading:
    """What was understood of a text so far."""

    def __init__(self, known: Words) -> None:
        self.known = known
        self.part: list[str] = []
        self.kinds: list[str] = []
        self.beside: list[str] = []
        self.before: list[str] = []
        self.vehicle: list[str] = []
        self.years: list[int] = []
        self.surely_part = self.surely_vehicle = True
        self.named_vehicle = self.named_engine = self.model = False

    def take(self, token: str) -> None:
        """Give a token its place."""
        words = [_stem(word) for word in plain_words(token).split() if word not in STOP_WORDS]
        known = self.known
        is_part = not known.parts.words.isdisjoint(words)
        is_vehicle = bool(words) and known.vehicles.words.issuperset(words)
        if is_vehicle:
            self._name_vehicle(token, words)
        elif is_part and FUELS.issuperset(words) and self._has_vehicle and not self.kinds:
            self.vehicle.append(token)
        elif is_part:
            self._name_part(token)
        elif not known.beside.isdisjoint(words):
            self._name_beside(token)
        else:
            self._take_unknown(token, words)

    def _take_unknown(self, token: str, words: list[str]) -> None:
        self.surely_part = False
        if any(map(self.known.parts.knows, words)):
            self.surely_vehicle = False
            self._name_part(token)
        elif not ENGINES.isdisjoint(words) or not self.known.engines.isdisjoint(words) or _SIZE.fullmatch(token):
            self.named_engine = True
            self.vehicle.append(token)
        elif all(map(self.known.vehicles.knows, words)):
            self.surely_vehicle = self.surely_vehicle and self.named_vehicle
            self._name_vehicle(token, words)
        elif len(words) == 1 and words[0].isdigit() and int(words[0]) in YEARS:
            self.years.append(int(words[0]))
        elif self._has_vehicle:
            # « Mini Cooper », « BMW 320d »: what stands behind a make says which of its cars.
            self.model = self.model or (self.named_vehicle and not self.named_engine)
            self.vehicle.append(token)
        else:
            self.before.append(token)

    @property
    def _has_vehicle(self) -> bool:
        return self.named_vehicle or self.named_engine

    def _name_part(self, token: str) -> None:
        self.surely_vehicle = False
        self.part.append(token)
        self.kinds.append(token)

    def _name_beside(self, token: str) -> None:
        self.surely_vehicle = False
        self.part.append(token)
        self.beside.append(token)

    def _name_vehicle(self, token: str, words: list[str]) -> None:
        self.surely_part = False
        self.named_vehicle = True
        self.model = self.model or not self.known.makes.issuperset(words)
        self.vehicle.append(token)

    def named(self) -> Named:
        """Return what was understood: a brand alone does not name a part, an engine alone no vehicle."""
        kind = " ".join(self.kinds + self.beside)
        if not self.kinds:
            only = self.named_vehicle and self.surely_vehicle
            if not self.named_vehicle:
                return Named(only_part=bool(self.beside) and self.surely_part)
            return Named(vehicle=self._vehicle(), model=self.model, year=self._year, only_vehicle=only)
        if not self._has_vehicle:
            return Named(kind=kind, only_part=self.surely_part)
        return Named(" ".join(self.part), self._vehicle(), kind, self.model, self._year)

    @property
    def _year(self) -> int | None:
        return self.years[0] if self.years and self.named_vehicle else None

    def _vehicle(self) -> str:
        years = [] if self._year else map(str, self.years)
        return " ".join([*self.vehicle, *self.before, *years])


def stems(text: str) -> list[str]:
    """Return the plain words of `text` without plural, stop words left out."""
    return [_stem(word) for word in plain_words(text).split() if word not in STOP_WORDS]


def _stem(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 and not word.isdigit() else word


def _is_long(word: str) -> bool:
    return len(word) >= MIN_FORGIVEN and not any(character.isdigit() for character in word)


def _one_letter_less(word: str) -> set[str]:
    return {word[:index] + word[index + 1 :] for index in range(len(word))}
