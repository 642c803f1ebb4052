"""Attempts to pay an order, what the bank told us about them, and refunds. No card data."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Sequence,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.payments import PaymentStatus
from models.database import Base, Cents, CreatedAt, Id, Moment
from models.orders import Order

# NUMQUESTION of Paybox's server interface: ten digits, never repeated (PAYBOX.md).
paybox_question_sequence = Sequence("paybox_question", maxvalue=9_999_999_999, cycle=True, metadata=Base.metadata)

_STATUSES = ", ".join(f"'{status}'" for status in PaymentStatus)


class Payment(Base):
    """One attempt to pay one order; `reference` is PBX_CMD, unique per attempt."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("order_id", "attempt"),
        Index(
            "uq_payment_open",
            "order_id",
            unique=True,
            postgresql_where=text("status IN ('pending', 'processing')"),
        ),
        Index(
            "ix_payment_unsettled",
            "sent_at",
            postgresql_where=text("status IN ('processing', 'cancelled', 'failed') AND inquired_at IS NULL"),
        ),
        CheckConstraint(f"status IN ({_STATUSES})", name="status_known"),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("refunded_cents BETWEEN 0 AND amount_cents", name="refunds_within_amount"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(60), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"))
    attempt: Mapped[int] = mapped_column(SmallInteger)
    amount_cents: Mapped[Cents]
    currency: Mapped[str] = mapped_column(String(3), default="EUR", server_default="EUR")
    status: Mapped[str] = mapped_column(String(20), default=PaymentStatus.PENDING, server_default="pending")
    gateway: Mapped[str] = mapped_column(String(20), default="paybox", server_default="paybox")
    # What the bank answered: error code, authorisation, transaction (S), call (T), 3-D Secure and liability.
    error_code: Mapped[str] = mapped_column(String(8), default="", server_default="")
    authorisation: Mapped[str] = mapped_column(String(20), default="", server_default="")
    transaction_number: Mapped[str] = mapped_column(String(20), default="", server_default="")
    call_number: Mapped[str] = mapped_column(String(20), default="", server_default="")
    card_kind: Mapped[str] = mapped_column(String(20), default="", server_default="")
    three_d_secure: Mapped[str] = mapped_column(String(1), default="", server_default="")
    liability_shift: Mapped[str] = mapped_column(String(1), default="", server_default="")
    refunded_cents: Mapped[Cents] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[CreatedAt]
    sent_at: Mapped[Moment | None]
    expires_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]
    # When the bank was asked about an attempt of which it told us nothing.
    inquired_at: Mapped[Moment | None]

    order: Mapped[Order] = relationship(back_populates="payments", lazy="raise")
    refunds: Mapped[list["Refund"]] = relationship(back_populates="payment", lazy="raise", order_by="Refund.id")
    notifications: Mapped[list["PaymentNotification"]] = relationship(lazy="raise", order_by="PaymentNotification.id")

    @property
    def refundable_cents(self) -> int:
        """What can still be given back; zero unless money was captured."""
        return self.amount_cents - self.refunded_cents if PaymentStatus(self.status).is_captured else 0


class PaymentNotification(Base):
    """One message from the bank, kept as it came; the same bytes are stored once."""

    __tablename__ = "payment_notification"
    __table_args__ = (
        Index("ix_payment_notification_payment_id", "payment_id"),
        Index("ix_payment_notification_received_at", "received_at"),
    )

    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    source_ip: Mapped[str] = mapped_column(String(45), default="", server_default="")
    # Which verifier accepted the signature; empty = none did.
    verified_by: Mapped[str] = mapped_column(String(40), default="", server_default="")
    # What was done with it: paid, refused, duplicate, ignored, anomaly…, and why in plain words.
    outcome: Mapped[str] = mapped_column(String(20), default="", server_default="")
    detail: Mapped[str] = mapped_column(String(300), default="", server_default="")
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    times_received: Mapped[int] = mapped_column(SmallInteger, default=1, server_default=text("1"))
    received_at: Mapped[CreatedAt]


class Refund(Base):
    """Money given back: written as requested before the bank is called, settled by its answer."""

    __tablename__ = "refund"
    __table_args__ = (
        Index("ix_refund_payment_id", "payment_id"),
        Index("ix_refund_unsettled", "created_at", postgresql_where=text("status IN ('requested', 'unknown')")),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("status IN ('requested', 'completed', 'failed', 'unknown')", name="status_known"),
    )

    id: Mapped[Id]
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"))
    question_number: Mapped[int] = mapped_column(BigInteger, unique=True)
    amount_cents: Mapped[Cents]
    reason: Mapped[str] = mapped_column(String(255))
    status: Mapped[str] = mapped_column(String(10), default="requested", server_default="requested")
    bank_answer: Mapped[str] = mapped_column(String(200), default="", server_default="")
    by: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[CreatedAt]
    settled_at: Mapped[Moment | None]

    payment: Mapped[Payment] = relationship(back_populates="refunds", lazy="raise")
