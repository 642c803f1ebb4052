"""What a gamme's own page says beside its list, and the vehicles it leads to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, case, func, or_, select, text
from sqlalchemy.orm import contains_eager

from domain.engine_cards import CardWords, write_card
from domain.errors import NotFound
from domain.page_heads import fit_description, fit_title
from domain.page_texts import clean_html, plain_text, settle
from models.catalog import Gamme
from models.database import session
from models.offers import VehicleGamme
from models.vehicles import Make, VehicleModel, VehicleType
from services.catalog import MAX_LISTED, displayed_gammes
from services.seo.words import words_of_gamme, words_of_vehicle

MAX_CARDS = 12
# Cards show different models: they are picked among so many of the vehicles with the most to offer.
_AMONG = 300

_SOURCES = """
SELECT json_build_object(
    'text', (SELECT row_to_json(gamme_text) FROM gamme_text WHERE gamme_id = :gamme_id),
    'advice', (SELECT json_agg(json_build_array(title, content) ORDER BY id)
        FROM (SELECT * FROM gamme_advice WHERE gamme_id = :gamme_id ORDER BY id LIMIT 20) one),
    'informations', (SELECT json_agg(content ORDER BY id)
        FROM (SELECT * FROM gamme_information WHERE gamme_id = :gamme_id ORDER BY id LIMIT 50) one),
    'brands', (SELECT json_agg(json_build_array(id, alias, name, is_oes, content) ORDER BY said_id)
        FROM (
            SELECT brand.id, alias, name, is_oes, content, said.id AS said_id
            FROM brand_gamme_text said JOIN brand ON brand.id = said.brand_id
            WHERE said.gamme_id = :gamme_id AND said.content <> '' AND is_displayed ORDER BY said.id LIMIT 4
        ) one),
    'firsts', (SELECT json_agg(content ORDER BY id) FROM (
        SELECT * FROM text_switch WHERE kind = 'item' AND slot = 1 AND gamme_id = :gamme_id ORDER BY id LIMIT 500
        ) one),
    'seconds', (SELECT json_agg(content ORDER BY id) FROM (
        SELECT * FROM text_switch WHERE kind = 'item' AND slot = 2 AND gamme_id = :gamme_id ORDER BY id LIMIT 50
        ) one)
) AS sources
"""


NO_SOURCES: Mapping[str, Any] = {
    "text": None,
    "advice": None,
    "informations": None,
    "brands": None,
    "firsts": None,
    "seconds": None,
}


@dataclass(frozen=True)
class Advice:
    """A piece of advice: a title, maybe empty, and clean HTML."""

    title: str
    content: str


@dataclass(frozen=True)
class BrandText:
    """What is said of a brand for a gamme: clean HTML; `alias` and `id` make its address."""

    id: int
    alias: str
    name: str
    is_oes: bool
    content: str


@dataclass(frozen=True)
class GammeTexts:
    """The texts of a gamme's page; what was never written is empty, title, description and h1 never are."""

    title: str
    description: str
    h1: str
    content: str = ""
    keywords: str = ""
    advice: tuple[Advice, ...] = ()
    informations: tuple[str, ...] = ()
    brands: tuple[BrandText, ...] = ()
    # What engine cards draw from (domain/engine_cards.py).
    firsts: tuple[str, ...] = field(default=(), repr=False)
    seconds: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class GammePage:
    """A gamme with its family, the other level-1 gammes of it by name, and what its texts are made from."""

    gamme: Gamme
    siblings: list[Gamme]
    sources: Mapping[str, Any]

    def write(self, *offer: str) -> GammeTexts:
        """Return the texts of the page; `offer` are true sentences for a description that none was written for."""
        return _write(self.gamme, self.sources, offer)


@dataclass(frozen=True)
class EngineCard:
    """A vehicle type that a gamme has much for, with model and make loaded, and what its card says."""

    vehicle: VehicleType
    words: CardWords
    references: int
    from_cents: int


def get_gamme_page(gamme_id: int) -> GammePage:
    """Return a displayed gamme, its siblings and the sources of its texts, in one query; raises NotFound."""
    family_id = select(Gamme.family_id).where(Gamme.id == gamme_id).scalar_subquery()
    sources = text(_SOURCES).bindparams(gamme_id=gamme_id).columns(sources=JSON).scalar_subquery()
    found = session.execute(
        displayed_gammes()
        .where(Gamme.family_id == family_id, or_(Gamme.level == 1, Gamme.id == gamme_id))
        .order_by(Gamme.name)
        .limit(MAX_LISTED)
        .add_columns(case((Gamme.id == gamme_id, sources)))
    ).all()
    page = next((GammePage(gamme, [], made) for gamme, made in found if gamme.id == gamme_id), None)
    if page is None:
        raise NotFound("Cette gamme de pièces n'existe pas ou plus.")
    page.siblings.extend(gamme for gamme, _sources in found if gamme.id != gamme_id)
    return page


def list_engine_cards(gamme: Gamme, texts: GammeTexts, *, limit: int = MAX_CARDS) -> list[EngineCard]:
    """List the vehicles for which a gamme offers the most, one of each model, by make, model and year; one query.

    They are counted beforehand (services/vehicle_gammes.py): none before the first count.
    """
    best = (
        select(VehicleGamme.vehicle_type_id, VehicleGamme.product_count, VehicleGamme.min_price_cents)
        .where(VehicleGamme.gamme_id == gamme.id)
        .order_by(VehicleGamme.product_count.desc(), VehicleGamme.vehicle_type_id)
        .limit(_AMONG)
        .subquery()
    )
    order = (best.c.product_count.desc(), best.c.vehicle_type_id)
    ranked = (
        select(best, func.row_number().over(partition_by=VehicleType.model_id, order_by=order).label("rank"))
        .join(VehicleType, VehicleType.id == best.c.vehicle_type_id)
        .join(VehicleType.model)
        .join(VehicleModel.make)
        .where(VehicleType.is_displayed, VehicleModel.is_displayed, Make.is_displayed)
        .subquery()
    )
    chosen = (
        select(ranked)
        .where(ranked.c.rank == 1)
        .order_by(ranked.c.product_count.desc(), ranked.c.vehicle_type_id)
        .limit(min(limit, MAX_CARDS))
        .subquery()
    )
    rows = session.execute(
        select(VehicleType, chosen.c.product_count, chosen.c.min_price_cents)
        .join(chosen, chosen.c.vehicle_type_id == VehicleType.id)
        .join(VehicleType.model)
        .join(VehicleModel.make)
        .order_by(Make.name, VehicleModel.name, VehicleType.produced_from, VehicleType.id)
        .options(contains_eager(VehicleType.model).contains_eager(VehicleModel.make))
    ).all()
    return [_card(gamme, texts, row, *found) for row, found in enumerate(rows)]


def _write(gamme: Gamme, sources: Mapping[str, Any], offer: Sequence[str]) -> GammeTexts:
    written, name = sources["text"] or {}, gamme.plural_name
    return GammeTexts(
        title=fit_title(_words(written.get("title")) or f"{name} : prix, stock et montage", name),
        description=fit_description(_words(written.get("description")), *offer, *_said(name)),
        h1=_words(written.get("h1")) or name,
        content=_html(written.get("content")),
        keywords=_words(written.get("keywords")),
        advice=tuple(Advice(_words(title), _html(content)) for title, content in sources["advice"] or ()),
        informations=tuple(filter(None, map(_words, sources["informations"] or ()))),
        brands=tuple(
            BrandText(number, alias, brand, is_oes, _html(content))
            for number, alias, brand, is_oes, content in sources["brands"] or ()
        ),
        firsts=tuple(sources["firsts"] or ()),
        seconds=tuple(sources["seconds"] or ()),
    )


def _card(gamme: Gamme, texts: GammeTexts, row: int, vehicle: VehicleType, references: int, cents: int) -> EngineCard:
    words = write_card(
        words_of_gamme(gamme), words_of_vehicle(vehicle), texts.firsts, texts.seconds, texts.informations, row
    )
    return EngineCard(vehicle, words, references, cents)


def _html(text: str | None) -> str:
    return settle(clean_html(text)) if text else ""


def _words(text: str | None) -> str:
    return settle(plain_text(text)) if text else ""


def _said(name: str) -> Sequence[str]:
    return (
        f"{name} : choisissez votre véhicule et voyez ce qui convient, avec dates de montage et stock.",
        "Prix, stock et compatibilité affichés pour chaque référence.",
    )
