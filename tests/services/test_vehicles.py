"""The way to the visitor's own car."""

from datetime import date

import pytest

from domain.errors import NotFound
from models.database import session
from models.vehicles import EngineCode, RegistrationCode
from services.vehicles import (
    find_vehicle_type,
    get_make,
    get_model,
    get_vehicle_type,
    list_makes,
    list_models,
    list_types,
    list_types_by_code,
    list_years,
    list_years_of_make,
    search_models,
)
from tests.factories import make_make, make_model, make_vehicle_type

pytestmark = pytest.mark.usefixtures("db")
TODAY = date(2026, 3, 10)


def test_top_makes_come_first_then_position_then_name() -> None:
    late, early, top = (
        make_make(name="Zastava", position=1),
        make_make(name="Aixam", position=1),
        make_make(name="Renault", is_top=True, position=9),
    )
    make_make(name="Cachée", is_displayed=False)
    assert list_makes() == [top, early, late]
    assert list_makes(top_only=True) == [top]


def test_a_hidden_make_hides_its_models_and_types() -> None:
    make = make_make(is_displayed=False)
    model = make_model(make_id=make.id)
    vehicle = make_vehicle_type(model_id=model.id)
    for read, number in ((get_make, make.id), (get_model, model.id), (get_vehicle_type, vehicle.id)):
        with pytest.raises(NotFound):
            read(number)
    assert find_vehicle_type(vehicle.id) is None


def test_models_without_a_reachable_type_are_left_out() -> None:
    make = make_make()
    reachable, _empty = make_model(make_id=make.id), make_model(make_id=make.id)
    hidden = make_model(make_id=make.id)
    make_vehicle_type(model_id=reachable.id)
    make_vehicle_type(model_id=hidden.id, is_displayed=False)
    assert list_models(make.id) == [reachable]


@pytest.mark.parametrize(("year", "found"), [(2004, False), (2005, True), (2012, True), (2013, False)])
def test_a_year_keeps_what_was_built_in_it(year: int, found: bool) -> None:
    vehicle = make_vehicle_type(produced_from=date(2005, 6, 1), produced_to=date(2012, 12, 1))
    assert bool(list_models(get_model(vehicle.model_id).make_id, year=year)) is found
    assert bool(list_types(vehicle.model_id, year=year)) is found


def test_a_type_still_built_is_of_this_year() -> None:
    vehicle = make_vehicle_type(produced_from=date(2019, 9, 1), produced_to=None)
    assert list_types(vehicle.model_id, year=2026) == [vehicle]


def test_years_run_from_the_first_to_the_last_never_beyond_today() -> None:
    model = make_model()
    make_vehicle_type(model_id=model.id, produced_from=date(2020, 1, 1), produced_to=date(2021, 5, 1))
    make_vehicle_type(model_id=model.id, produced_from=date(2024, 1, 1), produced_to=None)
    assert list_years(list_types(model.id), today=TODAY) == [2026, 2025, 2024, 2021, 2020]


def test_the_years_of_a_make_are_those_of_its_models() -> None:
    make = make_make()
    for year_from, year_to in ((1998, 1999), (2024, None)):
        model = make_model(make_id=make.id, year_from=year_from, year_to=year_to)
        make_vehicle_type(model_id=model.id)
    assert list_years_of_make(make.id, today=TODAY) == [2026, 2025, 2024, 1999, 1998]


def test_types_come_with_model_make_and_engine_codes() -> None:
    vehicle = make_vehicle_type()
    session.add(EngineCode(type_id=vehicle.id, code="K9K 766"))
    session.flush()
    session.expunge_all()
    [found] = list_types(vehicle.model_id)
    assert found.label.endswith("86 ch")
    assert [code.code for code in found.engine_codes] == ["K9K 766"]


@pytest.mark.parametrize("typed", ["MRE1234X1234", "mre1234x1234", " MRE 1234 X1234 "])
def test_a_registration_code_finds_every_type_it_names(typed: str) -> None:
    model = make_model()
    first, second = make_vehicle_type(model_id=model.id, name="A"), make_vehicle_type(model_id=model.id, name="B")
    hidden = make_vehicle_type(model_id=model.id, is_displayed=False)
    session.add(RegistrationCode(type_id=first.id, mine="MRE1234X1234"))
    session.add(RegistrationCode(type_id=second.id, cnit="MRE1234X1234"))
    session.add(RegistrationCode(type_id=hidden.id, mine="MRE1234X1234"))
    session.flush()
    assert list_types_by_code(typed) == [first, second]


def test_an_unknown_or_empty_code_finds_nothing() -> None:
    make_vehicle_type()
    assert list_types_by_code("XYZ") == []
    assert list_types_by_code("  ") == []


def test_models_are_searched_by_every_word_of_make_and_model() -> None:
    make = make_make(name="Citroën", alias="citroen")
    picasso = make_model(make_id=make.id, name="Xsara Picasso", alias="xsara-picasso")
    make_model(make_id=make.id, name="Saxo", alias="saxo")
    assert search_models("Citroën picasso") == [picasso]
    assert search_models("100%") == []
    assert search_models("?!") == []
