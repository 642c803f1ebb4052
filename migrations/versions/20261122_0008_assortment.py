"""What staff look for among the products."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index a gamme's newest products, the hidden ones and those without a price."""
    op.create_index("ix_product_newest", "product", ["gamme_id", "id"])
    op.create_index("ix_product_hidden", "product", ["id"], postgresql_where=sa.text("NOT is_displayed"))
    op.create_index("ix_product_unpriced", "product", ["id"], postgresql_where=sa.text("price_cents IS NULL"))


def downgrade() -> None:
    """Drop them."""
    for name in ("ix_product_unpriced", "ix_product_hidden", "ix_product_newest"):
        op.drop_index(name, table_name="product")
