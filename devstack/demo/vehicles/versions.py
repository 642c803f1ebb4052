"""The versions of a type that large catalogues list one by one: gearbox, driven wheels, phase, Start & Stop, van.

Each kind of version has its number, which is part of the type's own: the medium shop and the full one call the same
car by the same number.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from devstack.demo.dice import Dice
from devstack.demo.vehicles.rows import ModelRow, TypeRow
from domain.slugs import slugify

# Types read from the tables have numbers below it, versions of kind n have n times as much added.
NUMBER_STEP = 10_000_000
# How often, out of a hundred, a version that could have been built was.
BUILT = 56
# A model that was built for less time had no second phase worth a name.
SHORTEST_PHASES_YEARS = 4
# « Still built » ends here when the middle of a production is looked for.
LATEST = date(2026, 1, 1)
START_STOP_SINCE = date(2010, 1, 1)
WEAKEST_AUTOMATIC_KW = 48
WEAKEST_FOUR_WHEEL_KW = 60

_SUV, _VAN = "SUV et tout-terrain", "Fourgon et ludospace"

# By group of makes: since which year it is built, and its name.
_GEARBOXES: dict[str, tuple[tuple[int, str], ...]] = {
    "renault": ((2010, "EDC"), (0, "BVA")),
    "nissan": ((2007, "Xtronic"), (0, "BVA")),
    "psa": ((2017, "EAT8"), (2013, "EAT6"), (2006, "BVA6"), (0, "BVA4")),
    "volkswagen": ((2004, "DSG"), (0, "Tiptronic")),
    "porsche": ((2009, "PDK"), (0, "Tiptronic S")),
    "bmw": ((0, "Steptronic"),),
    "mercedes": ((2015, "9G-Tronic"), (2004, "7G-Tronic"), (0, "BVA5")),
    "ford": ((2008, "PowerShift"), (0, "BVA")),
    "fiat": ((2003, "Dualogic"), (0, "BVA")),
    "alfa-romeo": ((2010, "TCT"), (0, "Selespeed")),
    "toyota": ((2009, "Multidrive S"), (0, "BVA")),
    "honda": ((2001, "CVT"), (0, "BVA")),
    "mitsubishi": ((2007, "CVT"), (0, "BVA")),
    "subaru": ((2009, "Lineartronic"), (0, "BVA")),
    "volvo": ((2000, "Geartronic"), (0, "BVA")),
    "hyundai": ((2015, "DCT"), (0, "BVA")),
}
_DRIVES = {
    "Audi": "quattro",
    "BMW": "xDrive",
    "Mercedes-Benz": "4Matic",
    "Volkswagen": "4Motion",
    "Mini": "ALL4",
    "Seat": "4Drive",
    "Volvo": "AWD",
    "Subaru": "AWD",
    "Lexus": "AWD",
}
_FOUR_WHEEL_ALWAYS = {"Land Rover", "Jeep", "Isuzu"}
_START_STOPS = {
    "Renault": "Energy",
    "Volkswagen": "BlueMotion",
    "BMW": "EfficientDynamics",
    "Mercedes-Benz": "BlueEfficiency",
    "Ford": "ECOnetic",
    "Opel": "ecoFLEX",
    "Skoda": "GreenLine",
    "Seat": "Ecomotive",
}

# Makes of a type the version that it is known as, None when there was none.
Change = Callable[[TypeRow], TypeRow | None]


def versions(row: TypeRow, kinds: int) -> Iterator[TypeRow]:
    """Yield the versions of a type that were built, of the first `kinds` kinds (see `KINDS`)."""
    for kind, changes in enumerate(KINDS[:kinds], 1):
        number = row.id + kind * NUMBER_STEP
        if Dice("version", number).chance(BUILT):
            version = _changed(row, changes)
            if version is not None:
                yield replace(version, id=number, alias=slugify(version.name))


def _changed(row: TypeRow, changes: tuple[Change, ...]) -> TypeRow | None:
    version: TypeRow | None = row
    for change in changes:
        version = change(version) if version else None
    return version


def automatic(row: TypeRow) -> TypeRow | None:
    """The version with the maker's automatic gearbox."""
    if row.engine.kind not in "PTDS" or row.power_kw < WEAKEST_AUTOMATIC_KW:
        return None
    names = _GEARBOXES.get(row.make.maker, ((0, "BVA"),))
    name = next(name for since, name in names if row.built_from.year >= since)
    return replace(row, name=f"{row.name} {name}", is_automatic=True)


def four_wheel(row: TypeRow) -> TypeRow | None:
    """The version with all wheels driven."""
    has_name = row.make.name in _DRIVES and row.model.segment in "CDEF"
    if not has_name and row.model.body not in (_SUV, _VAN):
        return None
    if row.power_kw < WEAKEST_FOUR_WHEEL_KW or row.make.name in _FOUR_WHEEL_ALWAYS:
        return None
    return replace(row, name=f"{row.name} {_DRIVES.get(row.make.name, '4x4')}")


def start_stop(row: TypeRow) -> TypeRow | None:
    """The version that stops its engine at the lights."""
    if row.engine.kind not in "PTD" or (row.built_to and row.built_to <= START_STOP_SINCE):
        return None
    name = "S&S" if row.make.maker == "psa" else _START_STOPS.get(row.make.name, "Start & Stop")
    return replace(row, name=f"{row.name} {name}", built_from=max(row.built_from, START_STOP_SINCE))


def phase_1(row: TypeRow) -> TypeRow | None:
    """The version before the model got its second face."""
    middle = _middle(row.model)
    if middle is None or row.built_from >= middle:
        return None
    last = _month_before(middle)
    end = last if row.built_to is None else min(last, row.built_to)
    return replace(row, name=f"{row.name} phase 1", built_to=end)


def phase_2(row: TypeRow) -> TypeRow | None:
    """The version after it."""
    middle = _middle(row.model)
    if middle is None or (row.built_to and row.built_to < middle):
        return None
    return replace(row, name=f"{row.name} phase 2", built_from=max(row.built_from, middle))


def two_seats(row: TypeRow) -> TypeRow | None:
    """The two-seat version that companies buy."""
    is_car = row.model.body in ("Berline à hayon", "Break") and row.model.segment in "ABC"
    if not is_car or row.power_kw > 90 or row.engine.kind in "R":
        return None
    return replace(row, name=f"{row.name} Société")


def _middle(model: ModelRow) -> date | None:
    """Return the month in which a model got its second face, None for one that was not built long enough."""
    end = model.built_to or LATEST
    months = (end.year - model.built_from.year) * 12 + end.month - model.built_from.month
    if months < SHORTEST_PHASES_YEARS * 12:
        return None
    month = model.built_from.month - 1 + months // 2
    return date(model.built_from.year + month // 12, month % 12 + 1, 1)


def _month_before(month: date) -> date:
    return date(month.year - (month.month == 1), 12 if month.month == 1 else month.month - 1, 1)


# The place of a kind is its number, which addresses carry: new ones are added at the end, ten at most (registration
# codes have no more room).
KINDS: tuple[tuple[Change, ...], ...] = (
    (automatic,),
    (phase_2,),
    (start_stop,),
    (four_wheel,),
    (phase_1,),
    (automatic, phase_2),
    (automatic, four_wheel),
    (two_seats,),
    (start_stop, automatic),
    (start_stop, phase_2),
)
