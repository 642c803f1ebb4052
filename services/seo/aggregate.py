"""A gamme's page in one piece, for the front end of machines (spec/gamme-rest.md)."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.exc import OperationalError

from domain.errors import ShopError
from models.catalog import Gamme
from models.database import session
from models.offers import GammeSummary
from services.catalog import get_gamme
from services.seo.gammes import NO_SOURCES, EngineCard, GammePage, GammeTexts, get_gamme_page, list_engine_cards


class GammeUnreadable(ShopError):
    """Neither the page nor its gamme could be read in time: worth asking again."""

    status = 503
    code = "SERVICE_UNAVAILABLE"


class Source(StrEnum):
    """How an aggregate was read: whole, or only what could be had once the database had taken too long."""

    WHOLE = "aggregate"
    FALLBACK = "fallback"


@dataclass(frozen=True)
class GammeAggregate:
    """A gamme with its family, the others of it, its texts, its vehicles and what it offers (None: nothing)."""

    gamme: Gamme
    siblings: list[Gamme]
    texts: GammeTexts
    cards: list[EngineCard]
    summary: GammeSummary | None
    source: Source


def read_gamme_aggregate(gamme_id: int) -> GammeAggregate:
    """Return all of a gamme's page, or its bare self when a statement ran into its time-out; raises NotFound.

    Raises GammeUnreadable when even that cannot be read.
    """
    try:
        with session.begin_nested():
            return _whole(gamme_id)
    except OperationalError:
        gamme = _bare(gamme_id)
        return GammeAggregate(gamme, [], GammePage(gamme, [], NO_SOURCES).write(), [], None, Source.FALLBACK)


def _bare(gamme_id: int) -> Gamme:
    try:
        return get_gamme(gamme_id)
    except OperationalError as error:
        raise GammeUnreadable("Cette page ne peut pas être lue pour l'instant. Redemandez-la.") from error


def _whole(gamme_id: int) -> GammeAggregate:
    page = get_gamme_page(gamme_id)
    texts = page.write()
    cards = list_engine_cards(page.gamme, texts)
    summary = session.get(GammeSummary, gamme_id)
    return GammeAggregate(page.gamme, page.siblings[:20], texts, cards, summary, Source.WHOLE)
