"""What the shop knows of vehicles, as plain rows."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class MakeRow:
    """A make; `maker` names the industrial group whose part numbers it uses."""

    id: int
    name: str
    alias: str
    maker: str
    is_top: bool
    is_displayed: bool
    position: int


@dataclass(frozen=True)
class ModelRow:
    """A model in one body: its `generation` unites its bodies, its `platform` its technical siblings."""

    id: int
    make_id: int
    name: str
    alias: str
    body: str
    built_from: date
    built_to: date | None
    generation: int
    platform: str
    segment: str
    position: int
    is_displayed: bool = True


@dataclass(frozen=True)
class Engine:
    """One power of an engine family; `kind` is a letter of `notation.FUELS`, `cam_drive` belt, chain or empty."""

    family: str
    name: str
    kind: str
    cam_drive: str
    displacement_cc: int | None
    power_kw: int
    codes: tuple[str, ...]
    maker: str
    is_common: bool


@dataclass(frozen=True, eq=False)
class TypeRow:
    """An engine in a model, between two months of production (first days); None = still built."""

    id: int
    make: MakeRow
    model: ModelRow
    engine: Engine
    name: str
    alias: str
    fuel: str
    power_kw: int
    power_hp: int
    built_from: date
    built_to: date | None
    position: int
    popularity: int
    is_displayed: bool = True
    is_automatic: bool = False

    @cached_property
    def label(self) -> str:
        """Make, model, engine and power in words."""
        return f"{self.make.name} {self.model.name} {self.name} {self.power_hp} ch"


@dataclass(frozen=True)
class RegistrationRow:
    """The « type mine » and CNIT of a type."""

    type_id: int
    mine: str | None
    cnit: str | None
