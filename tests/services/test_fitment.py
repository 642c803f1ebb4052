"""Verdicts for the products of a page, and for all the groups of a gamme."""

from datetime import date

import pytest

from domain.fitment import NOT_LISTED, UNIVERSAL, UNKNOWN, Fit
from services.fitment import judge_groups, judge_product, judge_products, list_groups_of, verdict_of
from services.vehicles import Car
from tests.factories import make_fitment, make_gamme, make_product, make_vehicle_type
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("db")


def test_without_a_vehicle_nothing_is_judged() -> None:
    product = make_product()
    assert judge_products([product], None) == {}
    assert judge_product(product, None) is None


def test_each_product_gets_its_verdict() -> None:
    vehicle = make_vehicle_type()
    fits, other, universal, unknown = make_product(), make_product(), make_product(is_universal=True), make_product()
    make_fitment(fits, vehicle)
    make_fitment(other, make_vehicle_type())
    verdicts = judge_products([fits, other, universal, unknown], Car(vehicle))
    assert verdicts[fits.id].fit == Fit.FITS
    assert verdicts[other.id] == NOT_LISTED
    assert verdicts[universal.id] == UNIVERSAL
    assert verdicts[unknown.id] == UNKNOWN


def test_the_year_of_the_car_settles_dates() -> None:
    vehicle = make_vehicle_type(produced_from=date(2005, 6, 1), produced_to=date(2012, 12, 1))
    product = make_product()
    make_fitment(product, vehicle, fitted_to=date(2009, 3, 1))
    assert judge_product(product, Car(vehicle)).fit == Fit.TO_CHECK  # type: ignore[union-attr]
    assert judge_product(product, Car(vehicle, 2007)).fit == Fit.FITS  # type: ignore[union-attr]
    late = judge_product(product, Car(vehicle, 2011))
    assert late is not None
    assert (late.fit, late.reason) == (Fit.DOES_NOT_FIT, "monté jusqu'au 03/2009")


def test_several_rows_of_one_vehicle_are_read_together() -> None:
    vehicle, product = make_vehicle_type(), make_product()
    make_fitment(product, vehicle, restriction="système ATE")
    make_fitment(product, vehicle, position=1, restriction="système BOSCH")
    verdict = judge_product(product, Car(vehicle))
    assert verdict is not None
    assert (verdict.fit, verdict.reason) == (Fit.TO_CHECK, "système ATE ; système BOSCH")


def test_a_page_of_products_costs_one_query() -> None:
    vehicle = make_vehicle_type()
    products = [make_product() for _ in range(5)]
    for product in products:
        make_fitment(product, vehicle)
    with count_queries() as queries:
        judge_products(products, Car(vehicle))
    assert len(queries) == 1


def test_groups_of_a_gamme_are_judged_alike() -> None:
    vehicle, gamme = make_vehicle_type(), make_gamme()
    fits, check, elsewhere = (make_product(gamme_id=gamme.id), make_product(gamme_id=gamme.id), make_product())
    make_fitment(fits, vehicle)
    make_fitment(check, vehicle, restriction="avec ABS")
    make_fitment(elsewhere, vehicle)
    groups = judge_groups(gamme.id, Car(vehicle))
    assert set(groups) == {fits.fitment_group_id, check.fitment_group_id}
    assert [verdict_of(product, groups).fit for product in (fits, check)] == [Fit.FITS, Fit.TO_CHECK]
    assert judge_products([fits, check], Car(vehicle)) == {
        product.id: verdict_of(product, groups) for product in (fits, check)
    }


def test_the_groups_of_a_vehicle_are_listed() -> None:
    vehicle = make_vehicle_type()
    mine, other = make_product(), make_product()
    make_fitment(mine, vehicle)
    make_fitment(other, make_vehicle_type())
    assert list_groups_of(Car(vehicle)) == {mine.fitment_group_id}
    assert list_groups_of(Car(vehicle), {other.fitment_group_id or 0}) == set()
