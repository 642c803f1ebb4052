"""Versions of vehicle types: as many as a full catalogue has, each in order, none in the place of another."""

import re
from datetime import date

from devstack.demo.catalog.sizes import SIZES
from devstack.demo.vehicles import garage
from devstack.demo.vehicles.versions import KINDS, NUMBER_STEP, phase_1, phase_2

FULL = SIZES["full"].version_kinds


def test_a_full_shop_knows_thirty_thousand_vehicles_and_a_medium_one_half_of_them() -> None:
    assert len(garage.types(FULL)) >= 30_000
    assert 14_000 <= len(garage.types(SIZES["medium"].version_kinds)) <= 18_000
    assert SIZES["small"].version_kinds == SIZES["tiny"].version_kinds == 0


def test_every_car_of_a_smaller_shop_has_its_number_in_the_larger_ones() -> None:
    full = {row.id: row for row in garage.types(FULL)}
    assert len(full) == len(garage.types(FULL))
    for kinds in (0, SIZES["medium"].version_kinds):
        for row in garage.types(kinds):
            assert (full[row.id].label, full[row.id].built_from) == (row.label, row.built_from)
    assert full[100710].label == "Renault Clio III (BR0/1, CR0/1) 1.5 dCi 86 ch"


def test_a_version_keeps_to_its_model_and_names_what_is_different() -> None:
    base = {row.id: row for row in garage.types()}
    for row in garage.types(FULL):
        first = base[row.id % NUMBER_STEP]
        assert row.model is first.model
        assert first.built_from <= row.built_from
        assert row.built_to is None or row.built_from <= row.built_to <= (first.built_to or date.max)
        if row is not first:
            assert row.name.startswith(f"{first.name} ")
            assert row.alias != first.alias
            assert len(row.name) <= 120


def test_phases_follow_one_another_and_electric_cars_have_no_gearbox_to_choose() -> None:
    rows = {row.id: row for row in garage.types(FULL)}
    second, first = (NUMBER_STEP * (KINDS.index((kind,)) + 1) for kind in (phase_2, phase_1))
    pairs = [
        (rows[number + first], rows[number + second])
        for number in (row.id for row in garage.types())
        if number + first in rows and number + second in rows
    ]
    assert len(pairs) > 500
    assert all(one.built_to and one.built_to < two.built_from for one, two in pairs)
    assert not any(row.is_automatic for row in rows.values() if row.fuel == "Électrique")


def test_registration_codes_are_not_used_twice() -> None:
    codes = list(garage.registrations(FULL))
    for given in ([row.mine for row in codes if row.mine], [row.cnit for row in codes if row.cnit]):
        assert len(set(given)) == len(given)
    assert all(re.fullmatch(r"M[A-Z]{2}\d{4}[A-Z]\d{4}", row.mine) for row in codes if row.mine)
    assert all(re.fullmatch(r"M10[A-Z]{3}VP\d{3}[A-Z]\d{3}", row.cnit) for row in codes if row.cnit)
    assert {row.type_id for row in codes} == {row.id for row in garage.types(FULL)}
