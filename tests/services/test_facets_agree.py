"""A short list is narrowed and counted by this process, a long one by PostgreSQL: always alike."""

from random import Random

import pytest

from domain.fitment import Fit
from models.catalog import Criterion, Product
from models.database import session, utc_now
from services import products_listing
from services.products_filters import ProductFilters, ProductSort
from services.products_listing import NothingFits, ProductPage, list_products_for_vehicle
from services.vehicles import Car, find_vehicle_type
from tests.factories import (
    give_criterion,
    make_brand,
    make_criterion,
    make_fitment,
    make_gamme,
    make_product,
    make_vehicle_type,
)

SIDES = ("", "Essieu avant", "Essieu arrière", "Gauche")
VALUES = ("240", "256", "280", "1000")
SORTS = [sort for sort in ProductSort if not sort.startswith("id_")]


@pytest.fixture(params=range(16))
def chance(request: pytest.FixtureRequest) -> Random:
    return Random(request.param)


def some_shop(chance: Random) -> tuple[int, int, list[int], list[Criterion]]:
    """Make a gamme of forty parts for a car: made for it, to be checked, for another, for any."""
    gamme, car, other = make_gamme(), make_vehicle_type(), make_vehicle_type()
    brands = [make_brand(is_displayed=shown) for shown in (True, True, True, False)]
    criteria = [make_criterion(), make_criterion(is_filter=False)]
    groups: list[Product] = []
    for number in range(40):
        kind = chance.choice(["fits", "check", "other", "universal", "shared"])
        product = make_product(
            gamme_id=gamme.id,
            brand_id=chance.choice(brands).id,
            reference=f"P {number}",
            side=chance.choice(SIDES),
            price_cents=chance.choice([None, 10_00, 20_00, 20_00, 35_50, 120_00]),
            stock=chance.choice([0, 0, 3, 12]),
            is_displayed=chance.random() > 0.1,
            is_universal=kind == "universal",
        )
        if kind == "shared" and groups:
            product.fitment_group_id = chance.choice(groups).fitment_group_id
        elif kind != "universal":
            restriction = "Sans ESP" if kind == "check" else ""
            make_fitment(product, other if kind == "other" else car, restriction=restriction)
            groups.append(product)
        for criterion in criteria:
            if chance.random() < 0.6:
                give_criterion(product, criterion, chance.choice(VALUES))
    session.commit()
    session.expunge_all()
    return gamme.id, car.id, [brand.id for brand in brands], criteria


def some_filters(chance: Random, brands: list[int], criteria: list[Criterion]) -> ProductFilters:
    def perhaps(value: object, nothing: object) -> object:
        return value if chance.random() < 0.35 else nothing

    return ProductFilters.model_validate({
        "brands": perhaps(chance.sample(brands, 2), ()),
        "sides": perhaps(chance.sample(SIDES[1:], 2), ()),
        "price_min_cents": perhaps(15_00, None),
        "price_max_cents": perhaps(40_00, None),
        "in_stock": perhaps(True, False),
        "fits": perhaps([chance.choice([Fit.FITS, Fit.TO_CHECK])], ()),
        "criteria": perhaps({criteria[0].id: chance.sample(VALUES, 2)}, {}),
        "sort": chance.choice(SORTS),
    })  # fmt: skip


def read(gamme_id: int, type_id: int, filters: ProductFilters) -> ProductPage | None:
    vehicle_type = find_vehicle_type(type_id)
    assert vehicle_type
    try:
        return list_products_for_vehicle(gamme_id, Car(vehicle_type), filters, per_page=100, at=utc_now())
    except NothingFits:
        return None


def test_short_and_long_lists_agree(db: None, chance: Random, monkeypatch: pytest.MonkeyPatch) -> None:
    gamme_id, type_id, brands, criteria = some_shop(chance)
    for _question in range(6):
        filters = some_filters(chance, brands, criteria)
        short = read(gamme_id, type_id, filters)
        with monkeypatch.context() as patched:
            patched.setattr(products_listing, "read_candidates", lambda *_asked: None)
            long = read(gamme_id, type_id, filters)
        assert (short is None) == (long is None)
        if short and long:
            assert short.facets == long.facets, filters
            assert (short.total, short.unpriced) == (long.total, long.unpriced)
            assert [row.product.id for row in short.rows] == [row.product.id for row in long.rows], filters
            assert [row.verdict for row in short.rows] == [row.verdict for row in long.rows]
            assert len(short.rows) == short.total
