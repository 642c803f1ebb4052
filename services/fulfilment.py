"""What staff do with an order: each move under its lock, checked against what they saw, and audited."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError
from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, selectinload

from domain.errors import Conflict, NotFound
from domain.orders import Actor
from models.database import session
from models.mail import Mail
from models.orders import Order
from models.payments import Payment
from models.staff import AuditEntry, StaffMember
from services.orders import (
    CARRIER_WANTED,
    TRACKING_WANTED,
    cancel_order,
    deliver_order,
    get_order,
    is_tracking_number,
    ship_order,
    start_processing,
)
from services.staff import record_change

Text = Annotated[str, StringConstraints(strip_whitespace=True)]


class ChangedMeanwhile(Conflict):
    """Somebody else changed the order after it was shown."""


class SeenOrder(BaseModel):
    """The version of the order that was on the screen."""

    version: int = Field(ge=1, le=2**31 - 1)


def _carrier(text: str) -> str:
    if not text:
        raise PydanticCustomError("shop", CARRIER_WANTED)
    return text


def _tracking_number(text: str) -> str:
    if not is_tracking_number(text):
        raise PydanticCustomError("shop", TRACKING_WANTED)
    return text


class Shipment(SeenOrder):
    """The parcel that leaves; every mistake is said at once."""

    carrier: Annotated[Text, Field(max_length=40, validate_default=True), AfterValidator(_carrier)] = ""
    tracking_number: Annotated[Text, Field(validate_default=True), AfterValidator(_tracking_number)] = ""


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
    """List the mails written about an order, newest first, without what they say."""
    about = select(Mail).options(defer(Mail.html, raiseload=True), defer(Mail.text, raiseload=True))
    return list(session.scalars(about.where(Mail.order_id == order_id).order_by(Mail.id.desc()).limit(limit)))


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


def name_actors(actors: Iterable[str]) -> dict[str, str]:
    """Return in plain words who stands behind « staff:3 », « customer:12 », « guest » and « system »."""
    names = {actor: _KINDS.get(actor.partition(":")[0], actor) for actor in actors}
    ids = {int(actor.partition(":")[2]): actor for actor in names if actor.startswith("staff:")}
    if ids:
        for member in session.scalars(select(StaffMember).where(StaffMember.id.in_(ids))):
            names[ids[member.id]] = member.full_name
    return names


_KINDS = {"staff": "l'équipe", "customer": "le client", "guest": "le client", "system": "la boutique"}


def prepare_order(order_id: int, seen: SeenOrder, *, by: Actor, at: datetime) -> Order:
    """Begin to prepare a paid order; raises ChangedMeanwhile, IllegalMove or Forbidden, and then changes nothing."""
    with _changing("order.prepare", order_id, seen, by=by) as order:
        start_processing(order, by=by, at=at)
    return order


def send_parcel(order_id: int, shipment: Shipment, *, by: Actor, at: datetime) -> Order:
    """Ship an order; raises MissingTracking besides what `prepare_order` raises."""
    with _changing("order.ship", order_id, shipment, by=by) as order:
        ship_order(order, carrier=shipment.carrier, tracking_number=shipment.tracking_number, by=by, at=at)
    return order


def confirm_delivery(order_id: int, seen: SeenOrder, *, by: Actor, at: datetime) -> Order:
    """Record that a parcel arrived; raises what `prepare_order` raises."""
    with _changing("order.deliver", order_id, seen, by=by) as order:
        deliver_order(order, by=by, at=at)
    return order


def withdraw_order(order_id: int, cancellation: Cancellation, *, by: Actor, at: datetime) -> Order:
    """Cancel an order in the shop's name; raises MissingReason besides what `prepare_order` raises."""
    with _changing("order.cancel", order_id, cancellation, by=by) as order:
        cancel_order(order, reason=cancellation.reason, by=by, at=at)
    return order


def write_staff_note(order_id: int, note: StaffNote, *, by: Actor, at: datetime) -> Order:
    """Replace the team's note on an order; raises ChangedMeanwhile."""
    with _changing("order.note", order_id, note, by=by) as order:
        order.staff_note = note.note
    return order


def settle_review(order_id: int, seen: SeenOrder, *, by: Actor, at: datetime) -> Order:
    """Record that a person has looked into what was odd about an order; raises ChangedMeanwhile."""
    with _changing("order.review", order_id, seen, by=by) as order:
        order.needs_review = ""
    return order


@contextmanager
def _changing(action: str, order_id: int, seen: SeenOrder, *, by: Actor) -> Iterator[Order]:
    """Lock an order that is still the one on the screen and write what changes to the audit log.

    A refusal on the way undoes what was half done, so that the page which says no shows the order as it is.
    """
    with session.begin_nested():
        order = get_order(order_id, lock=True)
        if order.version != seen.version:
            raise ChangedMeanwhile(
                "Cette commande a changé depuis que vous l'avez ouverte. Rien n'a été enregistré :"
                " voici son état actuel, avec ce que vous aviez saisi."
            )
        before = _facts(order)
        yield order
        session.flush()
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


def _facts(order: Order) -> dict[str, Any]:
    return {
        "status": str(order.status),
        "carrier": order.carrier,
        "tracking_number": order.tracking_number,
        "staff_note": order.staff_note,
        "needs_review": order.needs_review,
        "cancel_reason": order.cancel_reason,
    }
