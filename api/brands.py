"""Makers of parts as JSON (spec/equipementiers.md)."""

from typing import Annotated

from flask import Blueprint
from pydantic import BaseModel, Field, StringConstraints

from api.contract import Answer, operation
from api.schemas.products import ProductSummary
from config import settings
from models.catalog import Brand
from models.database import utc_now
from services.catalog import get_brand, list_brands, list_offers_of_brand
from services.product_choices import list_best_sellers
from services.products import part_rows
from web.addresses import brand_url, gamme_url
from web.caching import cached
from web.limits import limiter
from web.shared_pages import tag

bp = Blueprint("brands", __name__, url_prefix="/api/catalog/equipementiers")


class BrandSummary(BaseModel):
    """A maker of parts; `oes`: it also supplies the makers of cars."""

    pm_id: int
    pm_name: str
    pm_alias: str
    oes: bool
    stars: int | None
    top: bool
    url: str

    @classmethod
    def of(cls, brand: Brand) -> "BrandSummary":
        """Show a brand."""
        return cls(**_values(brand))


class BrandGammeCount(BaseModel):
    """What a brand sells in a gamme."""

    pg_id: int
    alias: str
    name: str
    products_count: int
    min_price: float | None
    url: str


class BrandDetail(BrandSummary):
    """A brand with its gammes and what sells best of it."""

    description: str
    gammes: list[BrandGammeCount]
    products: list[ProductSummary] = Field(description="Ses meilleures ventes de 90 jours, au plus 12.")


class BrandStats(BaseModel):
    """How many there are."""

    total_equipementiers: int


class BrandList(BaseModel):
    """The displayed brands: tops first, then by position and name."""

    equipementiers: list[BrandSummary]
    stats: BrandStats


class FoundBrands(BaseModel):
    """The displayed brands whose name holds a text."""

    equipementiers: list[BrandSummary]
    results_count: int
    search_term: str


class BrandSearch(BaseModel):
    """A part of a name."""

    q: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


@bp.get("")
@cached(3600, kind="api")
@operation(Answer[BrandList], tag="Équipementiers")
def index() -> Answer[BrandList]:
    """Lister les équipementiers affichés."""
    tag("brands")
    brands = [BrandSummary.of(brand) for brand in list_brands()]
    stats = BrandStats(total_equipementiers=len(brands))
    return Answer(data=BrandList(equipementiers=brands, stats=stats))


@bp.get("/search")
@limiter.limit(lambda: settings().limit_search)
@operation(Answer[FoundBrands], tag="Équipementiers")
def search(query: BrandSearch) -> Answer[FoundBrands]:
    """Chercher un équipementier par son nom."""
    found = [BrandSummary.of(brand) for brand in list_brands() if query.q.casefold() in brand.name.casefold()]
    return Answer(data=FoundBrands(equipementiers=found, results_count=len(found), search_term=query.q))


@bp.get("/<int:id>")
@cached(3600, kind="api")
@operation(Answer[BrandDetail], tag="Équipementiers", refusals=(404,))
def show(id: int) -> Answer[BrandDetail]:
    """Lire un équipementier, ses gammes et ses meilleures ventes."""
    brand = get_brand(id)
    tag(f"brand:{id}", f"range:brand:{id}", "menu", "recommendations", "ranges")
    gammes = [
        BrandGammeCount(
            pg_id=offer.gamme.id,
            alias=offer.gamme.alias,
            name=offer.gamme.name,
            products_count=offer.references,
            min_price=None if offer.from_cents is None else offer.from_cents / 100,
            url=gamme_url(offer.gamme),
        )
        for offer in list_offers_of_brand(id)
    ]
    rows = part_rows(list_best_sellers(brand_id=id), {}, at=utc_now())
    products = [ProductSummary.of(row) for row in rows]
    return Answer(data=BrandDetail(**_values(brand), description=brand.description, gammes=gammes, products=products))


def _values(brand: Brand) -> dict[str, object]:
    return {
        "pm_id": brand.id,
        "pm_name": brand.name,
        "pm_alias": brand.alias,
        "oes": brand.is_oes,
        "stars": brand.stars,
        "top": brand.is_top,
        "url": brand_url(brand),
    }
