"""What lies on the shelf, what of it is promised, and every movement."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.database import Base, CreatedAt, Id, Moment

if TYPE_CHECKING:
    from models.catalog import Product


class StockItem(Base):
    """Packs of one product on hand and reserved; the database itself refuses an oversale."""

    __tablename__ = "stock_item"
    __table_args__ = (
        CheckConstraint("on_hand >= 0", name="on_hand_not_negative"),
        CheckConstraint("reserved BETWEEN 0 AND on_hand", name="reserved_within_on_hand"),
        CheckConstraint("low_threshold >= 0", name="low_threshold_not_negative"),
        # Only what runs out stands in it, so that the list of it costs the same in a large shop.
        Index(
            "ix_stock_item_low",
            text("(on_hand - reserved)"),
            "product_id",
            postgresql_where=text("(on_hand - reserved) <= low_threshold"),
        ),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), primary_key=True)
    on_hand: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    reserved: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    low_threshold: Mapped[int] = mapped_column(default=5, server_default=text("5"))
    location: Mapped[str] = mapped_column(String(40), default="", server_default="")
    next_restock_on: Mapped[date | None]
    updated_at: Mapped[CreatedAt]

    product: Mapped["Product"] = relationship(back_populates="stock", lazy="raise")

    @property
    def available(self) -> int:
        """Packs that can still be promised."""
        return self.on_hand - self.reserved


class StockMovement(Base):
    """One change of the quantity on hand; rows are only ever added."""

    __tablename__ = "stock_movement"
    __table_args__ = (
        Index("ix_stock_movement_product_id", "product_id", "id"),
        Index("ix_stock_movement_order_id", "order_id"),
        CheckConstraint("kind IN ('in', 'out', 'adjustment', 'return')", name="kind_known"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("on_hand_after >= 0", name="on_hand_after_not_negative"),
    )

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    kind: Mapped[str] = mapped_column(String(12))
    quantity: Mapped[int]
    on_hand_before: Mapped[int]
    on_hand_after: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("shop_order.id"))
    by: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[CreatedAt]


class StockReservation(Base):
    """Packs promised to one order (decision 19: to the order, never to the visitor)."""

    __tablename__ = "stock_reservation"
    __table_args__ = (
        Index(
            "uq_stock_reservation_active",
            "order_id",
            "product_id",
            unique=True,
            postgresql_where=text("status = 'active'"),
        ),
        Index("ix_stock_reservation_order_id", "order_id"),
        Index(
            "ix_stock_reservation_expiring",
            "expires_at",
            postgresql_where=text("status = 'active' AND expires_at IS NOT NULL"),
        ),
        Index("ix_stock_reservation_product_id", "product_id"),
        CheckConstraint("status IN ('active', 'released', 'consumed')", name="status_known"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    quantity: Mapped[int]
    status: Mapped[str] = mapped_column(String(10), default="active", server_default="active")
    # None once the order is paid: the promise then stands until the parcel leaves.
    expires_at: Mapped[Moment | None]
    created_at: Mapped[CreatedAt]
    ended_at: Mapped[Moment | None]
