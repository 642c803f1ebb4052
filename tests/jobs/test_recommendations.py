"""What is counted over the whole catalogue: on schedule, after a change, and the same when it runs twice."""

import pytest
from sqlalchemy import select

from integrations.views import FakeViewCounter, views
from jobs.recommendations import (
    purge_product_views,
    rebuild_offers,
    rebuild_recommendations,
    recount_offers,
    write_product_views,
)
from jobs.schedule import SCHEDULE, At
from models.database import session, utc_now
from models.offers import VehicleGamme
from models.recommendations import BestSeller, ProductView
from services.product_views import PARIS, count_view
from tests.factories import make_fitment, make_order, make_product, make_vehicle_type, pay
from tests.jobs.conftest import Outside


def test_offers_are_counted_at_night_and_after_each_change(outside: Outside) -> None:
    product = make_product()
    make_fitment(product, make_vehicle_type())
    for _ in range(2):
        rebuild_offers()
        assert session.scalars(select(VehicleGamme.product_count)).all() == [1]
    product.is_displayed = False
    session.flush()
    for _ in range(2):
        recount_offers(product.id)
        assert session.scalars(select(VehicleGamme.product_count)).all() == []
    assert [line.cron for line in SCHEDULE if isinstance(line, At) and line.job is rebuild_offers] == ["0 2 * * *"]


def test_recommendations_are_counted_again_and_again(outside: Outside) -> None:
    product = make_product()
    pay(make_order((product, 2), at=utc_now()), at=utc_now())
    for _ in range(2):
        rebuild_recommendations()
        assert session.execute(select(BestSeller.product_id, BestSeller.packs)).all() == [(product.id, 2)]


def test_views_are_written_once_and_purged_when_old(outside: Outside) -> None:
    product, today = make_product(), utc_now().astimezone(PARIS).date()
    with views.replaced_by(FakeViewCounter()) as counter:
        count_view(product.id, at=utc_now())
        for _ in range(2):
            write_product_views()
        assert session.execute(select(ProductView.day, ProductView.views)).all() == [(today, 1)]
        purge_product_views()
        assert session.scalars(select(ProductView.views)).all() == [1]
        counter.away = True
        with pytest.raises(ConnectionError):
            write_product_views()
