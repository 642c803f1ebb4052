"""The cars that a product fits: counted per make, listed page by page, a part's conditions with each."""

from datetime import date

import pytest

from models.catalog import Product
from models.database import session
from services.fitted_vehicles import FittedPage, count_fitted_vehicles, list_fitted_makes, list_fitted_vehicles
from tests.factories import make_fitment, make_make, make_model, make_product, make_vehicle_type
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("db")


def names(page: FittedPage) -> list[tuple[str, list[str]]]:
    return [(one.model.name, [vehicle.type.name for vehicle in one.vehicles]) for one in page.models]


def test_they_are_listed_by_make_and_model_with_their_conditions() -> None:
    renault, dacia = make_make(name="Renault"), make_make(name="Dacia")
    clio, logan = make_model(make_id=renault.id, name="Clio III"), make_model(make_id=dacia.id, name="Logan")
    clios = [make_vehicle_type(model_id=clio.id, name=name) for name in ("1.5 dCi", "1.2 16V")]
    product = make_product()
    for vehicle in (*clios, make_vehicle_type(model_id=logan.id), make_vehicle_type(is_displayed=False)):
        make_fitment(product, vehicle)
    make_fitment(product, clios[0], position=1, restriction="avec ABS", fitted_to=date(2009, 3, 1))
    session.expunge_all()
    assert [(made.make.name, made.types) for made in list_fitted_makes(product)] == [("Dacia", 1), ("Renault", 2)]
    assert count_fitted_vehicles(product) == 3
    page = list_fitted_vehicles(product, make_id=renault.id)
    assert names(page) == [("Clio III", ["1.2 16V", "1.5 dCi"])]
    diesel = page.models[0].vehicles[1]
    assert [fitment.restriction for fitment in diesel.fitments] == ["", "avec ABS"]
    assert diesel.type.label.startswith("Renault Clio III")


def test_the_years_of_a_models_types_are_one_span() -> None:
    model, product = make_model(), make_product()
    spans = [(date(2005, 6, 1), date(2009, 1, 1)), (date(2008, 1, 1), date(2012, 5, 1))]
    for start, end in spans:
        make_fitment(product, make_vehicle_type(model_id=model.id, produced_from=start, produced_to=end))
    [listed] = list_fitted_vehicles(product).models
    assert listed.years == "2005–2012"
    make_fitment(product, make_vehicle_type(model_id=model.id, produced_from=date(2011, 1, 1), produced_to=None))
    [listed] = list_fitted_vehicles(product).models
    assert listed.years == "depuis 2005"


def test_a_single_year_is_said_once() -> None:
    product, year = make_product(), (date(2010, 1, 1), date(2010, 9, 1))
    make_fitment(product, make_vehicle_type(produced_from=year[0], produced_to=year[1]))
    assert list_fitted_vehicles(product).models[0].years == "2010"


@pytest.fixture
def widely_fitted() -> Product:
    model, product = make_model(name="Golf"), make_product()
    for number in range(5):
        vehicle = make_vehicle_type(model_id=model.id, name=f"1.{number}")
        make_fitment(product, vehicle)
        make_fitment(product, vehicle, position=1, restriction="ATE")
    return product


def test_pages_hold_whole_vehicles_and_say_whether_more_follow(widely_fitted: Product) -> None:
    pages = [list_fitted_vehicles(widely_fitted, page=number, per_page=2) for number in (1, 2, 3, 4)]
    assert [names(page) for page in pages] == [
        [("Golf", ["1.0", "1.1"])],
        [("Golf", ["1.2", "1.3"])],
        [("Golf", ["1.4"])],
        [],
    ]
    assert [page.has_more for page in pages] == [True, True, False, False]
    assert [len(vehicle.fitments) for vehicle in pages[0].models[0].vehicles] == [2, 2]


def test_a_page_is_two_queries_however_many_cars(widely_fitted: Product) -> None:
    session.expunge_all()
    with count_queries() as asked:
        list_fitted_vehicles(widely_fitted)
    assert len(asked) == 2


def test_a_universal_part_lists_no_cars() -> None:
    product = make_product(is_universal=True)
    assert list_fitted_makes(product) == []
    assert count_fitted_vehicles(product) == 0
    assert list_fitted_vehicles(product).models == []
