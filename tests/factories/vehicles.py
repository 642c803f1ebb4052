"""Makes, models and vehicle types."""

from datetime import date
from itertools import count
from typing import Any

from models.database import session
from models.vehicles import Make, VehicleModel, VehicleType

_numbers = count(1)


def _save(thing: Any) -> Any:
    session.add(thing)
    session.flush()
    return thing


def make_make(**values: Any) -> Make:
    n = next(_numbers)
    return _save(Make(**{"alias": f"constructeur-{n}", "name": f"Constructeur {n}", **values}))


def make_model(**values: Any) -> VehicleModel:
    n = next(_numbers)
    make_id = values.pop("make_id", None) or make_make().id
    return _save(
        VehicleModel(
            **{
                "make_id": make_id,
                "alias": f"modele-{n}",
                "name": f"Modèle {n}",
                "year_from": 2005,
                "year_to": 2012,
                **values,
            }
        )
    )


def make_vehicle_type(**values: Any) -> VehicleType:
    """A diesel of 86 ch built from June 2005 to December 2012, unless told otherwise."""
    n = next(_numbers)
    model_id = values.pop("model_id", None) or make_model().id
    return _save(
        VehicleType(
            **{
                "model_id": model_id,
                "alias": f"type-{n}",
                "name": f"1.5 dCi {n}",
                "fuel": "Diesel",
                "displacement_cc": 1461,
                "power_hp": 86,
                "power_kw": 63,
                "produced_from": date(2005, 6, 1),
                "produced_to": date(2012, 12, 1),
                **values,
            }
        )
    )
