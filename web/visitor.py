"""What belongs to this visitor on every page: the chosen vehicle, the cart's badge, who is signed in."""

from typing import Any

import structlog
from flask import Flask, Response, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.local import LocalProxy

from config import settings
from domain.errors import ShopError
from services.cart import count_packs
from services.catalog import list_families
from services.settings import get_shop_identity
from services.vehicles import FIRST_YEAR, LAST_YEAR, Car, find_vehicle_type
from web.auth import cart_owner, find_customer, find_staff_member

log = structlog.get_logger()
VEHICLE_COOKIE = "vehicle"
VEHICLE_SECONDS = 90 * 86400


def find_vehicle() -> Car | None:
    """Return the vehicle the visitor chose, None when he has not; read once per request."""
    if "vehicle" not in g:
        g.vehicle = _read_cookie(request.cookies.get(VEHICLE_COOKIE, ""))
    chosen: Car | None = g.vehicle
    return chosen


def remember_vehicle(response: Response, type_id: int, year: int | None) -> None:
    """Keep the chosen vehicle in a cookie that the browser may read (« 1234 » or « 1234.2008 »)."""
    value = f"{type_id}.{year}" if year else str(type_id)
    response.set_cookie(
        VEHICLE_COOKIE, value, max_age=VEHICLE_SECONDS, samesite="Lax", secure=settings().is_production, path="/"
    )


def forget_vehicle(response: Response) -> None:
    """Drop the chosen vehicle."""
    response.delete_cookie(VEHICLE_COOKIE, samesite="Lax", path="/")


def _read_cookie(value: str) -> Car | None:
    number, _dot, year = value.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        return None
    vehicle_type = find_vehicle_type(int(number))
    if vehicle_type is None:
        return None
    return Car(vehicle_type, _read_year(year))


def _read_year(text: str) -> int | None:
    """A browser may hold anything: what is no year of a car is no year at all."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        return None
    return int(text) if FIRST_YEAR <= int(text) <= LAST_YEAR else None


def cart_count() -> int:
    """Return the packs in the visitor's cart, zero when carts cannot be read just now."""
    try:
        return count_packs(cart_owner())
    except ConnectionError as error:
        log.warning("cart.count_unavailable", error=str(error))
        return 0


def install(app: Flask) -> None:
    """Offer the visitor's parts to every template; what a page does not use is not read."""

    @app.context_processor
    def visitor_context() -> dict[str, Any]:
        return {
            "current_customer": _lazy(find_customer),
            "current_staff": _lazy(find_staff_member),
            "vehicle": _lazy(find_vehicle),
            "cart_count": _lazy(cart_count),
            "families": _lazy(list_families, default=[]),
            "shop": _lazy(get_shop_identity),
        }


def _lazy(read: Any, default: Any = None) -> Any:
    """Return a stand-in that reads at first use, so that an error page still shows when the database is away."""
    cell: list[Any] = []

    def value() -> Any:
        if not cell:
            try:
                cell.append(read())
            except (SQLAlchemyError, ShopError, ConnectionError) as error:
                log.warning("visitor.unavailable", read=read.__name__, error=str(error))
                cell.append(default)
        return cell[0]

    return LocalProxy(value)
