"""Stock: what can be promised, and the promises; one conditional statement per line, so nothing is ever oversold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from config import settings
from domain.errors import Conflict, ShopError
from domain.orders import Actor
from models.catalog import Product
from models.database import session, wait_for_locks
from models.orders import Order
from models.outbox import Event, record
from models.stock import StockItem, StockMovement, StockReservation
from services.cache import spoil_products
from services.index_marks import mark_for_index
from services.products_rows import ListedProduct

# What the untracked mode reports (spec/stock-management.md, rule 1).
ALWAYS_AVAILABLE = 999


class OutOfStock(ShopError):
    """Fewer packs can be promised than were asked for; `details` has product_id and available."""

    code = "OUT_OF_STOCK"


class StockPromised(ShopError):
    """Fewer packs were counted than orders were promised."""

    code = "STOCK_PROMISED"
    status = 409


@dataclass(frozen=True)
class StockTurned(Event):
    """The last pack of a product was promised, or there is one again."""

    product_id: int


def is_tracked() -> bool:
    """Say whether quantities are counted (decision 16)."""
    return settings().stock_mode == "TRACKED"


def available_packs(product: Product | ListedProduct) -> int:
    """Return the packs of `product` that can be promised now; needs `product.stock` loaded."""
    if not is_tracked():
        return ALWAYS_AVAILABLE
    return product.stock.available if product.stock else 0


def packs_held_for(cart_owner: str) -> dict[int, int]:
    """Return the packs by product id that the owner's own unpaid orders hold: a new checkout sets them free."""
    held = session.execute(
        select(StockReservation.product_id, func.sum(StockReservation.quantity))
        .join(Order, Order.id == StockReservation.order_id)
        .where(Order.cart_owner == cart_owner, Order.status == "pending", StockReservation.status == "active")
        .group_by(StockReservation.product_id)
    )
    return {row[0]: row[1] for row in held}


def lock_stock(product_ids: Iterable[int]) -> None:
    """Lock stock rows in product order: whoever touches several takes them all this way, so nobody deadlocks."""
    ids = sorted(set(product_ids))
    wait_for_locks()
    session.execute(
        select(StockItem.product_id)
        .where(StockItem.product_id.in_(ids))
        .order_by(StockItem.product_id)
        .with_for_update()
    )


def reserve_stock(order_id: int, quantities: Mapping[int, int], *, expires_at: datetime | None) -> None:
    """Promise packs by product id to an order, all of them or raise OutOfStock; `expires_at` None = until shipped."""
    if not is_tracked():
        return
    for product_id, quantity in sorted(quantities.items()):
        left = session.execute(
            update(StockItem)
            .where(StockItem.product_id == product_id, StockItem.on_hand - StockItem.reserved >= quantity)
            .values(reserved=StockItem.reserved + quantity)
            .returning(StockItem.on_hand - StockItem.reserved)
            .execution_options(synchronize_session=False)
        ).scalar()
        if left is None:
            raise _out_of_stock(product_id)
        if left == 0:
            _tell_turned(product_id)
        session.add(
            StockReservation(order_id=order_id, product_id=product_id, quantity=quantity, expires_at=expires_at)
        )
    session.flush()
    spoil_products(quantities)


def extend_reservations(order_id: int, *, expires_at: datetime | None) -> None:
    """Move the end of an order's promises; None makes them stand until the parcel leaves."""
    session.execute(
        update(StockReservation)
        .where(StockReservation.order_id == order_id, StockReservation.status == "active")
        .values(expires_at=expires_at)
    )


def release_reservations(order_id: int, *, at: datetime) -> None:
    """Give an order's promised packs back to the shelf; a second call changes nothing."""
    active = _active(order_id)
    for reservation in active:
        available = session.execute(
            update(StockItem)
            .where(StockItem.product_id == reservation.product_id)
            .values(reserved=StockItem.reserved - reservation.quantity)
            .returning(StockItem.on_hand - StockItem.reserved)
            .execution_options(synchronize_session=False)
        ).scalar()
        if available == reservation.quantity:
            _tell_turned(reservation.product_id)
        reservation.status, reservation.ended_at = "released", at
    session.flush()
    spoil_products(reservation.product_id for reservation in active)


def consume_reservations(order_id: int, *, by: str, at: datetime) -> None:
    """Take an order's promised packs off the shelf as its parcel leaves, one movement each."""
    # What can be promised stays the same, so no cached page changes.
    for reservation in _active(order_id):
        on_hand = session.execute(
            update(StockItem)
            .where(StockItem.product_id == reservation.product_id)
            .values(
                reserved=StockItem.reserved - reservation.quantity,
                on_hand=StockItem.on_hand - reservation.quantity,
            )
            .returning(StockItem.on_hand)
            .execution_options(synchronize_session=False)
        ).scalar_one()
        reservation.status, reservation.ended_at = "consumed", at
        session.add(
            StockMovement(
                product_id=reservation.product_id,
                kind="out",
                quantity=reservation.quantity,
                on_hand_before=on_hand + reservation.quantity,
                on_hand_after=on_hand,
                reason="Expédition",
                order_id=order_id,
                by=by,
                created_at=at,
            )
        )
    session.flush()


def count_stock(
    product_id: int, on_hand: int, *, seen: int, low_threshold: int, reason: str, by: Actor, at: datetime
) -> dict[str, int]:
    """Set the packs on hand to what was counted, one movement, and return on_hand and low_threshold as they were.

    Raises Conflict when no longer `seen` packs lie there, StockPromised below what orders hold; then changes nothing.
    """
    wait_for_locks()
    session.execute(insert(StockItem).values(product_id=product_id).on_conflict_do_nothing())
    stock = session.get_one(StockItem, product_id, with_for_update=True, populate_existing=True)
    if stock.on_hand != seen:
        raise Conflict(f"Le stock a bougé entre-temps : il y en a {stock.on_hand}. Recomptez.", field="on_hand")
    if on_hand < stock.reserved:
        raise StockPromised(
            f"{stock.reserved} sont réservés par des commandes : annulez-en d'abord, ou recomptez.", field="on_hand"
        )
    before = {"on_hand": stock.on_hand, "low_threshold": stock.low_threshold}
    was_available, stock.on_hand, stock.low_threshold, stock.updated_at = stock.available, on_hand, low_threshold, at
    if on_hand != seen:
        session.add(
            StockMovement(
                product_id=product_id,
                kind="adjustment",
                quantity=abs(on_hand - seen),
                on_hand_before=seen,
                on_hand_after=on_hand,
                reason=reason,
                by=str(by),
                created_at=at,
            )
        )
    session.flush()
    if (was_available > 0) != (stock.available > 0):
        _tell_turned(product_id)
    return before


def _tell_turned(product_id: int) -> None:
    mark_for_index([product_id])
    record(StockTurned(product_id))


def _active(order_id: int) -> list[StockReservation]:
    reservations = session.scalars(
        select(StockReservation)
        .where(StockReservation.order_id == order_id, StockReservation.status == "active")
        .order_by(StockReservation.product_id)
    ).all()
    lock_stock(reservation.product_id for reservation in reservations)
    return list(reservations)


def _out_of_stock(product_id: int) -> OutOfStock:
    row = session.execute(
        select(Product.name, Product.reference, StockItem.on_hand - StockItem.reserved)
        .outerjoin(StockItem, StockItem.product_id == Product.id)
        .where(Product.id == product_id)
    ).one()
    name, reference, available = row[0], row[1], row[2] or 0
    if available <= 0:
        message = f"« {name} » ({reference}) n'est plus en stock."
    else:
        message = f"Il ne reste que {available} « {name} » ({reference}) en stock."
    return OutOfStock(message, field="quantity", details={"product_id": product_id, "available": available})
