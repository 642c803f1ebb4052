"""What could stand in for a product, do better, or go with it (spec/products.md, rule 9); always bounded.

Substitutes are found when they are asked for, by two index ranges: the products of its fitment group and those that
share an OE number. What goes with it was counted before (services/recommendations.py) or is kept (GammeLink).
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, func, select, union
from sqlalchemy.orm import aliased

from models.catalog import Brand, Family, Fitment, Gamme, Product, ProductReference
from models.database import session
from models.offers import GammeSummary, VehicleGamme
from models.recommendations import BoughtTogether, GammeLink
from models.stock import StockItem
from services.catalog import GammeOffer
from services.product_choices import list_best_of_each
from services.products import displayed_products, list_options
from services.products_filters import in_stock
from services.products_rows import ListedProduct, Prepared, prepared, read_listed, read_prepared

MAX_ALTERNATIVES = 12
MAX_RELATED = 8
# Made once: every product page asks with them, and making them takes longer than asking.
_MINE, _THEIRS = ProductReference.__table__.alias("mine"), ProductReference.__table__.alias("theirs")
_GROUPED = aliased(Product)


def list_alternatives(product: Product, *, limit: int = MAX_ALTERNATIVES) -> list[ListedProduct]:
    """List sellable products of other brands in the same gamme, for the same vehicles or under a shared OE number.

    Cheapest first; needs nothing of `product` but itself.
    """
    shown = read_prepared(_alternatives(product.fitment_group_id is not None), **_asked(product))
    return shown[:limit]


def list_up_sell(product: Product, *, limit: int = MAX_RELATED) -> list[ListedProduct]:
    """List the substitutes in stock that cost more or come from a brand with more stars; most stars first.

    Needs `product.brand` loaded.
    """
    stars, own_stars = func.coalesce(Brand.stars, 0), product.brand.stars or 0
    order = (stars.desc(), Product.price_cents, Product.id)
    better = (
        _substitutes(product.fitment_group_id is not None)
        .params(**_asked(product))
        .outerjoin(StockItem, StockItem.product_id == Product.id)
        .where((stars > own_stars) | (Product.price_cents > (product.price_cents or 0)), in_stock())
        .order_by(*order)
        .limit(min(limit, MAX_RELATED))
    )
    return read_listed(better, *order)


def list_bought_together(product_id: int, *, limit: int = MAX_RELATED) -> list[Product]:
    """List what at least two paid orders hold besides the product and can be bought now, most frequent first."""
    query = (
        displayed_products()
        .join(BoughtTogether, BoughtTogether.other_id == Product.id)
        .outerjoin(StockItem, StockItem.product_id == Product.id)
        .where(BoughtTogether.product_id == product_id, Product.price_cents.is_not(None), in_stock())
        .order_by(BoughtTogether.orders.desc(), Product.id)
        .options(*list_options())
    )
    return list(session.scalars(query.limit(min(limit, MAX_RELATED))).unique())


def list_linked_gammes(gamme_id: int, *, type_id: int | None = None, limit: int = MAX_RELATED) -> list[GammeOffer]:
    """List the gammes of the same repair, then the others of the same family; with a vehicle only what it is offered.

    With the sellable references of each, for the vehicle when there is one; a gamme without any is left out.
    """
    gamme = aliased(Gamme)
    family_id = select(gamme.family_id).where(gamme.id == gamme_id).scalar_subquery()
    references, cheapest = _offer_columns(type_id)
    query = (
        select(Gamme, references, cheapest)
        .join(Gamme.family)
        .outerjoin(GammeLink, (GammeLink.gamme_id == gamme_id) & (GammeLink.other_id == Gamme.id))
        .outerjoin(GammeSummary, GammeSummary.gamme_id == Gamme.id)
        .where(Gamme.id != gamme_id, Gamme.is_displayed, Family.is_displayed, references > 0)
        .where(GammeLink.other_id.is_not(None) | ((Gamme.family_id == family_id) & (Gamme.level == 1)))
        .order_by(GammeLink.level.asc().nulls_last(), GammeLink.position, Gamme.position, Gamme.name)
        .limit(min(limit, MAX_RELATED))
    )
    if type_id is not None:
        query = query.outerjoin(
            VehicleGamme, (VehicleGamme.gamme_id == Gamme.id) & (VehicleGamme.vehicle_type_id == type_id)
        )
    return [GammeOffer(found, count, cents) for found, count, cents in session.execute(query)]


def list_cross_sell(product: Product, *, type_id: int | None = None, limit: int = MAX_RELATED) -> list[ListedProduct]:
    """List one product in stock of each gamme that goes with a product's: the best seller that fits, else the cheapest.

    Without a vehicle, what shares one with the product: the first of those that it fits. Needs nothing but itself.
    """
    type_id = type_id or _some_vehicle_of(product)
    gammes = [offer.gamme.id for offer in list_linked_gammes(product.gamme_id, type_id=type_id, limit=limit)]
    return list_best_of_each(gammes, type_id=type_id)


@cache
def _alternatives(has_group: bool) -> Prepared:
    order = (Product.price_cents, Product.id)
    return prepared(_substitutes(has_group).order_by(*order).limit(MAX_ALTERNATIVES), *order)


def _asked(product: Product) -> dict[str, Any]:
    """Return the parameters of `_substitutes`."""
    asked = {name: getattr(product, name) for name in ("id", "gamme_id", "brand_id", "side", "fitment_group_id")}
    return {f"own_{name}": value for name, value in asked.items() if value is not None}


def _substitutes(has_group: bool) -> Select[int]:
    same_number = (
        select(_THEIRS.c.product_id)
        .join(_MINE, (_MINE.c.reference_key == _THEIRS.c.reference_key) & (_THEIRS.c.kind == "oem"))
        .where(_MINE.c.product_id == bindparam("own_id"), _MINE.c.kind == "oem")
    )
    related: ColumnElement[bool] = Product.id.in_(same_number)
    if has_group:
        same_cars = select(_GROUPED.id).where(_GROUPED.fitment_group_id == bindparam("own_fitment_group_id"))
        # One list of ids, not « this or that »: each side keeps to its own index.
        related = Product.id.in_(union(same_number, same_cars))
    return (
        select(Product.id)
        .join(Product.brand)
        .where(
            related,
            Product.gamme_id == bindparam("own_gamme_id"),
            Product.brand_id != bindparam("own_brand_id"),
            Product.side == bindparam("own_side"),
            Product.price_cents.is_not(None),
            Product.is_displayed,
            Brand.is_displayed,
        )
    )


def _offer_columns(type_id: int | None) -> tuple[SQLColumnExpression[int], SQLColumnExpression[int]]:
    if type_id is None:
        return func.coalesce(GammeSummary.product_count, 0), GammeSummary.min_price_cents
    for_it, for_any = func.coalesce(VehicleGamme.product_count, 0), func.coalesce(GammeSummary.universal_count, 0)
    return for_it + for_any, func.least(VehicleGamme.min_price_cents, GammeSummary.universal_min_price_cents)


def _some_vehicle_of(product: Product) -> int | None:
    if product.fitment_group_id is None:
        return None
    return session.scalar(
        select(Fitment.vehicle_type_id)
        .where(Fitment.group_id == product.fitment_group_id)
        .order_by(Fitment.vehicle_type_id)
        .limit(1)
    )
