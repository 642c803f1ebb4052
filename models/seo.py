"""What pages say beyond their lists: texts of gammes, templates with markers, and the texts that take turns in them.

Rows of one list are read in the order of their ids: on it depends which text a page shows (domain/rotation.py).
"""

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, CreatedAt, LegacyId


class GammeText(Base):
    """What a gamme's own page says; the content is clean HTML."""

    __tablename__ = "gamme_text"

    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"), primary_key=True)
    title: Mapped[str] = mapped_column(String(200), default="", server_default="")
    description: Mapped[str] = mapped_column(String(400), default="", server_default="")
    keywords: Mapped[str] = mapped_column(String(400), default="", server_default="")
    h1: Mapped[str] = mapped_column(String(200), default="", server_default="")
    content: Mapped[str] = mapped_column(Text, default="", server_default="")
    updated_at: Mapped[CreatedAt]


class VehicleGammeTemplate(Base):
    """What the pages of a gamme for a vehicle say, with markers (docs/page-texts.md)."""

    __tablename__ = "vehicle_gamme_template"

    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"), primary_key=True)
    title: Mapped[str] = mapped_column(String(400), default="", server_default="")
    description: Mapped[str] = mapped_column(String(800), default="", server_default="")
    h1: Mapped[str] = mapped_column(String(400), default="", server_default="")
    preview: Mapped[str] = mapped_column(Text, default="", server_default="")
    content: Mapped[str] = mapped_column(Text, default="", server_default="")
    updated_at: Mapped[CreatedAt]


class TextSwitch(Base):
    """One of the texts that take turns in a slot.

    item: of the engine cards of a gamme, or of any gamme (no gamme) · gamme: of a gamme's templates · family: of the
    templates of a family, all its gammes or one · type: of vehicle types.
    """

    __tablename__ = "text_switch"
    __table_args__ = (
        Index("ix_text_switch_gamme_id", "gamme_id", "kind", "slot", "id"),
        Index("ix_text_switch_family_id", "family_id", "slot", "id", postgresql_where=text("family_id IS NOT NULL")),
        Index("ix_text_switch_generic", "kind", "slot", "id", postgresql_where=text("gamme_id IS NULL")),
        CheckConstraint("kind IN ('item', 'gamme', 'family', 'type')", name="kind_known"),
        CheckConstraint("slot BETWEEN 0 AND 9999", name="slot_range"),
        CheckConstraint("(kind = 'family') = (family_id IS NOT NULL)", name="family_has_its_own"),
        CheckConstraint("kind <> 'gamme' OR gamme_id IS NOT NULL", name="gamme_has_its_own"),
        CheckConstraint("kind <> 'type' OR gamme_id IS NULL", name="type_has_no_gamme"),
    )

    id: Mapped[LegacyId]
    kind: Mapped[str] = mapped_column(String(8))
    gamme_id: Mapped[int | None] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"))
    family_id: Mapped[int | None] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"))
    slot: Mapped[int] = mapped_column(SmallInteger)
    content: Mapped[str] = mapped_column(Text)


class GammeAdvice(Base):
    """One piece of advice on a gamme's page; the content is clean HTML."""

    __tablename__ = "gamme_advice"
    __table_args__ = (Index("ix_gamme_advice_gamme_id", "gamme_id", "id"),)

    id: Mapped[LegacyId]
    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200), default="", server_default="")
    content: Mapped[str] = mapped_column(Text)


class GammeInformation(Base):
    """One thing to know about a gamme: plain words, which the engine cards draw from too."""

    __tablename__ = "gamme_information"
    __table_args__ = (Index("ix_gamme_information_gamme_id", "gamme_id", "id"),)

    id: Mapped[LegacyId]
    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"))
    content: Mapped[str] = mapped_column(Text)


class BrandGammeText(Base):
    """What is said of a brand on a gamme's page."""

    __tablename__ = "brand_gamme_text"
    __table_args__ = (
        Index("uq_brand_gamme_text_gamme_id_brand_id", "gamme_id", "brand_id", unique=True),
        Index("ix_brand_gamme_text_brand_id", "brand_id"),
    )

    id: Mapped[LegacyId]
    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"))
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"))
    content: Mapped[str] = mapped_column(Text)
