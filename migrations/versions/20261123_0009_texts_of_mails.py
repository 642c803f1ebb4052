"""What mails said is forgotten in time."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the sent mails whose text is still there."""
    op.create_index("ix_mail_said", "mail", ["sent_at"], postgresql_where=sa.text("status = 'sent' AND html <> ''"))


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_mail_said", table_name="mail")
