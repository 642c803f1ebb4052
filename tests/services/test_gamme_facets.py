"""Kept counts are only ever used while they are true: whatever changes a gamme marks it, in the same transaction."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from models.catalog import Brand, Criterion, Product, ProductCriterion
from models.database import session
from models.stock import StockItem
from services.gamme_facets import find_gamme_facets, keep_gamme_facets, list_uncounted_gammes
from services.products_facets import count_facets
from services.products_filters import ProductFilters
from services.products_listing import list_products_of_gamme
from services.vehicles import Car
from tests.factories import (
    give_criterion,
    make_brand,
    make_criterion,
    make_fitment,
    make_gamme,
    make_product,
    make_vehicle_type,
)
from tests.factories.selling import NOW
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def gamme_id(db: None) -> int:
    """A gamme of three products with brands, sides, a criterion and stock, counted."""
    gamme_id = make_gamme().id
    diameter = make_criterion(is_filter=True)
    for price, side, stock, value in (
        (10_00, "Essieu avant", 3, "280"),
        (20_00, "Essieu arrière", 1, "260"),
        (None, "", 0, "280"),
    ):
        product = make_product(gamme_id=gamme_id, brand_id=make_brand().id, price_cents=price, side=side, stock=stock)
        give_criterion(product, diameter, value)
    keep_gamme_facets(gamme_id, at=NOW)
    return gamme_id


def one(gamme_id: int) -> Product:
    """The first product of the gamme."""
    product = session.query(Product).where(Product.gamme_id == gamme_id).order_by(Product.id).first()
    assert product is not None
    return product


def test_kept_facets_are_the_counted_ones(gamme_id: int) -> None:
    counted = count_facets((Product.gamme_id == gamme_id,), ProductFilters(), {}, None)
    assert find_gamme_facets(gamme_id) == counted
    assert (counted.total, counted.in_stock, counted.unpriced, len(counted.brands)) == (3, 2, 1, 3)


CHANGES: dict[str, Callable[[int], object]] = {
    "a price": lambda gamme: session.execute(update(Product).where(Product.id == one(gamme).id).values(price_cents=5)),
    "a product hidden": lambda gamme: session.execute(
        update(Product).where(Product.id == one(gamme).id).values(is_displayed=False)
    ),
    "a product more": lambda gamme: make_product(gamme_id=gamme),
    "a product that moves away": lambda gamme: session.execute(
        update(Product).where(Product.id == one(gamme).id).values(gamme_id=make_gamme().id, fitment_group_id=None)
    ),
    "the last pack reserved": lambda gamme: session.execute(
        update(StockItem).where(StockItem.product_id == one(gamme).id).values(reserved=3)
    ),
    "a criterion's value": lambda gamme: session.execute(
        update(ProductCriterion).where(ProductCriterion.product_id == one(gamme).id).values(value="300")
    ),
    "a brand hidden": lambda gamme: session.execute(
        update(Brand).where(Brand.id == one(gamme).brand_id).values(is_displayed=False)
    ),
    "a criterion that filters no more": lambda gamme: session.execute(update(Criterion).values(is_filter=False)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_a_count_is_counted_live_until_it_was_counted_anew(gamme_id: int, change: str) -> None:
    session.flush()
    CHANGES[change](gamme_id)
    session.flush()
    assert find_gamme_facets(gamme_id) is None
    assert gamme_id in list_uncounted_gammes()
    live = list_products_of_gamme(gamme_id, ProductFilters(), at=NOW).facets
    keep_gamme_facets(gamme_id, at=NOW + timedelta(minutes=1))
    assert find_gamme_facets(gamme_id) == live
    assert gamme_id not in list_uncounted_gammes()


def test_what_changes_no_count_marks_nothing(gamme_id: int) -> None:
    product = one(gamme_id)
    session.execute(update(Product).where(Product.id == product.id).values(description="Neuve", search_text="neuve"))
    session.execute(update(StockItem).where(StockItem.product_id == product.id).values(on_hand=9, reserved=2))
    assert find_gamme_facets(gamme_id) is not None
    assert gamme_id not in list_uncounted_gammes()


def test_another_gamme_keeps_its_counts(gamme_id: int) -> None:
    make_product()
    assert find_gamme_facets(gamme_id) is not None


def test_a_filtered_list_is_counted_as_it_is_filtered(gamme_id: int) -> None:
    page = list_products_of_gamme(gamme_id, ProductFilters(in_stock=True), at=NOW)
    assert (page.total, page.facets.everything) == (2, 3)


def test_a_vehicle_adds_what_fits_it(gamme_id: int) -> None:
    vehicle, product = make_vehicle_type(), one(gamme_id)
    make_fitment(product, vehicle)
    page = list_products_of_gamme(gamme_id, ProductFilters(), vehicle=Car(vehicle), at=NOW)
    assert find_gamme_facets(gamme_id) is not None
    assert [(fit.value, fit.count) for fit in page.facets.fits] == [("fits", 1), ("to_check", 2)]
    assert page.rows[0].product.id == product.id


def test_a_counted_gamme_costs_two_queries(gamme_id: int) -> None:
    with count_queries() as queries:
        list_products_of_gamme(gamme_id, ProductFilters(), at=NOW)
    assert len(queries) == 2
    assert not any("count(" in query for query in queries)
