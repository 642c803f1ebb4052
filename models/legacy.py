"""What the importer of the old shop remembers: runs, how far each got, what it refused, and what it holds meanwhile."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, CreatedAt, Id, Moment


class LegacyRun(Base):
    """One import from the old shop, from its beginning until its report; killed, it is gone on with."""

    __tablename__ = "legacy_run"
    __table_args__ = (CheckConstraint("status IN ('running', 'finished', 'abandoned')", name="status_known"),)

    id: Mapped[Id]
    # A folder, or host, port and name of a database; no password.
    source: Mapped[str] = mapped_column(String(500))
    # The tables that were asked for; empty = all.
    only: Mapped[list[str]] = mapped_column(JSONB, default=list, server_default=text("'[]'"))
    status: Mapped[str] = mapped_column(String(10), default="running", server_default="running")
    started_at: Mapped[CreatedAt]
    finished_at: Mapped[Moment | None]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class LegacyCheckpoint(Base):
    """How far a run is in one step; written in the transaction that writes the step's rows."""

    __tablename__ = "legacy_checkpoint"

    run_id: Mapped[int] = mapped_column(ForeignKey("legacy_run.id", ondelete="CASCADE"), primary_key=True)
    # The legacy table, or the name of what is reckoned from several.
    step: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[str] = mapped_column(String(60), default="", server_default="")
    rows_read: Mapped[int] = mapped_column(BigInteger, default=0, server_default=text("0"))
    rows_rejected: Mapped[int] = mapped_column(BigInteger, default=0, server_default=text("0"))
    # What else happened, counted by its name: left out on purpose, orphans, guesses.
    tallies: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    seconds: Mapped[float] = mapped_column(Float, default=0, server_default=text("0"))
    done_at: Mapped[Moment | None]


class LegacyError(Base):
    """A row that was refused, or taken with a remark, as it came; each reason is kept for its first rows."""

    __tablename__ = "legacy_error"
    __table_args__ = (
        Index("ix_legacy_error_run_id", "run_id", "step", "id"),
        CheckConstraint("kind IN ('rejected', 'remark')", name="kind_known"),
    )

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(ForeignKey("legacy_run.id", ondelete="CASCADE"))
    step: Mapped[str] = mapped_column(String(80))
    position: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(300))
    raw: Mapped[dict[str, Any]] = mapped_column(JSONB)


class LegacyFitmentSet(Base):
    """The digest of a set of vehicles with their restrictions, and the group that stands for it."""

    __tablename__ = "legacy_fitment_set"
    __table_args__ = (Index("ix_legacy_fitment_set_group_id", "group_id"),)

    gamme_id: Mapped[int] = mapped_column(ForeignKey("gamme.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(32), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("fitment_group.id", ondelete="CASCADE"))


class LegacyHeldRow(Base):
    """A row kept until the one that it belongs to comes: order lines by order, family links by gamme…"""

    __tablename__ = "legacy_held_row"
    __table_args__ = (Index("ix_legacy_held_row_key", "source_table", "key"), {"prefixes": ["UNLOGGED"]})

    source_table: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[str] = mapped_column(String(60), primary_key=True)
    key: Mapped[str] = mapped_column(String(120))
    raw: Mapped[dict[str, Any]] = mapped_column(JSONB)


def _part_rows(name: str) -> Table:
    """What the old shop says of parts in its other tables: so many rows that they have neither key nor log."""
    return Table(
        name,
        Base.metadata,
        Column("part_id", BigInteger, nullable=False),
        # services/legacy/part_rows.py says what a kind's numbers and text are.
        Column("kind", String(1), nullable=False),
        Column("a", BigInteger, nullable=False, server_default=text("0")),
        Column("b", BigInteger, nullable=False, server_default=text("0")),
        Column("said", Text(collation="C"), nullable=False, server_default=text("''")),
        prefixes=["UNLOGGED"],
    )


# As they came, and sorted by part.
arrived_part_rows = _part_rows("legacy_part_row")
sorted_part_rows = _part_rows("legacy_sorted_part_row")
Index("ix_legacy_sorted_part_row_part_id", sorted_part_rows.c.part_id)
