"""What staff see first: a page of figures that each have an address of their own."""

from flask import Blueprint, Response

from domain.orders import OrderStatus
from models.database import utc_now
from services.dashboard import (
    MOST_COUNTED,
    count_low_stock,
    count_orders_by_status,
    count_orders_of_day,
    count_orders_to_review,
    count_paid_orders_of_day,
    list_low_stock,
    list_takings,
    sum_revenue_of_day,
)
from services.mail import count_failed_mails
from services.stock import is_tracked
from web.pages import page

bp = Blueprint("dashboard", __name__)


@bp.get("")
def index() -> Response:
    return page("backoffice/dashboard/index.html", now=utc_now())


@bp.get("/figures/orders")
def orders() -> Response:
    now = utc_now()
    return page(
        "backoffice/dashboard/orders.html",
        "orders_of_day",
        placed=count_orders_of_day(at=now),
        paid=count_paid_orders_of_day(at=now),
    )


@bp.get("/figures/revenue")
def revenue() -> Response:
    now = utc_now()
    return page("backoffice/dashboard/revenue.html", "revenue_of_day", revenue=sum_revenue_of_day(at=now))


@bp.get("/figures/waiting")
def waiting() -> Response:
    counts = count_orders_by_status()
    return page(
        "backoffice/dashboard/waiting.html",
        "waiting",
        to_prepare=counts[OrderStatus.PAID],
        to_ship=counts[OrderStatus.PROCESSING],
        to_review=count_orders_to_review(),
        failed_mails=count_failed_mails(most=MOST_COUNTED),
    )


@bp.get("/figures/takings")
def takings() -> Response:
    return page("backoffice/dashboard/takings.html", "takings", takings=list_takings(at=utc_now()))


@bp.get("/figures/low-stock")
def low_stock() -> Response:
    tracked = is_tracked()
    return page(
        "backoffice/dashboard/low_stock.html",
        "low_stock",
        is_tracked=tracked,
        items=list_low_stock() if tracked else [],
        total=count_low_stock() if tracked else 0,
    )
