"""What each gamme offers, counted beforehand: for a vehicle, from a brand, in all (services/vehicle_gammes.py).

These tables can be emptied and filled again from the catalogue at any time. They have no foreign keys: checking
millions of rows that a join has just found would take longer than finding them, and readers join what they show.
"""

from sqlalchemy import BigInteger, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base


class VehicleGamme(Base):
    """The sellable products of a gamme made for a vehicle type; those that fit any car are in GammeSummary."""

    __tablename__ = "vehicle_gamme"
    __table_args__ = (
        # The vehicles of a gamme, the best served first.
        Index("ix_vehicle_gamme_gamme_id", "gamme_id", text("product_count DESC"), "vehicle_type_id"),
    )

    vehicle_type_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    gamme_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    product_count: Mapped[int] = mapped_column(Integer)
    min_price_cents: Mapped[int] = mapped_column(Integer)


class GammeSummary(Base):
    """All sellable products of a gamme, those of them that fit any car, and how many vehicle types have some."""

    __tablename__ = "gamme_summary"

    gamme_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    product_count: Mapped[int] = mapped_column(Integer)
    min_price_cents: Mapped[int] = mapped_column(Integer)
    universal_count: Mapped[int] = mapped_column(Integer)
    # None = nothing fits any car.
    universal_min_price_cents: Mapped[int | None] = mapped_column(Integer)
    vehicle_count: Mapped[int] = mapped_column(Integer)


class BrandGamme(Base):
    """The sellable products of a brand in a gamme."""

    __tablename__ = "brand_gamme"

    brand_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    gamme_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    product_count: Mapped[int] = mapped_column(Integer)
    min_price_cents: Mapped[int] = mapped_column(Integer)
