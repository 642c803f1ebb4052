"""What the text of a page may draw from: the gamme, the vehicle, what is sold, and the texts that take turns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

# The slot whose item switches any gamme may show.
GENERIC_SLOT = 3


class SwitchKind(StrEnum):
    """Whose turn-taking texts they are: of engine cards and all gammes, of a gamme, of a family, of a vehicle type."""

    ITEM = "item"
    GAMME = "gamme"
    FAMILY = "family"
    TYPE = "type"


@dataclass(frozen=True)
class Switch:
    """One of the texts that take turns in a slot; without gamme it is for all, or for its whole family."""

    kind: SwitchKind
    slot: int
    content: str
    gamme_id: int | None = None
    family_id: int | None = None


class Switches:
    """The switches that a page may draw from, in the order of their ids."""

    def __init__(self, switches: Iterable[Switch] = ()) -> None:
        self._lists: defaultdict[tuple[SwitchKind, int | None, int | None, int], list[str]] = defaultdict(list)
        for one in switches:
            self._lists[one.kind, one.family_id, one.gamme_id, one.slot].append(one.content)

    def generic(self) -> Sequence[str]:
        """Return the texts that any gamme may show."""
        return self._lists.get((SwitchKind.ITEM, None, None, GENERIC_SLOT), ())

    def of_gamme(self, gamme_id: int, slot: int) -> Sequence[str]:
        """Return a gamme's own texts of a slot."""
        return self._lists.get((SwitchKind.GAMME, None, gamme_id, slot), ())

    def all_of_gamme(self, gamme_id: int) -> Sequence[str]:
        """Return a gamme's texts of every slot."""
        return [
            text for key, texts in self._lists.items() if key[0] == "gamme" and key[2] == gamme_id for text in texts
        ]

    def of_family(self, family_id: int, gamme_id: int, slot: int) -> Sequence[str]:
        """Return a family's texts of a slot: those for all its gammes, then those for one."""
        every = self._lists.get((SwitchKind.FAMILY, family_id, None, slot), [])
        return [*every, *self._lists.get((SwitchKind.FAMILY, family_id, gamme_id, slot), [])]


@dataclass(frozen=True)
class GammeWords:
    """What texts say of a gamme."""

    id: int
    alias: str
    name: str
    plural_name: str
    family_id: int
    family_name: str
    level: int = 1
    is_top: bool = False


@dataclass(frozen=True)
class VehicleWords:
    """What texts say of a vehicle type."""

    id: int
    make: str
    model: str
    name: str
    years: str
    power_hp: int
    body: str = ""
    fuel: str = ""
    engine_codes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Make, model, type and power."""
        return f"{self.make} {self.model} {self.name} {self.power_hp} ch"

    def described(self, *, with_body: bool = False) -> str:
        """Return the label with the fuel, and the body when asked for, before the power."""
        words = (self.make, self.model, self.name, self.fuel, self.body if with_body else "", f"{self.power_hp} ch")
        return " ".join(filter(None, words))


@dataclass(frozen=True)
class Offered:
    """What is sold on the page: how many references, and the lowest price as words (« 12,90 € »), empty = unknown."""

    references: int
    from_price: str = ""


@dataclass(frozen=True)
class Template:
    """The texts of a gamme for any vehicle, with markers; an empty one is made from what is known."""

    title: str = ""
    description: str = ""
    h1: str = ""
    preview: str = ""
    content: str = ""


# Spec/seo-system.md, in its order; staff may set others (services/seo/phrases.py).
CHEAP_PHRASES = tuple(
    "pas cher|à prix discount|au meilleur prix|prix bas|tarif réduit|économique|abordable|promotion|déstockage|soldes|"
    "à petit prix|prix cassé|tarif imbattable|offre spéciale|prix attractif|super prix".split("|")
)
OFFER_PHRASES = tuple(
    "vous propose|met à votre disposition|vous offre|vous présente|dispose de|commercialise|vous garantit|met en avant|"
    "sélectionne pour vous|recommande|vous conseille|présente".split("|")
)


@dataclass(frozen=True)
class Phrases:
    """The turns of phrase of #PrixPasCher# and #VousPropose#."""

    cheap: tuple[str, ...] = CHEAP_PHRASES
    offers: tuple[str, ...] = OFFER_PHRASES


@dataclass(frozen=True)
class Subject:
    """What a page is about, and what it may draw from."""

    gamme: GammeWords
    vehicle: VehicleWords
    offered: Offered
    switches: Switches = field(default_factory=Switches)
    phrases: Phrases = Phrases()
    # Plural names of the gammes that #LinkGammeCar_Y# may name.
    other_gammes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PageTexts:
    """The texts of a page; preview and content are clean HTML, the others plain words."""

    title: str
    description: str
    h1: str
    preview: str = ""
    content: str = ""
