"""What the search does not know yet, and for how long."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from integrations.search import FakeSearchEngine, SearchUnavailable, search_engine
from models.catalog import Product
from models.database import session, utc_now
from models.search import ProductToIndex
from services.index_marks import (
    index_lag_seconds,
    list_marked,
    list_marks_of,
    mark_for_index,
    mark_found_for_index,
    unmark,
    unmark_older,
)
from services.products import ProductChange, change_product
from services.search import SearchQuery, rebuild_index, search_parts
from services.search.indexing import index_batches
from services.stock import release_reservations, reserve_stock
from tests.factories import make_order, make_product
from tests.factories.selling import NOW


@pytest.fixture(autouse=True)
def engine_of_words(db: None) -> Iterator[FakeSearchEngine]:
    with search_engine.replaced_by(FakeSearchEngine()) as engine:
        assert isinstance(engine, FakeSearchEngine)
        yield engine


def marked() -> list[int]:
    return list_marked(100)


def index_all() -> None:
    for _indexed in index_batches():
        session.flush()


def test_a_changed_product_waits_until_it_is_indexed(engine_of_words: FakeSearchEngine) -> None:
    product = make_product(name="Ancien nom")
    rebuild_index()
    change_product(product.id, ProductChange(name="Plaquettes neuves"), at=NOW)
    assert marked() == [product.id]
    index_all()
    assert marked() == []
    assert engine_of_words.indexes["products"][product.id]["name"] == "Plaquettes neuves"


def test_what_the_engine_refuses_still_waits(engine_of_words: FakeSearchEngine) -> None:
    product = make_product()
    mark_for_index([product.id])
    engine_of_words.away = True
    with pytest.raises(SearchUnavailable):
        index_all()
    assert marked() == [product.id]


def test_a_product_that_changed_meanwhile_keeps_its_mark() -> None:
    product = make_product()
    mark_for_index([product.id])
    seen = list_marks_of([product.id])
    mark_for_index([product.id])
    unmark(seen)
    assert marked() == [product.id]
    unmark(list_marks_of([product.id]))
    assert marked() == []


def test_changes_in_bulk_are_marked_by_a_query() -> None:
    products = {make_product().id for _ in range(3)}
    mark_found_for_index(select(Product.id))
    mark_found_for_index(select(Product.id))
    assert set(marked()) == products


def test_the_lag_is_the_age_of_the_oldest_change() -> None:
    assert index_lag_seconds() == 0
    old, new = make_product(), make_product()
    mark_for_index([old.id, new.id])
    session.execute(
        update(ProductToIndex)
        .where(ProductToIndex.product_id == old.id)
        .values(since=utc_now() - timedelta(minutes=2))
        .execution_options(synchronize_session=False)
    )
    assert 119 < index_lag_seconds() < 180
    unmark_older(utc_now() - timedelta(minutes=1))
    assert marked() == [new.id]


def test_the_last_pack_and_its_return_are_told_to_the_search() -> None:
    product = make_product(stock=3)
    first, second = make_order(), make_order()
    unmark(list_marks_of(marked()))
    reserve_stock(first.id, {product.id: 2}, expires_at=None)
    assert marked() == []
    reserve_stock(second.id, {product.id: 1}, expires_at=None)
    assert marked() == [product.id]
    unmark(list_marks_of(marked()))
    release_reservations(second.id, at=NOW)
    assert marked() == [product.id]
    unmark(list_marks_of(marked()))
    release_reservations(first.id, at=NOW)
    assert marked() == []
    reserve_stock(make_order().id, {product.id: 3}, expires_at=None)
    assert marked() == [product.id]


def test_a_search_can_leave_out_what_is_sold_out() -> None:
    here, gone = make_product(name="Plaquettes A", stock=2), make_product(name="Plaquettes B", stock=0)
    rebuild_index()
    everything = search_parts(SearchQuery(text="plaquettes"), at=NOW)
    in_stock = search_parts(SearchQuery(text="plaquettes", in_stock=True), at=NOW)
    assert (everything.total, everything.facets.in_stock) == (2, 1)
    assert [row.product.id for row in in_stock.rows] == [here.id]
    by_reference = search_parts(SearchQuery(text=gone.reference, in_stock=True), at=NOW)
    assert by_reference.total == 0
