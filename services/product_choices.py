"""What the shop puts forward: featured, new, best sellers, reduced; only what can be bought now."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import aliased, contains_eager

from models.catalog import Brand, Family, Fitment, Gamme, Product
from models.database import session
from models.recommendations import BestSeller, MakeGamme, PopularGamme
from models.stock import StockItem
from services.products import list_products_by_id
from services.products_filters import in_stock
from services.products_rows import ListedProduct, displayed_ids

NEW_DAYS = 90
MAX_CHOSEN = 50
MAX_FEATURED = 12


def list_popular_gammes(limit: int = 12) -> list[Gamme]:
    """List the level-1 gammes that are looked at and bought most, then the tops of the menu, families loaded."""
    return list(
        session.scalars(
            select(Gamme)
            .join(Gamme.family)
            .outerjoin(PopularGamme, PopularGamme.gamme_id == Gamme.id)
            .where(Gamme.is_displayed, Family.is_displayed, Gamme.level == 1)
            .where(PopularGamme.rank.is_not(None) | Gamme.is_top)
            .order_by(PopularGamme.rank.asc().nulls_last(), Gamme.id)
            .options(contains_eager(Gamme.family))
            .limit(min(limit, MAX_CHOSEN))
        )
    )


def list_best_gammes_of_make(make_id: int, limit: int = 12) -> list[tuple[Gamme, int]]:
    """List the gammes most bought in 90 days for the vehicles of a make, each with the packs sold."""
    query = (
        select(Gamme, MakeGamme.packs)
        .join(MakeGamme, MakeGamme.gamme_id == Gamme.id)
        .join(Gamme.family)
        .where(MakeGamme.make_id == make_id, Gamme.is_displayed, Family.is_displayed)
        .order_by(MakeGamme.packs.desc(), Gamme.id)
        .options(contains_eager(Gamme.family))
        .limit(min(limit, MAX_CHOSEN))
    )
    return [(gamme, packs) for gamme, packs in session.execute(query)]


def list_best_sellers(
    *, limit: int = 12, brand_id: int | None = None, gamme_id: int | None = None
) -> list[ListedProduct]:
    """List what sold most packs in 90 days, of all, of a brand or of a gamme."""
    query = _best_selling()
    if brand_id is not None:
        query = query.where(BestSeller.brand_id == brand_id)
    if gamme_id is not None:
        query = query.where(BestSeller.gamme_id == gamme_id)
    return _read(query, limit)


def list_new_products(*, at: datetime, limit: int = 12, days: int = NEW_DAYS) -> list[ListedProduct]:
    """List what came into the catalogue in the last days, newest first."""
    return _read(_newest(at, days), limit)


def list_best_and_new(*, at: datetime, limit: int) -> tuple[list[ListedProduct], list[ListedProduct]]:
    """Return the best sellers and the newest products, at most `limit` of each, reading them together."""
    limit = min(limit, MAX_CHOSEN)
    best = session.scalars(_best_selling().limit(limit)).all()
    newest = session.scalars(_newest(at, NEW_DAYS).limit(limit)).all()
    found = {one.id: one for one in list_products_by_id([*best, *newest])}
    return [found[number] for number in best], [found[number] for number in newest]


def list_reduced_products(*, limit: int = 12) -> list[ListedProduct]:
    """List what costs less than its prior price, the deepest reduction first."""
    # Word for word the expression of ix_product_on_sale, in whose order they are read.
    share: ColumnElement[int] = literal_column("(product.price_cents * 10000 / product.prior_price_cents)")
    return _read(_for_sale().where(Product.prior_price_cents > 0).order_by(share, Product.id), limit)


def list_featured_products(*, limit: int = MAX_FEATURED) -> list[ListedProduct]:
    """List the best part of each popular gamme (spec/products.md, rule 10)."""
    return list_best_of_each([gamme.id for gamme in list_popular_gammes(min(limit, MAX_FEATURED))])


def list_best_of_each(gamme_ids: Sequence[int], *, type_id: int | None = None) -> list[ListedProduct]:
    """List one product in stock of each gamme, in their order: the best seller, else the cheapest; at most 50.

    With a vehicle only of what is made for it or fits any.
    """
    ids = cast(list(gamme_ids[:MAX_CHOSEN]), ARRAY(BigInteger))
    gammes = func.unnest(ids).table_valued("id", with_ordinality="place").render_derived()
    # One question that is planned once, however many gammes there are.
    best = select(_best_of(gammes.c.id, type_id)).select_from(gammes).order_by(gammes.c.place)
    return list_products_by_id([number for number in session.scalars(best) if number is not None])


def _best_of(gamme_id: ColumnElement[int], type_id: int | None) -> ColumnElement[int | None]:
    one = aliased(Product)
    sellable = (
        select(one.id)
        .join(Brand, Brand.id == one.brand_id)
        .outerjoin(StockItem, StockItem.product_id == one.id)
        .where(one.gamme_id == gamme_id, one.is_displayed, one.price_cents.is_not(None), Brand.is_displayed, in_stock())
        .limit(1)
    )
    if type_id is not None:
        sellable = sellable.where(one.id.in_(_suiting(gamme_id, type_id)))
    best = (
        sellable.join(BestSeller, BestSeller.product_id == one.id)
        .where(BestSeller.gamme_id == gamme_id)
        .order_by(BestSeller.packs.desc(), one.id)
    )
    cheapest = sellable.order_by(one.price_cents, one.id)
    return func.coalesce(best.scalar_subquery(), cheapest.scalar_subquery())


def _suiting(gamme_id: ColumnElement[int], type_id: int) -> CompoundSelect[int]:
    """Return the query of the ids of a gamme's products that list a vehicle or fit any: two index ranges."""
    product = aliased(Product)
    groups = select(Fitment.group_id).where(Fitment.vehicle_type_id == type_id, Fitment.gamme_id == gamme_id)
    return union_all(
        select(product.id).where(product.fitment_group_id.in_(groups)),
        select(product.id).where(product.gamme_id == gamme_id, product.is_universal, product.is_displayed),
    )


def _best_selling() -> Select[int]:
    query = _for_sale().join(BestSeller, BestSeller.product_id == Product.id)
    return query.order_by(BestSeller.packs.desc(), BestSeller.product_id)


def _newest(at: datetime, days: int) -> Select[int]:
    since = at - timedelta(days=days)
    return _for_sale().where(Product.created_at >= since).order_by(Product.created_at.desc(), Product.id)


def _for_sale() -> Select[int]:
    return displayed_ids().where(Product.price_cents > 0, in_stock())


def _read(query: Select[int], limit: int) -> list[ListedProduct]:
    return list_products_by_id(session.scalars(query.limit(min(limit, MAX_CHOSEN))).all())
