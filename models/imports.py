"""Files of suppliers on their way into the catalogue: batches, staged rows, what is wrong, what was changed."""

from typing import Any

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, CreatedAt, Id, Moment

KINDS = ("products", "prices", "stock", "references", "criteria", "fitment", "vehicles")
STATES = ("uploaded", "mapped", "checked", "applying", "applied", "failed", "undoing", "undone")


class ImportBatch(Base):
    """One file: how it is read, what was decided about it, how far it got and what it did."""

    __tablename__ = "import_batch"
    __table_args__ = (
        Index("ix_import_batch_applied", "applied_at", postgresql_where=text("state = 'applied'")),
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("blank IN ('keep', 'clear')", name="blank_known"),
        CheckConstraint("missing IN ('keep', 'hide', 'zero', 'remove')", name="missing_known"),
        CheckConstraint("unknown IN ('reject', 'create')", name="unknown_known"),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(12))
    supplier: Mapped[str] = mapped_column(String(100), default="", server_default="")
    file_name: Mapped[str] = mapped_column(String(200))
    # Under this name the file lies in the directory of imports: the name it came with is only shown.
    stored_as: Mapped[str] = mapped_column(String(60))
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    encoding: Mapped[str] = mapped_column(String(20))
    separator: Mapped[str] = mapped_column(String(1))
    headers: Mapped[list[str]] = mapped_column(JSONB)
    # The field each column is read into, "" for a column that is left aside; as long as `headers`.
    mapping: Mapped[list[str]] = mapped_column(JSONB)
    brand_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), default=list, server_default=text("'{}'"))
    blank: Mapped[str] = mapped_column(String(6), default="keep", server_default="keep")
    missing: Mapped[str] = mapped_column(String(6), default="keep", server_default="keep")
    unknown: Mapped[str] = mapped_column(String(6), default="reject", server_default="reject")
    state: Mapped[str] = mapped_column(String(10), default="uploaded", server_default="uploaded")
    # Lines in the file, lines read so far, and of these the rows that hold something.
    line_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    staged_line: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    rows: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    creates: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    updates: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    unchanged: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    rejected: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    # Things outside the file that the policy on missing rows touches.
    missing_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    # The first changes, as the preview shows them: dicts line, title, values (field, old, new).
    sample: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, server_default=text("'[]'"))
    message: Mapped[str] = mapped_column(Text, default="", server_default="")
    by: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[CreatedAt]
    touched_at: Mapped[CreatedAt]
    applied_at: Mapped[Moment | None]
    undone_at: Mapped[Moment | None]

    @property
    def is_waiting(self) -> bool:
        """Whether a job works on it, or should."""
        return self.state in ("mapped", "applying", "undoing")


class ImportRow(Base):
    """One row of a file, its cells read into the fields of its kind; unlogged: a crash only means reading again."""

    __tablename__ = "import_row"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    cells: Mapped[list[str | None]] = mapped_column(ARRAY(Text))


class ImportProblem(Base):
    """What is wrong with a row: the column and what was typed there (empty: the whole row), in a French sentence."""

    __tablename__ = "import_problem"
    __table_args__ = (Index("ix_import_problem_batch_id", "batch_id", "line"),)

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"))
    line: Mapped[int]
    # Found while the file was read, so that a new check of the staged rows leaves it.
    is_of_reading: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    column: Mapped[str] = mapped_column(String(100), default="", server_default="")
    typed: Mapped[str] = mapped_column(String(200), default="", server_default="")
    sentence: Mapped[str] = mapped_column(String(300))


class ImportChange(Base):
    """One row of the shop that an import wrote: what it held before and what it holds since, in the columns written."""

    __tablename__ = "import_change"
    __table_args__ = (
        Index("ix_import_change_batch_id", "batch_id", "table_name", "id"),
        Index("ix_import_change_product", "batch_id", "product_id", postgresql_where=text("product_id IS NOT NULL")),
        CheckConstraint("action IN ('insert', 'update', 'delete')", name="action_known"),
    )

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"))
    table_name: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(6))
    key: Mapped[dict[str, Any]] = mapped_column(JSONB)
    old: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    new: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    product_id: Mapped[int | None] = mapped_column(BigInteger)


class ImportMapping(Base):
    """How the files of one kind of a supplier were read last time."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("supplier", "kind"),)

    id: Mapped[Id]
    supplier: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(12))
    # Field by header.
    fields: Mapped[dict[str, str]] = mapped_column(JSONB)
    brand_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), default=list, server_default=text("'{}'"))
    blank: Mapped[str] = mapped_column(String(6))
    missing: Mapped[str] = mapped_column(String(6))
    unknown: Mapped[str] = mapped_column(String(6))
    updated_at: Mapped[CreatedAt]
