"""Orders: what was bought, at which frozen price, for whom, and every state it went through."""

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.orders import OrderStatus
from models.database import Base, Cents, CreatedAt, Id, Moment
from models.vehicles import VehicleType

if TYPE_CHECKING:
    from models.customers import Customer
    from models.invoices import Invoice
    from models.payments import Payment

order_number_sequence = Sequence("order_number", metadata=Base.metadata)

_STATUSES = ", ".join(f"'{status}'" for status in OrderStatus)


class Order(Base):
    """One order; amounts are cents VAT included and never change after creation."""

    __tablename__ = "shop_order"
    __table_args__ = (
        Index("ix_shop_order_customer_id", "customer_id", text("id DESC")),
        Index("ix_shop_order_email", text("lower(email)")),
        Index("ix_shop_order_status", "status", text("id DESC")),
        Index("ix_shop_order_placed_at", "placed_at"),
        Index("ix_shop_order_paid_at", "paid_at"),
        Index("ix_shop_order_last_name", text("lower(shipping_address ->> 'last_name')")),
        Index("ix_shop_order_tracking_number", "tracking_number", postgresql_where=text("tracking_number <> ''")),
        Index("ix_shop_order_needs_review", text("id DESC"), postgresql_where=text("needs_review <> ''")),
        Index("ix_shop_order_cart_owner", "cart_owner", postgresql_where=text("status = 'pending'")),
        Index("ix_shop_order_unpaid", "expires_at", postgresql_where=text("status = 'pending'")),
        CheckConstraint(f"status IN ({_STATUSES})", name="status_known"),
        CheckConstraint(
            "total_cents = goods_cents - discount_cents + deposit_cents + shipping_cents", name="total_adds_up"
        ),
        CheckConstraint(
            "goods_cents >= 0 AND deposit_cents >= 0 AND shipping_cents >= 0 AND total_cents >= 0"
            " AND discount_cents BETWEEN 0 AND goods_cents AND vat_cents BETWEEN 0 AND total_cents",
            name="amounts_not_negative",
        ),
        # The old shop kept no tracking numbers.
        CheckConstraint(
            "status <> 'shipped' OR tracking_number <> '' OR legacy_id IS NOT NULL", name="shipped_has_tracking"
        ),
    )

    id: Mapped[Id]
    legacy_id: Mapped[str | None] = mapped_column(String(60), unique=True)
    # The old shop's own number of the state, and whether it kept no VAT so that it was reckoned at 20 %.
    legacy_status: Mapped[str] = mapped_column(String(20), default="", server_default="")
    is_vat_estimated: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    number: Mapped[str] = mapped_column(String(20), unique=True)
    # One key per checkout attempt: a double click places one order.
    idempotency_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    # Whose cart it came from, so that payment empties that cart and a new checkout replaces an unpaid one.
    cart_owner: Mapped[str] = mapped_column(String(100), default="", server_default="")
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("shop_order.id"))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(20), default="", server_default="")
    status: Mapped[str] = mapped_column(String(12), default=OrderStatus.PENDING, server_default="pending")
    currency: Mapped[str] = mapped_column(String(3), default="EUR", server_default="EUR")

    goods_cents: Mapped[Cents]
    discount_cents: Mapped[Cents] = mapped_column(default=0, server_default=text("0"))
    deposit_cents: Mapped[Cents] = mapped_column(default=0, server_default=text("0"))
    shipping_cents: Mapped[Cents] = mapped_column(default=0, server_default=text("0"))
    total_cents: Mapped[Cents]
    # VAT contained in the total.
    vat_cents: Mapped[Cents]

    # Copies of domain/addresses.py: PostalAddress; later edits of the account do not change them.
    shipping_address: Mapped[dict[str, Any]] = mapped_column(JSONB)
    billing_address: Mapped[dict[str, Any]] = mapped_column(JSONB)
    shipping_method: Mapped[str] = mapped_column(String(20))
    vehicle_type_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle_type.id"))
    vehicle_label: Mapped[str] = mapped_column(String(200), default="", server_default="")
    customer_note: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    staff_note: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    terms_accepted_at: Mapped[Moment | None]

    carrier: Mapped[str] = mapped_column(String(40), default="", server_default="")
    tracking_number: Mapped[str] = mapped_column(String(60), default="", server_default="")
    delivery_from: Mapped[date | None]
    delivery_to: Mapped[date | None]
    cancel_reason: Mapped[str] = mapped_column(String(500), default="", server_default="")
    # Set when money and stock disagree and a person must look (late success, paid twice…).
    needs_review: Mapped[str] = mapped_column(String(300), default="", server_default="")

    placed_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment | None]
    paid_at: Mapped[Moment | None]
    shipped_at: Mapped[Moment | None]
    delivered_at: Mapped[Moment | None]
    cancelled_at: Mapped[Moment | None]
    returned_at: Mapped[Moment | None]
    refunded_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    customer: Mapped["Customer | None"] = relationship(lazy="raise")
    vehicle: Mapped[VehicleType | None] = relationship(lazy="raise")
    lines: Mapped[list["OrderLine"]] = relationship(back_populates="order", lazy="raise", order_by="OrderLine.position")
    history: Mapped[list["OrderStatusChange"]] = relationship(lazy="raise", order_by="OrderStatusChange.id")
    payments: Mapped[list["Payment"]] = relationship(back_populates="order", lazy="raise", order_by="Payment.id")
    invoices: Mapped[list["Invoice"]] = relationship(back_populates="order", lazy="raise", order_by="Invoice.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def packs(self) -> dict[int, int]:
        """The ordered packs by product id; needs `lines` loaded."""
        packs: dict[int, int] = {}
        for line in self.lines:
            if line.kind == "goods" and line.product_id is not None:
                packs[line.product_id] = packs.get(line.product_id, 0) + line.quantity
        return packs


class OrderLine(Base):
    """One line of an order: goods, a deposit (consigne) or the shipping; frozen when the order is placed."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        Index("ix_order_line_product_id", "product_id"),
        Index("ix_order_line_reference", text("upper(reference)")),
        CheckConstraint("kind IN ('goods', 'deposit', 'shipping')", name="kind_known"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("unit_cents >= 0", name="unit_not_negative"),
        CheckConstraint("discount_cents BETWEEN 0 AND unit_cents * quantity", name="discount_range"),
        CheckConstraint("kind = 'goods' OR discount_cents = 0", name="only_goods_discounted"),
        CheckConstraint("total_cents = unit_cents * quantity - discount_cents", name="total_adds_up"),
        CheckConstraint("vat_cents BETWEEN 0 AND total_cents", name="vat_range"),
        CheckConstraint("kind = 'shipping' OR product_id IS NOT NULL OR reference <> ''", name="names_an_article"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str] = mapped_column(String(10))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    reference: Mapped[str] = mapped_column(String(60), default="", server_default="")
    brand_name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    name: Mapped[str] = mapped_column(String(200))
    quantity: Mapped[int]
    unit_cents: Mapped[Cents]
    discount_cents: Mapped[Cents] = mapped_column(default=0, server_default=text("0"))
    total_cents: Mapped[Cents]
    vat_basis_points: Mapped[int] = mapped_column(SmallInteger)
    # VAT contained in total_cents, rounded half-up.
    vat_cents: Mapped[Cents]
    # What was known of the fit when it was bought: fits, does_not_fit, to_check or empty, with its reason.
    fit: Mapped[str] = mapped_column(String(16), default="", server_default="")
    fit_reason: Mapped[str] = mapped_column(String(300), default="", server_default="")

    order: Mapped[Order] = relationship(back_populates="lines", lazy="raise")

    @property
    def net_cents(self) -> int:
        """The line without VAT."""
        return self.total_cents - self.vat_cents


class OrderStatusChange(Base):
    """One move of an order from state to state; rows are only ever added."""

    __tablename__ = "order_status_change"
    __table_args__ = (Index("ix_order_status_change_order_id", "order_id", "id"),)

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id", ondelete="CASCADE"))
    from_status: Mapped[str | None] = mapped_column(String(12))
    to_status: Mapped[str] = mapped_column(String(12))
    # "system", "customer:12", "guest" or "staff:3".
    by: Mapped[str] = mapped_column(String(60))
    comment: Mapped[str] = mapped_column(String(500), default="", server_default="")
    at: Mapped[Moment]
