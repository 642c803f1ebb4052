"""What each gamme offers for each vehicle: counted over the whole catalogue, kept up product by product."""

import pytest
from sqlalchemy import select, text

from models.catalog import Product
from models.database import session
from models.offers import BrandGamme, GammeSummary, VehicleGamme
from services.vehicle_gammes import rebuild_vehicle_gammes, recount_offers_of
from tests.factories import make_brand, make_fitment, make_gamme, make_product, make_vehicle_type

pytestmark = pytest.mark.usefixtures("db")


def rows(model: type) -> set[tuple[object, ...]]:
    return {tuple(row) for row in session.execute(select(*model.__table__.columns))}


def share(product: Product, other: Product) -> None:
    """Let `other` fit the vehicles of `product`."""
    other.fitment_group_id = product.fitment_group_id
    session.flush()


@pytest.fixture
def shop() -> dict[str, object]:
    """Discs and pads for two cars, fluid for any, and everything that must not be counted."""
    clio, golf = make_vehicle_type(), make_vehicle_type()
    disc, pad, fluid = make_gamme(), make_gamme(), make_gamme()
    brand, hidden = make_brand(), make_brand(is_displayed=False)
    first = make_product(gamme_id=disc.id, brand_id=brand.id, price_cents=40_00)
    make_fitment(first, clio)
    # A second span of dates of the same car counts no product twice.
    make_fitment(first, clio, position=1, restriction="ATE")
    make_fitment(first, golf)
    second = make_product(gamme_id=disc.id, brand_id=make_brand().id, price_cents=30_00)
    share(first, second)
    third = make_product(gamme_id=disc.id, brand_id=brand.id, price_cents=20_00)
    make_fitment(third, golf)
    make_fitment(make_product(gamme_id=pad.id, brand_id=brand.id, price_cents=15_00), clio)
    for values in ({"is_displayed": False}, {"price_cents": None}, {"brand_id": hidden.id}):
        share(first, make_product(gamme_id=disc.id, **{"price_cents": 1_00, **values}))
    make_product(gamme_id=fluid.id, brand_id=brand.id, price_cents=9_00, is_universal=True)
    return {
        "clio": clio, "golf": golf, "disc": disc, "pad": pad, "fluid": fluid, "brand": brand,
        "first": first, "second": second, "third": third,
    }  # fmt: skip


def ids(shop: dict[str, object], *names: str) -> tuple[int, ...]:
    return tuple(shop[name].id for name in names)  # type: ignore[attr-defined]


def expected(shop: dict[str, object]) -> set[tuple[object, ...]]:
    clio, golf, disc, pad = ids(shop, "clio", "golf", "disc", "pad")
    return {(clio, disc, 2, 30_00), (golf, disc, 3, 20_00), (clio, pad, 1, 15_00)}


def test_each_sellable_product_counts_once_for_each_vehicle(shop: dict[str, object]) -> None:
    assert rebuild_vehicle_gammes() == 3
    assert rows(VehicleGamme) == expected(shop)


def test_gammes_and_brands_are_summed_up(shop: dict[str, object]) -> None:
    rebuild_vehicle_gammes()
    disc, pad, fluid, brand, second = (*ids(shop, "disc", "pad", "fluid", "brand"), shop["second"])
    assert rows(GammeSummary) == {
        (disc, 3, 20_00, 0, None, 2),
        (pad, 1, 15_00, 0, None, 1),
        (fluid, 1, 9_00, 1, 9_00, 0),
    }
    assert rows(BrandGamme) == {
        (brand, disc, 2, 20_00),
        (brand, pad, 1, 15_00),
        (brand, fluid, 1, 9_00),
        (second.brand_id, disc, 1, 30_00),  # type: ignore[attr-defined]
    }


def test_a_second_run_changes_nothing(shop: dict[str, object]) -> None:
    rebuild_vehicle_gammes()
    before = {model: rows(model) for model in (VehicleGamme, GammeSummary, BrandGamme)}
    written = select(VehicleGamme.__table__.c.gamme_id, text("ctid::text"))
    places = set(session.execute(written))
    assert rebuild_vehicle_gammes() == 3
    assert {model: rows(model) for model in before} == before
    # Not even written again.
    assert set(session.execute(written)) == places


def test_what_is_sold_no_more_goes_and_what_is_new_comes(shop: dict[str, object]) -> None:
    rebuild_vehicle_gammes()
    clio, golf, disc = ids(shop, "clio", "golf", "disc")
    pads = session.scalars(select(Product).where(Product.gamme_id == ids(shop, "pad")[0])).one()
    pads.is_displayed = False
    shop["third"].price_cents = 10_00  # type: ignore[attr-defined]
    session.flush()
    rebuild_vehicle_gammes()
    assert rows(VehicleGamme) == {(clio, disc, 2, 30_00), (golf, disc, 3, 10_00)}


@pytest.mark.parametrize(
    "change", [{"price_cents": 35_00}, {"price_cents": 5_00}, {"price_cents": None}, {"is_displayed": False}]
)
@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_one_changed_product_is_recounted_as_a_rebuild_would(
    shop: dict[str, object], name: str, change: dict[str, object]
) -> None:
    rebuild_vehicle_gammes()
    product = shop[name]
    for column, value in change.items():
        setattr(product, column, value)
    session.flush()
    recount_offers_of(product.id)  # type: ignore[attr-defined]
    recounted = {model: rows(model) for model in (VehicleGamme, GammeSummary, BrandGamme)}
    rebuild_vehicle_gammes()
    assert recounted == {model: rows(model) for model in recounted}


def test_the_last_product_of_a_vehicle_takes_its_row_along() -> None:
    product, vehicle = make_product(), make_vehicle_type()
    make_fitment(product, vehicle)
    rebuild_vehicle_gammes()
    product.is_displayed = False
    session.flush()
    recount_offers_of(product.id)
    assert not rows(VehicleGamme) | rows(GammeSummary) | rows(BrandGamme)


def test_a_product_for_any_car_or_of_no_car_is_recounted_too() -> None:
    fluid = make_product(is_universal=True, price_cents=9_00)
    rebuild_vehicle_gammes()
    fluid.price_cents = 8_00
    session.flush()
    recount_offers_of(fluid.id)
    assert rows(GammeSummary) == {(fluid.gamme_id, 1, 8_00, 1, 8_00, 0)}
    recount_offers_of(fluid.id + 1_000_000)
    assert rows(GammeSummary) == {(fluid.gamme_id, 1, 8_00, 1, 8_00, 0)}
