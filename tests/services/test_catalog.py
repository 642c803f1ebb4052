"""Families, gammes and brands as the shop shows them."""

from datetime import date

import pytest

from domain.errors import NotFound
from models.database import session
from services.catalog import (
    get_brand,
    get_family,
    get_gamme,
    list_brands,
    list_families,
    list_menu,
    list_offers_for_vehicle,
    list_offers_of_brand,
    list_offers_of_family,
    list_top_gammes,
)
from services.vehicle_gammes import rebuild_vehicle_gammes
from tests.factories import make_brand, make_family, make_fitment, make_gamme, make_product, make_vehicle_type

pytestmark = pytest.mark.usefixtures("db")


def test_the_menu_shows_displayed_families_with_their_level_1_gammes_in_order() -> None:
    second, first = make_family(position=2), make_family(position=1)
    hidden = make_family(is_displayed=False)
    b = make_gamme(family_id=first.id, position=2)
    a = make_gamme(family_id=first.id, position=1)
    make_gamme(family_id=first.id, level=2)
    make_gamme(family_id=first.id, is_displayed=False)
    c = make_gamme(family_id=second.id)
    make_gamme(family_id=hidden.id)
    session.expunge_all()
    menu = list_menu()
    assert [family.id for family in menu] == [first.id, second.id]
    assert [[gamme.id for gamme in family.gammes] for family in menu] == [[a.id, b.id], [c.id]]


def test_a_gamme_is_hidden_by_itself_or_by_its_family() -> None:
    with pytest.raises(NotFound):
        get_gamme(make_gamme(is_displayed=False).id)
    with pytest.raises(NotFound):
        get_gamme(make_gamme(family_id=make_family(is_displayed=False).id).id)
    with pytest.raises(NotFound):
        get_family(make_family(is_displayed=False).id)
    assert get_gamme(make_gamme(level=2).id).level == 2


def test_top_gammes_are_of_level_1_and_come_by_id() -> None:
    first, second = make_gamme(is_top=True), make_gamme(is_top=True)
    make_gamme(is_top=True, level=2)
    make_gamme()
    assert list_top_gammes() == [first, second]


def test_families_come_in_the_order_of_the_menu() -> None:
    second, first = make_family(position=2), make_family(position=1)
    make_family(is_displayed=False)
    assert list_families() == [first, second]


def test_a_family_says_what_each_gamme_offers() -> None:
    family = make_family()
    full, empty = make_gamme(family_id=family.id, position=1), make_gamme(family_id=family.id, position=2)
    make_product(gamme_id=full.id, price_cents=20_00)
    make_product(gamme_id=full.id, price_cents=12_90)
    make_product(gamme_id=full.id, price_cents=None)
    make_product(gamme_id=full.id, price_cents=1_00, is_displayed=False)
    make_product(gamme_id=full.id, price_cents=1_00, brand_id=make_brand(is_displayed=False).id)
    rebuild_vehicle_gammes()
    offers = list_offers_of_family(family.id)
    assert [(offer.gamme, offer.references, offer.from_cents) for offer in offers] == [
        (full, 2, 12_90),
        (empty, 0, None),
    ]


def test_a_vehicle_is_offered_the_gammes_that_have_something_for_it() -> None:
    vehicle = make_vehicle_type()
    product = make_product(price_cents=30_00)
    make_fitment(product, vehicle)
    make_fitment(product, vehicle, position=1, fitted_to=date(2009, 1, 1))
    universal = make_product(is_universal=True)
    make_fitment(make_product(is_displayed=False), vehicle)
    make_fitment(make_product(price_cents=None), vehicle)
    make_fitment(make_product(), make_vehicle_type())
    session.expunge_all()
    rebuild_vehicle_gammes()
    offers = {offer.gamme.id: offer for offer in list_offers_for_vehicle(vehicle.id)}
    assert set(offers) == {product.gamme_id, universal.gamme_id}
    assert (offers[product.gamme_id].references, offers[product.gamme_id].from_cents) == (1, 30_00)
    assert offers[product.gamme_id].gamme.family.name


def test_brands_come_tops_first_and_hidden_ones_not_at_all() -> None:
    plain, top = make_brand(name="Aaa"), make_brand(name="Zzz", is_top=True)
    hidden = make_brand(is_displayed=False)
    assert list_brands() == [top, plain]
    with pytest.raises(NotFound):
        get_brand(hidden.id)


def test_a_brand_says_in_which_gammes_it_sells() -> None:
    brand = make_brand()
    product = make_product(brand_id=brand.id, price_cents=9_90)
    make_product(brand_id=brand.id, price_cents=None)
    make_product()
    rebuild_vehicle_gammes()
    [offer] = list_offers_of_brand(brand.id)
    assert (offer.gamme.id, offer.references, offer.from_cents) == (product.gamme_id, 1, 9_90)
