"""CSV imports: batches, mappings, staging, undo."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    now = sa.text("now()")
    op.create_table(
        "import_batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("supplier", sa.String(100), server_default="", nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("stored_as", sa.String(60), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("encoding", sa.String(20), nullable=False),
        sa.Column("separator", sa.String(1), nullable=False),
        sa.Column("headers", postgresql.JSONB(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(), nullable=False),
        sa.Column("brand_ids", sa.ARRAY(sa.BigInteger()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("blank", sa.String(6), server_default="keep", nullable=False),
        sa.Column("missing", sa.String(6), server_default="keep", nullable=False),
        sa.Column("unknown", sa.String(6), server_default="reject", nullable=False),
        sa.Column("state", sa.String(10), server_default="uploaded", nullable=False),
        *(
            sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)
            for name in (
                "line_count", "staged_line", "rows", "creates", "updates", "unchanged", "rejected", "missing_count",
            )
        ),
        sa.Column("sample", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('products', 'prices', 'stock', 'references', 'criteria', 'fitment', 'vehicles')",
            name=op.f("ck_import_batch_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('uploaded', 'mapped', 'checked', 'applying', 'applied', 'failed', 'undoing', 'undone')",
            name=op.f("ck_import_batch_state_known"),
        ),
        sa.CheckConstraint("blank IN ('keep', 'clear')", name=op.f("ck_import_batch_blank_known")),
        sa.CheckConstraint(
            "missing IN ('keep', 'hide', 'zero', 'remove')", name=op.f("ck_import_batch_missing_known")
        ),
        sa.CheckConstraint("unknown IN ('reject', 'create')", name=op.f("ck_import_batch_unknown_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(
        "ix_import_batch_applied", "import_batch", ["applied_at"], postgresql_where=sa.text("state = 'applied'")
    )
    op.create_table(
        "import_row",
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("cells", sa.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id_import_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch_id", "line", name=op.f("pk_import_row")),
        prefixes=["UNLOGGED"],
    )
    op.create_table(
        "import_problem",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("is_of_reading", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("column", sa.String(100), server_default="", nullable=False),
        sa.Column("typed", sa.String(200), server_default="", nullable=False),
        sa.Column("sentence", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_problem_batch_id_import_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_problem")),
    )
    op.create_index("ix_import_problem_batch_id", "import_problem", ["batch_id", "line"])
    op.create_table(
        "import_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("table_name", sa.String(40), nullable=False),
        sa.Column("action", sa.String(6), nullable=False),
        sa.Column("key", postgresql.JSONB(), nullable=False),
        sa.Column("old", postgresql.JSONB(), nullable=True),
        sa.Column("new", postgresql.JSONB(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("action IN ('insert', 'update', 'delete')", name=op.f("ck_import_change_action_known")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_change_batch_id_import_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_change")),
    )
    op.create_index("ix_import_change_batch_id", "import_change", ["batch_id", "table_name", "id"])
    op.create_index(
        "ix_import_change_product",
        "import_change",
        ["batch_id", "product_id"],
        postgresql_where=sa.text("product_id IS NOT NULL"),
    )
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supplier", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("fields", postgresql.JSONB(), nullable=False),
        sa.Column("brand_ids", sa.ARRAY(sa.BigInteger()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("blank", sa.String(6), nullable=False),
        sa.Column("missing", sa.String(6), nullable=False),
        sa.Column("unknown", sa.String(6), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("supplier", "kind", name=op.f("uq_import_mapping_supplier_kind")),
    )


def downgrade() -> None:
    for table in ("import_mapping", "import_change", "import_problem", "import_row", "import_batch"):
        op.drop_table(table)
