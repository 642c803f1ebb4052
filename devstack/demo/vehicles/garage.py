"""Every make, model and type of the demo shop, with numbers that stay the same from one run to the next."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from devstack.demo.vehicles.engines import TABLES
from devstack.demo.vehicles.makes import MAKES, Make
from devstack.demo.vehicles.notation import (
    FUELS,
    EngineEntry,
    Generation,
    ModelEntry,
    read_engines,
    read_models,
)
from devstack.demo.vehicles.rows import Engine, MakeRow, ModelRow, RegistrationRow, TypeRow
from devstack.demo.vehicles.versions import NUMBER_STEP, versions
from domain.slugs import slugify

# French horsepower: 1 kW = 1.35962 ch (DIN 66036).
HORSEPOWER_PER_KW = 1.35962
# Codes of registration documents replaced « types mine » by CNIT on new models in 2009.
CNIT_SINCE = date(2009, 4, 15)
# As in any shop, a few rare engines and old models are known but not shown: one in so many.
HIDDEN_TYPES_ONE_IN = 401
HIDDEN_MODELS_ONE_IN = 7
HIDDEN_MODELS_BEFORE = 2004
# A type read from the tables has make × 100,000 + model × 100 + place for a number, the makes being fewer than 50.
TYPES_PER_MAKE = 100_000
FIRST_VERSION_CNIT = 5_000_000
_LETTERS = "ABCDEFGHJKLMNPRSTVWXYZ"


@cache
def engines() -> dict[tuple[str, int], Engine]:
    """Return every engine by (key of its family's line, kW)."""
    return {
        (key, engine.power_kw): engine for maker, table in TABLES.items() for key, engine in read_engines(table, maker)
    }


@cache
def types(version_kinds: int = 0) -> tuple[TypeRow, ...]:
    """Return every vehicle type, make by make, each before its versions of so many kinds; the same rows each time."""
    if version_kinds:
        return tuple(one for row in types() for one in (row, *versions(row, version_kinds)))
    return tuple(row for make in MAKES for row in _types_of(make))


def makes() -> list[MakeRow]:
    """Return the makes in the order of their menus."""
    return [_make_row(make) for make in MAKES]


def models() -> list[ModelRow]:
    """Return the models that have types, make by make."""
    return list({row.model.id: row.model for row in types()}.values())


def registrations(version_kinds: int = 0) -> Iterator[RegistrationRow]:
    """Yield the registration codes of every type: invented, in the shapes of real ones, none used twice."""
    codes = {make.id: make.code for make in MAKES}
    for row in types(version_kinds):
        code = codes[row.make.id]
        is_later = (row.built_to or date.max) >= CNIT_SINCE
        cnit = _cnit(code, _cnit_number(row.id)) if is_later else None
        if row.built_from < CNIT_SINCE:
            yield RegistrationRow(row.id, _mine(code, 2 * row.id), cnit)
            if row.id % 3 == 0:
                yield RegistrationRow(row.id, _mine(code, 2 * row.id + 1), None)
        else:
            yield RegistrationRow(row.id, None, cnit)


def _make_row(make: Make) -> MakeRow:
    return MakeRow(make.id, make.name, slugify(make.name), make.maker, make.is_top, make.is_displayed, make.id)


def _types_of(make: Make) -> Iterator[TypeRow]:
    make_row = _make_row(make)
    ordinal = 0
    for generation in read_models(make.models):
        first = ordinal + 1
        for body in generation.bodies:
            ordinal += 1
            model = _model_row(make, body, ordinal, first)
            yield from _types_of_model(make_row, model, generation, body)


def _model_row(make: Make, entry: ModelEntry, ordinal: int, first: int) -> ModelRow:
    return ModelRow(
        id=make.id * 1000 + ordinal,
        make_id=make.id,
        name=entry.name,
        alias=slugify(entry.name.partition(" (")[0]),
        body=entry.body,
        built_from=entry.built_from,
        built_to=entry.built_to,
        generation=make.id * 1000 + first,
        platform=entry.platform,
        segment=entry.segment,
        position=ordinal,
        is_displayed=not _is_forgotten(entry, ordinal),
    )


def _is_forgotten(entry: ModelEntry, ordinal: int) -> bool:
    is_old = entry.built_to is not None and entry.built_to.year < HIDDEN_MODELS_BEFORE
    return is_old and not entry.popularity and ordinal % HIDDEN_MODELS_ONE_IN == 0


def _types_of_model(make: MakeRow, model: ModelRow, generation: Generation, body: ModelEntry) -> Iterator[TypeRow]:
    for ordinal, entry in enumerate(generation.engines, 1):
        engine = engines()[entry.family, entry.power_kw]
        built_from, built_to = _overlap(model, entry)
        if built_to is not None and built_to < built_from:
            continue
        name = entry.name or engine.name
        yield TypeRow(
            id=model.id * 100 + ordinal,
            make=make,
            model=model,
            engine=engine,
            name=name,
            alias=slugify(name),
            fuel=FUELS[engine.kind],
            power_kw=engine.power_kw,
            power_hp=horsepower(engine.power_kw),
            built_from=built_from,
            built_to=built_to,
            position=engine.power_kw,
            popularity=body.popularity,
            is_displayed=bool(body.popularity) or (model.id * 100 + ordinal) % HIDDEN_TYPES_ONE_IN != 0,
        )


def _overlap(model: ModelRow, entry: EngineEntry) -> tuple[date, date | None]:
    """Return the months in which both the model and this engine in it were built."""
    start = max(model.built_from, entry.built_from or date.min)
    ends = [end for end in (model.built_to, entry.built_to) if end is not None]
    return start, min(ends, default=None)


def horsepower(kw: int) -> int:
    """Return the French horsepower (ch) of a power in kW."""
    return round(kw * HORSEPOWER_PER_KW)


def _mine(code: str, number: int) -> str:
    """Return a « type mine » such as MRE5612A1234; odd multiplier and coprime modulus keep different numbers apart."""
    scrambled = number * 48_271 % 10_000_000
    letter = _LETTERS[number // 10_000_000]
    return f"M{code[:2]}5{scrambled // 10_000:03d}{letter}{scrambled % 10_000:04d}"


def _cnit_number(type_id: int) -> int:
    """Return what a type's CNIT is made of: CNITs have less room than types, but the make's code stands in them."""
    kind, number = divmod(type_id, NUMBER_STEP)
    return FIRST_VERSION_CNIT + kind * TYPES_PER_MAKE + number % TYPES_PER_MAKE if kind else number


def _cnit(code: str, number: int) -> str:
    """Return a CNIT such as M10RENVP012A345."""
    scrambled = number * 48_271 % 1_000_000
    letter = _LETTERS[number // 1_000_000]
    return f"M10{code}VP{scrambled // 1_000:03d}{letter}{scrambled % 1_000:03d}"
