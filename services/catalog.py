"""Families, gammes and products, as the shop shows them."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from models.catalog import Family, Gamme
from models.database import session


def list_menu() -> list[Family]:
    """List the displayed families with their displayed level-1 gammes, in the order of the menu."""
    return list(
        session.scalars(
            select(Family)
            .join(Family.gammes)
            .where(Family.is_displayed, Gamme.is_displayed, Gamme.level == 1)
            .order_by(Family.position, Family.id, Gamme.position, Gamme.name)
            .options(contains_eager(Family.gammes))
        ).unique()
    )
