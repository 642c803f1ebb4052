"""What could stand in for a product, do better, or go with it."""

from typing import Any

import pytest

from models.catalog import Product
from models.database import session
from models.recommendations import BestSeller, BoughtTogether, GammeLink
from models.stock import StockItem
from models.vehicles import VehicleType
from services.related_products import (
    list_alternatives,
    list_bought_together,
    list_cross_sell,
    list_linked_gammes,
    list_up_sell,
)
from services.vehicle_gammes import rebuild_vehicle_gammes
from tests.factories import (
    give_reference,
    make_brand,
    make_fitment,
    make_gamme,
    make_product,
    make_vehicle_type,
)
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("db")


def ids(products: list[Product]) -> list[int]:
    return [product.id for product in products]


def save(*things: Any) -> None:
    session.add_all(things)
    session.flush()


def test_alternatives_share_the_vehicles_or_an_oe_number_and_are_of_another_brand() -> None:
    gamme, vehicle = make_gamme(), make_vehicle_type()
    product = make_product(gamme_id=gamme.id)
    make_fitment(product, vehicle)
    give_reference(product, "7701206343")
    same_cars = make_product(gamme_id=gamme.id, fitment_group_id=product.fitment_group_id, price_cents=40_00)
    same_number = make_product(gamme_id=gamme.id, price_cents=30_00)
    give_reference(same_number, "77 01 206 343")
    other_number = make_product(gamme_id=gamme.id)
    give_reference(other_number, "7701206343", kind="cross")
    make_product(gamme_id=gamme.id, fitment_group_id=product.fitment_group_id, brand_id=product.brand_id)
    make_product(gamme_id=gamme.id, fitment_group_id=product.fitment_group_id, price_cents=None)
    make_product(gamme_id=gamme.id, fitment_group_id=product.fitment_group_id, side="Essieu arrière")
    make_product(gamme_id=gamme.id, fitment_group_id=product.fitment_group_id, is_displayed=False)
    assert ids(list_alternatives(product)) == [same_number.id, same_cars.id]


def test_without_a_group_the_shared_number_alone_counts() -> None:
    product = make_product()
    give_reference(product, "7701206343")
    other = make_product(gamme_id=product.gamme_id)
    give_reference(other, "7701206343")
    make_product(gamme_id=product.gamme_id)
    assert ids(list_alternatives(product)) == [other.id]


def test_alternatives_are_bounded() -> None:
    gamme = make_gamme()
    product = make_product(gamme_id=gamme.id)
    make_fitment(product, make_vehicle_type())
    for _ in range(4):
        make_product(gamme_id=gamme.id, fitment_group_id=product.fitment_group_id)
    assert len(list_alternatives(product, limit=3)) == 3


def test_up_sell_has_more_stars_or_a_higher_price_and_is_in_stock() -> None:
    three, five, two = make_brand(stars=3), make_brand(stars=5), make_brand(stars=2)
    product = make_product(brand_id=three.id, price_cents=50_00)
    make_fitment(product, make_vehicle_type())

    def rival(brand_id: int, price_cents: int, **values: Any) -> Product:
        return make_product(
            gamme_id=product.gamme_id,
            fitment_group_id=product.fitment_group_id,
            brand_id=brand_id,
            price_cents=price_cents,
            **values,
        )

    starred = rival(five.id, 45_00)
    dearer = rival(two.id, 60_00)
    rival(two.id, 40_00)
    rival(five.id, 90_00, stock=0)
    session.refresh(product, ["brand"])
    assert ids(list_up_sell(product)) == [starred.id, dearer.id]


def test_bought_together_shows_only_what_can_be_bought() -> None:
    product, often, rarely = make_product(), make_product(), make_product()
    sold_out, hidden, unpriced = make_product(stock=0), make_product(is_displayed=False), make_product(price_cents=None)
    for other, orders in ((rarely, 2), (often, 3), (sold_out, 9), (hidden, 9), (unpriced, 9)):
        save(BoughtTogether(product_id=product.id, other_id=other.id, orders=orders))
    assert ids(list_bought_together(product.id)) == [often.id, rarely.id]
    assert ids(list_bought_together(product.id, limit=1)) == [often.id]
    assert list_bought_together(often.id) == []


@pytest.fixture
def brakes() -> dict[str, Any]:
    """Discs with pads (linked), calipers (same family), fluid (linked, another family) and wipers (nothing to do)."""
    clio, golf = make_vehicle_type(), make_vehicle_type()
    disc = make_gamme()
    pad = make_gamme(family_id=disc.family_id, position=9)
    caliper, sensor = make_gamme(family_id=disc.family_id, position=1), make_gamme(family_id=disc.family_id, level=2)
    fluid, wiper = make_gamme(), make_gamme()
    save(
        GammeLink(gamme_id=disc.id, other_id=fluid.id, level=1, position=2),
        GammeLink(gamme_id=disc.id, other_id=pad.id, level=1, position=1),
    )
    product = make_product(gamme_id=disc.id)
    make_fitment(product, clio)
    pads = make_product(gamme_id=pad.id, price_cents=30_00)
    make_fitment(pads, clio)
    cheap = make_product(gamme_id=pad.id, price_cents=20_00, fitment_group_id=pads.fitment_group_id)
    calipers = make_product(gamme_id=caliper.id)
    make_fitment(calipers, golf)
    bottle = make_product(gamme_id=fluid.id, is_universal=True)
    make_fitment(make_product(gamme_id=sensor.id), clio)
    make_fitment(make_product(gamme_id=wiper.id), clio)
    rebuild_vehicle_gammes()
    return {
        "clio": clio, "golf": golf, "disc": disc, "pad": pad, "caliper": caliper, "fluid": fluid,
        "product": product, "pads": pads, "cheap": cheap, "calipers": calipers, "bottle": bottle,
    }  # fmt: skip


def gammes(offers: list[Any]) -> list[tuple[int, int]]:
    return [(offer.gamme.id, offer.references) for offer in offers]


def test_linked_gammes_come_first_then_the_familys(brakes: dict[str, Any]) -> None:
    assert gammes(list_linked_gammes(brakes["disc"].id)) == [
        (brakes["pad"].id, 2),
        (brakes["fluid"].id, 1),
        (brakes["caliper"].id, 1),
    ]
    assert gammes(list_linked_gammes(brakes["disc"].id, limit=1)) == [(brakes["pad"].id, 2)]


def test_with_a_vehicle_only_gammes_that_have_something_for_it(brakes: dict[str, Any]) -> None:
    clio: VehicleType = brakes["clio"]
    assert gammes(list_linked_gammes(brakes["disc"].id, type_id=clio.id)) == [
        (brakes["pad"].id, 2),
        (brakes["fluid"].id, 1),
    ]


def test_cross_sell_is_the_best_seller_else_the_cheapest_of_each(brakes: dict[str, Any]) -> None:
    product, clio = brakes["product"], brakes["clio"]
    assert ids(list_cross_sell(product, type_id=clio.id)) == [brakes["cheap"].id, brakes["bottle"].id]
    pads = brakes["pads"]
    save(BestSeller(product_id=pads.id, brand_id=pads.brand_id, gamme_id=pads.gamme_id, packs=3, revenue_cents=1))
    assert ids(list_cross_sell(product, type_id=clio.id)) == [pads.id, brakes["bottle"].id]
    session.get_one(StockItem, pads.id).on_hand = 0
    session.flush()
    assert ids(list_cross_sell(product, type_id=clio.id)) == [brakes["cheap"].id, brakes["bottle"].id]


def test_without_a_vehicle_cross_sell_shares_one_with_the_product(brakes: dict[str, Any]) -> None:
    assert ids(list_cross_sell(brakes["product"])) == [brakes["cheap"].id, brakes["bottle"].id]
    assert ids(list_cross_sell(brakes["product"], type_id=brakes["golf"].id)) == [
        brakes["bottle"].id,
        brakes["calipers"].id,
    ]


def test_cross_sell_asks_a_fixed_number_of_questions(brakes: dict[str, Any]) -> None:
    session.expunge_all()
    product = session.get_one(Product, brakes["product"].id)
    with count_queries() as asked:
        list_cross_sell(product)
    # A vehicle, the gammes, their best, their rows.
    assert len(asked) == 4
