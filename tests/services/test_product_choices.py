"""What the shop puts forward: only what can be bought now."""

from datetime import timedelta
from typing import Any

import pytest

from models.catalog import Product
from models.database import session
from models.recommendations import BestSeller, MakeGamme, PopularGamme
from services.product_choices import (
    list_best_gammes_of_make,
    list_best_sellers,
    list_featured_products,
    list_new_products,
    list_popular_gammes,
    list_reduced_products,
)
from tests.factories import make_gamme, make_make, make_product
from tests.factories.selling import NOW

pytestmark = pytest.mark.usefixtures("db")


def ids(things: list[Any]) -> list[int]:
    return [thing.id for thing in things]


def sold(product: Product, packs: int) -> Product:
    session.add(
        BestSeller(
            product_id=product.id, brand_id=product.brand_id, gamme_id=product.gamme_id, packs=packs, revenue_cents=1
        )
    )
    session.flush()
    return product


def popular(rank: int, **values: Any) -> Any:
    gamme = make_gamme(**values)
    session.add(PopularGamme(gamme_id=gamme.id, rank=rank, views=1, packs=1))
    session.flush()
    return gamme


def test_popular_gammes_come_by_rank_and_the_tops_fill_up() -> None:
    top, second, first = make_gamme(is_top=True), popular(2), popular(1)
    popular(3, level=2)
    popular(4, is_displayed=False)
    make_gamme()
    assert ids(list_popular_gammes()) == [first.id, second.id, top.id]
    assert ids(list_popular_gammes(2)) == [first.id, second.id]


def test_best_sellers_come_by_packs_and_can_be_bought() -> None:
    few, many = sold(make_product(), 2), sold(make_product(), 5)
    sold(make_product(stock=0), 9)
    sold(make_product(is_displayed=False), 9)
    sold(make_product(price_cents=None), 9)
    make_product()
    assert ids(list_best_sellers()) == [many.id, few.id]
    assert ids(list_best_sellers(brand_id=few.brand_id)) == [few.id]
    assert ids(list_best_sellers(gamme_id=many.gamme_id)) == [many.id]
    assert ids(list_best_sellers(limit=1)) == [many.id]


def test_new_is_what_came_lately_and_can_be_bought() -> None:
    older, newest = (make_product(created_at=NOW - timedelta(days=days)) for days in (80, 1))
    make_product(created_at=NOW - timedelta(days=91))
    make_product(created_at=NOW, stock=0)
    make_product(created_at=NOW, price_cents=None)
    assert ids(list_new_products(at=NOW)) == [newest.id, older.id]
    assert ids(list_new_products(at=NOW, days=30)) == [newest.id]


def test_the_deepest_reductions_come_first() -> None:
    slight = make_product(price_cents=90_00, prior_price_cents=100_00)
    deep = make_product(price_cents=60_00, prior_price_cents=100_00)
    make_product(price_cents=10_00, prior_price_cents=100_00, stock=0)
    make_product()
    assert ids(list_reduced_products()) == [deep.id, slight.id]


def test_featured_is_the_best_part_of_each_popular_gamme() -> None:
    second, first, empty = popular(2), popular(1), popular(3)
    make_product(gamme_id=first.id, price_cents=10_00)
    seller = sold(make_product(gamme_id=first.id, price_cents=30_00), 3)
    make_product(gamme_id=second.id, price_cents=20_00)
    cheapest = make_product(gamme_id=second.id, price_cents=15_00)
    make_product(gamme_id=empty.id, stock=0)
    assert ids(list_featured_products()) == [seller.id, cheapest.id]


def test_nothing_sold_and_nothing_asked_for_is_an_empty_list() -> None:
    assert not list_featured_products()
    assert not list_best_sellers()
    assert not list_reduced_products()


def test_the_gammes_of_a_make_come_by_packs() -> None:
    make, few, many = make_make(), make_gamme(), make_gamme()
    hidden = make_gamme(is_displayed=False)
    for gamme, packs in ((few, 1), (many, 4), (hidden, 9)):
        session.add(MakeGamme(make_id=make.id, gamme_id=gamme.id, packs=packs))
    session.add(MakeGamme(make_id=make_make().id, gamme_id=few.id, packs=9))
    session.flush()
    assert [(gamme.id, packs) for gamme, packs in list_best_gammes_of_make(make.id)] == [(many.id, 4), (few.id, 1)]
