"""What people buy and look at, counted by jobs from paid orders and page views (spec/products.md, rules 9 and 10)."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Integer, cast, func, literal, select

from domain.orders import OrderStatus
from models.catalog import Product
from models.orders import Order, OrderLine
from models.recommendations import BestSeller, BoughtTogether, MakeGamme, PopularGamme, ProductView
from models.vehicles import VehicleModel, VehicleType
from services.cache import spoil
from services.derived_tables import Counts, replace_rows

SELLING_DAYS = 90
VIEWING_DAYS = 30
# Baskets tell what belongs together for longer than fashions last.
BASKET_DAYS = 730
# Two orders may share a pair by chance once; a single one says nothing at all.
MIN_ORDERS = 2
MAX_OTHERS = 8
# A workshop that fills its shelves buys everything with everything.
MAX_BASKET = 30
# Somebody who pays has said more than somebody who looks.
VIEWS_PER_PACK = 10

# What was paid and is still meant: neither cancelled, nor returned, nor refunded.
_STANDING = (OrderStatus.PAID, OrderStatus.PROCESSING, OrderStatus.SHIPPED, OrderStatus.DELIVERED)


def rebuild_recommendations(*, at: datetime) -> None:
    """Count anew best sellers, what is bought together, and the gammes that are asked for; spoils what shows them."""
    replace_rows(BestSeller, _best_sellers(at))
    replace_rows(BoughtTogether, _bought_together(at))
    replace_rows(MakeGamme, _gammes_of_makes(at))
    replace_rows(PopularGamme, _popular_gammes(at.date()))
    spoil("recommendations")


def _sold_since(since: datetime) -> tuple[Any, ...]:
    return (
        OrderLine.kind == "goods",
        OrderLine.product_id.is_not(None),
        Order.paid_at >= since,
        Order.status.in_(_STANDING),
    )


def _best_sellers(at: datetime) -> Counts:
    return (
        select(
            Product.id,
            Product.brand_id,
            Product.gamme_id,
            cast(func.sum(OrderLine.quantity), Integer),
            func.sum(OrderLine.total_cents),
        )
        .join(OrderLine, OrderLine.product_id == Product.id)
        .join(OrderLine.order)
        .where(*_sold_since(at - timedelta(days=SELLING_DAYS)))
        .group_by(Product.id)
    )


def _bought_together(at: datetime) -> Counts:
    bought = (
        select(OrderLine.order_id, OrderLine.product_id)
        .join(OrderLine.order)
        .where(*_sold_since(at - timedelta(days=BASKET_DAYS)))
        .distinct()
        .cte("bought")
    )
    small = (
        select(bought.c.order_id).group_by(bought.c.order_id).having(func.count().between(2, MAX_BASKET)).cte("small")
    )
    one, other = bought.alias("one"), bought.alias("other")
    pairs = (
        select(one.c.product_id, other.c.product_id.label("other_id"), func.count().label("orders"))
        .join(small, small.c.order_id == one.c.order_id)
        .join(other, (other.c.order_id == one.c.order_id) & (other.c.product_id != one.c.product_id))
        .group_by(one.c.product_id, other.c.product_id)
        .having(func.count() >= MIN_ORDERS)
        .subquery("pairs")
    )
    rank = func.row_number().over(partition_by=pairs.c.product_id, order_by=(pairs.c.orders.desc(), pairs.c.other_id))
    ranked = select(pairs, rank.label("rank")).subquery("ranked")
    return select(ranked.c.product_id, ranked.c.other_id, ranked.c.orders).where(ranked.c.rank <= MAX_OTHERS)


def _gammes_of_makes(at: datetime) -> Counts:
    return (
        select(VehicleModel.make_id, Product.gamme_id, cast(func.sum(OrderLine.quantity), Integer))
        .select_from(OrderLine)
        .join(OrderLine.order)
        .join(Product, Product.id == OrderLine.product_id)
        .join(VehicleType, VehicleType.id == Order.vehicle_type_id)
        .join(VehicleModel, VehicleModel.id == VehicleType.model_id)
        .where(*_sold_since(at - timedelta(days=SELLING_DAYS)))
        .group_by(VehicleModel.make_id, Product.gamme_id)
    )


def _popular_gammes(today: date) -> Counts:
    looked_at = (
        select(Product.gamme_id, func.sum(ProductView.views).label("views"), literal(0).label("packs"))
        .join(ProductView, ProductView.product_id == Product.id)
        .where(ProductView.day > cast(today - timedelta(days=VIEWING_DAYS), Date))
        .group_by(Product.gamme_id)
    )
    sold = select(BestSeller.gamme_id, literal(0), func.sum(BestSeller.packs)).group_by(BestSeller.gamme_id)
    both = looked_at.union_all(sold).subquery("both")
    views, packs = func.sum(both.c.views), func.sum(both.c.packs)
    rank = func.row_number().over(order_by=((views + VIEWS_PER_PACK * packs).desc(), both.c.gamme_id))
    return select(both.c.gamme_id, rank, cast(views, Integer), cast(packs, Integer)).group_by(both.c.gamme_id)
