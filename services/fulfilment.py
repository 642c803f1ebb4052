"""What staff do with an order: each move under its lock, checked against what they saw, and audited."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from domain.errors import Conflict, NotFound
from domain.orders import Actor
from models.database import session
from models.mail import Mail
from models.orders import Order
from models.payments import Payment
from models.staff import AuditEntry
from services.orders import cancel_order, deliver_order, get_order, ship_order, start_processing
from services.staff import record_change

Text = Annotated[str, StringConstraints(strip_whitespace=True)]


class ChangedMeanwhile(Conflict):
    """Somebody else changed the order after it was shown."""


class SeenOrder(BaseModel):
    """The version of the order that was on the screen."""

    version: int = Field(ge=1, le=2**31 - 1)


class Shipment(SeenOrder):
    """The parcel that leaves."""

    carrier: Annotated[Text, Field(max_length=40)] = ""
    tracking_number: Annotated[Text, Field(max_length=60)] = ""


class Cancellation(SeenOrder):
    """Why an order will not be delivered."""

    reason: Annotated[Text, Field(max_length=500)] = ""


class StaffNote(SeenOrder):
    """What the team writes to itself about an order; may be empty."""

    note: Annotated[Text, Field(max_length=2000)] = ""


def get_order_file(order_id: int) -> Order:
    """Return an order with all that staff see of it: also each payment's notifications and refunds; or NotFound."""
    order = session.scalar(
        select(Order)
        .where(Order.id == order_id)
        .options(
            selectinload(Order.lines),
            selectinload(Order.history),
            selectinload(Order.invoices),
            selectinload(Order.payments).selectinload(Payment.refunds),
            selectinload(Order.payments).selectinload(Payment.notifications),
            joinedload(Order.customer),
        )
        .execution_options(populate_existing=True)
    )
    if order is None:
        raise NotFound("Cette commande n'existe pas.")
    return order


def list_mails_of_order(order_id: int, *, limit: int = 50) -> list[Mail]:
    """List the mails written about an order, newest first."""
    return list(session.scalars(select(Mail).where(Mail.order_id == order_id).order_by(Mail.id.desc()).limit(limit)))


def list_changes_of_order(order_id: int, *, limit: int = 50) -> list[AuditEntry]:
    """List what staff changed of an order, newest first."""
    return list(
        session.scalars(
            select(AuditEntry)
            .where(AuditEntry.subject_kind == "order", AuditEntry.subject_id == order_id)
            .order_by(AuditEntry.id.desc())
            .limit(limit)
        )
    )


def prepare_order(order_id: int, seen: SeenOrder, *, by: Actor, at: datetime) -> Order:
    """Begin to prepare a paid order; raises ChangedMeanwhile, IllegalMove or Forbidden."""
    order = _take(order_id, seen)
    before = _facts(order)
    start_processing(order, by=by, at=at)
    return _audit("order.prepare", order, before, by=by)


def send_parcel(order_id: int, shipment: Shipment, *, by: Actor, at: datetime) -> Order:
    """Ship an order; raises MissingTracking besides what `prepare_order` raises."""
    order = _take(order_id, shipment)
    before = _facts(order)
    ship_order(order, carrier=shipment.carrier, tracking_number=shipment.tracking_number, by=by, at=at)
    return _audit("order.ship", order, before, by=by)


def confirm_delivery(order_id: int, seen: SeenOrder, *, by: Actor, at: datetime) -> Order:
    """Record that a parcel arrived."""
    order = _take(order_id, seen)
    before = _facts(order)
    deliver_order(order, by=by, at=at)
    return _audit("order.deliver", order, before, by=by)


def withdraw_order(order_id: int, cancellation: Cancellation, *, by: Actor, at: datetime) -> Order:
    """Cancel an order in the shop's name; raises MissingReason besides what `prepare_order` raises."""
    order = _take(order_id, cancellation)
    before = _facts(order)
    cancel_order(order, reason=cancellation.reason, by=by, at=at)
    return _audit("order.cancel", order, before, by=by)


def write_staff_note(order_id: int, note: StaffNote, *, by: Actor) -> Order:
    """Replace the team's note on an order."""
    order = _take(order_id, note)
    before = _facts(order)
    order.staff_note = note.note
    session.flush()
    return _audit("order.note", order, before, by=by)


def settle_review(order_id: int, seen: SeenOrder, *, by: Actor) -> Order:
    """Record that a person has looked into what was odd about an order."""
    order = _take(order_id, seen)
    before = _facts(order)
    order.needs_review = ""
    session.flush()
    return _audit("order.review", order, before, by=by)


def _take(order_id: int, seen: SeenOrder) -> Order:
    """Lock an order; raises ChangedMeanwhile when it is no longer the one that was on the screen."""
    order = get_order(order_id, lock=True)
    if order.version != seen.version:
        raise ChangedMeanwhile(
            "Cette commande a changé depuis que vous l'avez ouverte. Rien n'a été enregistré :"
            " voici son état actuel, avec ce que vous aviez saisi."
        )
    return order


def _facts(order: Order) -> dict[str, Any]:
    return {
        "status": str(order.status),
        "carrier": order.carrier,
        "tracking_number": order.tracking_number,
        "staff_note": order.staff_note,
        "needs_review": order.needs_review,
        "cancel_reason": order.cancel_reason,
    }


def _audit(action: str, order: Order, before: dict[str, Any], *, by: Actor) -> Order:
    """Write to the audit log what changed and nothing else."""
    after = _facts(order)
    changed = [name for name in after if after[name] != before[name]]
    record_change(
        by=by,
        action=action,
        subject_kind="order",
        subject_id=order.id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return order
