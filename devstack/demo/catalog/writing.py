"""Writes families, gammes, brands, groups, products and their stock into the shop's tables."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice

from devstack.demo.catalog.brands import COUNTRIES, Brand, brands
from devstack.demo.catalog.criteria import CRITERIA
from devstack.demo.catalog.gammes import FAMILIES
from devstack.demo.catalog.products import Catalogue
from devstack.demo.catalog.rows import Assortment, Product
from devstack.demo.copying import copy_rows, go_on_numbering
from domain.references import reference_key
from domain.search import search_text
from models import catalog
from models.stock import StockItem, StockMovement

# Groups written at once: what is kept in memory stays small at any size of the shop.
BATCH = 2_000
# The shelves were counted so many days before today, before any order of the demo.
COUNTED_DAYS_AGO = 400


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
    go_on_numbering(catalog.Family, catalog.Gamme, catalog.Brand, catalog.Criterion)


def write_products(catalogue: Catalogue, now: datetime, progress: Callable[[int], None]) -> int:
    """Write every group and product, telling after each batch how many products there are so far."""
    assortments = catalogue.assortments()
    written = 0
    while batch := list(islice(assortments, BATCH)):
        written += _write_batch(batch, now)
        progress(written)
    go_on_numbering(catalog.FitmentGroup, catalog.Product)
    return written


def _write_batch(batch: Sequence[Assortment], now: datetime) -> int:
    groups = [assortment.group for assortment in batch if assortment.group]
    products = list(chain.from_iterable(assortment.products for assortment in batch))
    copy_rows(catalog.FitmentGroup, ("id", "gamme_id"), ((g.id, g.gamme_id) for g in groups))
    copy_rows(
        catalog.Fitment,
        ("group_id", "vehicle_type_id", "position", "gamme_id", "fitted_from", "fitted_to", "restriction"),
        (
            (g.id, f.type_id, 0, g.gamme_id, f.fitted_from, f.fitted_to, f.restriction)
            for g in groups
            for f in g.fitments
        ),
    )
    written = copy_rows(catalog.Product, _PRODUCT_COLUMNS, (_product_row(product, now) for product in products))
    copy_rows(
        catalog.ProductReference,
        ("product_id", "kind", "maker", "reference", "reference_key"),
        (
            (product.id, r.kind, r.maker, r.number, reference_key(r.number))
            for product in products
            for r in product.references
        ),
    )
    copy_rows(
        catalog.ProductCriterion,
        ("product_id", "criterion_id", "value", "position"),
        (
            (product.id, CRITERIA[criterion].id, value, position)
            for product in products
            for position, (criterion, value) in enumerate(product.criteria, 1)
        ),
    )
    _write_stock(products, now)
    return written


_PRODUCT_COLUMNS = (
    *("id", "gamme_id", "brand_id", "fitment_group_id", "is_universal", "reference", "reference_key", "name", "side"),
    *("safety_note", "search_text", "sale_quantity", "weight_grams", "ean", "price_cents", "prior_price_cents"),
    *("deposit_cents", "is_displayed", "created_at", "updated_at"),
)


def _product_row(product: Product, now: datetime) -> tuple[object, ...]:
    written = now - timedelta(days=product.age_days)
    words = search_text(
        product.name,
        product.side,
        product.gamme.name,
        product.brand_name,
        product.reference,
        *(reference.number for reference in product.references),
    )
    return (
        *(product.id, product.gamme.id, product.brand_id, product.group_id, product.gamme.is_universal),
        *(product.reference, reference_key(product.reference), product.name, product.side),
        *(product.safety, words, product.pack, product.grams, product.ean, product.price_cents),
        *(product.prior_price_cents, product.deposit_cents, product.is_displayed, written, written),
    )


def _write_stock(products: Sequence[Product], now: datetime) -> None:
    counted = now - timedelta(days=COUNTED_DAYS_AGO)
    copy_rows(
        StockItem,
        ("product_id", "on_hand", "low_threshold", "location", "next_restock_on", "updated_at"),
        (
            (p.id, p.shelf.on_hand, p.shelf.low_threshold, p.shelf.location, restock, counted)
            for p, restock in _with_restock(products, now)
        ),
    )
    copy_rows(
        StockMovement,
        ("product_id", "kind", "quantity", "on_hand_before", "on_hand_after", "reason", "by", "created_at"),
        (
            (p.id, "in", p.shelf.on_hand, 0, p.shelf.on_hand, "Inventaire d'ouverture", "system", counted)
            for p in products
            if p.shelf.on_hand
        ),
    )


def _with_restock(products: Sequence[Product], now: datetime) -> Iterator[tuple[Product, object]]:
    for product in products:
        days = product.shelf.restocked_in_days
        yield product, None if days is None else (now + timedelta(days=days)).date()


def _said_of(brand: Brand) -> str:
    """Return what the shop says of a brand: where it comes from and what it is bought of it."""
    families = [family.name.lower() for family in FAMILIES if any(brand.key in g.brand_keys for g in family.gammes)]
    return f"Marque d'origine {COUNTRIES[brand.country]}. Au catalogue : {', '.join(families)}."
