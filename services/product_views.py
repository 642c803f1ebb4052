"""How often a product is looked at: counted beside the database, written down by a job every minute."""

from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from integrations.views import views
from models.catalog import Product
from models.database import session
from models.recommendations import ProductView

PARIS = ZoneInfo("Europe/Paris")
KEPT_DAYS = 90
WRITTEN_AT_ONCE = 1_000


def count_view(product_id: int, *, at: datetime) -> None:
    """Count that a product's page was looked at, on the day it is in Paris; lost when Redis is away."""
    views().add(product_id, at.astimezone(PARIS).date())


def write_views() -> int:
    """Write down what was counted since the last time, and return how many views; raises ConnectionError.

    What was counted for an id that is no product's is dropped.
    """
    counted = views().take()
    waiting = iter(sorted(counted.items()))
    while some := list(islice(waiting, WRITTEN_AT_ONCE)):
        known = set(session.scalars(select(Product.id).where(Product.id.in_({number for (_, number), _ in some}))))
        rows = [{"product_id": number, "day": day, "views": times} for (day, number), times in some if number in known]
        if rows:
            upsert = insert(ProductView)
            more = ProductView.views + upsert.excluded.views
            keys = [ProductView.product_id, ProductView.day]
            session.execute(upsert.on_conflict_do_update(index_elements=keys, set_={"views": more}), rows)
    return sum(counted.values())


def forget_old_views(*, today: date) -> None:
    """Delete the counts of more than 90 days ago."""
    session.execute(delete(ProductView).where(ProductView.day < today - timedelta(days=KEPT_DAYS)))
