"""Which gammes have something for which vehicle: counted set-wise at night and after imports, kept up in between.

Ten million pairs of product and vehicle are counted through the fitment groups that share them: products are summed
up per group first, then groups per vehicle (docs/recommendations.md).
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, func, select

from models.catalog import Fitment, Product
from models.database import session
from models.offers import BrandGamme, GammeSummary, VehicleGamme
from services.cache import spoil
from services.catalog import SELLABLE
from services.derived_tables import replace_rows


def rebuild_vehicle_gammes() -> int:
    """Count anew what every gamme offers: per vehicle, per brand, in all; return the pairs of vehicle and gamme."""
    pairs = replace_rows(VehicleGamme, _offers_for_vehicles())
    replace_rows(GammeSummary, _offers_of_gammes())
    replace_rows(BrandGamme, _offers_of_brands())
    spoil("catalog")
    return pairs


def recount_offers_of(product_id: int) -> None:
    """Count anew only what one changed product has a part in; nothing for a product that is gone.

    What moved to another group, gamme or vehicle (an import does that) needs `rebuild_vehicle_gammes`.
    """
    product = session.get(Product, product_id)
    if product is None:
        return
    gamme_id, brand_id, group_id = product.gamme_id, product.brand_id, product.fitment_group_id
    of_gamme = Product.gamme_id == gamme_id
    before = _count_sellable(gamme_id)
    if group_id is not None:
        vehicles = select(Fitment.vehicle_type_id).where(Fitment.group_id == group_id)
        replace_rows(
            VehicleGamme,
            _offers_for_vehicles(of_gamme, Fitment.gamme_id == gamme_id, Fitment.vehicle_type_id.in_(vehicles)),
            among=(VehicleGamme.gamme_id == gamme_id) & VehicleGamme.vehicle_type_id.in_(vehicles),
        )
    replace_rows(GammeSummary, _offers_of_gammes(of_gamme), among=GammeSummary.gamme_id == gamme_id)
    replace_rows(
        BrandGamme,
        _offers_of_brands(of_gamme, Product.brand_id == brand_id),
        among=(BrandGamme.gamme_id == gamme_id) & (BrandGamme.brand_id == brand_id),
    )
    # The product's own pages followed its change; now those that count it do. A price moves fewer than a withdrawal.
    spoil(f"gamme:{gamme_id}", f"range:gamme:{gamme_id}", f"range:brand:{brand_id}")
    if _count_sellable(gamme_id) != before:
        spoil("ranges")


def _count_sellable(gamme_id: int) -> int:
    return session.scalar(select(GammeSummary.product_count).where(GammeSummary.gamme_id == gamme_id)) or 0


def _offers_for_vehicles(
    of_products: ColumnElement[bool] | None = None, *of_fitments: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    of_group = (
        select(
            Product.fitment_group_id,
            Product.gamme_id,
            func.count().label("products"),
            func.min(Product.price_cents).label("cheapest"),
        )
        .join(Product.brand)
        .where(*SELLABLE, Product.fitment_group_id.is_not(None), *([] if of_products is None else [of_products]))
        .group_by(Product.fitment_group_id, Product.gamme_id)
        .subquery()
    )
    # A vehicle may stand in a group several times, once per span of dates: its products count once.
    listed = select(Fitment.group_id, Fitment.vehicle_type_id).where(*of_fitments).distinct().subquery()
    return (
        select(
            listed.c.vehicle_type_id,
            of_group.c.gamme_id,
            cast(func.sum(of_group.c.products), Integer),
            func.min(of_group.c.cheapest),
        )
        .join(of_group, of_group.c.fitment_group_id == listed.c.group_id)
        .group_by(listed.c.vehicle_type_id, of_group.c.gamme_id)
    )


def _offers_of_gammes(*of_products: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    vehicles = (
        select(VehicleGamme.gamme_id, func.count().label("count")).group_by(VehicleGamme.gamme_id).subquery("vehicles")
    )
    return (
        select(
            Product.gamme_id,
            func.count(),
            func.min(Product.price_cents),
            func.count().filter(Product.is_universal),
            func.min(Product.price_cents).filter(Product.is_universal),
            func.coalesce(func.max(vehicles.c.count), 0),
        )
        .join(Product.brand)
        .outerjoin(vehicles, vehicles.c.gamme_id == Product.gamme_id)
        .where(*SELLABLE, *of_products)
        .group_by(Product.gamme_id)
    )


def _offers_of_brands(*of_products: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(Product.brand_id, Product.gamme_id, func.count(), func.min(Product.price_cents))
        .join(Product.brand)
        .where(*SELLABLE, *of_products)
        .group_by(Product.brand_id, Product.gamme_id)
    )
