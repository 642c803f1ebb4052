"""Lists of parts: filters, true counts, order, pages, and the vehicle's own list."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.fitment import Fit
from models.catalog import Product
from models.database import session
from models.stock import StockItem
from models.vehicles import VehicleType
from services.products_filters import ProductFilters
from services.products_listing import (
    NothingFits,
    ProductPage,
    ProductScope,
    group_by_side,
    list_products,
    list_products_for_vehicle,
    list_products_of_gamme,
)
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
    return make_gamme().id


def listed(gamme_id: int, *, vehicle: Car | None = None, per_page: int = 24, **filters: Any) -> ProductPage:
    return list_products_of_gamme(gamme_id, ProductFilters(**filters), vehicle=vehicle, per_page=per_page, at=NOW)


def for_vehicle(gamme_id: int, vehicle: VehicleType, *, year: int | None = None, **filters: Any) -> ProductPage:
    return list_products_for_vehicle(gamme_id, Car(vehicle, year), ProductFilters(**filters), at=NOW)


def ids(page: ProductPage) -> list[int]:
    return [row.product.id for row in page.rows]


def test_a_gamme_lists_its_displayed_products_cheapest_first_unpriced_last(gamme_id: int) -> None:
    dear, cheap, unpriced = (make_product(gamme_id=gamme_id, price_cents=price) for price in (90_00, 10_00, None))
    make_product(gamme_id=gamme_id, is_displayed=False)
    make_product(gamme_id=gamme_id, brand_id=make_brand(is_displayed=False).id)
    make_product()
    page = listed(gamme_id)
    assert ids(page) == [cheap.id, dear.id, unpriced.id]
    assert (page.total, page.first, page.last, page.pages) == (3, 1, 3, 1)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("price_asc", "bac"),
        ("price_desc", "cab"),
        ("name_asc", "abc"),
        ("name_desc", "cba"),
        ("stock_desc", "acb"),
    ],
)
def test_a_list_can_be_sorted(gamme_id: int, sort: str, order: str) -> None:
    for name, price, stock in (("a", 20_00, 9), ("b", 10_00, 0), ("c", 30_00, 5)):
        make_product(gamme_id=gamme_id, name=name, price_cents=price, stock=stock)
    assert "".join(row.product.name for row in listed(gamme_id, sort=sort).rows) == order


def test_pages_follow_each_other_without_gap_or_repeat(gamme_id: int) -> None:
    expected = [make_product(gamme_id=gamme_id, price_cents=10_00).id for _ in range(5)]
    pages = [listed(gamme_id, per_page=2, page=number) for number in (1, 2, 3)]
    assert [number for page in pages for number in ids(page)] == expected
    assert [(page.first, page.last, page.pages) for page in pages] == [(1, 2, 3), (3, 4, 3), (5, 5, 3)]


def test_a_page_beyond_the_end_is_empty_and_still_counts(gamme_id: int) -> None:
    make_product(gamme_id=gamme_id)
    page = listed(gamme_id, page=4000)
    assert (page.rows, page.total, page.first) == ([], 1, 0)


class TestFilters:
    @pytest.fixture
    def parts(self, gamme_id: int) -> dict[str, Product]:
        self.bosch, self.ate = make_brand(name="Bosch"), make_brand(name="ATE")
        self.diameter = make_criterion(name="Diamètre", unit="mm")
        self.weight = make_criterion(name="Poids", is_filter=False)
        parts = {
            "a": make_product(gamme_id=gamme_id, brand_id=self.bosch.id, side="Essieu avant", price_cents=10_00),
            "b": make_product(gamme_id=gamme_id, brand_id=self.bosch.id, side="Essieu arrière", price_cents=20_00),
            "c": make_product(gamme_id=gamme_id, brand_id=self.ate.id, side="Essieu avant", price_cents=30_00, stock=0),
        }
        for name, value in (("a", "280"), ("b", "266"), ("c", "280")):
            give_criterion(parts[name], self.diameter, value)
            give_criterion(parts[name], self.weight, "1")
        return parts

    def found(self, gamme_id: int, parts: dict[str, Product], **filters: Any) -> tuple[str, int]:
        page = listed(gamme_id, **filters)
        names = {product.id: name for name, product in parts.items()}
        return "".join(names[number] for number in ids(page)), page.total

    def test_by_brand(self, gamme_id: int, parts: dict[str, Product]) -> None:
        assert self.found(gamme_id, parts, brands=[self.bosch.id]) == ("ab", 2)

    def test_by_any_of_two_brands(self, gamme_id: int, parts: dict[str, Product]) -> None:
        assert self.found(gamme_id, parts, brands=[self.bosch.id, self.ate.id]) == ("abc", 3)

    def test_by_side(self, gamme_id: int, parts: dict[str, Product]) -> None:
        assert self.found(gamme_id, parts, sides=["Essieu avant"]) == ("ac", 2)

    def test_by_price(self, gamme_id: int, parts: dict[str, Product]) -> None:
        assert self.found(gamme_id, parts, price_min_cents=10_01, price_max_cents=20_00) == ("b", 1)

    def test_by_stock(self, gamme_id: int, parts: dict[str, Product]) -> None:
        assert self.found(gamme_id, parts, in_stock=True) == ("ab", 2)

    def test_by_criterion(self, gamme_id: int, parts: dict[str, Product]) -> None:
        assert self.found(gamme_id, parts, criteria={self.diameter.id: ["280"]}) == ("ac", 2)

    def test_all_filters_must_agree(self, gamme_id: int, parts: dict[str, Product]) -> None:
        chosen = {"brands": [self.bosch.id], "sides": ["Essieu avant"], "criteria": {self.diameter.id: ["280", "266"]}}
        assert self.found(gamme_id, parts, **chosen) == ("a", 1)

    def test_facets_count_true_and_leave_out_their_own_filter(self, gamme_id: int, parts: dict[str, Product]) -> None:
        facets = listed(gamme_id, brands=[self.bosch.id]).facets
        assert [(value.label, value.count, value.is_chosen) for value in facets.brands] == [
            ("Bosch", 2, True),
            ("ATE", 1, False),
        ]
        assert [(value.label, value.count) for value in facets.sides] == [("Essieu arrière", 1), ("Essieu avant", 1)]
        assert (facets.in_stock, facets.price_low_cents, facets.price_high_cents) == (2, 10_00, 20_00)
        assert (facets.total, facets.everything) == (2, 3)

    def test_only_criteria_meant_for_it_filter_smallest_value_first(
        self, gamme_id: int, parts: dict[str, Product]
    ) -> None:
        [facet] = listed(gamme_id).facets.criteria
        assert (facet.name, facet.unit) == ("Diamètre", "mm")
        assert [(value.label, value.count) for value in facet.values] == [("266 mm", 1), ("280 mm", 2)]

    def test_a_chosen_criterion_still_offers_its_other_values(self, gamme_id: int, parts: dict[str, Product]) -> None:
        [facet] = listed(gamme_id, criteria={self.diameter.id: ["266"]}, brands=[self.bosch.id]).facets.criteria
        assert [(value.value, value.count, value.is_chosen) for value in facet.values] == [
            ("266", 1, True),
            ("280", 1, False),
        ]

    def test_what_is_chosen_stays_in_sight_when_it_leaves_nothing(
        self, gamme_id: int, parts: dict[str, Product]
    ) -> None:
        nothing = {"brands": [self.ate.id], "sides": ["Essieu arrière"], "criteria": {self.diameter.id: ["280"]}}
        page = listed(gamme_id, **nothing)
        assert page.total == 0
        assert [(value.label, value.count) for value in page.facets.brands if value.is_chosen] == [("ATE", 0)]
        assert [(value.label, value.count) for value in page.facets.sides if value.is_chosen] == [("Essieu arrière", 0)]
        [facet] = page.facets.criteria
        assert [(value.label, value.count) for value in facet.values if value.is_chosen] == [("280 mm", 0)]

    def test_reserved_packs_are_not_in_stock(self, gamme_id: int, parts: dict[str, Product]) -> None:
        session.get_one(StockItem, parts["a"].id).reserved = 10
        session.flush()
        assert self.found(gamme_id, parts, in_stock=True) == ("b", 1)


@pytest.mark.parametrize(
    "values",
    [
        {"price_min_cents": 20_00, "price_max_cents": 10_00},
        {"page": 0},
        {"sort": "random"},
        {"brands": [0]},
        {"brands": list(range(1, 60))},
        {"fits": ["perhaps"]},
    ],
)
def test_impossible_filters_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ProductFilters(**values)


class TestForAVehicle:
    @pytest.fixture
    def vehicle(self, db: None) -> VehicleType:
        return make_vehicle_type(produced_from=date(2005, 6, 1), produced_to=date(2012, 12, 1))

    def part(self, gamme_id: int, vehicle: VehicleType, *, fitted_to: date | None = None, **values: Any) -> Product:
        product = make_product(gamme_id=gamme_id, **values)
        make_fitment(product, vehicle, fitted_to=fitted_to)
        return product

    def test_only_what_is_made_for_it_or_fits_any_is_listed(self, gamme_id: int, vehicle: VehicleType) -> None:
        mine = self.part(gamme_id, vehicle, price_cents=10_00)
        universal = make_product(gamme_id=gamme_id, is_universal=True, price_cents=20_00)
        self.part(gamme_id, make_vehicle_type())
        make_product(gamme_id=gamme_id)
        page = for_vehicle(gamme_id, vehicle)
        assert ids(page) == [mine.id, universal.id]
        assert {row.verdict.fit for row in page.rows if row.verdict} == {Fit.FITS}

    def test_front_comes_before_rear_and_what_fits_before_what_is_to_be_checked(
        self, gamme_id: int, vehicle: VehicleType
    ) -> None:
        rear = self.part(gamme_id, vehicle, side="Essieu arrière", price_cents=1_00)
        check = self.part(gamme_id, vehicle, side="Essieu avant", price_cents=2_00, fitted_to=date(2009, 3, 1))
        fits = self.part(gamme_id, vehicle, side="Essieu avant", price_cents=3_00)
        page = for_vehicle(gamme_id, vehicle)
        assert ids(page) == [fits.id, check.id, rear.id]
        assert [(side, len(rows)) for side, rows in group_by_side(page.rows)] == [
            ("Essieu avant", 2),
            ("Essieu arrière", 1),
        ]

    def test_the_year_moves_a_part_from_one_answer_to_another(self, gamme_id: int, vehicle: VehicleType) -> None:
        self.part(gamme_id, vehicle, fitted_to=date(2009, 3, 1))
        for year, fit in ((None, Fit.TO_CHECK), (2006, Fit.FITS), (2011, Fit.DOES_NOT_FIT)):
            [row] = for_vehicle(gamme_id, vehicle, year=year).rows
            assert row.verdict is not None
            assert row.verdict.fit == fit

    def test_the_answer_can_be_filtered_and_is_counted(self, gamme_id: int, vehicle: VehicleType) -> None:
        fits = self.part(gamme_id, vehicle)
        self.part(gamme_id, vehicle, fitted_to=date(2009, 3, 1))
        page = for_vehicle(gamme_id, vehicle, fits=["fits"])
        assert ids(page) == [fits.id]
        assert [(value.value, value.count, value.is_chosen) for value in page.facets.fits] == [
            ("fits", 1, True),
            ("to_check", 1, False),
        ]

    def test_unpriced_parts_are_counted_not_listed(self, gamme_id: int, vehicle: VehicleType) -> None:
        priced = self.part(gamme_id, vehicle)
        self.part(gamme_id, vehicle, price_cents=None)
        page = for_vehicle(gamme_id, vehicle)
        assert (ids(page), page.total, page.unpriced) == ([priced.id], 1, 1)

    @pytest.mark.parametrize("values", [{"price_cents": None}, {"is_displayed": False}])
    def test_a_gamme_with_nothing_to_sell_for_it_is_gone(
        self, gamme_id: int, vehicle: VehicleType, values: dict[str, Any]
    ) -> None:
        self.part(gamme_id, vehicle, **values)
        with pytest.raises(NothingFits):
            for_vehicle(gamme_id, vehicle)

    def test_filters_that_leave_nothing_are_not_gone(self, gamme_id: int, vehicle: VehicleType) -> None:
        self.part(gamme_id, vehicle, stock=0)
        page = for_vehicle(gamme_id, vehicle, in_stock=True)
        assert (page.rows, page.total) == ([], 0)

    def test_the_gammes_own_list_puts_what_fits_first(self, gamme_id: int, vehicle: VehicleType) -> None:
        fits = self.part(gamme_id, vehicle, price_cents=3_00)
        other = self.part(gamme_id, make_vehicle_type(), price_cents=2_00)
        unknown = make_product(gamme_id=gamme_id, price_cents=1_00)
        page = listed(gamme_id, vehicle=Car(vehicle))
        assert [(row.product.id, row.verdict.fit) for row in page.rows if row.verdict] == [
            (fits.id, Fit.FITS),
            (unknown.id, Fit.TO_CHECK),
            (other.id, Fit.DOES_NOT_FIT),
        ]
        assert ids(listed(gamme_id, vehicle=Car(vehicle), fits=["fits"])) == [fits.id]

    def test_it_costs_two_queries_however_many_rows(self, gamme_id: int, vehicle: VehicleType) -> None:
        for _ in range(6):
            self.part(gamme_id, vehicle)
        with count_queries() as queries:
            page = for_vehicle(gamme_id, vehicle)
            [(row.product.brand.name, row.product.gamme.name, row.product.criteria) for row in page.rows]
        assert len(queries) == 2


class TestAnyScope:
    def test_a_list_may_be_of_a_family_a_brand_or_everything(self, gamme_id: int) -> None:
        product = make_product(gamme_id=gamme_id)
        other = make_product()
        family_id = make_gamme().family_id

        def found(**scope: int) -> list[int]:
            return ids(list_products(ProductScope(**scope), ProductFilters(), at=NOW))

        assert found() == [product.id, other.id]
        assert found(brand_id=other.brand_id) == [other.id]
        assert found(gamme_id=gamme_id) == [product.id]
        assert found(family_id=family_id) == []

    def test_with_a_vehicle_only_what_is_made_for_it(self, gamme_id: int) -> None:
        vehicle = make_vehicle_type()
        mine = make_product(gamme_id=gamme_id)
        make_fitment(mine, vehicle)
        make_product(gamme_id=gamme_id)
        page = list_products(ProductScope(), ProductFilters(), vehicle=Car(vehicle), at=NOW)
        assert (ids(page), page.total, page.total_is_capped) == ([mine.id], 1, False)
        assert page.rows[0].verdict is not None
