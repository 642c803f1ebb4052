"""Reads the tables of engines and models.

Engines, one family a line:   key[=family it is][*] | name | kind | cam drive | cc | kW[/cc] codes; kW codes; …
    The star marks engines found everywhere. Kinds are the keys of `FUELS`; cam drives B(elt), C(hain) or -.
Models, one generation a line: name | body | months | segment/platform [| * or **]
    followed by siblings (`/ name | body | months`), then by indented lines of engines:
    family kW[=name][@months],kW…; family …
Months are yymm-yymm (years from 50 are of the last century); an open end means still built.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from devstack.demo.vehicles.rows import Engine

FUELS = {
    "P": "Essence",
    "T": "Essence",
    "D": "Diesel",
    "S": "Diesel",
    "H": "Hybride",
    "R": "Hybride rechargeable",
    "E": "Électrique",
}
CAM_DRIVES = {"B": "belt", "C": "chain", "-": ""}
BODIES = {
    "h": "Berline à hayon",
    "b": "Berline",
    "k": "Break",
    "c": "Coupé",
    "r": "Cabriolet",
    "m": "Monospace",
    "s": "SUV et tout-terrain",
    "f": "Fourgon et ludospace",
    "p": "Pick-up",
}
_OUTPUT = re.compile(r"(?P<kw>\d+)(?:=(?P<name>[^@]+))?(?:@(?P<months>\d*-\d*))?")

Months = tuple[date | None, date | None]


@dataclass(frozen=True)
class ModelEntry:
    """One generation in one body as the table states it."""

    name: str
    body: str
    built_from: date
    built_to: date | None
    segment: str
    platform: str
    popularity: int


@dataclass(frozen=True)
class EngineEntry:
    """One engine of a generation: its family and power, the name it bears there, its own months if any."""

    family: str
    power_kw: int
    name: str
    built_from: date | None
    built_to: date | None


@dataclass(frozen=True)
class Generation:
    """A generation: its bodies and the engines they share."""

    bodies: tuple[ModelEntry, ...]
    engines: tuple[EngineEntry, ...]


def read_engines(table: str, maker: str) -> Iterator[tuple[str, Engine]]:
    """Yield (key, engine) for every power of every family of a table."""
    for line in _joined(table):
        head, name, kind, cam_drive, cc, outputs = (field.strip() for field in line.split("|"))
        key, _, family = head.rstrip("*").partition("=")
        for output in outputs.split(";"):
            power, _, codes = output.strip().partition(" ")
            power, _, own_cc = power.partition("/")
            yield (
                key,
                Engine(
                    family=family or key,
                    name=name,
                    kind=kind,
                    cam_drive=CAM_DRIVES[cam_drive],
                    displacement_cc=None if cc == "-" else int(own_cc or cc),
                    power_kw=int(power),
                    codes=tuple(code.strip() for code in codes.split(",")),
                    maker=maker,
                    is_common=head.endswith("*"),
                ),
            )


def read_models(table: str) -> Iterator[Generation]:
    """Yield the generations of a make's table."""
    bodies: list[ModelEntry] = []
    engines: list[EngineEntry] = []
    for line in table.strip("\n").splitlines():
        if line.startswith("  "):
            engines.extend(_read_engine_entries(line))
        elif line.startswith("/"):
            bodies.append(_read_model_entry(line.removeprefix("/"), bodies[0]))
        else:
            if bodies:
                yield Generation(tuple(bodies), tuple(engines))
            bodies, engines = [_read_model_entry(line, None)], []
    yield Generation(tuple(bodies), tuple(engines))


def _joined(table: str) -> Iterator[str]:
    """Yield the lines of a table, those that start with a space joined to the one before."""
    yield from re.sub(r"\n +", " ", table.strip("\n")).splitlines()


def _read_model_entry(line: str, first: ModelEntry | None) -> ModelEntry:
    fields = [field.strip() for field in line.split("|")]
    name, body, months = fields[:3]
    built_from, built_to = read_months(months)
    assert built_from is not None, line
    if first is not None:
        segment, platform, popularity = first.segment, first.platform, first.popularity
    else:
        segment, _, platform = fields[3].partition("/")
        popularity = len(fields[4]) if len(fields) > 4 else 0
    return ModelEntry(name, BODIES[body], built_from, built_to, segment, platform, popularity)


def _read_engine_entries(line: str) -> Iterator[EngineEntry]:
    for entry in line.strip().split(";"):
        family, _, outputs = entry.strip().partition(" ")
        for output in outputs.split(","):
            match = _OUTPUT.fullmatch(output.strip())
            assert match, line
            built_from, built_to = read_months(match["months"]) if match["months"] else (None, None)
            yield EngineEntry(family, int(match["kw"]), match["name"] or "", built_from, built_to)


def read_months(text: str) -> Months:
    """Return the first days of the months of « yymm-yymm », None for an open end."""
    start, _, end = text.partition("-")
    return _read_month(start), _read_month(end)


def _read_month(text: str) -> date | None:
    if not text:
        return None
    year = int(text[:2])
    return date(1900 + year if year >= 50 else 2000 + year, int(text[2:]), 1)
