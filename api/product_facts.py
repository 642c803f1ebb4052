"""Single facts about products as JSON (spec/products.md): price, stock, delivery, pictures, what a part fits."""

from datetime import date
from typing import Annotated

from flask import Blueprint
from pydantic import BaseModel, BeforeValidator, Field

from api.contract import Answer, Euros, Listing, PageQuery, Pagination, operation
from api.offers import CompatibilityAnswers, CompatibilityQuestion, judged
from api.schemas.products import Image, Price, ProductSummary, Stock, Trait, stock_of
from domain.availability import StockState
from domain.money import contained_vat, to_euros
from models.catalog import Fitment
from models.database import utc_now
from services.fitted_vehicles import count_fitted_vehicles, list_fitted_vehicles
from services.products import get_product, list_products_by_id, part_rows, quote_delivery
from services.stock import available_packs, is_tracked
from web.addresses import picture_url
from web.caching import cached
from web.shared_pages import tag

bp = Blueprint("product_facts", __name__, url_prefix="/api/products")
TAG = "Produits"
Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
_PAGES = {"page": "[1-9]", "limit": "20|50|100"}


def _listed(text: object) -> object:
    """Read « 1,2,3 »."""
    return [one for one in text.split(",") if one] if isinstance(text, str) else text


class Some(BaseModel):
    """The products that are asked about, at most 100."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=100), BeforeValidator(_listed)]


class Quantity(BaseModel):
    """How many sale units."""

    qty: int = Field(default=1, ge=1, le=999)


class PriceOf(BaseModel):
    """What some units of a product cost; the discount is that of a struck-out price, the deposit comes on top."""

    id: int
    qty: int
    price: Euros = Field(description="Prix d'une unité avant remise, TTC.")
    discount: Euros
    final_price: Euros = Field(description="Pour toutes les unités, TTC, sans la consigne.")
    final_price_ht: Euros
    currency: str = "EUR"
    vat_rate: float
    deposit: Euros


class PricedProduct(BaseModel):
    """A product's price; null: it is not sold."""

    id: int
    price: Price | None


class Prices(BaseModel):
    """The prices of the displayed products among those asked about."""

    prices: list[PricedProduct]


class StockOf(BaseModel):
    """What lies there and what can be promised; null: not counted."""

    id: int
    disponible: int | None
    total: int | None
    reserved: int | None
    status: StockState


class Stocks(BaseModel):
    """The stocks of the displayed products among those asked about."""

    stock: list[StockOf]


class Availability(BaseModel):
    """Whether it can be ordered now, and when it arrives in mainland France by the standard way."""

    available: bool
    delivery_days: int | None = Field(description="Jours jusqu'à l'arrivée au plus tard ; null : rien n'est promis.")
    arrives_from: date | None
    arrives_to: date | None
    stock: Stock


class Images(BaseModel):
    """Pictures in their order; none: the shop shows a line drawing."""

    images: list[Image]


class Videos(BaseModel):
    """The shop keeps none."""

    videos: list[Image]


class Restriction(BaseModel):
    """What a vehicle must be for the part to fit it; months null: the whole production."""

    type_id: int
    label: str
    fitted_from: date | None
    fitted_to: date | None
    restriction: str


class FitmentOf(BaseModel):
    """What is written about mounting a part: its criteria, and the vehicles with dates or a condition."""

    criteria: list[Trait]
    restrictions: list[Restriction]
    vehicles_count: int
    is_universal: bool


class ProductsById(BaseModel):
    """The displayed products among those asked about, in the order asked."""

    products: list[ProductSummary]


@bp.get("/by-ids")
@operation(Answer[ProductsById], tag=TAG)
def by_ids(query: Some) -> Answer[ProductsById]:
    """Lire plusieurs produits, au plus cent."""
    rows = part_rows(list_products_by_id(query.ids), {}, at=utc_now())
    return Answer(data=ProductsById(products=[ProductSummary.of(row) for row in rows]))


@bp.get("/<int:id>/price")
@operation(Answer[PriceOf | None], tag=TAG, refusals=(404,))
def price(id: int, query: Quantity) -> Answer[PriceOf | None]:
    """Lire le prix d'un produit ; null quand il n'est pas vendu."""
    product = get_product(id)
    cents = product.price_cents
    if cents is None:
        return Answer(data=None)
    before, total = product.prior_price_cents or cents, cents * query.qty
    return Answer(
        data=PriceOf(
            id=product.id,
            qty=query.qty,
            price=to_euros(before),
            discount=to_euros((before - cents) * query.qty),
            final_price=to_euros(total),
            final_price_ht=to_euros(total - contained_vat(total, product.vat_basis_points)),
            vat_rate=product.vat_basis_points / 100,
            deposit=to_euros(product.deposit_cents * query.qty),
        )
    )


@bp.post("/prices")
@operation(Answer[Prices], tag=TAG, refusals=(403, 413))
def prices(json: Some) -> Answer[Prices]:
    """Lire les prix de plusieurs produits, au plus cent."""
    found = list_products_by_id(json.ids)
    return Answer(data=Prices(prices=[PricedProduct(id=one.id, price=Price.of(one)) for one in found]))


@bp.get("/<int:id>/stock")
@operation(Answer[StockOf], tag=TAG, refusals=(404,))
def stock(id: int) -> Answer[StockOf]:
    """Lire le stock d'un produit."""
    product = get_product(id)
    return Answer(data=_stock(product))


@bp.post("/stock")
@operation(Answer[Stocks], tag=TAG, refusals=(403, 413))
def stocks(json: Some) -> Answer[Stocks]:
    """Lire le stock de plusieurs produits, au plus cent."""
    return Answer(data=Stocks(stock=[_stock(one) for one in list_products_by_id(json.ids)]))


@bp.get("/<int:id>/availability")
@operation(Answer[Availability], tag=TAG, refusals=(404,))
def when(id: int) -> Answer[Availability]:
    """Dire si un produit part, et quand il arrive."""
    product, at = get_product(id), utc_now()
    quote = quote_delivery(product, at=at)
    row = part_rows([product], {}, at=at)[0]
    return Answer(
        data=Availability(
            available=product.price_cents is not None and available_packs(product) > 0,
            delivery_days=None if quote is None else (quote.arrives_to - at.date()).days,
            arrives_from=quote.arrives_from if quote else None,
            arrives_to=quote.arrives_to if quote else None,
            stock=stock_of(row),
        )
    )


@bp.get("/<int:id>/images")
@cached(600, kind="api")
@operation(Answer[Images], tag=TAG, refusals=(404,))
def images(id: int) -> Answer[Images]:
    """Lister les photos d'un produit."""
    product = get_product(id)
    tag(f"product:{product.id}")
    shown = [Image(url=url, alt=one.alt) for one in product.pictures if (url := picture_url(one))]
    return Answer(data=Images(images=shown))


@bp.get("/<int:id>/videos")
@cached(600, kind="api")
@operation(Answer[Videos], tag=TAG, refusals=(404,))
def videos(id: int) -> Answer[Videos]:
    """Lister les vidéos d'un produit : la boutique n'en a pas."""
    tag(f"product:{get_product(id).id}")
    return Answer(data=Videos(videos=[]))


@bp.get("/<int:id>/fitment")
@cached(600, kind="api", query=_PAGES)
@operation(Listing[FitmentOf], tag=TAG, refusals=(404,))
def fitment(id: int, query: PageQuery) -> Listing[FitmentOf]:
    """Lire ce qui est écrit du montage d'une pièce, véhicule par véhicule."""
    product = get_product(id)
    tag(f"product:{product.id}", f"group:{product.fitment_group_id}", "makes")
    found = list_fitted_vehicles(product, page=query.page, per_page=query.limit)
    count = count_fitted_vehicles(product)
    return Listing(
        data=FitmentOf(
            criteria=[
                Trait(name=trait.criterion.name, value=trait.value, unit=trait.criterion.unit)
                for trait in product.criteria
            ],
            restrictions=[
                _restriction(vehicle.type.label, one)
                for model in found.models
                for vehicle in model.vehicles
                for one in vehicle.fitments
            ],
            vehicles_count=count,
            is_universal=product.is_universal,
        ),
        pagination=Pagination.of(page=query.page, limit=query.limit, total=count),
    )


@bp.post("/check-compatibility")
@operation(Answer[CompatibilityAnswers], tag=TAG, refusals=(403, 404, 413))
def check_compatibility(json: CompatibilityQuestion) -> Answer[CompatibilityAnswers]:
    """Dire de chaque produit s'il convient à un véhicule, sous un autre nom."""
    return Answer(data=judged(json))


def _stock(product: object) -> StockOf:
    row = part_rows([product], {}, at=utc_now())[0]  # type: ignore[list-item]
    kept = row.product.stock
    counted = is_tracked()
    return StockOf(
        id=row.product.id,
        disponible=row.availability.packs if counted else None,
        total=(kept.on_hand if kept else 0) if counted else None,
        reserved=(kept.reserved if kept else 0) if counted else None,
        status=row.availability.state,
    )


def _restriction(label: str, one: Fitment) -> Restriction:
    return Restriction(
        type_id=one.vehicle_type_id,
        label=label,
        fitted_from=one.fitted_from,
        fitted_to=one.fitted_to,
        restriction=one.restriction,
    )
