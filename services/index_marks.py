"""Products whose search index is behind: marked in the transaction that changes them, unmarked once indexed."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import SelectBase, case, delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from models.database import session
from models.search import ProductToIndex

# A product and how often it had changed.
Mark = tuple[int, int]


def mark_for_index(product_ids: Iterable[int]) -> None:
    """Mark products that changed in what the search shows or finds; the mark stands if the transaction does."""
    ids = sorted(set(product_ids))
    if ids:
        _mark([{"product_id": product_id} for product_id in ids])


def mark_found_for_index(products: SelectBase) -> None:
    """Mark every product that a query of ids finds: for changes in bulk."""
    statement = insert(ProductToIndex).from_select(["product_id"], products, include_defaults=False)
    session.execute(_once_more(statement))


def list_marked(limit: int) -> list[int]:
    """List marked products, those that wait longest first."""
    return list(session.scalars(select(ProductToIndex.product_id).order_by(ProductToIndex.since).limit(limit)))


def list_marks_of(product_ids: Collection[int]) -> list[Mark]:
    """List the marks that some products have now: for `unmark`, once they are indexed."""
    query = select(ProductToIndex.product_id, ProductToIndex.changes)
    return [(row[0], row[1]) for row in session.execute(query.where(ProductToIndex.product_id.in_(product_ids)))]


def unmark(indexed: Collection[Mark]) -> None:
    """Take the marks of what was indexed away; a product that changed meanwhile keeps its own."""
    if indexed:
        key = tuple_(ProductToIndex.product_id, ProductToIndex.changes)
        session.execute(delete(ProductToIndex).where(key.in_(list(indexed))))


def unmark_older(than: datetime) -> None:
    """Take every mark away that is older than a full rebuild."""
    session.execute(delete(ProductToIndex).where(ProductToIndex.since < than))


def index_lag_seconds() -> float:
    """Return for how many seconds the oldest change has not been indexed; zero when none waits."""
    since = select(ProductToIndex.since).order_by(ProductToIndex.since).limit(1).scalar_subquery()
    lag = func.extract("epoch", func.clock_timestamp() - since)
    return max(0.0, float(session.scalar(select(case((since.is_(None), 0), else_=lag))) or 0))


def _mark(rows: list[dict[str, int]]) -> None:
    session.execute(_once_more(insert(ProductToIndex)), rows)


def _once_more(statement: Any) -> Any:
    return statement.on_conflict_do_update(
        index_elements=[ProductToIndex.product_id], set_={"changes": ProductToIndex.changes + 1}
    )
