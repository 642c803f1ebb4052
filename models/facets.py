"""The counted facets of whole gammes, and which of them something has changed since.

Triggers of the database write StaleGamme (migration 0007): whatever changes a product, its criteria or whether it is in
stock marks its gamme in the same transaction, bulk statements and imports included.
"""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, Id, Moment


class GammeFacets(Base):
    """What could narrow a whole gamme, counted (services/gamme_facets.py)."""

    __tablename__ = "gamme_facets"

    gamme_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("gamme.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    facets: Mapped[dict[str, Any]] = mapped_column(JSONB)
    counted_at: Mapped[Moment]


class StaleGamme(Base):
    """A mark that the counted facets of a gamme are no longer true; rows are only added, and taken by who recounts."""

    __tablename__ = "stale_gamme"
    __table_args__ = (Index("ix_stale_gamme_gamme_id", "gamme_id"),)

    id: Mapped[Id]
    gamme_id: Mapped[int] = mapped_column(BigInteger)
