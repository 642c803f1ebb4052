"""Synonyms, products whose index is behind, and what was searched for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The words of the trade that the names of gammes do not hold; staff go on from here (back office, « Synonymes »).
USUAL = {
    "amorto": ["amortisseur"],
    "alterno": ["alternateur"],
    "ampoule h4": ["ampoule feu avant"],
    "ampoule h7": ["ampoule feu avant"],
    "antibrouillard": ["feu antibrouillard"],
    "barre stab": ["barre stabilisatrice"],
    "bimasse": ["volant moteur"],
    "bobine crayon": ["bobine d allumage"],
    "boite auto": ["boite automatique"],
    "bv": ["boite de vitesses"],
    "calorstat": ["thermostat"],
    "cata": ["catalyseur"],
    "clim": ["climatisation"],
    "damper": ["poulie de vilebrequin"],
    "da": ["direction assistee"],
    "distri": ["distribution"],
    "essuie glaces": ["essuie glace"],
    "fap": ["filtre a particules"],
    "feu": ["phare"],
    "garniture": ["plaquette", "machoires"],
    "gas oil": ["carburant"],
    "gasoil": ["carburant"],
    "gazole": ["carburant"],
    "intercooler": ["echangeur d air"],
    "klaxon": ["avertisseur sonore"],
    "mano contact": ["pressostat"],
    "neiman": ["contacteur de demarrage"],
    "optique": ["phare"],
    "pipe d admission": ["collecteur d admission"],
    "pollen": ["habitacle"],
    "pot": ["silencieux"],
    "pot catalytique": ["catalyseur"],
    "projecteur": ["phare"],
    "retro": ["retroviseur"],
    "rotule de triangle": ["rotule de suspension"],
    "servofrein": ["servo frein"],
    "starter": ["demarreur"],
    "triangle": ["bras"],
    "veilleuse": ["ampoule de feux et clignotants"],
}


def upgrade() -> None:
    """Make the tables, with the synonyms of the trade."""
    synonym = op.create_table(
        "synonym",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.Column("others", postgresql.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("both_ways", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("cardinality(others) BETWEEN 1 AND 20", name=op.f("ck_synonym_has_others")),
        sa.CheckConstraint("word <> ''", name=op.f("ck_synonym_has_a_word")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
        sa.UniqueConstraint("word", name=op.f("uq_synonym_word")),
    )
    op.bulk_insert(synonym, [{"word": word, "others": others} for word, others in USUAL.items()])
    op.create_table(
        "product_to_index",
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changes", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_product_to_index")),
    )
    op.create_index("ix_product_to_index_since", "product_to_index", ["since"])
    op.create_table(
        "search_record",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("results", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("degraded", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("visitor", sa.String(length=16), nullable=False),
        sa.CheckConstraint("kind IN ('reference', 'words')", name=op.f("ck_search_record_kind_known")),
        sa.CheckConstraint("results >= 0 AND milliseconds >= 0", name=op.f("ck_search_record_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_record")),
    )
    op.create_index("ix_search_record_at", "search_record", ["at", "words"])
    op.create_index(
        "ix_search_record_nothing", "search_record", ["at", "words"], postgresql_where=sa.text("results = 0")
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("search_record")
    op.drop_table("product_to_index")
    op.drop_table("synonym")
