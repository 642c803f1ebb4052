"""Makes, models and types: how many, how true to one another, how stable."""

import re
from datetime import date

from devstack.demo.vehicles import garage
from devstack.demo.vehicles.makes import MAKES


def test_there_are_enough_of_each():
    makes = garage.makes()
    assert len(makes) >= 35
    assert sum(make.is_top for make in makes) == 10
    assert len(garage.types()) >= 1500
    assert any(not make.is_displayed for make in makes)
    assert any(not model.is_displayed for model in garage.models())
    assert any(not row.is_displayed for row in garage.types())


def test_every_make_has_models_and_every_model_types():
    assert {row.make.id for row in garage.types()} == {make.id for make in MAKES}
    assert {row.model.id for row in garage.types()} == {model.id for model in garage.models()}


def test_numbers_and_addresses_are_given_once():
    assert len({make.alias for make in garage.makes()}) == len(garage.makes())
    assert len({model.id for model in garage.models()}) == len(garage.models())
    assert len({row.id for row in garage.types()}) == len(garage.types())


def test_power_in_kw_and_horsepower_say_the_same():
    assert all(row.power_hp == round(row.power_kw * 1.35962) for row in garage.types())
    assert {garage.horsepower(63), garage.horsepower(66), garage.horsepower(110)} == {86, 90, 150}


def test_months_are_in_order_and_within_the_model():
    for row in garage.types():
        assert row.built_from.day == 1
        assert row.built_from >= row.model.built_from
        assert row.built_to is None or row.built_from <= row.built_to <= (row.model.built_to or date.max)


def test_the_clio_iii_of_the_design_is_there():
    (clio,) = [
        row
        for row in garage.types()
        if row.model.name.startswith("Clio III (") and row.name == "1.5 dCi" and row.power_hp == 86
    ]
    assert clio.label == "Renault Clio III (BR0/1, CR0/1) 1.5 dCi 86 ch"
    assert (clio.built_from.year, clio.built_to.year) == (2005, 2012)
    assert clio.engine.codes == ("K9K 766", "K9K 768")
    assert (clio.id, clio.alias, clio.model.alias) == (100710, "1-5-dci", "clio-iii")


def test_only_electric_cars_have_no_displacement():
    for row in garage.types():
        assert (row.engine.displacement_cc is None) == (row.fuel == "Électrique")
        assert bool(row.engine.cam_drive) == (row.fuel != "Électrique")


def test_technical_siblings_share_a_platform_in_one_class_of_size():
    vans = {row.model.platform for row in garage.types() if row.model.segment == "U"}
    cars = {row.model.platform for row in garage.types() if row.model.segment != "U"}
    assert not vans & cars


def test_registration_codes_have_their_shape_and_are_not_used_twice():
    codes = list(garage.registrations())
    mines = [row.mine for row in codes if row.mine]
    cnits = [row.cnit for row in codes if row.cnit]
    assert len(set(mines)) == len(mines)
    assert len(set(cnits)) == len(cnits)
    assert all(re.fullmatch(r"M[A-Z]{2}\d{4}[A-Z]\d{4}", mine) for mine in mines)
    assert all(re.fullmatch(r"M10[A-Z]{3}VP\d{3}[A-Z]\d{3}", cnit) for cnit in cnits)
    assert {row.type_id for row in codes} == {row.id for row in garage.types()}
