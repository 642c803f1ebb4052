"""Does the shop hold together after an import? The checks of spec/legacy-schema.md, asked of the database."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select, text

from domain.errors import ShopError
from domain.legacy.people import hash_format
from models.catalog import Family, Fitment, Gamme, Product
from models.customers import Customer, CustomerAddress
from models.database import session, utc_now
from models.orders import Order
from models.vehicles import VehicleType
from services.products_filters import ProductFilters
from services.products_listing import list_products_for_vehicle
from services.vehicles import get_car

# Below this share of displayed parts with a price something is wrong with the prices, not with the parts.
PRICED_SHARE = 0.6
PAGES = 100


@dataclass(frozen=True)
class Check:
    """What was looked at, whether it holds, and the figures."""

    name: str
    holds: bool
    figures: str


def check_shop() -> list[Check]:
    """Return every check that needs the shop alone."""
    checks: tuple[Callable[[], Check], ...] = (
        _prices,
        _odd_prices,
        _families,
        _addresses,
        _fitment,
        _logins,
        _pages,
    )
    return [check() for check in checks]


def _prices() -> Check:
    shown, priced = session.execute(
        select(func.count(), func.count(Product.price_cents)).where(Product.is_displayed)
    ).one()
    share = priced / shown if shown else 1.0
    return Check(
        "displayed parts have a price",
        share >= PRICED_SHARE,
        f"{priced:,} of {shown:,} ({share:.1%}; at least {PRICED_SHARE:.0%})",
    )


def _odd_prices() -> Check:
    """spec/catalog.md, rule 8; they are sold all the same, so this only warns."""
    odd = session.scalar(select(func.count()).where(Product.price_cents > 10_000_00)) or 0
    return Check("no price above 10,000 €", odd == 0, f"{odd:,}")


def _families() -> Check:
    homeless = session.scalar(
        select(func.count())
        .select_from(Gamme)
        .join(Family, Family.id == Gamme.family_id)
        .where(Gamme.is_displayed, Family.id == 0)
    )
    return Check("every displayed gamme has a family", homeless == 0, f"{homeless:,} without")


def _addresses() -> Check:
    without = session.scalar(
        select(func.count())
        .select_from(Customer)
        .where(
            exists().where(Order.customer_id == Customer.id),
            ~exists().where(CustomerAddress.customer_id == Customer.id),
        )
    )
    return Check("customers who ordered have an address", without == 0, f"{without:,} without")


def _fitment() -> Check:
    groups = session.scalar(text("SELECT count(*) FROM fitment_group")) or 0
    pairs = session.scalar(text("SELECT count(*) FROM fitment")) or 0
    parts = session.scalar(select(func.count(Product.fitment_group_id))) or 0
    shown = session.scalar(select(func.count()).where(Product.is_displayed)) or 0
    return Check(
        "parts share sets of vehicles",
        groups <= parts,
        f"{parts:,} of {shown:,} displayed parts fit something, by {groups:,} sets of {pairs:,} rows",
    )


def _logins() -> Check:
    """Every format is one that services/passwords.py compares; who has none asks for a new one."""
    counts: Counter[str] = Counter()
    query = select(Customer.password_hash).where(Customer.legacy_id.is_not(None), Customer.is_active)
    for (stored,) in session.execute(query.execution_options(yield_per=5_000)):
        counts[hash_format(stored)] += 1
    figures = ", ".join(f"{name} {number:,}" for name, number in counts.most_common()) or "no customers"
    return Check("active customers can sign in", True, figures)


def _pages() -> Check:
    """A hundred pages of a gamme for a vehicle, taken by chance, read by the shop's own service."""
    asked = empty = 0
    first = ""
    for type_id, gamme_id in _pairs():
        asked += 1
        try:
            found = list_products_for_vehicle(gamme_id, get_car(type_id), ProductFilters(), at=utc_now())
            shown = len(found.rows)
        except ShopError:
            shown = 0
        if not shown:
            empty += 1
            first = first or f", first: gamme {gamme_id}, vehicle {type_id}"
    return Check("pages of a gamme for a vehicle show parts", empty == 0, f"{asked} read, {empty} empty{first}")


def _pairs() -> Iterator[tuple[int, int]]:
    chosen: Any = (
        select(Product.fitment_group_id)
        .join(Product.gamme)
        .join(Gamme.family)
        .where(Product.is_displayed, Product.fitment_group_id.is_not(None), Product.price_cents.is_not(None))
        .where(Gamme.is_displayed, Family.is_displayed)
        .order_by(func.random())
        .limit(PAGES)
    )
    for group_id in session.scalars(chosen).all():
        pair = session.execute(
            select(Fitment.vehicle_type_id, Fitment.gamme_id)
            .join(VehicleType, VehicleType.id == Fitment.vehicle_type_id)
            .where(Fitment.group_id == group_id, VehicleType.is_displayed)
            .order_by(func.random())
            .limit(1)
        ).first()
        if pair:
            yield pair[0], pair[1]
