"""Writes makes, models and types into the shop's tables."""

from devstack.demo.copying import copy_rows, go_on_numbering
from devstack.demo.vehicles import garage
from models.vehicles import EngineCode, Make, RegistrationCode, VehicleModel, VehicleType


def write_vehicles(version_kinds: int = 0) -> int:
    """Write every vehicle, with so many kinds of versions, and return how many types there are."""
    types = garage.types(version_kinds)
    copy_rows(
        Make,
        ("id", "alias", "name", "is_displayed", "is_top", "position"),
        ((m.id, m.alias, m.name, m.is_displayed, m.is_top, m.position) for m in garage.makes()),
    )
    copy_rows(
        VehicleModel,
        ("id", "make_id", "alias", "name", "body", "year_from", "year_to", "is_displayed", "position"),
        (
            (
                m.id,
                m.make_id,
                m.alias,
                m.name,
                m.body,
                m.built_from.year,
                m.built_to.year if m.built_to else None,
                m.is_displayed,
                m.position,
            )
            for m in garage.models()
        ),
    )
    written = copy_rows(
        VehicleType,
        (
            *("id", "model_id", "alias", "name", "fuel", "displacement_cc", "power_hp", "power_kw", "body"),
            *("produced_from", "produced_to", "is_displayed", "position"),
        ),
        (
            (
                *(t.id, t.model.id, t.alias, t.name, t.fuel, t.engine.displacement_cc, t.power_hp, t.power_kw),
                *(t.model.body, t.built_from, t.built_to, t.is_displayed, t.position),
            )
            for t in types
        ),
    )
    copy_rows(
        EngineCode,
        ("type_id", "code"),
        ((t.id, code) for t in types for code in dict.fromkeys(t.engine.codes)),
    )
    copy_rows(
        RegistrationCode,
        ("type_id", "mine", "cnit"),
        ((r.type_id, r.mine, r.cnit) for r in garage.registrations(version_kinds)),
    )
    go_on_numbering(Make, VehicleModel, VehicleType)
    return written
