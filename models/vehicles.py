"""Makes, models and vehicle types; the ids are the legacy ones, which public addresses carry."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.vehicle_names import short_model_name
from models.database import Base, Id, LegacyId


class Make(Base):
    """A vehicle make: Renault, Peugeot…"""

    __tablename__ = "make"
    __table_args__ = (Index("ix_make_displayed", "is_top", "position", "name", postgresql_where=text("is_displayed")),)

    id: Mapped[LegacyId]
    alias: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    is_displayed: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    is_top: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    is_indexable: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    models: Mapped[list["VehicleModel"]] = relationship(back_populates="make", lazy="raise")


class VehicleModel(Base):
    """A generation of a model: Clio III, built over a span of years."""

    __tablename__ = "vehicle_model"
    __table_args__ = (
        Index("ix_vehicle_model_make_id", "make_id", "position", "name"),
        CheckConstraint("year_to IS NULL OR year_to >= year_from", name="years_in_order"),
        CheckConstraint("year_from BETWEEN 1900 AND 2100", name="year_from_plausible"),
    )

    id: Mapped[LegacyId]
    make_id: Mapped[int] = mapped_column(ForeignKey("make.id"))
    alias: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(String(60), default="", server_default="")
    year_from: Mapped[int] = mapped_column(SmallInteger)
    year_to: Mapped[int | None] = mapped_column(SmallInteger)
    is_displayed: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    is_indexable: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    make: Mapped[Make] = relationship(back_populates="models", lazy="raise")
    types: Mapped[list["VehicleType"]] = relationship(back_populates="model", lazy="raise")

    @property
    def years(self) -> str:
        """The production years in words: « 2005–2012 » or « depuis 2019 »."""
        return f"{self.year_from}–{self.year_to}" if self.year_to else f"depuis {self.year_from}"

    @property
    def short_name(self) -> str:
        """The name as people say it: « Clio III » without the maker's codes « (BR0/1, CR0/1) »."""
        return short_model_name(self.name)


class VehicleType(Base):
    """One engine and power of a model: 1.5 dCi 86 ch; what a part fits or does not fit."""

    __tablename__ = "vehicle_type"
    __table_args__ = (
        Index("ix_vehicle_type_model_id", "model_id", "fuel", "position", "name"),
        CheckConstraint("produced_to IS NULL OR produced_to >= produced_from", name="months_in_order"),
        CheckConstraint("power_hp > 0 AND power_kw > 0", name="power_positive"),
    )

    id: Mapped[LegacyId]
    model_id: Mapped[int] = mapped_column(ForeignKey("vehicle_model.id"))
    alias: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    fuel: Mapped[str] = mapped_column(String(40))
    displacement_cc: Mapped[int | None]
    power_hp: Mapped[int] = mapped_column(SmallInteger)
    power_kw: Mapped[int] = mapped_column(SmallInteger)
    body: Mapped[str] = mapped_column(String(60), default="", server_default="")
    # First days of the first and last month of production; None = still built.
    produced_from: Mapped[date]
    produced_to: Mapped[date | None]
    is_displayed: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    is_indexable: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    model: Mapped[VehicleModel] = relationship(back_populates="types", lazy="raise")
    engine_codes: Mapped[list["EngineCode"]] = relationship(lazy="raise", order_by="EngineCode.code")
    registration_codes: Mapped[list["RegistrationCode"]] = relationship(lazy="raise")

    @property
    def years(self) -> str:
        """The production years in words: « 2005–2012 » or « depuis 2019 »."""
        start = self.produced_from.year
        if self.produced_to is None:
            return f"depuis {start}"
        return str(start) if self.produced_to.year == start else f"{start}–{self.produced_to.year}"

    @property
    def label(self) -> str:
        """Make, model, type and power in words; needs `model.make` loaded."""
        return f"{self.model.make.name} {self.model.short_name} {self.name} {self.power_hp} ch"


class EngineCode(Base):
    """A maker's engine code of a type, such as K9K 766."""

    __tablename__ = "engine_code"
    __table_args__ = (Index("ix_engine_code_code", "code"),)

    type_id: Mapped[int] = mapped_column(ForeignKey("vehicle_type.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)


class RegistrationCode(Base):
    """A « type mine » and CNIT of the French registration document; one may name several types."""

    __tablename__ = "registration_code"
    __table_args__ = (
        Index("ix_registration_code_mine", "mine"),
        Index("ix_registration_code_cnit", "cnit"),
        Index("ix_registration_code_type_id", "type_id"),
        CheckConstraint("mine IS NOT NULL OR cnit IS NOT NULL", name="has_a_code"),
    )

    id: Mapped[Id]
    type_id: Mapped[int] = mapped_column(ForeignKey("vehicle_type.id", ondelete="CASCADE"))
    mine: Mapped[str | None] = mapped_column(String(20))
    cnit: Mapped[str | None] = mapped_column(String(20))
