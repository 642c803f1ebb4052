"""What goes with what: computed by jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brand_gamme",
        sa.Column("brand_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gamme_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_count", sa.Integer(), nullable=False),
        sa.Column("min_price_cents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("brand_id", "gamme_id", name=op.f("pk_brand_gamme")),
    )
    op.create_table(
        "gamme_summary",
        sa.Column("gamme_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_count", sa.Integer(), nullable=False),
        sa.Column("min_price_cents", sa.Integer(), nullable=False),
        sa.Column("universal_count", sa.Integer(), nullable=False),
        sa.Column("universal_min_price_cents", sa.Integer(), nullable=True),
        sa.Column("vehicle_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("gamme_id", name=op.f("pk_gamme_summary")),
    )
    op.create_table(
        "vehicle_gamme",
        sa.Column("vehicle_type_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gamme_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_count", sa.Integer(), nullable=False),
        sa.Column("min_price_cents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("vehicle_type_id", "gamme_id", name=op.f("pk_vehicle_gamme")),
    )
    op.create_index(
        "ix_vehicle_gamme_gamme_id",
        "vehicle_gamme",
        ["gamme_id", sa.literal_column("product_count DESC"), "vehicle_type_id"],
        unique=False,
    )
    op.create_table(
        "gamme_link",
        sa.Column("gamme_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("position", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("gamme_id <> other_id", name=op.f("ck_gamme_link_links_two")),
        sa.ForeignKeyConstraint(["gamme_id"], ["gamme.id"], name=op.f("fk_gamme_link_gamme_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["gamme.id"], name=op.f("fk_gamme_link_other_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("gamme_id", "other_id", name=op.f("pk_gamme_link")),
    )
    op.create_index("ix_gamme_link_other_id", "gamme_link", ["other_id"], unique=False)
    op.create_table(
        "make_gamme",
        sa.Column("make_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gamme_id", sa.BigInteger(), nullable=False),
        sa.Column("packs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gamme_id"], ["gamme.id"], name=op.f("fk_make_gamme_gamme_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["make_id"], ["make.id"], name=op.f("fk_make_gamme_make_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("make_id", "gamme_id", name=op.f("pk_make_gamme")),
    )
    op.create_index("ix_make_gamme_gamme_id", "make_gamme", ["gamme_id"], unique=False)
    op.create_table(
        "popular_gamme",
        sa.Column("gamme_id", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("packs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gamme_id"], ["gamme.id"], name=op.f("fk_popular_gamme_gamme_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("gamme_id", name=op.f("pk_popular_gamme")),
    )
    op.create_index("ix_popular_gamme_rank", "popular_gamme", ["rank"], unique=False)
    op.create_table(
        "best_seller",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("brand_id", sa.BigInteger(), nullable=False),
        sa.Column("gamme_id", sa.BigInteger(), nullable=False),
        sa.Column("packs", sa.Integer(), nullable=False),
        sa.Column("revenue_cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_best_seller_brand_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["gamme_id"], ["gamme.id"], name=op.f("fk_best_seller_gamme_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_best_seller_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_best_seller")),
    )
    op.create_index(
        "ix_best_seller_brand_id", "best_seller", ["brand_id", sa.literal_column("packs DESC")], unique=False
    )
    op.create_index(
        "ix_best_seller_gamme_id", "best_seller", ["gamme_id", sa.literal_column("packs DESC")], unique=False
    )
    op.create_index(
        "ix_best_seller_packs", "best_seller", [sa.literal_column("packs DESC"), "product_id"], unique=False
    )
    op.create_table(
        "bought_together",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["product.id"], name=op.f("fk_bought_together_other_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_bought_together_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("product_id", "other_id", name=op.f("pk_bought_together")),
    )
    op.create_index("ix_bought_together_other_id", "bought_together", ["other_id"], unique=False)
    op.create_table(
        "product_view",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.CheckConstraint("views > 0", name=op.f("ck_product_view_views_positive")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_view_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("product_id", "day", name=op.f("pk_product_view")),
    )
    op.create_index("ix_product_view_day", "product_view", ["day"], unique=False)
    op.create_index(
        "ix_product_new",
        "product",
        [sa.literal_column("created_at DESC"), "id"],
        unique=False,
        postgresql_where=sa.text("is_displayed AND price_cents > 0"),
    )
    op.create_index(
        "ix_product_on_sale",
        "product",
        [sa.literal_column("(price_cents * 10000 / prior_price_cents)"), "id"],
        unique=False,
        postgresql_where=sa.text("is_displayed AND prior_price_cents > 0"),
    )
    # A shop that has a catalogue already shows what its vehicles are offered from the first minute on.
    op.execute("""
        INSERT INTO vehicle_gamme
        SELECT listed.vehicle_type_id, of_group.gamme_id, sum(of_group.products), min(of_group.cheapest)
          FROM (SELECT DISTINCT group_id, vehicle_type_id FROM fitment) listed
          JOIN (SELECT fitment_group_id, gamme_id, count(*) AS products, min(price_cents) AS cheapest
                  FROM product JOIN brand ON brand.id = product.brand_id
                 WHERE product.is_displayed AND price_cents IS NOT NULL AND brand.is_displayed
                 GROUP BY fitment_group_id, gamme_id) of_group ON of_group.fitment_group_id = listed.group_id
         GROUP BY listed.vehicle_type_id, of_group.gamme_id
    """)
    op.execute("""
        INSERT INTO gamme_summary
        SELECT gamme_id, count(*), min(price_cents),
               count(*) FILTER (WHERE is_universal), min(price_cents) FILTER (WHERE is_universal),
               (SELECT count(*) FROM vehicle_gamme WHERE vehicle_gamme.gamme_id = product.gamme_id)
          FROM product JOIN brand ON brand.id = product.brand_id
         WHERE product.is_displayed AND price_cents IS NOT NULL AND brand.is_displayed
         GROUP BY gamme_id
    """)
    op.execute("""
        INSERT INTO brand_gamme
        SELECT brand_id, gamme_id, count(*), min(price_cents)
          FROM product JOIN brand ON brand.id = product.brand_id
         WHERE product.is_displayed AND price_cents IS NOT NULL AND brand.is_displayed
         GROUP BY brand_id, gamme_id
    """)


def downgrade() -> None:
    op.drop_index(
        "ix_product_on_sale", table_name="product", postgresql_where=sa.text("is_displayed AND prior_price_cents > 0")
    )
    op.drop_index("ix_product_new", table_name="product", postgresql_where=sa.text("is_displayed AND price_cents > 0"))
    op.drop_index("ix_product_view_day", table_name="product_view")
    op.drop_table("product_view")
    op.drop_index("ix_bought_together_other_id", table_name="bought_together")
    op.drop_table("bought_together")
    op.drop_index("ix_best_seller_packs", table_name="best_seller")
    op.drop_index("ix_best_seller_gamme_id", table_name="best_seller")
    op.drop_index("ix_best_seller_brand_id", table_name="best_seller")
    op.drop_table("best_seller")
    op.drop_index("ix_popular_gamme_rank", table_name="popular_gamme")
    op.drop_table("popular_gamme")
    op.drop_index("ix_make_gamme_gamme_id", table_name="make_gamme")
    op.drop_table("make_gamme")
    op.drop_index("ix_gamme_link_other_id", table_name="gamme_link")
    op.drop_table("gamme_link")
    op.drop_index("ix_vehicle_gamme_gamme_id", table_name="vehicle_gamme")
    op.drop_table("vehicle_gamme")
    op.drop_table("gamme_summary")
    op.drop_table("brand_gamme")
