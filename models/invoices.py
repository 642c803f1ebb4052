"""Invoices and credit notes: numbered without gaps, never changed once issued."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.database import Base, Cents, CreatedAt, Id, Moment
from models.orders import Order


class InvoiceCounter(Base):
    """The last number given in a series and year; its row is locked while one is taken, so none is skipped."""

    __tablename__ = "invoice_counter"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class Invoice(Base):
    """An issued invoice or credit note with everything it says; a credit note's amounts are negative."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("kind", "year", "sequence"),
        Index("uq_invoice_order", "order_id", unique=True, postgresql_where=text("kind = 'invoice'")),
        Index("ix_invoice_order_id", "order_id"),
        Index("ix_invoice_issued_at", "issued_at"),
        CheckConstraint("kind IN ('invoice', 'credit_note')", name="kind_known"),
        CheckConstraint("net_cents + vat_cents = total_cents", name="net_and_vat_make_total"),
        CheckConstraint("(kind = 'credit_note') = (parent_id IS NOT NULL)", name="credit_note_has_parent"),
        CheckConstraint("(kind = 'credit_note') = (refund_id IS NOT NULL)", name="credit_note_has_refund"),
        CheckConstraint("(kind = 'credit_note') = (total_cents < 0)", name="credit_note_is_negative"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[str] = mapped_column(String(12), default="invoice", server_default="invoice")
    year: Mapped[int] = mapped_column(SmallInteger)
    sequence: Mapped[int]
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"))
    # Of a credit note: the invoice that it takes back from, and the refund that it acknowledges, once.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refund.id"), unique=True)
    issued_at: Mapped[Moment]
    due_on: Mapped[date]
    currency: Mapped[str] = mapped_column(String(3), default="EUR", server_default="EUR")
    seller: Mapped[dict[str, Any]] = mapped_column(JSONB)
    buyer: Mapped[dict[str, Any]] = mapped_column(JSONB)
    net_cents: Mapped[Cents]
    vat_cents: Mapped[Cents]
    total_cents: Mapped[Cents]
    # [{"basis_points": 2000, "net_cents": …, "vat_cents": …, "total_cents": …}], one entry per rate.
    vat_breakdown: Mapped[list[dict[str, int]]] = mapped_column(JSONB)

    order: Mapped[Order] = relationship(back_populates="invoices", lazy="raise")
    parent: Mapped["Invoice | None"] = relationship(remote_side="Invoice.id", lazy="raise")
    lines: Mapped[list["InvoiceLine"]] = relationship(lazy="raise", order_by="InvoiceLine.position")
    document: Mapped["InvoiceDocument | None"] = relationship(lazy="raise")


class InvoiceLine(Base):
    """One line of an invoice, copied from its order line."""

    __tablename__ = "invoice_line"
    __table_args__ = (
        UniqueConstraint("invoice_id", "position"),
        CheckConstraint("net_cents + vat_cents = total_cents", name="net_and_vat_make_total"),
        CheckConstraint("kind IN ('goods', 'deposit', 'shipping')", name="kind_known"),
    )

    id: Mapped[Id]
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str] = mapped_column(String(10))
    reference: Mapped[str] = mapped_column(String(60), default="", server_default="")
    brand_name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    name: Mapped[str] = mapped_column(String(200))
    quantity: Mapped[int]
    unit_cents: Mapped[Cents]
    discount_cents: Mapped[Cents] = mapped_column(default=0, server_default=text("0"))
    vat_basis_points: Mapped[int] = mapped_column(SmallInteger)
    net_cents: Mapped[Cents]
    vat_cents: Mapped[Cents]
    total_cents: Mapped[Cents]


class InvoiceDocument(Base):
    """The PDF of an invoice, made once and kept: every download has the same bytes."""

    __tablename__ = "invoice_document"

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[CreatedAt]
