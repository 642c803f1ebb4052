"""What the shop needs of a bank."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class BadSignature(Exception):
    """A notification that the bank did not sign."""


@dataclass(frozen=True)
class Buyer:
    """Whom the bank asks for the money; country is ISO 3166-1 numeric, phone E.164 or empty."""

    email: str
    first_name: str
    last_name: str
    line1: str
    line2: str
    postal_code: str
    city: str
    country_number: int
    phone: str = ""


@dataclass(frozen=True)
class ReturnAddresses:
    """Where the bank sends the browser back, and where it notifies the shop; none carries parameters of ours."""

    accepted: str
    refused: str
    cancelled: str
    waiting: str
    notification: str


@dataclass(frozen=True)
class PaymentRequest:
    """One attempt to pay: `reference` is unique per attempt, the amount is in cents, `packs` counts the goods."""

    reference: str
    amount_cents: int
    currency: str
    packs: int
    buyer: Buyer
    returns: ReturnAddresses
    at: datetime


@dataclass(frozen=True)
class PaymentForm:
    """The form a browser posts to the bank: its address and its fields in order."""

    url: str
    fields: list[tuple[str, str]]


@dataclass(frozen=True)
class Notification:
    """What a verified message of the bank says about one attempt."""

    reference: str
    amount_cents: int | None
    error_code: str
    authorisation: str
    transaction_number: str
    call_number: str
    card_kind: str
    three_d_secure: str
    liability_shift: str
    verified_by: str

    @property
    def is_test_authorisation(self) -> bool:
        """Whether the authorisation number is the one of test contracts."""
        return self.authorisation == "XXXXXX"

    @property
    def is_accepted(self) -> bool:
        """Whether the bank says that it took the money."""
        return self.error_code == "00000" and bool(self.authorisation)


class Settlement(StrEnum):
    """How a call to the bank ended; unknown is not failed, and what never left can be sent again."""

    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"


class TransactionState(StrEnum):
    """What the bank says, on inquiry, that a transaction is."""

    AUTHORISED = "authorised"
    CAPTURED = "captured"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class BankAnswer:
    """The answer to a server-to-server call; `state` is what an inquiry says of the transaction it is about."""

    settlement: Settlement
    code: str
    comment: str = ""
    transaction_number: str = ""
    call_number: str = ""
    authorisation: str = ""
    state: TransactionState = TransactionState.UNKNOWN


@dataclass(frozen=True)
class RefundRequest:
    """A question about one transaction: money to give back, or what became of it; its number names it for ever.

    For an inquiry the amount is that of the payment: the bank refuses to know a transaction of another amount.
    """

    question_number: int
    reference: str
    amount_cents: int
    currency: str
    call_number: str
    transaction_number: str
    at: datetime


class PaymentGateway(Protocol):
    """A bank's hosted page, its notifications and its server interface."""

    def prepare(self) -> None:
        """Find out which page host answers, before any row is locked: `payment_form` makes no call."""

    def payment_form(self, request: PaymentRequest) -> PaymentForm:
        """Return the signed form of one attempt."""

    def read_notification(self, raw: bytes) -> Notification:
        """Return what a notification says; raises BadSignature unless a configured verifier accepts the raw bytes."""

    def refund(self, request: RefundRequest) -> BankAnswer:
        """Ask for a refund; a time-out is Settlement.UNKNOWN, never an exception, no connection NOT_SENT."""

    def inquire(self, request: RefundRequest) -> BankAnswer:
        """Ask what became of the transaction that `request` is about."""
