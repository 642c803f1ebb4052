"""The eight states of an order and the moves between them (spec/orders.md)."""

from dataclasses import dataclass
from enum import StrEnum


class OrderStatus(StrEnum):
    """Where an order stands; there are no others (decision 21)."""

    PENDING = "pending"
    PAID = "paid"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    REFUNDED = "refunded"


@dataclass(frozen=True)
class Actor:
    """Who moves an order: the system, its owner, or a member of staff with a level."""

    kind: str
    id: int | None = None
    level: int = 0

    def __str__(self) -> str:
        return self.kind if self.id is None else f"{self.kind}:{self.id}"

    @classmethod
    def staff(cls, id: int, level: int) -> "Actor":
        """Return the actor for a member of staff of `level`."""
        return cls("staff", id, level)

    @classmethod
    def owner(cls, customer_id: int | None) -> "Actor":
        """Return the actor for the buyer: a customer, or a guest when there is no id."""
        return cls("customer", customer_id) if customer_id is not None else cls("guest")


SYSTEM = Actor("system")


@dataclass(frozen=True)
class Move:
    """One arrow of the table: who may take it."""

    by_system: bool = False
    by_owner: bool = False
    staff_level: int | None = None
    needs_reason: bool = False
    needs_tracking: bool = False

    def allows(self, actor: Actor) -> bool:
        """Say whether `actor` may take this arrow."""
        if actor.kind == "system":
            return self.by_system
        if actor.kind == "staff":
            return self.staff_level is not None and actor.level >= self.staff_level
        return self.by_owner


S = OrderStatus
MOVES: dict[tuple[OrderStatus, OrderStatus], Move] = {
    (S.PENDING, S.PAID): Move(by_system=True, staff_level=9),
    (S.PENDING, S.CANCELLED): Move(by_system=True, by_owner=True, staff_level=7, needs_reason=True),
    (S.PAID, S.PROCESSING): Move(staff_level=7),
    (S.PAID, S.CANCELLED): Move(by_system=True, by_owner=True, staff_level=7, needs_reason=True),
    (S.PROCESSING, S.SHIPPED): Move(staff_level=7, needs_tracking=True),
    (S.PROCESSING, S.CANCELLED): Move(staff_level=9, needs_reason=True),
    (S.SHIPPED, S.DELIVERED): Move(by_system=True, staff_level=7),
    (S.SHIPPED, S.RETURNED): Move(staff_level=7, needs_reason=True),
    (S.DELIVERED, S.RETURNED): Move(staff_level=7, needs_reason=True),
    # Only an order that was paid; the service checks that money was captured.
    (S.CANCELLED, S.REFUNDED): Move(by_system=True, staff_level=7),
    (S.RETURNED, S.REFUNDED): Move(by_system=True, staff_level=7),
    # A late success on a cancelled order whose stock could be reserved again (decision 18).
    (S.CANCELLED, S.PAID): Move(by_system=True),
}


def find_move(current: OrderStatus, target: OrderStatus) -> Move | None:
    """Return the arrow from `current` to `target`, None when the table has none."""
    return MOVES.get((current, target))


def moves_open_to(current: OrderStatus, actor: Actor) -> list[OrderStatus]:
    """List the states that `actor` may move an order to from `current`, in the order of the table."""
    return [target for (source, target), move in MOVES.items() if source == current and move.allows(actor)]
