"""Counted facets of whole gammes, marked stale by the database itself."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Which gammes a statement has changed, per table and kind of statement. Only what facets count is compared: the words of a
# product, its version or nine packs instead of ten change no facet.
CHANGED = {
    ("product", "insert"): "SELECT gamme_id FROM new_rows",
    ("product", "delete"): "SELECT gamme_id FROM old_rows",
    ("product", "update"): """
        SELECT unnest(ARRAY[o.gamme_id, n.gamme_id]) FROM old_rows o JOIN new_rows n USING (id)
        WHERE (o.gamme_id, o.brand_id, o.side, o.price_cents, o.is_displayed)
            IS DISTINCT FROM (n.gamme_id, n.brand_id, n.side, n.price_cents, n.is_displayed)""",
    ("stock_item", "insert"): "SELECT p.gamme_id FROM new_rows n JOIN product p ON p.id = n.product_id",
    ("stock_item", "delete"): "SELECT p.gamme_id FROM old_rows o JOIN product p ON p.id = o.product_id",
    ("stock_item", "update"): """
        SELECT p.gamme_id FROM old_rows o JOIN new_rows n USING (product_id) JOIN product p ON p.id = n.product_id
        WHERE (o.on_hand - o.reserved > 0) <> (n.on_hand - n.reserved > 0)""",
    ("product_criterion", "insert"): "SELECT p.gamme_id FROM new_rows n JOIN product p ON p.id = n.product_id",
    ("product_criterion", "delete"): "SELECT p.gamme_id FROM old_rows o JOIN product p ON p.id = o.product_id",
    ("product_criterion", "update"): """
        SELECT p.gamme_id FROM old_rows o JOIN new_rows n USING (product_id, criterion_id)
        JOIN product p ON p.id = n.product_id WHERE o.value <> n.value""",
    ("brand", "update"): """
        SELECT p.gamme_id FROM old_rows o JOIN new_rows n USING (id) JOIN product p ON p.brand_id = n.id
        WHERE (o.name, o.is_displayed) IS DISTINCT FROM (n.name, n.is_displayed)""",
    ("criterion", "update"): """
        SELECT k.gamme_id FROM gamme_facets k WHERE EXISTS (
            SELECT FROM old_rows o JOIN new_rows n USING (id)
            WHERE (o.name, o.unit, o.is_filter) IS DISTINCT FROM (n.name, n.unit, n.is_filter))""",
}
SEEN = {
    "insert": "NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
}


def upgrade() -> None:
    """Create the counted facets and what marks them stale."""
    op.create_table(
        "gamme_facets",
        sa.Column("gamme_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("facets", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["gamme_id"], ["gamme.id"], name=op.f("fk_gamme_facets_gamme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("gamme_id", name=op.f("pk_gamme_facets")),
    )
    op.create_table(
        "stale_gamme",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("gamme_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stale_gamme")),
    )
    op.create_index("ix_stale_gamme_gamme_id", "stale_gamme", ["gamme_id"])
    for (table, kind), gammes in CHANGED.items():
        op.execute(
            f"""CREATE FUNCTION mark_gammes_at_{table}_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO stale_gamme (gamme_id) SELECT DISTINCT changed.gamme_id FROM ({gammes}) AS changed (gamme_id);
                RETURN NULL;
            END $$"""
        )
        op.execute(
            f"""CREATE TRIGGER mark_gammes_{kind} AFTER {kind.upper()} ON {table} REFERENCING {SEEN[kind]}
            FOR EACH STATEMENT EXECUTE FUNCTION mark_gammes_at_{table}_{kind}()"""
        )


def downgrade() -> None:
    """Drop what `upgrade` created."""
    for table, kind in CHANGED:
        op.execute(f"DROP TRIGGER mark_gammes_{kind} ON {table}")
        op.execute(f"DROP FUNCTION mark_gammes_at_{table}_{kind}()")
    op.drop_index("ix_stale_gamme_gamme_id", table_name="stale_gamme")
    op.drop_table("stale_gamme")
    op.drop_table("gamme_facets")
