"""The list of orders as staff look through it: every way of finding one has its index."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CompoundSelect, func, select, union
from sqlalchemy.orm import joinedload, selectinload

from domain.orders import OrderStatus
from models.database import session
from models.orders import Order, OrderLine

FIRST_YEAR = 2015


@dataclass(frozen=True)
class OrderFilter:
    """What staff look for in the list of orders; `search` is a number, an e-mail, a name or a reference."""

    status: OrderStatus | None = None
    search: str = ""
    placed_from: datetime | None = None
    placed_before: datetime | None = None
    needs_review: bool = False


def search_orders(
    wanted: OrderFilter, *, before_id: int | None = None, after_id: int | None = None, limit: int = 50
) -> list[Order]:
    """List orders newest first, at most `limit`, with their lines and customer.

    The page goes on below `before_id`, or goes back to the orders right above `after_id`.
    """
    query = select(Order).limit(limit).order_by(Order.id if after_id is not None else Order.id.desc())
    if before_id is not None:
        query = query.where(Order.id < before_id)
    if after_id is not None:
        query = query.where(Order.id > after_id)
    if wanted.status is not None:
        query = query.where(Order.status == wanted.status)
    if wanted.placed_from is not None:
        query = query.where(Order.placed_at >= wanted.placed_from)
    if wanted.placed_before is not None:
        query = query.where(Order.placed_at < wanted.placed_before)
    if wanted.needs_review:
        query = query.where(Order.needs_review != "")
    if text := wanted.search.strip():
        query = query.where(Order.id.in_(_found_by(text)))
    orders = session.scalars(query.options(selectinload(Order.lines), joinedload(Order.customer))).all()
    return sorted(orders, key=lambda order: -order.id)


def _found_by(text: str) -> CompoundSelect[tuple[int]]:
    """Return the query of the ids that a search text may mean; every part of it is a range of an index."""
    if "@" in text:
        conditions = [func.lower(Order.email) == text.lower()]
    elif text.isascii() and text.isdigit() and len(text) <= 6:
        # The tail of an order number: the year is not said, so each of the shop's years is asked for.
        numbers = [f"ORD-{year}-{int(text):06d}" for year in range(FIRST_YEAR, FIRST_YEAR + 50)]
        conditions = [Order.number.in_(numbers)]
    else:
        conditions = [
            Order.number == text.upper(),
            func.lower(Order.shipping_address["last_name"].astext) == text.lower(),
        ]
    tracked = (Order.tracking_number == text) & (Order.tracking_number != "")
    of_reference = select(OrderLine.order_id).where(func.upper(OrderLine.reference) == text.upper())
    return union(*(select(Order.id).where(condition) for condition in (*conditions, tracked)), of_reference)
