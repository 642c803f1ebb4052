"""Find a product by its EAN, and what suits every vehicle, each by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_product_ean", "product", ["ean"], postgresql_where=sa.text("ean IS NOT NULL"))
    op.create_index(
        "ix_product_universal", "product", ["gamme_id"], postgresql_where=sa.text("is_universal AND is_displayed")
    )


def downgrade() -> None:
    op.drop_index("ix_product_universal", table_name="product")
    op.drop_index("ix_product_ean", table_name="product")
