"""Families, gammes (part kinds), brands, products and what describes and fits them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.database import Base, Cents, CreatedAt, Id, LegacyId
from models.stock import StockItem
from models.vehicles import VehicleType


class Family(Base):
    """One of the families of the menu: Filtres, Freinage…"""

    __tablename__ = "family"

    id: Mapped[LegacyId]
    alias: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(Text, default="", server_default="")
    drawing: Mapped[str] = mapped_column(String(60), default="", server_default="")
    is_displayed: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    gammes: Mapped[list["Gamme"]] = relationship(
        back_populates="family", lazy="raise", order_by="Gamme.position, Gamme.name"
    )


class Gamme(Base):
    """A kind of part: Disque de frein. Level 1 stands in menus, level 2 only behind a vehicle or a link."""

    __tablename__ = "gamme"
    __table_args__ = (
        Index("ix_gamme_family_id", "family_id", "position", "name"),
        Index("ix_gamme_top", "id", postgresql_where=text("is_top AND is_displayed")),
        CheckConstraint("level IN (1, 2)", name="level_known"),
    )

    id: Mapped[LegacyId]
    family_id: Mapped[int] = mapped_column(ForeignKey("family.id"))
    alias: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    plural_name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="", server_default="")
    drawing: Mapped[str] = mapped_column(String(60), default="", server_default="")
    level: Mapped[int] = mapped_column(SmallInteger, default=1, server_default=text("1"))
    is_displayed: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    is_top: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    is_indexable: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    family: Mapped[Family] = relationship(back_populates="gammes", lazy="raise")


class Brand(Base):
    """A maker of parts: Bosch, Brembo…"""

    __tablename__ = "brand"
    __table_args__ = (CheckConstraint("stars BETWEEN 1 AND 6", name="stars_range"),)

    id: Mapped[LegacyId]
    alias: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    description: Mapped[str] = mapped_column(Text, default="", server_default="")
    # Supplier of vehicle makers (OES) or maker for the aftermarket only.
    is_oes: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    stars: Mapped[int | None] = mapped_column(SmallInteger)
    is_displayed: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    is_top: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class FitmentGroup(Base):
    """A set of vehicles shared by every product that fits exactly these; belongs to one gamme (decision 14)."""

    __tablename__ = "fitment_group"
    __table_args__ = (Index("ix_fitment_group_gamme_id", "gamme_id"), UniqueConstraint("id", "gamme_id"))

    id: Mapped[Id]
    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id"))

    fitments: Mapped[list["Fitment"]] = relationship(lazy="raise", viewonly=True)


class Fitment(Base):
    """One vehicle of a group, with its own dates and restriction; several rows may name the same vehicle."""

    __tablename__ = "fitment"
    __table_args__ = (
        # "What fits this car here" is one range of this index.
        Index("ix_fitment_vehicle", "vehicle_type_id", "gamme_id", "group_id"),
        CheckConstraint("fitted_to IS NULL OR fitted_from IS NULL OR fitted_to >= fitted_from", name="dates_in_order"),
    )

    group_id: Mapped[int] = mapped_column(ForeignKey("fitment_group.id", ondelete="CASCADE"), primary_key=True)
    vehicle_type_id: Mapped[int] = mapped_column(ForeignKey("vehicle_type.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=0, server_default=text("0"))
    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id"))
    # First days of the first and the last month of production that the part fits; None = no bound of its own.
    fitted_from: Mapped[date | None]
    fitted_to: Mapped[date | None]
    restriction: Mapped[str] = mapped_column(String(200), default="", server_default="")

    vehicle: Mapped[VehicleType] = relationship(lazy="raise", viewonly=True)


class Product(Base):
    """One article of a brand, sold by packs of `sale_quantity`; price, deposit and stock are per pack, VAT included."""

    __tablename__ = "product"
    __table_args__ = (
        UniqueConstraint("brand_id", "reference_key"),
        Index("ix_product_reference_key", "reference_key", postgresql_ops={"reference_key": "text_pattern_ops"}),
        Index("ix_product_gamme_id", "gamme_id", "price_cents", "id", postgresql_where=text("is_displayed")),
        Index("ix_product_fitment_group_id", "fitment_group_id"),
        Index("ix_product_brand_id", "brand_id", "id"),
        Index("ix_product_ean", "ean", postgresql_where=text("ean IS NOT NULL")),
        Index(
            "ix_product_new", text("created_at DESC"), "id", postgresql_where=text("is_displayed AND price_cents > 0")
        ),
        # The deepest reductions first.
        Index(
            "ix_product_on_sale",
            text("(price_cents * 10000 / prior_price_cents)"),
            "id",
            postgresql_where=text("is_displayed AND prior_price_cents > 0"),
        ),
        # What staff look for: a gamme's newest, what is hidden, what has no price.
        Index("ix_product_newest", "gamme_id", "id"),
        Index("ix_product_hidden", "id", postgresql_where=text("NOT is_displayed")),
        Index("ix_product_unpriced", "id", postgresql_where=text("price_cents IS NULL")),
        # What suits every vehicle belongs on every vehicle's page.
        Index("ix_product_universal", "gamme_id", postgresql_where=text("is_universal AND is_displayed")),
        Index("ix_product_words", text("to_tsvector('french', search_text)"), postgresql_using="gin"),
        CheckConstraint("price_cents > 0", name="price_positive"),
        CheckConstraint("deposit_cents >= 0", name="deposit_not_negative"),
        CheckConstraint("prior_price_cents > price_cents", name="prior_price_higher"),
        CheckConstraint("vat_basis_points BETWEEN 0 AND 10000", name="vat_range"),
        CheckConstraint("sale_quantity BETWEEN 1 AND 100", name="sale_quantity_range"),
        CheckConstraint("weight_grams > 0", name="weight_positive"),
        CheckConstraint("NOT (is_universal AND fitment_group_id IS NOT NULL)", name="universal_has_no_group"),
    )

    id: Mapped[LegacyId]
    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id"))
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"))
    fitment_group_id: Mapped[int | None] = mapped_column(ForeignKey("fitment_group.id"))
    # Fits any vehicle (bulbs by socket, fluids): no group.
    is_universal: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    reference: Mapped[str] = mapped_column(String(60))
    # domain/references.py: upper case, A–Z and 0–9 only, zeros kept.
    reference_key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    side: Mapped[str] = mapped_column(String(60), default="", server_default="")
    description: Mapped[str] = mapped_column(Text, default="", server_default="")
    safety_note: Mapped[str] = mapped_column(Text, default="", server_default="")
    # Words of the PostgreSQL search: name, side, gamme, brand, references.
    search_text: Mapped[str] = mapped_column(Text, default="", server_default="")
    sale_quantity: Mapped[int] = mapped_column(SmallInteger, default=1, server_default=text("1"))
    weight_grams: Mapped[int | None]
    ean: Mapped[str | None] = mapped_column(String(14))
    # None = no sellable price: visible, not orderable.
    price_cents: Mapped[Cents | None]
    prior_price_cents: Mapped[Cents | None]
    deposit_cents: Mapped[Cents] = mapped_column(default=0, server_default=text("0"))
    vat_basis_points: Mapped[int] = mapped_column(SmallInteger, default=2000, server_default=text("2000"))
    is_displayed: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[CreatedAt]

    gamme: Mapped[Gamme] = relationship(lazy="raise")
    brand: Mapped[Brand] = relationship(lazy="raise")
    fitment_group: Mapped[FitmentGroup | None] = relationship(lazy="raise")
    stock: Mapped[StockItem | None] = relationship(lazy="raise", back_populates="product")
    criteria: Mapped[list["ProductCriterion"]] = relationship(lazy="raise", order_by="ProductCriterion.position")
    references: Mapped[list["ProductReference"]] = relationship(lazy="raise")
    pictures: Mapped[list["ProductPicture"]] = relationship(lazy="raise", order_by="ProductPicture.position")

    __mapper_args__ = {"version_id_col": version}


class ProductReference(Base):
    """Another number under which a product is known: of the vehicle maker, of a rival brand, or an EAN."""

    __tablename__ = "product_reference"
    __table_args__ = (
        Index(
            "ix_product_reference_lookup", "reference_key", "kind", postgresql_ops={"reference_key": "text_pattern_ops"}
        ),
        Index("ix_product_reference_product_id", "product_id"),
        CheckConstraint("kind IN ('oem', 'cross', 'ean')", name="kind_known"),
    )

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    maker: Mapped[str] = mapped_column(String(100), default="", server_default="")
    reference: Mapped[str] = mapped_column(String(60))
    reference_key: Mapped[str] = mapped_column(String(60))


class Criterion(Base):
    """A measurable or nameable trait: Diamètre, in mm."""

    __tablename__ = "criterion"

    id: Mapped[LegacyId]
    name: Mapped[str] = mapped_column(String(100))
    unit: Mapped[str] = mapped_column(String(20), default="", server_default="")
    is_filter: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class ProductCriterion(Base):
    """A product's value of a criterion."""

    __tablename__ = "product_criterion"
    __table_args__ = (Index("ix_product_criterion_criterion_id", "criterion_id", "value"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    value: Mapped[str] = mapped_column(String(100))
    position: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=text("0"))

    criterion: Mapped[Criterion] = relationship(lazy="raise")


class ProductPicture(Base):
    """A picture of a product; without one the page shows the drawing of the gamme."""

    __tablename__ = "product_picture"

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    path: Mapped[str] = mapped_column(String(200))
    alt: Mapped[str] = mapped_column(String(200))
