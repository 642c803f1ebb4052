"""Customers and their addresses."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.database import Base, CreatedAt, Id, Moment


class Customer(Base):
    """Somebody who has an account; guests are known only by their orders."""

    __tablename__ = "customer"
    __table_args__ = (
        Index("uq_customer_email", text("lower(email)"), unique=True),
        Index("ix_customer_created_at", "created_at"),
        CheckConstraint("level BETWEEN 1 AND 6", name="level_range"),
        CheckConstraint("siret IS NULL OR siret ~ '^[0-9]{14}$'", name="siret_digits"),
    )

    id: Mapped[Id]
    legacy_id: Mapped[str | None] = mapped_column(String(60), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    # bcrypt, or one of the legacy formats until the next sign-in.
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_changed_at: Mapped[Moment | None]
    civility: Mapped[str] = mapped_column(String(10), default="", server_default="")
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str] = mapped_column(String(20), default="", server_default="")
    is_pro: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    company: Mapped[str] = mapped_column(String(120), default="", server_default="")
    siret: Mapped[str | None] = mapped_column(String(14))
    vat_number: Mapped[str | None] = mapped_column(String(20))
    level: Mapped[int] = mapped_column(SmallInteger, default=1, server_default=text("1"))
    is_active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    accepted_terms_at: Mapped[Moment | None]
    created_at: Mapped[CreatedAt]
    last_login_at: Mapped[Moment | None]

    addresses: Mapped[list["CustomerAddress"]] = relationship(
        back_populates="customer", lazy="raise", order_by="CustomerAddress.id"
    )

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


class CustomerAddress(Base):
    """An address a customer keeps; orders hold their own copies."""

    __tablename__ = "customer_address"
    __table_args__ = (
        Index("ix_customer_address_customer_id", "customer_id"),
        Index("uq_customer_address_default", "customer_id", "kind", unique=True, postgresql_where=text("is_default")),
        CheckConstraint("kind IN ('shipping', 'billing')", name="kind_known"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_iso2"),
    )

    id: Mapped[Id]
    legacy_id: Mapped[str | None] = mapped_column(String(60), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    is_default: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    company: Mapped[str] = mapped_column(String(120), default="", server_default="")
    line1: Mapped[str] = mapped_column(String(120))
    line2: Mapped[str] = mapped_column(String(120), default="", server_default="")
    postal_code: Mapped[str] = mapped_column(String(12))
    city: Mapped[str] = mapped_column(String(100))
    country: Mapped[str] = mapped_column(String(2), default="FR", server_default="FR")
    phone: Mapped[str] = mapped_column(String(20), default="", server_default="")
    created_at: Mapped[CreatedAt]

    customer: Mapped[Customer] = relationship(back_populates="addresses", lazy="raise")
