"""What texts say of the things the shop remembers."""

from collections.abc import Iterable

from domain.page_subjects import GammeWords, VehicleWords
from models.catalog import Gamme
from models.vehicles import VehicleType


def words_of_gamme(gamme: Gamme) -> GammeWords:
    """Return what texts say of a gamme, whose family is loaded."""
    return GammeWords(
        id=gamme.id,
        alias=gamme.alias,
        name=gamme.name,
        plural_name=gamme.plural_name,
        family_id=gamme.family_id,
        family_name=gamme.family.name,
        level=gamme.level,
        is_top=gamme.is_top,
    )


def words_of_vehicle(vehicle: VehicleType, engine_codes: Iterable[str] = ()) -> VehicleWords:
    """Return what texts say of a vehicle type, whose model and make are loaded."""
    return VehicleWords(
        id=vehicle.id,
        make=vehicle.model.make.name,
        model=vehicle.model.short_name,
        name=vehicle.name,
        years=vehicle.years,
        power_hp=vehicle.power_hp,
        body=vehicle.body,
        fuel=vehicle.fuel,
        engine_codes=tuple(engine_codes),
    )
