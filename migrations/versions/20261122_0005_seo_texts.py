"""Templates, switches and texts of pages."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('brand_gamme_text',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('gamme_id', sa.BigInteger(), nullable=False),
    sa.Column('brand_id', sa.BigInteger(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['brand_id'], ['brand.id'], name=op.f('fk_brand_gamme_text_brand_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['gamme_id'], ['gamme.id'], name=op.f('fk_brand_gamme_text_gamme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_brand_gamme_text'))
    )
    op.create_index('ix_brand_gamme_text_brand_id', 'brand_gamme_text', ['brand_id'], unique=False)
    op.create_index('uq_brand_gamme_text_gamme_id_brand_id', 'brand_gamme_text', ['gamme_id', 'brand_id'], unique=True)
    op.create_table('gamme_advice',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('gamme_id', sa.BigInteger(), nullable=False),
    sa.Column('title', sa.String(length=200), server_default='', nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['gamme_id'], ['gamme.id'], name=op.f('fk_gamme_advice_gamme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gamme_advice'))
    )
    op.create_index('ix_gamme_advice_gamme_id', 'gamme_advice', ['gamme_id', 'id'], unique=False)
    op.create_table('gamme_information',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('gamme_id', sa.BigInteger(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['gamme_id'], ['gamme.id'], name=op.f('fk_gamme_information_gamme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gamme_information'))
    )
    op.create_index('ix_gamme_information_gamme_id', 'gamme_information', ['gamme_id', 'id'], unique=False)
    op.create_table('gamme_text',
    sa.Column('gamme_id', sa.BigInteger(), nullable=False),
    sa.Column('title', sa.String(length=200), server_default='', nullable=False),
    sa.Column('description', sa.String(length=400), server_default='', nullable=False),
    sa.Column('keywords', sa.String(length=400), server_default='', nullable=False),
    sa.Column('h1', sa.String(length=200), server_default='', nullable=False),
    sa.Column('content', sa.Text(), server_default='', nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['gamme_id'], ['gamme.id'], name=op.f('fk_gamme_text_gamme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('gamme_id', name=op.f('pk_gamme_text'))
    )
    op.create_table('text_switch',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('gamme_id', sa.BigInteger(), nullable=True),
    sa.Column('family_id', sa.BigInteger(), nullable=True),
    sa.Column('slot', sa.SmallInteger(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.CheckConstraint("(kind = 'family') = (family_id IS NOT NULL)", name=op.f('ck_text_switch_family_has_its_own')),
    sa.CheckConstraint("kind <> 'gamme' OR gamme_id IS NOT NULL", name=op.f('ck_text_switch_gamme_has_its_own')),
    sa.CheckConstraint("kind <> 'type' OR gamme_id IS NULL", name=op.f('ck_text_switch_type_has_no_gamme')),
    sa.CheckConstraint("kind IN ('item', 'gamme', 'family', 'type')", name=op.f('ck_text_switch_kind_known')),
    sa.CheckConstraint('slot BETWEEN 0 AND 9999', name=op.f('ck_text_switch_slot_range')),
    sa.ForeignKeyConstraint(['family_id'], ['family.id'], name=op.f('fk_text_switch_family_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['gamme_id'], ['gamme.id'], name=op.f('fk_text_switch_gamme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_switch'))
    )
    op.create_index('ix_text_switch_family_id', 'text_switch', ['family_id', 'slot', 'id'], unique=False, postgresql_where=sa.text('family_id IS NOT NULL'))
    op.create_index('ix_text_switch_gamme_id', 'text_switch', ['gamme_id', 'kind', 'slot', 'id'], unique=False)
    op.create_index('ix_text_switch_generic', 'text_switch', ['kind', 'slot', 'id'], unique=False, postgresql_where=sa.text('gamme_id IS NULL'))
    op.create_table('vehicle_gamme_template',
    sa.Column('gamme_id', sa.BigInteger(), nullable=False),
    sa.Column('title', sa.String(length=400), server_default='', nullable=False),
    sa.Column('description', sa.String(length=800), server_default='', nullable=False),
    sa.Column('h1', sa.String(length=400), server_default='', nullable=False),
    sa.Column('preview', sa.Text(), server_default='', nullable=False),
    sa.Column('content', sa.Text(), server_default='', nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['gamme_id'], ['gamme.id'], name=op.f('fk_vehicle_gamme_template_gamme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('gamme_id', name=op.f('pk_vehicle_gamme_template'))
    )


def downgrade() -> None:
    op.drop_table("vehicle_gamme_template")
    op.drop_table("text_switch")
    op.drop_table("gamme_text")
    op.drop_table("gamme_information")
    op.drop_table("gamme_advice")
    op.drop_table("brand_gamme_text")
