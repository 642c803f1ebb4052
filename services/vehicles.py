"""Makes, models and vehicle types, and the way to the visitor's own car."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.database import session
from models.vehicles import Make, VehicleModel, VehicleType


def find_vehicle_type(type_id: int) -> VehicleType | None:
    """Return a displayed vehicle type with its model and make, None when there is none."""
    return session.scalar(
        select(VehicleType)
        .join(VehicleType.model)
        .join(VehicleModel.make)
        .where(VehicleType.id == type_id, VehicleType.is_displayed, VehicleModel.is_displayed, Make.is_displayed)
        .options(joinedload(VehicleType.model).joinedload(VehicleModel.make))
    )
