"""The facets of whole gammes, counted beforehand (docs/queries.md).

A page of a gamme without filters is the most visited list, and counting thousands of products for each visit would make
it grow with the catalogue. Its counts are kept, and only used while nothing they count has changed: the database marks
a gamme in the transaction that changes it, and a marked gamme is counted live until a job has counted it anew.
"""

from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, exists, or_, select
from sqlalchemy.dialects.postgresql import insert

from models.catalog import Gamme, Product
from models.database import session
from models.facets import GammeFacets, StaleGamme
from services.products_facets import Facets, count_facets
from services.products_filters import ProductFilters

_FACETS = TypeAdapter(Facets)


def find_gamme_facets(gamme_id: int) -> Facets | None:
    """Return the kept facets of a whole gamme; None when it was never counted or has changed since."""
    is_stale = exists().where(StaleGamme.gamme_id == gamme_id)
    kept = session.scalar(select(GammeFacets.facets).where(GammeFacets.gamme_id == gamme_id, ~is_stale))
    return None if kept is None else _FACETS.validate_python(kept)


def list_uncounted_gammes() -> list[int]:
    """List the gammes that were never counted or have changed since, by id."""
    is_counted = exists().where(GammeFacets.gamme_id == Gamme.id)
    is_stale = exists().where(StaleGamme.gamme_id == Gamme.id)
    return list(session.scalars(select(Gamme.id).where(or_(~is_counted, is_stale)).order_by(Gamme.id)))


def keep_gamme_facets(gamme_id: int, *, at: datetime) -> None:
    """Count a gamme and keep its facets; a change that commits meanwhile leaves its mark, and another turn follows."""
    # The marks are taken before the count begins, so that it sees whatever these tell of.
    session.execute(delete(StaleGamme).where(StaleGamme.gamme_id == gamme_id))
    facets = _FACETS.dump_python(count_facets((Product.gamme_id == gamme_id,), ProductFilters(), {}, None), mode="json")
    kept = insert(GammeFacets).values(gamme_id=gamme_id, facets=facets, counted_at=at)
    session.execute(
        kept.on_conflict_do_update(
            index_elements=[GammeFacets.gamme_id],
            set_={"facets": kept.excluded.facets, "counted_at": kept.excluded.counted_at},
        )
    )
