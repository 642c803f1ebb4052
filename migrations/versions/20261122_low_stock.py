"""The index of what runs out holds only what runs out; the audit log can name any row"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AVAILABLE = sa.literal_column("(on_hand - reserved)")


def upgrade() -> None:
    op.drop_index("ix_stock_item_low", table_name="stock_item")
    op.create_index(
        "ix_stock_item_low",
        "stock_item",
        [AVAILABLE, "product_id"],
        postgresql_where=sa.text("(on_hand - reserved) <= low_threshold"),
    )
    op.alter_column("audit_entry", "subject_id", type_=sa.BigInteger(), existing_type=sa.Integer())


def downgrade() -> None:
    op.alter_column("audit_entry", "subject_id", type_=sa.Integer(), existing_type=sa.BigInteger())
    op.drop_index("ix_stock_item_low", table_name="stock_item")
    op.create_index("ix_stock_item_low", "stock_item", [AVAILABLE, "product_id"])
