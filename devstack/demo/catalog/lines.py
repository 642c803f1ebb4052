r"""Groups and products as the lines that COPY reads: fields between tabs, \N for nothing.

Nothing is escaped, which costs more than all the rest: no word of the demo shop holds a tab, a backslash or the end of
a line (a test reads them all). Source: https://www.postgresql.org/docs/18/sql-copy.html, « Text Format ».
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import chain
from typing import TypeVar

from devstack.demo.catalog.criteria import CRITERIA
from devstack.demo.catalog.rows import Assortment, Group, Product
from domain.references import reference_key
from domain.search import search_text
from models import catalog
from models.database import Base
from models.stock import StockItem, StockMovement

Row = TypeVar("Row")

# The shelves were counted so many days before today, before any order of the demo.
COUNTED_DAYS_AGO = 400
# What suppliers show of a part.
VIEWS = ("vue d'ensemble", "vue de détail", "emballage")


@dataclass(frozen=True)
class Block:
    """Lines for some columns of one table."""

    table: type[Base]
    columns: tuple[str, ...]
    lines: str


def blocks_of(batch: Sequence[Assortment], now: datetime, pictures: int) -> Iterator[Block]:
    """Yield what `batch` puts into each table, in the order in which tables name one another.

    `pictures` is how many pictures of each product suppliers announce.
    """
    groups = [assortment.group for assortment in batch if assortment.group]
    products = list(chain.from_iterable(assortment.products for assortment in batch))
    yield _block(catalog.FitmentGroup, ("id", "gamme_id"), groups, lambda g: f"{g.id}\t{g.gamme_id}\n")
    yield _block(catalog.Fitment, _FITMENT_COLUMNS, groups, _fitments)
    yield _block(catalog.Product, _PRODUCT_COLUMNS, products, _product(now))
    yield _block(catalog.ProductReference, _REFERENCE_COLUMNS, products, _references)
    yield _block(catalog.ProductCriterion, ("product_id", "criterion_id", "value", "position"), products, _criteria)
    if pictures:
        views = VIEWS[:pictures]
        yield _block(
            catalog.ProductPicture, ("product_id", "position", "path", "alt"), products, lambda p: _pictures(p, views)
        )
    counted = _moment(now - timedelta(days=COUNTED_DAYS_AGO))
    yield _block(StockItem, _STOCK_COLUMNS, products, lambda p: _stock(p, now, counted))
    yield _block(StockMovement, _MOVEMENT_COLUMNS, products, lambda p: _movement(p, counted))


_FITMENT_COLUMNS = ("group_id", "vehicle_type_id", "position", "gamme_id", "fitted_from", "fitted_to", "restriction")
_PRODUCT_COLUMNS = (
    *("id", "gamme_id", "brand_id", "fitment_group_id", "is_universal", "reference", "reference_key", "name", "side"),
    *("safety_note", "search_text", "sale_quantity", "weight_grams", "ean", "price_cents", "prior_price_cents"),
    *("deposit_cents", "is_displayed", "created_at", "updated_at"),
)
_REFERENCE_COLUMNS = ("product_id", "kind", "maker", "reference", "reference_key")
_STOCK_COLUMNS = ("product_id", "on_hand", "low_threshold", "location", "next_restock_on", "updated_at")
_MOVEMENT_COLUMNS = (
    *("product_id", "kind", "quantity", "on_hand_before", "on_hand_after", "reason", "by", "created_at"),
)


def _block(table: type[Base], columns: tuple[str, ...], rows: Sequence[Row], lines: Callable[[Row], str]) -> Block:
    return Block(table, columns, "".join(map(lines, rows)))


def _fitments(group: Group) -> str:
    start, kind = f"{group.id}\t", f"\t0\t{group.gamme_id}\t"
    return "".join(
        [
            f"{start}{f.type_id}{kind}{f.fitted_from or NOTHING}\t{f.fitted_to or NOTHING}\t{f.restriction}\n"
            for f in group.fitments
        ]
    )


def _product(now: datetime) -> Callable[[Product], str]:
    @cache
    def written(age_days: int) -> str:
        return _moment(now - timedelta(days=age_days))

    def line(p: Product) -> str:
        words = search_text(
            p.name, p.side, p.gamme.name, p.brand_name, p.reference, *(reference.number for reference in p.references)
        )
        moment = written(p.age_days)
        return (
            f"{p.id}\t{p.gamme.id}\t{p.brand_id}\t{_or_nothing(p.group_id)}\t{_bool(p.gamme.is_universal)}"
            f"\t{p.reference}\t{reference_key(p.reference)}\t{p.name}\t{p.side}\t{p.safety}\t{words}\t{p.pack}"
            f"\t{p.grams}\t{p.ean}\t{_or_nothing(p.price_cents)}\t{_or_nothing(p.prior_price_cents)}"
            f"\t{p.deposit_cents}\t{_bool(p.is_displayed)}\t{moment}\t{moment}\n"
        )

    return line


def _references(product: Product) -> str:
    return "".join(
        [f"{product.id}\t{r.kind}\t{r.maker}\t{r.number}\t{reference_key(r.number)}\n" for r in product.references]
    )


def _criteria(product: Product) -> str:
    return "".join(
        [
            f"{product.id}\t{CRITERIA[criterion].id}\t{value}\t{position}\n"
            for position, (criterion, value) in enumerate(product.criteria, 1)
        ]
    )


def _pictures(product: Product, views: Sequence[str]) -> str:
    """The folder of the supplier, the number of the part, the place of the picture: as suppliers name their files."""
    path = f"rack-images/{product.brand_id}/{reference_key(product.reference)}"
    what = f"{product.name} {product.brand_name} {product.reference}"
    return "".join(
        [f"{product.id}\t{position}\t{path}_{position}.jpg\t{what}, {view}\n" for position, view in enumerate(views, 1)]
    )


def _stock(product: Product, now: datetime, counted: str) -> str:
    shelf = product.shelf
    days = shelf.restocked_in_days
    restock = NOTHING if days is None else _in_days(now, days)
    return f"{product.id}\t{shelf.on_hand}\t{shelf.low_threshold}\t{shelf.location}\t{restock}\t{counted}\n"


def _movement(product: Product, counted: str) -> str:
    packs = product.shelf.on_hand
    return f"{product.id}\tin\t{packs}\t0\t{packs}\tInventaire d'ouverture\tsystem\t{counted}\n" if packs else ""


NOTHING = r"\N"


def _or_nothing(value: int | None) -> str | int:
    return NOTHING if value is None else value


def _bool(value: bool) -> str:
    return "t" if value else "f"


def _moment(moment: datetime) -> str:
    return moment.isoformat()


def _in_days(now: datetime, days: int) -> date:
    return (now + timedelta(days=days)).date()
