"""Fills an empty database with the demo shop."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import exists, select, text

from devstack.demo.catalog.products import Catalogue
from devstack.demo.catalog.sizes import SIZES
from devstack.demo.catalog.writing import write_products, write_shelves
from devstack.demo.copying import take_time
from devstack.demo.identity import IDENTITY
from devstack.demo.selling.orders import add_orders
from devstack.demo.selling.people import add_people, add_staff
from devstack.demo.vehicles.writing import write_vehicles
from models.catalog import Product
from models.database import session, utc_now
from models.settings import ShopSetting
from services.settings import IDENTITY_KEY, ShopIdentity
from services.vehicle_gammes import rebuild_vehicle_gammes

SEED = 2026


def load(size: str, *, now: datetime | None = None, tell: Callable[[str], None] = print) -> None:
    """Write a whole shop in one transaction, or nothing: a shop that has products is left as it is.

    `now` is the today of the shop, before which its year of orders lies; `tell` gets a line for each step.
    Raises LookupError for a size that is not in catalog/sizes.py.
    """
    if size not in SIZES:
        raise LookupError(f"There is no demo shop of size {size!r}, only of {', '.join(SIZES)}.")
    now = now or utc_now()
    if session.scalar(select(exists(select(Product.id)))):
        tell("The shop has products already: nothing was changed.")
        return
    try:
        _write(size, now, tell)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.remove()
    tell("The demo shop is complete.")


def _write(size: str, now: datetime, tell: Callable[[str], None]) -> None:
    take_time()
    identity = ShopIdentity.model_validate(IDENTITY)
    session.add(ShopSetting(key=IDENTITY_KEY, value=identity.model_dump(), updated_by="system"))
    tell(f"vehicle types: {write_vehicles()}")
    write_shelves()
    catalogue = Catalogue(SIZES[size], SEED)
    write_products(catalogue, now, lambda done: tell(f"products: {done}"))
    _gather_statistics()
    tell(f"gammes of vehicles: {rebuild_vehicle_gammes()}")
    add_staff(now)
    people = add_people(now)
    tell(f"customers: {len(people)}")
    add_orders(people, now, lambda done, of: tell(f"orders: {done} of {of}") if done % 50 == 0 else None)
    _gather_statistics()


def _gather_statistics() -> None:
    """Let the planner know what the tables hold, before the orders ask it; autovacuum would be too late."""
    session.execute(text("ANALYZE"))
