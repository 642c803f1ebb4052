"""What belongs to this visitor on every page: the chosen vehicle, the cart's badge, who is signed in."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import structlog
from flask import Flask, Response, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.local import LocalProxy

from config import settings
from domain.errors import ShopError
from services.cart import count_packs
from services.frame import get_frame
from services.search.journal import search_is_away_since
from services.vehicles import Car, find_vehicle_type
from web.auth import cart_owner, find_customer, find_staff_member
from web.page_keys import VEHICLE_COOKIE, read_vehicle

Value = TypeVar("Value")
log = structlog.get_logger()
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
    chosen = read_vehicle(value)
    vehicle_type = find_vehicle_type(chosen[0]) if chosen else None
    return Car(vehicle_type, chosen[1]) if chosen and vehicle_type else None


def cart_count() -> int:
    """Return the packs in the visitor's cart, zero when carts cannot be read just now."""
    try:
        return count_packs(cart_owner())
    except ConnectionError as error:
        log.warning("cart.count_unavailable", error=str(error))
        return 0


def visitor_of_day(at: datetime) -> str:
    """Return a hash that tells one visitor from another for a day: keyed, so that it leads back to nobody."""
    known = f"{at.date().isoformat()}|{request.remote_addr}|{request.user_agent.string}"
    key = settings().secret_key.get_secret_value().encode()[:64]
    return hashlib.blake2b(known.encode(), key=key, digest_size=8).hexdigest()


def install(app: Flask) -> None:
    """Offer the visitor's parts to every template; what a page does not use is not read."""

    @app.context_processor
    def visitor_context() -> dict[str, Any]:
        frame = _lazy(get_frame)
        return {
            "current_customer": _lazy(find_customer),
            "current_staff": _lazy(find_staff_member),
            "vehicle": _lazy(find_vehicle),
            "cart_count": _lazy(cart_count),
            "families": LocalProxy(lambda: frame.families if frame else ()),
            "shop": LocalProxy(lambda: frame.shop if frame else None),
            "search_away_since": _lazy(search_is_away_since),
        }


def safely(read: Callable[[], Value], default: Value) -> Value:
    """Return what `read` gives, else `default`: a page still shows when a server is away."""
    try:
        return read()
    except (SQLAlchemyError, ShopError, ConnectionError) as error:
        log.warning("visitor.unavailable", read=getattr(read, "__name__", ""), error=str(error))
        return default


def _lazy(read: Any, default: Any = None) -> Any:
    """Return a stand-in that reads at first use."""
    cell: list[Any] = []

    def value() -> Any:
        if not cell:
            cell.append(safely(read, default))
        return cell[0]

    return LocalProxy(value)
