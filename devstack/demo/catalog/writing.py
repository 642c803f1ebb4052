"""Writes families, gammes, brands, groups, products and their stock into the shop's tables."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice

from devstack.demo.catalog.brands import COUNTRIES, Brand, brands
from devstack.demo.catalog.criteria import CRITERIA
from devstack.demo.catalog.gammes import FAMILIES
from devstack.demo.catalog.lines import Block, blocks_of
from devstack.demo.catalog.links import gamme_links
from devstack.demo.catalog.products import Catalogue
from devstack.demo.catalog.rows import Assortment
from devstack.demo.copying import ahead, copy_lines, copy_rows, go_on_numbering
from models import catalog
from models.recommendations import GammeLink
from models.stock import StockItem, StockMovement

# Groups written at once: what is kept in memory stays small at any size of the shop.
BATCH = 2_000
# Batches made while one is written.
AHEAD = 2
TABLES = (
    catalog.FitmentGroup,
    catalog.Fitment,
    catalog.Product,
    catalog.ProductReference,
    catalog.ProductCriterion,
    catalog.ProductPicture,
    StockItem,
    StockMovement,
)


@dataclass
class Written:
    """What a shop holds; `pairs` are products times the vehicles of their group."""

    products: int = 0
    groups: int = 0
    fitments: int = 0
    pairs: int = 0
    references: int = 0

    @classmethod
    def of(cls, batch: Sequence[Assortment]) -> "Written":
        """Count a batch."""
        counted = cls()
        for assortment in batch:
            vehicles = len(assortment.group.fitments) if assortment.group else 0
            counted.products += len(assortment.products)
            counted.groups += assortment.group is not None
            counted.fitments += vehicles
            counted.pairs += vehicles * len(assortment.products)
            counted.references += sum(len(product.references) for product in assortment.products)
        return counted

    def add(self, other: "Written") -> None:
        """Count on."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


def write_shelves() -> None:
    """Write what products are sorted by: families, gammes, brands and criteria."""
    copy_rows(
        catalog.Family,
        ("id", "alias", "name", "description", "drawing", "position"),
        ((f.id, f.alias, f.name, f.description, f.drawing, position) for position, f in enumerate(FAMILIES, 1)),
    )
    copy_rows(
        catalog.Gamme,
        (
            *("id", "family_id", "alias", "name", "plural_name", "description", "drawing"),
            *("level", "is_displayed", "is_top", "position"),
        ),
        (
            (
                *(g.id, family.id, g.alias, g.name, g.plural, g.text, g.drawing),
                *(g.level, g.is_displayed, g.is_top, position),
            )
            for family in FAMILIES
            for position, g in enumerate(family.gammes, 1)
        ),
    )
    copy_rows(
        catalog.Brand,
        ("id", "alias", "name", "description", "is_oes", "stars", "is_top", "position"),
        (
            (b.id, b.alias, b.name, _said_of(b), b.is_oes, b.stars, b.is_top, b.position)
            for b in sorted(brands().values(), key=lambda b: b.position)
        ),
    )
    copy_rows(
        catalog.Criterion,
        ("id", "name", "unit", "is_filter"),
        ((c.id, c.name, c.unit, c.is_filter) for c in CRITERIA.values()),
    )
    copy_rows(GammeLink, ("gamme_id", "other_id", "level", "position"), gamme_links())
    go_on_numbering(catalog.Family, catalog.Gamme, catalog.Brand, catalog.Criterion)


def write_products(
    catalogue: Catalogue, now: datetime, progress: Callable[[int], None], *, frozen: bool = False
) -> Written:
    """Write every group and product, telling after each batch how many products there are so far.

    `frozen` says that the tables were emptied in this transaction. Numbering is left to `finish_numbering`.
    """
    written = Written()
    for batch, blocks in ahead(_blocks(catalogue, now), AHEAD):
        for block in blocks:
            copy_lines(block.table, block.columns, block.lines, frozen=frozen)
        written.add(batch)
        progress(written.products)
    return written


def finish_numbering() -> None:
    """Let groups and products that come later get numbers of their own."""
    go_on_numbering(catalog.FitmentGroup, catalog.Product)


def _blocks(catalogue: Catalogue, now: datetime) -> Iterator[tuple[Written, list[Block]]]:
    assortments = catalogue.assortments()
    while batch := list(islice(assortments, BATCH)):
        yield Written.of(batch), list(blocks_of(batch, now, catalogue.size.pictures))


def _said_of(brand: Brand) -> str:
    """Return what the shop says of a brand: where it comes from and what it is bought of it."""
    families = [family.name.lower() for family in FAMILIES if any(brand.key in g.brand_keys for g in family.gammes)]
    return f"Marque d'origine {COUNTRIES[brand.country]}. Au catalogue : {', '.join(families)}."
