"""One product: its page's data, what could stand in for it, which cars it fits, and changing it."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from domain.availability import StockState
from domain.errors import NotFound
from models.database import session
from models.outbox import OutboxEvent
from services.products import (
    ProductChange,
    availability,
    change_product,
    get_product,
    list_products_by_id,
    quote_delivery,
)
from tests.factories import (
    give_criterion,
    give_reference,
    make_brand,
    make_criterion,
    make_family,
    make_gamme,
    make_product,
)
from tests.factories.selling import NOW
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("db")


def test_a_product_comes_with_all_its_page_needs_in_three_queries() -> None:
    product = make_product()
    give_criterion(product, make_criterion(), "280")
    give_reference(product, "7701 206 343")
    session.expunge_all()
    with count_queries() as queries:
        found = get_product(product.id)
    assert len(queries) == 3
    assert all((found.gamme.family.name, found.brand.name, found.stock))
    assert [criterion.criterion.name for criterion in found.criteria]
    assert [reference.reference for reference in found.references] == ["7701 206 343"]
    assert found.pictures == []


@pytest.mark.parametrize("hidden", ["product", "gamme", "family", "brand"])
def test_hidden_things_are_not_found(hidden: str) -> None:
    family = make_family(is_displayed=hidden != "family")
    gamme = make_gamme(family_id=family.id, is_displayed=hidden != "gamme")
    brand = make_brand(is_displayed=hidden != "brand")
    product = make_product(gamme_id=gamme.id, brand_id=brand.id, is_displayed=hidden != "product")
    with pytest.raises(NotFound):
        get_product(product.id)
    assert list_products_by_id([product.id]) == []


def test_a_product_without_price_is_still_shown() -> None:
    assert get_product(make_product(price_cents=None).id).price_cents is None


def test_products_by_id_keep_the_order_asked_for() -> None:
    first, second = make_product(), make_product()
    assert [product.id for product in list_products_by_id([second.id, 0, first.id])] == [second.id, first.id]


def test_what_is_promised_is_what_lies_unreserved_on_the_shelf() -> None:
    product = get_product(make_product(stock=3).id)
    promised = availability(product, at=NOW)
    assert (promised.state, promised.packs, promised.leaves_today) == (StockState.LOW, 3, True)
    assert availability(get_product(make_product(stock=None).id), at=NOW).state == StockState.OUT


def test_a_delivery_is_quoted_from_the_same_grid_as_the_checkout() -> None:
    quote = quote_delivery(get_product(make_product(price_cents=50_00, weight_grams=800).id), at=NOW)
    assert quote is not None
    assert (quote.cents, quote.arrives_from, quote.arrives_to) == (4_90, date(2026, 3, 12), date(2026, 3, 13))
    dear = quote_delivery(get_product(make_product(price_cents=100_00).id), at=NOW)
    assert dear is not None
    assert dear.is_free


@pytest.mark.parametrize("values", [{"stock": 0}, {"price_cents": None}])
def test_no_delivery_is_promised_for_what_cannot_be_sold(values: dict[str, int | None]) -> None:
    assert quote_delivery(get_product(make_product(**values).id), at=NOW) is None  # type: ignore[arg-type]


def test_a_change_is_kept_found_by_its_new_words_and_told() -> None:
    product = make_product()
    give_reference(product, "7701 206 343")
    changed = change_product(product.id, ProductChange(name="Étrier de frein", price_cents=99_90), at=NOW)
    assert (changed.name, changed.price_cents, changed.updated_at) == ("Étrier de frein", 99_90, NOW)
    assert "etrier" in changed.search_text
    assert "7701" in changed.search_text
    event = session.scalars(select(OutboxEvent).where(OutboxEvent.name == "ProductChanged")).one()
    assert event.payload == {"product_id": product.id}


def test_a_hidden_product_can_be_shown_again() -> None:
    product = make_product(is_displayed=False)
    change_product(product.id, ProductChange(is_displayed=True), at=NOW)
    assert get_product(product.id).is_displayed


def test_what_is_not_given_stays() -> None:
    product = make_product(price_cents=12_00, deposit_cents=5_00)
    change_product(product.id, ProductChange(is_displayed=False), at=NOW)
    assert (product.price_cents, product.deposit_cents) == (12_00, 5_00)


def test_an_unknown_product_is_refused_and_nothing_is_told() -> None:
    with pytest.raises(NotFound):
        change_product(987654, ProductChange(is_displayed=False), at=datetime.now(UTC))
    assert session.scalars(select(OutboxEvent)).all() == []


@pytest.mark.parametrize("values", [{"price_cents": 0}, {"deposit_cents": -1}, {"name": "  "}])
def test_impossible_values_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ProductChange.model_validate(values)
