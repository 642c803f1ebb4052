"""Mails: written in the transaction of what they tell, sent afterwards."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, CreatedAt, Id, Moment


class Mail(Base):
    """One mail to one person; `dedupe_key` lets the same news be written once only."""

    __tablename__ = "mail"
    __table_args__ = (
        Index("ix_mail_waiting", "id", postgresql_where=sql("status = 'queued'")),
        Index("ix_mail_failed", "id", postgresql_where=sql("status = 'failed'")),
        Index("ix_mail_order_id", "order_id"),
        # What each said is forgotten after a while; that it was sent is not.
        Index("ix_mail_said", "sent_at", postgresql_where=sql("status = 'sent' AND html <> ''")),
        CheckConstraint("status IN ('queued', 'sent', 'failed')", name="status_known"),
    )

    id: Mapped[Id]
    template: Mapped[str] = mapped_column(String(60))
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    html: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("shop_order.id"))
    # The invoice whose PDF goes with it.
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))
    status: Mapped[str] = mapped_column(String(8), default="queued", server_default="queued")
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    last_error: Mapped[str] = mapped_column(String(500), default="", server_default="")
    created_at: Mapped[CreatedAt]
    # Until then somebody is sending it, or it waits after a refusal.
    next_try_at: Mapped[CreatedAt]
    sent_at: Mapped[Moment | None]
