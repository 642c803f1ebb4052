"""What the JSON door says of a product."""

from datetime import date

from pydantic import BaseModel, Field

from api.contract import Euros
from domain.availability import StockState
from domain.fitment import Fit, Verdict
from domain.money import contained_vat, to_euros
from models.catalog import Product
from services.products import PartRow
from services.products_rows import ListedProduct
from services.search import SearchKind
from services.stock import is_tracked
from web.addresses import picture_url, product_url


class NamedThing(BaseModel):
    """A brand or a gamme (kind of part)."""

    id: int
    alias: str
    name: str


class Price(BaseModel):
    """What one sale unit costs; the deposit (consigne) comes on top and is paid back."""

    ttc: Euros
    ht: Euros
    vat_rate: float = Field(description="En pour cent.")
    deposit: Euros
    prior_ttc: Euros | None = Field(description="Prix le plus bas des 30 jours avant une réduction.")
    currency: str = "EUR"

    @classmethod
    def of(cls, product: Product | ListedProduct) -> "Price | None":
        """Show a price; None: the product is not sold."""
        cents, rate = product.price_cents, product.vat_basis_points
        if cents is None:
            return None
        return cls(
            ttc=to_euros(cents),
            ht=to_euros(cents - contained_vat(cents, rate)),
            vat_rate=rate / 100,
            deposit=to_euros(product.deposit_cents),
            prior_ttc=None if product.prior_price_cents is None else to_euros(product.prior_price_cents),
        )


class Stock(BaseModel):
    """What can be promised now; days are null where they are not known."""

    status: StockState
    available: int | None = Field(description="Unités de vente ; null : le stock n'est pas compté.")
    leaves_on: date | None
    restock_on: date | None


class Compatibility(BaseModel):
    """Whether the product fits the vehicle that was asked about."""

    fit: Fit
    reason: str


class Image(BaseModel):
    """A picture."""

    url: str
    alt: str


class Trait(BaseModel):
    """A criterion with its value."""

    name: str
    value: str
    unit: str


class OtherReference(BaseModel):
    """Another number of the same part: of the vehicle's maker, or of a rival brand."""

    maker: str
    reference: str


class ProductSummary(BaseModel):
    """A product in a list."""

    id: int
    name: str
    reference: str
    side: str
    brand: NamedThing
    gamme: NamedThing
    price: Price | None
    stock: Stock
    images: list[Image]
    criteria: list[Trait]
    sale_quantity: int = Field(description="Pièces par unité de vente.")
    weight: float | None = Field(description="Kilogrammes par unité de vente ; null : inconnu.")
    quality: str = Field(description="« Echange Standard », « OES » ou « AFTERMARKET ».")
    compatibility: Compatibility | None = Field(description="Null quand aucun véhicule n'est demandé.")
    url: str

    @classmethod
    def of(cls, row: PartRow) -> "ProductSummary":
        """Show a row of a list."""
        return cls(**_common(row))


class ProductDetail(ProductSummary):
    """A product with everything its page says."""

    description: str
    safety_note: str
    oem: list[OtherReference]
    cross_references: list[OtherReference]
    ean: list[str]

    @classmethod
    def of(cls, row: PartRow) -> "ProductDetail":
        """Show a product with its references loaded."""
        product = row.product
        eans = [product.ean, *(other.reference for other in product.references if other.kind == "ean")]
        return cls(
            **_common(row),
            description=product.description,
            safety_note=product.safety_note,
            oem=_references(product, "oem"),
            cross_references=_references(product, "cross"),
            ean=list(dict.fromkeys(filter(None, eans))),
        )


class ProductList(BaseModel):
    """One page of products."""

    products: list[ProductSummary]
    total: int
    page: int
    total_is_capped: bool = Field(description="Le total est un minimum : le compte s'arrête là.")


class FacetValue(BaseModel):
    """A brand or a gamme with how many results it would leave."""

    id: int
    name: str
    count: int


class SearchFacets(BaseModel):
    """What could narrow a search further."""

    brands: list[FacetValue]
    gammes: list[FacetValue]


class SearchResults(BaseModel):
    """One page of results; `degraded`: found without the search engine, so perhaps fewer."""

    results: list[ProductSummary]
    total: int
    kind: SearchKind
    facets: SearchFacets
    degraded: bool


def _common(row: PartRow) -> dict[str, object]:
    product = row.product
    return {
        "id": product.id,
        "name": product.name,
        "reference": product.reference,
        "side": product.side,
        "brand": _named(product.brand),
        "gamme": _named(product.gamme),
        "price": Price.of(product),
        "stock": stock_of(row),
        "images": [Image(url=url, alt=one.alt) for one in product.pictures if (url := picture_url(one))],
        "criteria": [
            Trait(name=trait.criterion.name, value=trait.value, unit=trait.criterion.unit) for trait in product.criteria
        ],
        "sale_quantity": product.sale_quantity,
        "weight": product.weight_grams / 1000 if product.weight_grams else None,
        "quality": _quality(product),
        "compatibility": _compatibility(row.verdict),
        "url": product_url(product),
    }


def _named(thing: object) -> NamedThing:
    return NamedThing.model_validate(thing, from_attributes=True)


def stock_of(row: PartRow) -> Stock:
    """Show what can be promised of a product."""
    found = row.availability
    return Stock(
        status=found.state,
        available=found.packs if is_tracked() else None,
        leaves_on=found.leaves_on,
        restock_on=found.restock_on,
    )


def _quality(product: Product | ListedProduct) -> str:
    """Return the quality as spec/catalog.md, rule 6, has it: a deposit means an exchange part."""
    if product.deposit_cents:
        return "Echange Standard"
    return "OES" if product.brand.is_oes else "AFTERMARKET"


def _compatibility(verdict: Verdict | None) -> Compatibility | None:
    return Compatibility(fit=verdict.fit, reason=verdict.reason) if verdict else None


def _references(product: Product, kind: str) -> list[OtherReference]:
    return [
        OtherReference(maker=other.maker, reference=other.reference)
        for other in product.references
        if other.kind == kind
    ]
