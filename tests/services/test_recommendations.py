"""What people buy and look at, counted from paid orders and views, the same at every run."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.orders import SYSTEM
from integrations.payments import FakeGateway, gateway
from integrations.views import FakeViewCounter, RedisViewCounter, views
from models.catalog import Product
from models.database import session
from models.recommendations import BestSeller, BoughtTogether, MakeGamme, PopularGamme, ProductView
from services.orders import cancel_order, get_order
from services.product_views import count_view, forget_old_views, write_views
from services.recommendations import rebuild_recommendations
from tests.factories import make_brand, make_gamme, make_order, make_product, make_vehicle_type, pay

NOW = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def bank(db: None) -> Iterator[None]:
    with gateway.replaced_by(FakeGateway()):
        yield


@pytest.fixture
def counter() -> Iterator[FakeViewCounter]:
    with views.replaced_by(FakeViewCounter()) as fake:
        yield fake


def rows(model: type) -> set[tuple[object, ...]]:
    return {tuple(row) for row in session.execute(select(*model.__table__.columns))}


def sell(*packs: tuple[Product, int], days_ago: float = 1, type_id: int | None = None) -> int:
    """Have an order of these packs paid so many days ago; return its id."""
    at = NOW - timedelta(days=days_ago)
    order = make_order(*packs, at=at - timedelta(minutes=1))
    order.vehicle_type_id = type_id
    session.flush()
    pay(order, at=at)
    return order.id


def test_best_sellers_are_packs_of_paid_orders_of_90_days() -> None:
    disc, pad = make_product(price_cents=40_00, stock=50), make_product(price_cents=15_00, stock=50)
    sell((disc, 2), (pad, 1))
    sell((disc, 1), days_ago=89)
    sell((disc, 5), days_ago=91)
    make_order((disc, 9), at=NOW)
    called_off = sell((pad, 7))
    cancel_order(get_order(called_off), reason="Trouvée ailleurs.", by=SYSTEM, at=NOW)
    rebuild_recommendations(at=NOW)
    assert rows(BestSeller) == {
        (disc.id, disc.brand_id, disc.gamme_id, 3, 120_00),
        (pad.id, pad.brand_id, pad.gamme_id, 1, 15_00),
    }


def test_what_two_orders_hold_together_belongs_together() -> None:
    disc, pad, fluid = (make_product(stock=50) for _ in range(3))
    sell((disc, 1), (pad, 1), (fluid, 1))
    sell((disc, 3), (pad, 2))
    sell((disc, 1), days_ago=2)
    rebuild_recommendations(at=NOW)
    assert rows(BoughtTogether) == {(disc.id, pad.id, 2), (pad.id, disc.id, 2)}


def test_the_eight_most_frequent_others_are_kept() -> None:
    gamme_id, brand_id = make_gamme().id, make_brand().id
    disc, *others = (make_product(stock=50, gamme_id=gamme_id, brand_id=brand_id) for _ in range(10))
    for _ in range(2):
        sell((disc, 1), *((other, 1) for other in others))
    sell((disc, 1), (others[-1], 1))
    rebuild_recommendations(at=NOW)
    kept = session.execute(
        select(BoughtTogether.other_id, BoughtTogether.orders)
        .where(BoughtTogether.product_id == disc.id)
        .order_by(BoughtTogether.orders.desc(), BoughtTogether.other_id)
    ).all()
    assert [tuple(row) for row in kept] == [(others[-1].id, 3), *((other.id, 2) for other in others[:7])]


def test_an_order_that_fills_shelves_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.recommendations.MAX_BASKET", 2)
    three = [make_product(stock=50) for _ in range(3)]
    for _ in range(2):
        sell(*((product, 1) for product in three))
    rebuild_recommendations(at=NOW)
    assert not rows(BoughtTogether)


def test_gammes_are_counted_for_the_make_of_the_buyers_vehicle() -> None:
    clio, disc = make_vehicle_type(), make_product(stock=50)
    sell((disc, 2), type_id=clio.id)
    sell((disc, 4))
    rebuild_recommendations(at=NOW)
    make_id = session.scalar(select(MakeGamme.make_id))
    assert rows(MakeGamme) == {(make_id, disc.gamme_id, 2)}


def test_a_pack_sold_weighs_ten_views(counter: FakeViewCounter) -> None:
    looked, bought, old = make_product(), make_product(stock=50), make_product()
    for _ in range(11):
        count_view(looked.id, at=NOW)
    for _ in range(50):
        count_view(old.id, at=NOW - timedelta(days=31))
    write_views()
    sell((bought, 1))
    rebuild_recommendations(at=NOW)
    assert rows(PopularGamme) == {(looked.gamme_id, 1, 11, 0), (bought.gamme_id, 2, 0, 1)}


def test_a_second_run_leaves_the_same_and_what_is_over_goes() -> None:
    disc, pad = make_product(stock=50), make_product(stock=50)
    first = sell((disc, 1), (pad, 1))
    sell((disc, 1), (pad, 1))
    tables = (BestSeller, BoughtTogether, MakeGamme, PopularGamme)
    rebuild_recommendations(at=NOW)
    before = {model: rows(model) for model in tables}
    assert before[BoughtTogether]
    rebuild_recommendations(at=NOW)
    assert {model: rows(model) for model in tables} == before
    cancel_order(get_order(first), reason="Trouvée ailleurs.", by=SYSTEM, at=NOW)
    rebuild_recommendations(at=NOW)
    assert not rows(BoughtTogether)
    assert {packs for *_, packs, _cents in rows(BestSeller)} == {1}


def test_views_are_summed_up_per_day_in_paris(counter: FakeViewCounter) -> None:
    product = make_product()
    for at in (datetime(2026, 3, 10, 22, 59, tzinfo=UTC), datetime(2026, 3, 10, 23, 1, tzinfo=UTC), NOW):
        count_view(product.id, at=at)
    assert write_views() == 3
    assert write_views() == 0
    count_view(product.id, at=NOW)
    write_views()
    assert rows(ProductView) == {(product.id, date(2026, 3, 10), 1), (product.id, date(2026, 3, 11), 3)}


def test_a_view_of_nothing_is_dropped_and_breaks_nothing(counter: FakeViewCounter) -> None:
    product = make_product()
    count_view(product.id + 1_000_000, at=NOW)
    count_view(product.id, at=NOW)
    write_views()
    assert rows(ProductView) == {(product.id, date(2026, 3, 11), 1)}


def test_views_wait_while_the_counter_is_away(counter: FakeViewCounter) -> None:
    counter.away = True
    count_view(1, at=NOW)
    with pytest.raises(ConnectionError):
        write_views()
    assert not rows(ProductView)


def test_old_views_are_forgotten(counter: FakeViewCounter) -> None:
    product = make_product()
    for days in (91, 89):
        count_view(product.id, at=NOW - timedelta(days=days))
    write_views()
    forget_old_views(today=NOW.date())
    assert rows(ProductView) == {(product.id, NOW.date() - timedelta(days=89), 1)}


def test_redis_counts_and_forgets_what_was_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    counter, day = RedisViewCounter(), NOW.date()
    counter.take()
    for product_id in (7, 7, 8):
        counter.add(product_id, day)
    assert counter.take() == {(day, 7): 2, (day, 8): 1}
    assert counter.take() == {}
    monkeypatch.setattr("integrations.views.redis_provider.MAX_FIELDS", 1)
    counter.add(7, day)
    counter.add(8, day)
    assert counter.take() == {(day, 7): 1}
