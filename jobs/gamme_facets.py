"""The counted facets of gammes follow the catalogue."""

from jobs.unit_of_work import for_each
from models.database import utc_now
from services.gamme_facets import keep_gamme_facets, list_uncounted_gammes


def count_changed_gammes() -> None:
    """Count every gamme anew that has changed since it was counted, each in a transaction of its own."""
    for_each(list_uncounted_gammes(), count_gamme)


def count_gamme(gamme_id: int) -> None:
    """Count one gamme and keep its facets."""
    keep_gamme_facets(gamme_id, at=utc_now())
