"""Keeping the index in step: one product within a second of its change, everything by a rebuild and a swap."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta

from sqlalchemy import func, select

from integrations.search import Document, IndexDefinition, search_engine
from models.catalog import Product
from models.database import session
from services.index_marks import list_marked, list_marks_of, unmark, unmark_older
from services.search.documents import (
    BATCH,
    PRODUCTS,
    batches_of,
    count_of,
    hold_transaction_open,
    product_documents,
)
from services.search.settings import current_definitions

# Clocks of two machines may differ by this much.
_MARGIN = timedelta(minutes=1)
# Names the lock of whoever brings the index in step (pg_advisory_xact_lock).
_LOCK = 7_302_201

# So many changes at once, as when orders empty shelves, are one exchange with the engine rather than as many.
_COMPANIONS = 100

# Called with what is being done, with how many documents so far, and of how many.
Progress = Callable[[str, int, int], None]


def index_products(product_ids: Iterable[int]) -> None:
    """Bring the index in step with products: what can be sold is found, what can't be is gone. Safe to run twice.

    One goes through at a time until its commit: two would overtake each other, and an older state would come last.
    Raises SearchUnavailable when the engine does not take them; what is marked as behind then stays so.
    """
    ids = sorted(set(product_ids))
    session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        marks = list_marks_of(batch)
        documents = product_documents(batch)
        found = {document["id"] for document in documents}
        search_engine().put(PRODUCTS.name, documents)
        search_engine().delete(PRODUCTS.name, [product_id for product_id in batch if product_id not in found])
        unmark(marks)


def index_soon(product_id: int) -> None:
    """Index a product that is marked as behind, and some of those that wait with it: an import's thousands wait longer.

    Nothing is left to do when another call took this one along. Raises SearchUnavailable, and the marks stay.
    """
    if list_marks_of([product_id]):
        index_products([product_id, *list_marked(_COMPANIONS)])


def index_batches() -> Iterator[int]:
    """Index every product marked as behind, a thousand at a time; yields how many after each: the moment to commit.

    Safe to run twice. Raises SearchUnavailable, and the marks stay.
    """
    while marked := list_marked(BATCH):
        index_products(marked)
        yield len(marked)


def rebuild_index(progress: Progress = lambda step, done, of: None) -> dict[str, int]:
    """Build every index anew beside the live one, swap, and return how many documents each holds.

    What changes meanwhile is indexed again after the swap. Raises SearchUnavailable; then the old index stays.
    """
    hold_transaction_open()
    started = session.scalar(select(func.clock_timestamp()))
    assert started is not None
    counts = {index.name: _rebuild(index, current, progress) for index, current in current_definitions().items()}
    index_products(_changed_since(started - _MARGIN))
    unmark_older(started)
    return counts


def count_indexed() -> int:
    """Return how many products the engine knows; raises SearchUnavailable."""
    return search_engine().count(PRODUCTS.name)


def _rebuild(index: IndexDefinition, current: IndexDefinition, progress: Progress) -> int:
    done, of = 0, count_of(index)

    def reporting() -> Iterator[Sequence[Document]]:
        nonlocal done
        for batch in batches_of(index):
            yield batch
            done += len(batch)
            progress(f"{index.name} read", done, of)

    def waiting(taken: int) -> None:
        progress(f"{index.name} indexed", taken, done)

    search_engine().rebuild(current, reporting(), waiting=waiting)
    return done


def _changed_since(moment: object) -> list[int]:
    return list(session.scalars(select(Product.id).where(Product.updated_at >= moment).order_by(Product.id)))
