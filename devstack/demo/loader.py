"""Fills an empty database with the demo shop."""

import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import exists, select, text

from devstack.demo.bare_tables import bare
from devstack.demo.catalog.products import Catalogue
from devstack.demo.catalog.sizes import SIZES
from devstack.demo.catalog.writing import TABLES, Written, finish_numbering, write_products, write_shelves
from devstack.demo.copying import take_time
from devstack.demo.identity import IDENTITY
from devstack.demo.selling.orders import add_orders
from devstack.demo.selling.people import add_people, add_staff
from devstack.demo.texts.writing import write_texts
from devstack.demo.vehicles.writing import write_vehicles
from models.catalog import Product
from models.database import session, utc_now
from models.settings import ShopSetting
from services.cache import spoil
from services.gamme_facets import keep_gamme_facets, list_uncounted_gammes
from services.recommendations import rebuild_recommendations
from services.settings import IDENTITY_KEY, ShopIdentity
from services.vehicle_gammes import rebuild_vehicle_gammes

SEED = 2026

# Called with the name of a step, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]


def load(
    size: str,
    *,
    now: datetime | None = None,
    tell: Callable[[str], None] = print,
    progress: Progress = lambda step, done, of: None,
) -> None:
    """Write a whole shop in one transaction, or nothing: a shop that has products is left as it is.

    `now` is the today of the shop, before which its year of orders lies; `tell` gets the lines of the report.
    Raises LookupError for a size that is not in catalog/sizes.py.
    """
    if size not in SIZES:
        raise LookupError(f"There is no demo shop of size {size!r}, only of {', '.join(SIZES)}.")
    now = now or utc_now()
    if session.scalar(select(exists(select(Product.id)))):
        tell("The shop has products already: nothing was changed.")
        return
    began = time.monotonic()
    try:
        types, written = _write(size, now, progress)
        spoil("catalog")
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.remove()
    tell(f"{written.products} products, {types} vehicle types, {written.references} references")
    tell(
        f"{written.groups} fitment groups of {written.fitments} vehicles in all, "
        f"worth {written.pairs} pairs of a product and a vehicle"
    )
    tell(f"The demo shop is complete: {time.monotonic() - began:.0f} s, {_peak_mb()} MB of memory at most.")


def _write(size: str, now: datetime, progress: Progress) -> tuple[int, Written]:
    take_time()
    identity = ShopIdentity.model_validate(IDENTITY)
    session.add(ShopSetting(key=IDENTITY_KEY, value=identity.model_dump(), updated_by="system"))
    wanted = SIZES[size]
    types = write_vehicles(wanted.version_kinds)
    progress("vehicle types", types, types)
    write_shelves()
    session.flush()
    with bare(TABLES, progress=lambda done, of: progress("indexes", done, of)):
        written = write_products(
            Catalogue(wanted, SEED),
            now,
            lambda done: progress("products", min(done, wanted.products - 1), wanted.products),
            frozen=True,
        )
        progress("products", written.products, written.products)
    finish_numbering()
    _gather_statistics()
    progress("gammes of vehicles", 0, 1)
    pairs = rebuild_vehicle_gammes()
    progress("gammes of vehicles", pairs, pairs)
    switches = write_texts()
    progress("texts of pages", switches, switches)
    add_staff(now)
    add_orders(add_people(now), now, lambda done, of: progress("orders", done, of))
    _gather_statistics()
    rebuild_recommendations(at=now)
    uncounted = list_uncounted_gammes()
    for done, gamme_id in enumerate(uncounted, start=1):
        keep_gamme_facets(gamme_id, at=now)
        progress("facets", done, len(uncounted))
    return types, written


def _gather_statistics() -> None:
    """Let the planner know what the tables hold, before the orders ask it; autovacuum would be too late."""
    session.execute(text("ANALYZE"))


def _peak_mb() -> int:
    """Return the most memory that this process had, in MB; the system counts in KB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)
