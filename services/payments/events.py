"""What happens to payments, and the one refusal of paying."""

from dataclasses import dataclass

from domain.errors import Conflict
from models.outbox import Event


@dataclass(frozen=True)
class PaymentReceived(Event):
    """The bank took the money of an order that waited for it."""

    payment_id: int


@dataclass(frozen=True)
class PaymentRefused(Event):
    """The bank refused an attempt; the order still waits."""

    payment_id: int


@dataclass(frozen=True)
class PaymentAnomaly(Event):
    """The bank said something that does not add up: a person must look."""

    notification_id: int


class NotPayable(Conflict):
    """The order is paid already, cancelled, or its time is over."""
