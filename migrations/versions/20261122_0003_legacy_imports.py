"""The legacy importer's checkpoints, rejected rows and staging; what old orders and addresses need beside ours."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the importer's tables, and let old orders be what they were."""
    op.create_table(
        "legacy_run",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("source", sa.String(500), nullable=False),
        sa.Column("only", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("status", sa.String(10), server_default="running", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("report", postgresql.JSONB()),
        sa.CheckConstraint("status IN ('running', 'finished', 'abandoned')", name=op.f("ck_legacy_run_status_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legacy_run")),
    )
    op.create_table(
        "legacy_checkpoint",
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(80), nullable=False),
        sa.Column("position", sa.String(60), server_default="", nullable=False),
        sa.Column("rows_read", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("rows_rejected", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("tallies", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("seconds", sa.Float(), server_default=sa.text("0"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["run_id"], ["legacy_run.id"], name=op.f("fk_legacy_checkpoint_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "step", name=op.f("pk_legacy_checkpoint")),
    )
    op.create_table(
        "legacy_error",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(80), nullable=False),
        sa.Column("position", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("raw", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("kind IN ('rejected', 'remark')", name=op.f("ck_legacy_error_kind_known")),
        sa.ForeignKeyConstraint(["run_id"], ["legacy_run.id"], name=op.f("fk_legacy_error_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legacy_error")),
    )
    op.create_index("ix_legacy_error_run_id", "legacy_error", ["run_id", "step", "id"])
    op.create_table(
        "legacy_fitment_set",
        sa.Column("gamme_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gamme_id"], ["gamme.id"], name=op.f("fk_legacy_fitment_set_gamme_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["fitment_group.id"], name=op.f("fk_legacy_fitment_set_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("gamme_id", "digest", name=op.f("pk_legacy_fitment_set")),
    )
    op.create_index("ix_legacy_fitment_set_group_id", "legacy_fitment_set", ["group_id"])
    op.create_table(
        "legacy_held_row",
        sa.Column("source_table", sa.String(80), nullable=False),
        sa.Column("position", sa.String(60), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("raw", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("source_table", "position", name=op.f("pk_legacy_held_row")),
        prefixes=["UNLOGGED"],
    )
    op.create_index("ix_legacy_held_row_key", "legacy_held_row", ["source_table", "key"])
    for name in ("legacy_part_row", "legacy_sorted_part_row"):
        op.create_table(
            name,
            sa.Column("part_id", sa.BigInteger(), nullable=False),
            sa.Column("kind", sa.String(1), nullable=False),
            sa.Column("a", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
            sa.Column("b", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
            sa.Column("said", sa.Text(collation="C"), server_default=sa.text("''"), nullable=False),
            prefixes=["UNLOGGED"],
        )
    op.create_index("ix_legacy_sorted_part_row_part_id", "legacy_sorted_part_row", ["part_id"])
    op.add_column("customer_address", sa.Column("legacy_id", sa.String(60)))
    op.create_unique_constraint(op.f("uq_customer_address_legacy_id"), "customer_address", ["legacy_id"])
    op.add_column("shop_order", sa.Column("legacy_status", sa.String(20), server_default="", nullable=False))
    op.add_column(
        "shop_order", sa.Column("is_vat_estimated", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.drop_constraint(op.f("ck_shop_order_shipped_has_tracking"), "shop_order", type_="check")
    # The old shop kept no tracking numbers.
    op.create_check_constraint(
        op.f("ck_shop_order_shipped_has_tracking"),
        "shop_order",
        "status <> 'shipped' OR tracking_number <> '' OR legacy_id IS NOT NULL",
    )


def downgrade() -> None:
    """Take them away; old parcels on their way count as arrived, since ours must have a tracking number."""
    op.execute("UPDATE shop_order SET status = 'delivered' WHERE status = 'shipped' AND tracking_number = ''")
    op.drop_constraint(op.f("ck_shop_order_shipped_has_tracking"), "shop_order", type_="check")
    op.create_check_constraint(
        op.f("ck_shop_order_shipped_has_tracking"), "shop_order", "status <> 'shipped' OR tracking_number <> ''"
    )
    op.drop_column("shop_order", "is_vat_estimated")
    op.drop_column("shop_order", "legacy_status")
    op.drop_constraint(op.f("uq_customer_address_legacy_id"), "customer_address", type_="unique")
    op.drop_column("customer_address", "legacy_id")
    for name in (
        *("legacy_sorted_part_row", "legacy_part_row", "legacy_held_row", "legacy_fitment_set"),
        *("legacy_error", "legacy_checkpoint", "legacy_run"),
    ):
        op.drop_table(name)
