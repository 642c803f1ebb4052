"""What the JSON door says of a list of a gamme's parts: how it is narrowed and sorted, and what could narrow it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from api.contract import Euros
from api.schemas.products import ProductSummary
from domain.money import to_cents, to_euros
from services.products_facets import Facets, FacetValue
from services.products_filters import MAX_OFFSET, ProductFilters, ProductSort

Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
Price = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]


class PartsQuery(BaseModel):
    """Which parts of a gamme, in which order; prices in euros."""

    page: int = Field(default=1, ge=1, le=MAX_OFFSET)
    limit: int = Field(default=50, ge=1, le=100)
    sort: Literal["price_asc", "price_desc", "name_asc", "name_desc", "stock_desc"] = "price_asc"
    brand: Id | None = None
    minPrice: Price | None = None
    maxPrice: Price | None = None
    inStock: bool = False
    type_id: Id | None = Field(default=None, description="Véhicule : seulement ce qui lui convient ou va à tous.")

    @model_validator(mode="after")
    def has_an_inside(self) -> Self:
        """Refuse a range without inside."""
        if self.minPrice is not None and self.maxPrice is not None and self.minPrice > self.maxPrice:
            raise PydanticCustomError("shop", "Le prix minimum dépasse le prix maximum.")
        return self

    def filters(self) -> ProductFilters:
        """Return the same as the catalogue knows it, in cents."""
        return ProductFilters(
            brands=() if self.brand is None else (self.brand,),
            price_min_cents=None if self.minPrice is None else to_cents(self.minPrice),
            price_max_cents=None if self.maxPrice is None else to_cents(self.maxPrice),
            in_stock=self.inStock,
            sort=ProductSort(self.sort),
            page=self.page,
        )


class Choice(BaseModel):
    """A value that could be chosen, and how many products it would leave."""

    value: str
    label: str
    count: int


class CriterionChoices(BaseModel):
    """A criterion with its values."""

    id: int
    name: str
    unit: str
    values: list[Choice]


class PriceSpan(BaseModel):
    """The lowest and the highest price, in euros; null: nothing has a price."""

    min: Euros | None
    max: Euros | None


class Filters(BaseModel):
    """Everything that could narrow a list, counted true."""

    total: int
    brands: list[Choice]
    sides: list[Choice]
    criteria: list[CriterionChoices]
    price: PriceSpan
    in_stock: int

    @classmethod
    def of(cls, facets: Facets) -> "Filters":
        """Show facets."""
        low, high = facets.price_low_cents, facets.price_high_cents
        return cls(
            total=facets.total,
            brands=_choices(facets.brands),
            sides=_choices(facets.sides),
            criteria=[
                CriterionChoices(id=one.criterion_id, name=one.name, unit=one.unit, values=_choices(one.values))
                for one in facets.criteria
            ],
            price=PriceSpan(min=None if low is None else to_euros(low), max=None if high is None else to_euros(high)),
            in_stock=facets.in_stock,
        )


class Parts(BaseModel):
    """One page of a gamme's parts and what could narrow the list."""

    products: list[ProductSummary]
    total: int
    filters: Filters


def _choices(values: Sequence[FacetValue]) -> list[Choice]:
    return [Choice(value=one.value, label=one.label, count=one.count) for one in values]
