"""What a change spoils: gathered at the flush, purged after the commit of the whole transaction, forgotten with it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from integrations.cache import FakeCache, cache
from models import Base, spoils
from models.catalog import Gamme, Product, ProductPicture
from models.database import session, utc_now
from models.stock import StockItem
from services.cache import purge_what_is_spoiled, spoil, spoil_products
from services.stock import release_reservations, reserve_stock
from tests.factories import make_family, make_gamme, make_order, make_product, make_stock

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def purged(db: None) -> Iterator[dict[str, int]]:
    """Purged tags; what was written before the test's own act is committed away by `settle`."""
    purge_what_is_spoiled()
    with cache.replaced_by(FakeCache()) as fake:
        yield fake.purged  # type: ignore[attr-defined]


def settle(purged: dict[str, int]) -> None:
    session.commit()
    purged.clear()


def test_nothing_is_purged_before_the_commit(purged: dict[str, int]) -> None:
    spoil("menu", "product:1")
    session.flush()
    assert not purged
    session.commit()
    assert set(purged) == {"menu", "product:1"}


def test_a_rollback_forgets(purged: dict[str, int]) -> None:
    spoil("menu")
    session.rollback()
    session.commit()
    assert not purged


def test_a_savepoint_is_not_the_end(purged: dict[str, int]) -> None:
    with session.begin_nested():
        spoil("menu")
    assert not purged
    session.commit()
    assert set(purged) == {"menu"}


def test_each_commit_purges_its_own_only(purged: dict[str, int]) -> None:
    spoil("menu")
    session.commit()
    purged.clear()
    session.commit()
    assert not purged


def test_a_product_that_moves_spoils_where_it_was_and_where_it_is(purged: dict[str, int]) -> None:
    product, other = make_product(), make_gamme()
    before = product.gamme_id
    settle(purged)

    product.gamme_id = other.id
    session.commit()

    assert {f"product:{product.id}", f"gamme:{before}", f"gamme:{other.id}", "ranges"} <= set(purged)


def test_another_price_leaves_the_range_as_it_is_but_no_price_does_not(purged: dict[str, int]) -> None:
    product = make_product()
    settle(purged)
    product.price_cents = 12_34
    settled = session.commit()
    assert settled is None
    assert f"gamme:{product.gamme_id}" in purged
    assert "ranges" not in purged

    product.price_cents = None
    session.commit()
    assert "ranges" in purged


def test_what_hangs_on_a_product_spoils_the_list_of_its_gamme(purged: dict[str, int]) -> None:
    product = make_product()
    settle(purged)
    session.add(ProductPicture(product_id=product.id, position=1, path="a.webp", alt="Vue de face"))
    session.commit()
    assert set(purged) == {"products", f"product:{product.id}", f"gamme:{product.gamme_id}"}


def test_a_deleted_row_spoils(purged: dict[str, int]) -> None:
    family = make_family()
    settle(purged)
    session.delete(family)
    session.commit()
    assert set(purged) == {"menu", f"family:{family.id}"}


def test_a_row_that_was_only_read_spoils_nothing(purged: dict[str, int]) -> None:
    product_id = make_product().id
    settle(purged)
    product = session.get_one(Product, product_id)
    product.name = product.name
    session.commit()
    assert not purged


def test_promised_packs_show_on_the_pages_of_the_product_and_its_gamme(purged: dict[str, int]) -> None:
    order, product = make_order(), make_product(stock=5)
    settle(purged)
    shown = {f"product:{product.id}", f"gamme:{product.gamme_id}"}

    reserve_stock(order.id, {product.id: 2}, expires_at=None)
    session.commit()
    assert shown <= set(purged)

    purged.clear()
    release_reservations(order.id, at=utc_now())
    session.commit()
    assert shown <= set(purged)


def test_products_are_spoiled_with_their_gammes(purged: dict[str, int]) -> None:
    one, two = make_product(), make_product()
    settle(purged)
    spoil_products([one.id, two.id])
    session.commit()
    assert set(purged) == {"products"} | {f"{kind}:{number}" for kind, number in _pairs(one) | _pairs(two)}


def _pairs(product: Product) -> set[tuple[str, int]]:
    return {("product", product.id), ("gamme", product.gamme_id)}


def test_a_fault_of_the_cache_is_no_fault_of_the_commit() -> None:
    with cache.replaced_by(FakeCache()) as fake:
        fake.away = True  # type: ignore[attr-defined]
        gamme = make_gamme(name="Étrier")
        session.commit()
    assert session.scalar(select(Gamme.name).where(Gamme.id == gamme.id)) == "Étrier"


# What no cached answer shows.
NOT_SHOWN = {
    "AuditEntry",
    "Customer",
    "CustomerAddress",
    "ImportBatch",
    "ImportChange",
    "ImportMapping",
    "ImportProblem",
    "ImportRow",
    "Invoice",
    "InvoiceCounter",
    "InvoiceDocument",
    "InvoiceLine",
    "LegacyCheckpoint",
    "LegacyError",
    "LegacyFitmentSet",
    "LegacyHeldRow",
    "LegacyRun",
    "Mail",
    "Order",
    "OrderLine",
    "OrderStatusChange",
    "OutboxEvent",
    "Payment",
    "PaymentNotification",
    "ProductToIndex",
    "Refund",
    "RegistrationCode",
    "SearchRecord",
    "SignIn",
    "StaffMember",
    "StockMovement",
    "StockReservation",
    "Synonym",
}
# Counted by jobs in bulk: `spoil` there, where pages should not wait for their own time to end.
COUNTED = {
    "BestSeller",
    "BoughtTogether",
    "BrandGamme",
    "GammeFacets",
    "GammeSummary",
    "MakeGamme",
    "PopularGamme",
    "ProductView",
    "StaleGamme",
    "VehicleGamme",
}


def test_every_model_says_what_its_change_spoils_or_that_no_cached_page_shows_it() -> None:
    models = {mapper.class_.__name__ for mapper in Base.registry.mappers}
    spoiling = {model.__name__ for model in spoils.SPOILS}
    assert not spoiling & (NOT_SHOWN | COUNTED)
    # A new model belongs into models/spoils.py: SPOILS, or into one of the two lists above.
    assert models == spoiling | NOT_SHOWN | COUNTED


def test_stock_written_by_staff_spoils_like_the_rest(purged: dict[str, int]) -> None:
    product = make_product(stock=None)
    make_stock(product, on_hand=3)
    settle(purged)
    session.get_one(StockItem, product.id).on_hand = 4
    session.commit()
    assert set(purged) == {"products", f"product:{product.id}", f"gamme:{product.gamme_id}"}
