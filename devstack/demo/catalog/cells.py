"""Which vehicles take the same part: for each gamme, the vehicles cut into cells by what the gamme depends on."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from devstack.demo.catalog.kind import Basis, Gamme
from devstack.demo.vehicles import garage
from devstack.demo.vehicles.rows import TypeRow

# How far up the range of sizes a segment stands (A the smallest car, F the largest, U vans).
SEGMENT_RANK = {"A": 0.08, "B": 0.22, "C": 0.42, "D": 0.58, "E": 0.74, "F": 0.92, "U": 0.7}
# Power from which a segment gets the larger brakes.
LARGE_BRAKES_KW = {"A": 60, "B": 76, "C": 86, "D": 110, "E": 140, "F": 170, "U": 90}
# Vehicles that close to that power were built with either.
BORDER_KW = 8
# Power from which an engine family gets its larger clutch, turbo, injectors…
HIGH_POWER = 1.25
# Engine families in at least so many well-sold types count as usual.
USUAL_TYPES = 12

# Rare vehicles of a maker and segment share their parts over so many years.
ERA_YEARS = 12

Key = tuple[object, ...]


@dataclass(frozen=True)
class Cell:
    """Vehicles that take the same part of a gamme. `demand` is 2 for the best-sold, 1 for usual ones, 0 for others."""

    key: Key
    types: tuple[TypeRow, ...]
    demand: int
    is_large: bool = False

    @cached_property
    def rank(self) -> float:
        """How large and strong these vehicles are, from 0 to 1."""
        segments = sum(SEGMENT_RANK[row.model.segment] for row in self.types) / len(self.types)
        power = sum(row.power_kw for row in self.types) / len(self.types)
        return min(1.0, 0.8 * segments + 0.2 * min(power, 300) / 300 + (0.08 if self.is_large else 0))

    @cached_property
    def makers(self) -> dict[str, str]:
        """The group of each make of these vehicles, the best-sold makes first."""
        return {row.make.name: row.make.maker for row in sorted(self.types, key=lambda row: -row.popularity)}


def cells(gamme: Gamme, version_kinds: int = 0) -> Iterator[Cell]:
    """Yield the cells of a gamme's vehicles, in an order that does not change; versions stand beside their type."""
    sharing = (gamme.engines, gamme.segments, gamme.cam_drive, gamme.manual_only, version_kinds)
    small_only = gamme.basis == Basis.BRAKES and gamme.segments == "ABC"
    for cell in _cells(gamme.basis, *sharing):
        if not (small_only and cell.is_large):
            yield cell


@cache
def _cells(
    basis: Basis, engines: str, segments: str, cam_drive: str, manual_only: bool, version_kinds: int
) -> tuple[Cell, ...]:
    found: dict[Key, list[TypeRow]] = defaultdict(list)
    keys = _KEYS[basis]
    for row in garage.types(version_kinds):
        if manual_only and row.is_automatic:
            continue
        engine = row.engine
        if engine.kind not in engines or row.model.segment not in segments:
            continue
        if cam_drive and engine.cam_drive != cam_drive:
            continue
        for key in keys(row):
            found[key].append(row)
    return tuple(
        Cell(key, tuple(rows), key[0] if isinstance(key[0], int) else 0, is_large="large" in key)
        for key, rows in sorted(found.items(), key=lambda item: tuple(map(str, item[0])))
    )


def _by_engine(row: TypeRow) -> Iterator[Key]:
    demand = _engine_demand()[row.engine.family]
    if demand:
        yield demand, "engine", row.engine.family
    else:
        yield 0, "engines", row.engine.maker, row.fuel, _litres(row)


def _by_power(row: TypeRow) -> Iterator[Key]:
    family = row.engine.family
    demand = _engine_demand()[family]
    level = "high" if row.power_kw > HIGH_POWER * _weakest()[family] else "low"
    if demand:
        yield demand, "power", family, level
    else:
        yield 0, "powers", row.engine.maker, row.fuel, _litres(row), level


def _by_platform(row: TypeRow) -> Iterator[Key]:
    yield _platform_key(row)


def _by_platform_and_fuel(row: TypeRow) -> Iterator[Key]:
    yield *_platform_key(row), "diesel" if row.engine.kind in "DS" else "other"


def _by_generation(row: TypeRow) -> Iterator[Key]:
    yield row.popularity, "generation", row.model.generation


def _by_brakes(row: TypeRow) -> Iterator[Key]:
    """Small or large brakes by power; a vehicle near the limit may have either."""
    limit = LARGE_BRAKES_KW[row.model.segment]
    key = _platform_key(row)
    if row.power_kw < limit + BORDER_KW:
        yield *key, "small"
    if row.power_kw >= limit - BORDER_KW:
        yield *key, "large"


def _by_segment(row: TypeRow) -> Iterator[Key]:
    era = "start-stop" if row.built_from.year >= 2010 else "classic"
    yield 2, "segment", row.model.segment, row.fuel, era


def _no_vehicle(_row: TypeRow) -> Iterator[Key]:
    return iter(())


def is_on_border(row: TypeRow) -> bool:
    """Say whether a vehicle was built with small or with large brakes."""
    return abs(row.power_kw - LARGE_BRAKES_KW[row.model.segment]) < BORDER_KW


def _platform_key(row: TypeRow) -> Key:
    demand = _platform_demand()[row.model.platform]
    if demand:
        return demand, "platform", row.model.platform
    return 0, "platforms", row.make.maker, row.model.segment, row.model.built_from.year // ERA_YEARS


def _litres(row: TypeRow) -> int:
    """Return the class of an engine's size: up to 1.2, 1.5, 1.8, 2.1 litres, or more."""
    cc = row.engine.displacement_cc or 0
    return sum(cc > limit for limit in (1_250, 1_550, 1_850, 2_150))


@cache
def _engine_demand() -> dict[str, int]:
    sold: dict[str, int] = defaultdict(int)
    common = set()
    for row in garage.types():
        sold[row.engine.family] += row.popularity > 0
        if row.engine.is_common:
            common.add(row.engine.family)
    return {family: 2 if family in common else 1 if count >= USUAL_TYPES else 0 for family, count in sold.items()}


@cache
def _platform_demand() -> dict[str, int]:
    demand: dict[str, int] = defaultdict(int)
    for row in garage.types():
        demand[row.model.platform] = max(demand[row.model.platform], row.popularity)
    return demand


@cache
def _weakest() -> dict[str, int]:
    weakest: dict[str, int] = {}
    for row in garage.types():
        weakest[row.engine.family] = min(row.power_kw, weakest.get(row.engine.family, row.power_kw))
    return weakest


_KEYS: dict[Basis, Callable[[TypeRow], Iterator[Key]]] = {
    Basis.ENGINE: _by_engine,
    Basis.POWER: _by_power,
    Basis.PLATFORM: _by_platform,
    Basis.PLATFORM_FUEL: _by_platform_and_fuel,
    Basis.GENERATION: _by_generation,
    Basis.BRAKES: _by_brakes,
    Basis.SEGMENT: _by_segment,
    Basis.UNIVERSAL: _no_vehicle,
}
