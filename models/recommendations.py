"""What goes with what, and what people look at and buy: counted by jobs (services/recommendations.py)."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, Cents


class GammeLink(Base):
    """A gamme that belongs to the same repair as another: pads with discs. Kept by staff and imports."""

    __tablename__ = "gamme_link"
    __table_args__ = (
        Index("ix_gamme_link_other_id", "other_id"),
        CheckConstraint("gamme_id <> other_id", name="links_two"),
    )

    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"), primary_key=True)
    # 1 = done in the same repair, 2 = worth a look meanwhile.
    level: Mapped[int] = mapped_column(SmallInteger, default=1, server_default=text("1"))
    position: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=text("0"))


class ProductView(Base):
    """How often a product's page was looked at on a day (Paris); nobody's name is kept."""

    __tablename__ = "product_view"
    __table_args__ = (Index("ix_product_view_day", "day"), CheckConstraint("views > 0", name="views_positive"))

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    views: Mapped[int]


class BestSeller(Base):
    """What was sold of a product in 90 days, in paid orders that stand: packs, and cents VAT included."""

    __tablename__ = "best_seller"
    __table_args__ = (
        Index("ix_best_seller_packs", text("packs DESC"), "product_id"),
        Index("ix_best_seller_brand_id", "brand_id", text("packs DESC")),
        Index("ix_best_seller_gamme_id", "gamme_id", text("packs DESC")),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"))
    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"))
    packs: Mapped[int]
    revenue_cents: Mapped[Cents]


class BoughtTogether(Base):
    """How many paid orders hold both products: at least two of them, the eight best others of each."""

    __tablename__ = "bought_together"
    __table_args__ = (Index("ix_bought_together_other_id", "other_id"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), primary_key=True)
    orders: Mapped[int]


class PopularGamme(Base):
    """A gamme's rank by what was looked at in 30 days and sold in 90; 1 is the most popular."""

    __tablename__ = "popular_gamme"
    __table_args__ = (Index("ix_popular_gamme_rank", "rank"),)

    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"), primary_key=True)
    rank: Mapped[int]
    views: Mapped[int]
    packs: Mapped[int]


class MakeGamme(Base):
    """Packs of a gamme sold in 90 days for the vehicles of a make."""

    __tablename__ = "make_gamme"
    __table_args__ = (Index("ix_make_gamme_gamme_id", "gamme_id"),)

    make_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("make.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"), primary_key=True)
    packs: Mapped[int]
