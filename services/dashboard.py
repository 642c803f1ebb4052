"""What staff see first: today so far beside yesterday, what waits for a hand, what runs out."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    SQLColumnExpression,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload

from domain.orders import OrderStatus
from models.catalog import Product
from models.database import session
from models.orders import Order
from models.stock import StockItem

PARIS = ZoneInfo("Europe/Paris")
# Beyond this nobody reads the number: « 999+ » costs the same whatever the size of the shop.
MOST_COUNTED = 999


@dataclass(frozen=True)
class Day:
    """A figure of today so far, of yesterday up to the same hour, and of the whole of yesterday."""

    so_far: int
    yesterday_so_far: int
    yesterday: int

    @property
    def change_percent(self) -> int | None:
        """Today against yesterday at the same hour, in whole per cent; None when there is nothing to compare with."""
        if self.yesterday_so_far == 0:
            return None
        return round((self.so_far - self.yesterday_so_far) * 100 / self.yesterday_so_far)


@dataclass(frozen=True)
class Takings:
    """What one day brought in: cents of orders paid that day, VAT included, and their number."""

    day: date
    cents: int
    orders: int


def count_orders_of_day(*, at: datetime) -> Day:
    """Count the orders placed today in Paris; those cancelled before they were paid are left out."""
    counts = (Order.status != OrderStatus.CANCELLED) | Order.paid_at.is_not(None)
    return _day(select(func.count()).select_from(Order).where(counts), Order.placed_at, at=at)


def count_paid_orders_of_day(*, at: datetime) -> Day:
    """Count the orders whose money came in today in Paris."""
    return _day(select(func.count()).select_from(Order), Order.paid_at, at=at)


def sum_revenue_of_day(*, at: datetime) -> Day:
    """Add up, in cents with VAT, the orders whose money came in today in Paris."""
    return _day(select(func.coalesce(func.sum(Order.total_cents), 0)), Order.paid_at, at=at)


def list_takings(*, days: int = 14, at: datetime) -> list[Takings]:
    """List the last `days` days in Paris, oldest first and today last; a day without sales is there with zero."""
    today = at.astimezone(PARIS).date()
    first = today - timedelta(days=days - 1)
    paid_on = cast(func.timezone("Europe/Paris", Order.paid_at), Date)
    rows = session.execute(
        select(paid_on, func.sum(Order.total_cents), func.count())
        .where(Order.paid_at >= _midnight(first), Order.paid_at < _midnight(today + timedelta(days=1)))
        .group_by(paid_on)
    )
    known = {day: Takings(day, int(cents), orders) for day, cents, orders in rows}
    every_day = (first + timedelta(days=offset) for offset in range(days))
    return [known.get(day, Takings(day, 0, 0)) for day in every_day]


def count_orders_by_status() -> dict[OrderStatus, int]:
    """Return how many orders stand in each state, counted up to 1,000."""
    rows = session.execute(
        union_all(*(select(literal(str(status)), _count(Order.status == status)) for status in OrderStatus))
    )
    return {OrderStatus(status): number for status, number in rows}


def count_orders_to_review() -> int:
    """Return how many orders a person must look at, counted up to 1,000."""
    return session.scalar(select(_count(Order.needs_review != ""))) or 0


def list_low_stock(*, limit: int = 10) -> list[StockItem]:
    """List the displayed products at or below their threshold, emptiest shelf first, with product and brand."""
    return list(session.scalars(_low_stock().order_by(_available(), StockItem.product_id).limit(limit)))


def count_low_stock() -> int:
    """Return how many displayed products are at or below their threshold, counted up to 1,000."""
    few = _low_stock().with_only_columns(StockItem.product_id).options().limit(MOST_COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(few)) or 0


def _day(figure: Select[int], moment: SQLColumnExpression[Any], *, at: datetime) -> Day:
    """Read `figure` over today so far, yesterday up to the same time of day, and the whole of yesterday."""
    now = at.astimezone(PARIS)
    today, yesterday = _midnight(now.date()), _midnight(now.date() - timedelta(days=1))
    same_hour = datetime.combine(yesterday.date(), now.time(), PARIS)
    spans = ((today, at), (yesterday, same_hour), (yesterday, today))
    row = session.execute(
        select(*(figure.where(moment >= start, moment < end).scalar_subquery() for start, end in spans))
    ).one()
    return Day(*(int(value) for value in row))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    few = select(Order.id).where(condition).limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(few).scalar_subquery()


def _available() -> ColumnElement[int]:
    return StockItem.on_hand - StockItem.reserved


def _low_stock() -> Select[StockItem]:
    return (
        select(StockItem)
        .join(StockItem.product)
        .where(_available() <= StockItem.low_threshold, Product.is_displayed)
        .options(joinedload(StockItem.product).joinedload(Product.brand))
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, PARIS)
