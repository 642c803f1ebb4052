"""Loading in bulk: what is made ahead, and what is taken off tables and put back."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from devstack.demo.bare_tables import bare
from devstack.demo.catalog.writing import TABLES
from devstack.demo.copying import ahead, copy_lines
from models.catalog import FitmentGroup, Product
from models.database import session
from tests.factories import make_gamme, make_product

BUILT = text("""
    SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS built
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace
    ORDER BY built
""")


def test_things_come_in_their_order() -> None:
    assert list(ahead(range(100), depth=2)) == list(range(100))


def test_what_goes_wrong_while_they_are_made_is_told_where_they_are_used() -> None:
    def breaks() -> Iterator[int]:
        yield 1
        raise LookupError("no more numbers")

    things = ahead(breaks(), depth=2)
    assert next(things) == 1
    with pytest.raises(LookupError, match="no more numbers"):
        next(things)


def test_nothing_is_made_for_nobody() -> None:
    made: list[int] = []

    def count() -> Iterator[int]:
        for number in range(1_000):
            made.append(number)
            yield number

    things = ahead(count(), depth=2)
    assert next(things) == 0
    things.close()
    assert len(made) < 10


def test_tables_get_back_all_that_was_taken_off_them(db: None) -> None:
    gamme = make_gamme()
    session.flush()
    session.execute(text("CREATE INDEX ix_product_odd ON product (id) WHERE name LIKE '100%b %s'"))
    before = session.scalars(BUILT).all()
    steps: list[tuple[int, int]] = []
    with bare(TABLES, progress=lambda done, of: steps.append((done, of))):
        assert len(session.scalars(BUILT).all()) < len(before)
        copy_lines(FitmentGroup, ("id", "gamme_id"), f"7\t{gamme.id}\n", frozen=True)
    assert session.scalars(BUILT).all() == before
    assert steps[-1] == (len(steps), len(steps))
    assert session.get(FitmentGroup, 7)


def test_a_table_that_holds_something_is_never_emptied(db: None) -> None:
    product = make_product()
    session.flush()
    with pytest.raises(ValueError, match="product holds rows"), bare(TABLES):
        pass
    assert session.get(Product, product.id)
