"""How a gamme (kind of part) is described: what it is made by, measured by, priced at, and what it depends on."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from domain.slugs import slugify

# Sides on which parts are mounted, in the words of the trade.
AXLES = ("Essieu avant", "Essieu arrière")
FRONT = ("Essieu avant",)
REAR = ("Essieu arrière",)
LEFT_RIGHT = ("Gauche", "Droite")
FRONT_LEFT_RIGHT = ("Avant gauche", "Avant droite")
CORNERS = ("Avant gauche", "Avant droite", "Arrière gauche", "Arrière droite")

COMBUSTION = "PTDSHR"
PETROL = "PTHR"
DIESEL = "DS"
TURBO = "TDR"
EVERY = "PTDSHRE"
# Kinds of engine with an alternator and a starter of their own: not the full hybrids nor the electric ones.
CLASSIC = "PTDS"


class Basis(StrEnum):
    """What decides which vehicles a part has in common."""

    ENGINE = "engine"
    POWER = "power"
    PLATFORM = "platform"
    PLATFORM_FUEL = "platform-fuel"
    GENERATION = "generation"
    BRAKES = "brakes"
    SEGMENT = "segment"
    UNIVERSAL = "universal"


class Spread(StrEnum):
    """How the values of a criterion fall: with the size of the vehicle, by group, by product, or always the same."""

    SIZED = "sized"
    GROUP = "group"
    PRODUCT = "product"


@dataclass(frozen=True)
class Trait:
    """One criterion of a gamme and the values it can take."""

    criterion: str
    values: tuple[str, ...]
    spread: Spread


@dataclass(frozen=True)
class Gamme:
    """A kind of part. `euros` and `grams` are ranges per pack; `text` is what the page says of it."""

    id: int
    name: str
    plural: str
    drawing: str
    brands: str
    euros: tuple[int, int]
    grams: tuple[int, int]
    text: str
    basis: Basis
    traits: tuple[Trait, ...] = ()
    sides: tuple[str, ...] = ("",)
    # Kinds of engine (notation.FUELS), segments and cam drive of the vehicles that have this part.
    engines: str = EVERY
    segments: str = "ABCDEFU"
    cam_drive: str = ""
    # Not for the automatic versions of these vehicles.
    manual_only: bool = False
    pack: int = 1
    title: str = ""
    # Possible core deposits in euros; some makers sell the same part new, without one.
    deposits: tuple[int, ...] = ()
    # Conditions that split the vehicles of a group in two: each product then fits under one of them.
    options: tuple[str, ...] = ()
    # Condition of vehicles on the border between two sizes of brakes; may name a criterion in braces.
    border: str = ""
    safety: str = ""
    level: int = 1
    is_top: bool = False
    # Found for nearly every vehicle, not only for the common ones.
    is_core: bool = False
    is_displayed: bool = True

    @cached_property
    def alias(self) -> str:
        """The name as it stands in addresses."""
        return slugify(self.name)

    @property
    def is_universal(self) -> bool:
        """Whether it fits by its own standard rather than by vehicle."""
        return self.basis == Basis.UNIVERSAL

    @property
    def brand_keys(self) -> tuple[str, ...]:
        """The makers of this kind of part."""
        return tuple(self.brands.split())


@dataclass(frozen=True)
class Family:
    """A family of the menu and its gammes."""

    id: int
    alias: str
    name: str
    description: str
    gammes: tuple[Gamme, ...]

    @property
    def drawing(self) -> str:
        """The key of its drawing."""
        return f"family-{self.alias}"


def sized(criterion: str, low: str, high: str, step: str) -> Trait:
    """Return a criterion that grows with the vehicle, from `low` to `high` by `step`."""
    return Trait(criterion, _steps(low, high, step), Spread.SIZED)


def ladder(criterion: str, *values: str) -> Trait:
    """Return a criterion that climbs the given values with the size of the vehicle."""
    return Trait(criterion, values, Spread.SIZED)


def ranged(criterion: str, low: str, high: str, step: str) -> Trait:
    """Return a criterion that every group of vehicles has its own value of."""
    return Trait(criterion, _steps(low, high, step), Spread.GROUP)


def either(criterion: str, *values: str) -> Trait:
    """Return a criterion that every group of vehicles has one of the given values of."""
    return Trait(criterion, values, Spread.GROUP)


def by_maker(criterion: str, *values: str) -> Trait:
    """Return a criterion on which rival products differ."""
    return Trait(criterion, values, Spread.PRODUCT)


def _steps(low: str, high: str, step: str) -> tuple[str, ...]:
    first, last, by = Decimal(low), Decimal(high), Decimal(step)
    count = int((last - first) / by) + 1
    return tuple(str(first + by * index).replace(".", ",") for index in range(count))
