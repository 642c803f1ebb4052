"""One product: what its page says, what could stand in for it, which cars it fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from config import settings
from domain.availability import Availability, availability_of
from domain.errors import NotFound
from domain.fitment import Verdict
from domain.search import search_text
from domain.shipping import DeliveryOption, delivery_options, total_weight
from models.catalog import Brand, Family, Gamme, Product, ProductCriterion, ProductReference
from models.database import session
from models.outbox import Event, record
from services.index_marks import mark_for_index
from services.products_rows import ListedProduct, read_listed_by_id
from services.stock import available_packs

PARIS = ZoneInfo("Europe/Paris")
# Where a delivery is quoted before the shop knows the address: mainland France.
QUOTED_POSTAL_CODE = "75001"


@dataclass(frozen=True)
class ProductChanged(Event):
    """What the shop sells or shows of a product has changed: its price, words, references or visibility."""

    product_id: int


@dataclass(frozen=True)
class PartRow:
    """A product as a list shows it: with its stock in words and, once a vehicle is known, whether it fits."""

    product: Product | ListedProduct
    availability: Availability
    verdict: Verdict | None = None


class ProductChange(BaseModel):
    """What staff can change of a product; what is not given stays. Prices in cents, VAT included, per pack."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None
    price_cents: int | None = Field(default=None, ge=1, le=999_999_99)
    prior_price_cents: int | None = Field(default=None, ge=1, le=999_999_99)
    deposit_cents: int | None = Field(default=None, ge=0, le=999_999_99)
    is_displayed: bool | None = None


def get_product(product_id: int) -> Product:
    """Return a displayed product with gamme, family, brand, stock, pictures, criteria and references; or NotFound."""
    found = session.scalars(_shown_product(), {"product_id": product_id}).unique().one_or_none()
    if found is None:
        raise NotFound("Cette pièce n'existe pas ou n'est plus proposée.")
    return found


def list_products_by_id(product_ids: Sequence[int]) -> list[ListedProduct]:
    """List the displayed products among at most 100 ids, in the order asked for, ready for a list."""
    if len(product_ids) > 100:
        raise ValueError("at most 100 products at a time")
    found = read_listed_by_id(product_ids)
    return [found[product_id] for product_id in product_ids if product_id in found]


def availability(product: Product | ListedProduct, *, at: datetime) -> Availability:
    """Return what can be promised of a product now; needs `product.stock` loaded."""
    stock = product.stock
    return availability_of(
        available_packs(product),
        low_threshold=stock.low_threshold if stock else 0,
        restock_on=stock.next_restock_on if stock else None,
        now=at.astimezone(PARIS),
        cutoff_hour=settings().dispatch_cutoff_hour,
    )


def quote_delivery(product: Product, *, at: datetime) -> DeliveryOption | None:
    """Return the standard delivery of one pack to mainland France, None when none can be promised."""
    if product.price_cents is None or available_packs(product) <= 0:
        return None
    config = settings()
    return delivery_options(
        country="FR",
        postal_code=QUOTED_POSTAL_CODE,
        weight_grams=total_weight([(product.weight_grams, 1)]),
        goods_cents=product.price_cents,
        now=at.astimezone(PARIS),
        free_from_cents=config.free_shipping_from_cents,
        free_zones=config.free_shipping_zones,
        cutoff_hour=config.dispatch_cutoff_hour,
    )[0]


def part_rows(
    products: Iterable[Product | ListedProduct], verdicts: Mapping[int, Verdict], *, at: datetime
) -> list[PartRow]:
    """Return products as rows of a list; a product without a verdict in `verdicts` shows none."""
    return [PartRow(product, availability(product, at=at), verdicts.get(product.id)) for product in products]


def change_product(product_id: int, change: ProductChange, *, at: datetime) -> Product:
    """Change what is sold or shown of a product, displayed or not; records ProductChanged, raises NotFound."""
    product = session.get(
        Product,
        product_id,
        options=[joinedload(Product.gamme), joinedload(Product.brand)],
        with_for_update={"of": Product},
    )
    if product is None:
        raise NotFound("Cette pièce n'existe pas.")
    for name in change.model_fields_set:
        setattr(product, name, getattr(change, name))
    product.search_text = words_of(product, _reference_texts(product.id))
    product.updated_at = at
    session.flush()
    mark_for_index([product.id])
    record(ProductChanged(product.id))
    return product


def words_of(product: Product, references: Iterable[str]) -> str:
    """Return the words under which PostgreSQL finds a product; needs gamme and brand loaded."""
    return search_text(
        product.name, product.side, product.gamme.name, product.brand.name, product.reference, *references
    )


@cache
def _shown_product() -> Select[Product]:
    return (
        displayed_products()
        .where(Product.id == bindparam("product_id"))
        .options(
            joinedload(Product.pictures),
            selectinload(Product.criteria).joinedload(ProductCriterion.criterion),
            selectinload(Product.references),
        )
    )


def displayed_products() -> Select[Product]:
    """Return the query of displayed products of displayed gammes and brands, these and the stock loaded."""
    return (
        select(Product)
        .join(Product.gamme)
        .join(Gamme.family)
        .join(Product.brand)
        .where(Product.is_displayed, Gamme.is_displayed, Family.is_displayed, Brand.is_displayed)
        .options(
            contains_eager(Product.gamme).contains_eager(Gamme.family),
            contains_eager(Product.brand),
            joinedload(Product.stock),
        )
    )


def list_options() -> tuple:  # type: ignore[type-arg]
    """Return what a list of entities loads besides: pictures with the row, criteria in one more query."""
    return (joinedload(Product.pictures), selectinload(Product.criteria).joinedload(ProductCriterion.criterion))


def _reference_texts(product_id: int) -> Sequence[str]:
    return session.scalars(
        select(ProductReference.reference).where(ProductReference.product_id == product_id).limit(200)
    ).all()
