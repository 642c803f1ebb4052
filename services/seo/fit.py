"""Which models of vehicle a product is for, as search engines are told."""

from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager

from models.catalog import Fitment, Product
from models.database import session
from models.vehicles import Make, VehicleModel, VehicleType

MAX_MODELS = 12


def list_fitted_models(product: Product) -> list[VehicleModel]:
    """List up to twelve displayed models, with their makes, that have a type a product fits, by make and name."""
    if product.fitment_group_id is None:
        return []
    return list(session.scalars(_fitted_models(), {"group_id": product.fitment_group_id}))


@cache
def _fitted_models() -> Select[VehicleModel]:
    fitted = (
        select(VehicleType.model_id)
        .join(Fitment, Fitment.vehicle_type_id == VehicleType.id)
        .where(Fitment.group_id == bindparam("group_id"), VehicleType.is_displayed)
        .distinct()
    )
    return (
        select(VehicleModel)
        .join(VehicleModel.make)
        .where(VehicleModel.id.in_(fitted), VehicleModel.is_displayed, Make.is_displayed)
        .order_by(Make.name, VehicleModel.name, VehicleModel.id)
        .options(contains_eager(VehicleModel.make))
        .limit(MAX_MODELS)
    )
