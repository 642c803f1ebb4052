"""What the JSON door says of a gamme's page: the names are those of the front end it feeds."""

from pydantic import BaseModel, Field

from api.contract import Euros
from api.schemas.products import ProductSummary
from domain.money import to_euros
from models.catalog import Family, Gamme
from services.seo import EngineCard, GammeAggregate, GammeTexts
from web.addresses import absolute, family_url, gamme_for_vehicle_url, gamme_url


class FamilyInfo(BaseModel):
    """The family of a gamme; `mf_pic` is the key of its line drawing."""

    mf_id: int
    mf_name: str
    mf_pic: str
    url: str

    @classmethod
    def of(cls, family: Family) -> "FamilyInfo":
        """Show a family."""
        return cls(mf_id=family.id, mf_name=family.name, mf_pic=family.drawing, url=family_url(family))


class PageMeta(BaseModel):
    """What stands in the head of the page."""

    title: str
    description: str
    keywords: str
    robots: str
    canonical: str

    @classmethod
    def of(cls, gamme: Gamme, texts: GammeTexts) -> "PageMeta":
        """Show a head."""
        return cls(
            title=texts.title,
            description=texts.description,
            keywords=texts.keywords,
            robots="index, follow" if gamme.is_indexable else "noindex, nofollow",
            canonical=absolute(gamme_url(gamme)),
        )


class Hero(BaseModel):
    """The top of the page; `image` is the key of the gamme's line drawing, `wall` is not kept."""

    h1: str
    content: str = Field(description="HTML propre.")
    image: str
    wall: str | None = None
    famille_info: FamilyInfo


class EngineItem(BaseModel):
    """A vehicle the gamme has much for."""

    title: str
    description: str
    advice: str
    link: str
    image: str | None = None
    marque_name: str
    modele_name: str
    type_name: str
    puissance: str
    periode: str

    @classmethod
    def of(cls, gamme: Gamme, card: EngineCard) -> "EngineItem":
        """Show a card."""
        vehicle = card.vehicle
        last = str(vehicle.produced_to.year) if vehicle.produced_to else "aujourd'hui"
        return cls(
            title=card.words.title,
            description=card.words.description,
            advice=card.words.advice,
            link=gamme_for_vehicle_url(gamme, vehicle),
            marque_name=vehicle.model.make.name,
            modele_name=vehicle.model.name,
            type_name=vehicle.name,
            puissance=f"{vehicle.power_hp} ch",
            periode=f"{vehicle.produced_from.year} - {last}",
        )


class Engines(BaseModel):
    """The vehicles under their title."""

    title: str
    items: list[EngineItem]


class GammeLinkItem(BaseModel):
    """Another gamme of the family."""

    pg_id: int
    pg_name: str
    pg_alias: str
    image: str
    link: str

    @classmethod
    def of(cls, gamme: Gamme) -> "GammeLinkItem":
        """Show a gamme."""
        return cls(pg_id=gamme.id, pg_name=gamme.name, pg_alias=gamme.alias, image=gamme.drawing, link=gamme_url(gamme))


class Text(BaseModel):
    """A text under its title; `content` is clean HTML."""

    title: str
    content: str


class Information(BaseModel):
    """What is worth knowing; both fields say the same (two generations of clients)."""

    content: str
    description: str


class MakerText(BaseModel):
    """What is said of a maker of parts."""

    pm_id: int
    pm_name: str
    content: str


class Performance(BaseModel):
    """How long it took, and how it was read: `aggregate` or `fallback`."""

    ms: float
    source: str
    cache: str = "MISS"


class GammePageData(BaseModel):
    """A whole page of a gamme; a section without anything in it is null."""

    status: int = 200
    meta: PageMeta
    hero: Hero
    motorisations: Engines | None
    catalogueFiltres: list[GammeLinkItem] | None
    equipementiers: list[MakerText] | None
    conseils: list[Text] | None
    informations: list[Information] | None
    guideAchat: Text | None = Field(default=None, description="Null : la boutique n'a pas d'article.")
    minPrice: Euros | None
    performance: Performance

    @classmethod
    def of(cls, found: GammeAggregate, *, ms: float) -> "GammePageData":
        """Show an aggregate that took so many milliseconds."""
        gamme, texts = found.gamme, found.texts
        items = [EngineItem.of(gamme, card) for card in found.cards]
        summary = found.summary
        return cls(
            meta=PageMeta.of(gamme, texts),
            hero=Hero(
                h1=texts.h1, content=texts.content, image=gamme.drawing, famille_info=FamilyInfo.of(gamme.family)
            ),
            motorisations=Engines(title=f"{gamme.plural_name} par véhicule", items=items) if items else None,
            catalogueFiltres=[GammeLinkItem.of(one) for one in found.siblings] or None,
            equipementiers=[MakerText(pm_id=one.id, pm_name=one.name, content=one.content) for one in texts.brands]
            or None,
            conseils=[Text(title=one.title, content=one.content) for one in texts.advice] or None,
            informations=[Information(content=one, description=one) for one in texts.informations] or None,
            minPrice=to_euros(summary.min_price_cents) if summary else None,
            performance=Performance(ms=round(ms, 1), source=found.source),
        )


class SeoBlock(BaseModel):
    """The texts of a page."""

    h1: str
    content: str
    title: str
    description: str


class Validation(BaseModel):
    """Whether there is anything on the page, and for how many vehicles, or parts for the one that was asked about."""

    valid: bool
    relationsCount: int


class GammeParts(BaseModel):
    """The parts of a gamme, for a vehicle when one is asked about; prices in euros."""

    status: int = 200
    success: bool = True
    pieces: list[ProductSummary]
    count: int
    minPrice: Euros | None
    seo: SeoBlock
    crossSelling: list[GammeLinkItem]
    validation: Validation
    timestamp: str
    source: str


class GammeDetail(BaseModel):
    """A gamme by itself."""

    pg_id: int
    pg_name: str
    pg_alias: str
    pg_img: str
    pg_level: int
    pg_top: bool
    pg_relfollow: bool
    famille: FamilyInfo
    url: str


class GammeDetails(BaseModel):
    """A gamme by itself, in the envelope of its front end."""

    status: int = 200
    success: bool = True
    gamme: GammeDetail

    @classmethod
    def of(cls, gamme: Gamme) -> "GammeDetails":
        """Show a gamme, whose family is loaded."""
        return cls(
            gamme=GammeDetail(
                pg_id=gamme.id,
                pg_name=gamme.name,
                pg_alias=gamme.alias,
                pg_img=gamme.drawing,
                pg_level=gamme.level,
                pg_top=gamme.is_top,
                pg_relfollow=gamme.is_indexable,
                famille=FamilyInfo.of(gamme.family),
                url=gamme_url(gamme),
            )
        )
