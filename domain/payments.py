"""States of a payment and what a bank's notification does to them: success dominates, duplicates are neutral."""

from enum import StrEnum


class PaymentStatus(StrEnum):
    """Where one attempt to pay stands (spec/payments.md)."""

    PENDING = "pending"
    PROCESSING = "processing"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"

    @property
    def is_captured(self) -> bool:
        """Whether the bank has taken the money (given back or not)."""
        return self in CAPTURED

    @property
    def is_open(self) -> bool:
        """Whether the shopper may still be at the bank."""
        return self in (PaymentStatus.PENDING, PaymentStatus.PROCESSING)


CAPTURED = frozenset({PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED})
