from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import func, select

from domain.errors import ShopError
from domain.fitment import Fit, Verdict
from domain.money import contained_vat
from domain.orders import OrderStatus
from domain.shipping import NotDelivered
from integrations.carts import FakeCartStore, carts
from models.catalog import Product
from models.database import session
from models.orders import Order
from models.outbox import OutboxEvent
from models.stock import StockItem, StockReservation
from services.cart import AddToCart, ChangeQuantity, add_to_cart, change_quantity, get_cart
from services.checkout import (
    AmountRefused,
    CartNotOrderable,
    Checkout,
    EmptyCart,
    OrderVehicle,
    PriceChanged,
    place_order,
)
from services.orders import get_order
from services.stock import OutOfStock
from tests.factories import make_address, make_cart, make_checkout, make_order, make_product, make_vehicle_type
from tests.factories.selling import NOW


@pytest.fixture(autouse=True)
def store(db: None) -> Iterator[None]:
    with carts.replaced_by(FakeCartStore()):
        yield


def nothing_was_kept() -> bool:
    counted = [
        session.scalar(select(func.count()).select_from(table)) for table in (Order, StockReservation, OutboxEvent)
    ]
    return counted == [0, 0, 0] and not session.scalar(select(func.sum(StockItem.reserved)))


def test_it_freezes_lines_amounts_addresses_and_stock() -> None:
    product = make_product(price_cents=89_90, deposit_cents=45_00, stock=4)
    order = get_order(make_order((product, 2)).id)
    assert [(line.kind, line.quantity, line.total_cents) for line in order.lines] == [
        ("goods", 2, 179_80),
        ("deposit", 2, 90_00),
        ("shipping", 1, 0),
    ]
    assert (order.goods_cents, order.deposit_cents, order.shipping_cents, order.total_cents) == (
        179_80,
        90_00,
        0,
        269_80,
    )
    assert order.status == OrderStatus.PENDING
    assert order.shipping_address["city"] == "Lyon"
    assert (order.lines[0].reference, order.lines[0].brand_name) == (product.reference, product.brand.name)
    assert order.history[0].to_status == OrderStatus.PENDING
    assert session.execute(select(StockItem.on_hand, StockItem.reserved)).one() == (4, 2)


def test_numbers_follow_the_specified_form() -> None:
    import re

    assert re.fullmatch(r"ORD-2026-\d{6}", make_order().number)


def test_a_later_price_change_does_not_touch_the_order() -> None:
    product = make_product(price_cents=10_00)
    order = make_order((product, 1))
    product.price_cents = 99_00
    session.flush()
    assert get_order(order.id).lines[0].unit_cents == 10_00


def test_the_vehicle_and_the_verdict_stay_on_the_order() -> None:
    product, vehicle = make_product(), make_vehicle_type()
    verdict = Verdict(Fit.TO_CHECK, "Système de freinage ATE")
    order = place_order(
        make_cart((product, 1)),
        make_checkout(),
        customer_id=None,
        vehicle=OrderVehicle(vehicle.id, "Renault Clio", {product.id: verdict}),
        at=NOW,
    )
    line = get_order(order.id).lines[0]
    assert (line.fit, line.fit_reason) == ("to_check", "Système de freinage ATE")
    assert order.vehicle_label == "Renault Clio"


def test_an_empty_cart_orders_nothing() -> None:
    with pytest.raises(EmptyCart):
        place_order(make_cart(), make_checkout(), customer_id=None, at=NOW)
    assert nothing_was_kept()


@pytest.mark.parametrize("values", [{"stock": 1}, {"stock": 0}, {"stock": None}, {"price_cents": None}])
def test_a_line_that_cannot_be_sold_stops_the_order(values: dict[str, int | None]) -> None:
    cart = make_cart((make_product(), 1), (make_product(**values), 2))
    with pytest.raises(CartNotOrderable):
        place_order(cart, make_checkout(), customer_id=None, at=NOW)
    assert nothing_was_kept()


def test_stock_that_went_since_the_cart_was_read_is_refused() -> None:
    product = make_product(stock=1)
    cart = make_cart((product, 1))
    make_order((product, 1))
    with pytest.raises(OutOfStock), session.begin_nested():
        place_order(cart, make_checkout(), customer_id=None, at=NOW)
    assert session.scalar(select(func.count()).select_from(Order)) == 1
    assert session.scalar(select(StockItem.reserved)) == 1


def test_a_total_that_is_no_longer_the_one_seen_is_refused() -> None:
    product = make_product(price_cents=50_00)
    cart = make_cart((product, 1))
    with pytest.raises(PriceChanged):
        place_order(cart, make_checkout(seen_total_cents=49_00), customer_id=None, at=NOW)
    assert nothing_was_kept()
    assert (
        place_order(cart, make_checkout(seen_total_cents=50_00 + 4_90), customer_id=None, at=NOW).total_cents == 54_90
    )


@pytest.mark.parametrize(("price", "packs"), [(9_999_99, 2)])
def test_an_amount_that_cannot_be_paid_by_card_is_refused(price: int, packs: int) -> None:
    with pytest.raises(AmountRefused):
        make_order((make_product(price_cents=price), packs))
    assert nothing_was_kept()


def test_an_address_outside_the_served_zones_is_refused() -> None:
    with pytest.raises(NotDelivered):
        make_order(shipping=make_address(postal_code="97400", city="Saint-Denis"))
    assert nothing_was_kept()


@pytest.mark.parametrize(
    "wrong",
    [
        {"accept_terms": False},
        {"email": "pas une adresse"},
        {"shipping_method": "pigeon"},
        {"idempotency_key": "court"},
    ],
)
def test_wrong_input_is_not_a_checkout(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        make_checkout(**wrong)


def test_a_price_in_the_input_is_not_even_read() -> None:
    body = make_checkout().model_dump() | {"total_cents": 1, "price": 1, "shipping_cents": 0}
    order = place_order(make_cart((make_product(price_cents=50_00), 1)), Checkout(**body), customer_id=None, at=NOW)
    assert order.total_cents == 54_90


carts_drawn = st.lists(
    st.tuples(
        st.integers(1, 900_00),
        st.sampled_from([0, 0, 30_00, 45_55]),
        st.sampled_from([2000, 1000, 550]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=4,
)


@given(carts_drawn)
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_totals_and_vat_agree_to_the_cent(drawn: list[tuple[int, int, int, int]]) -> None:
    with session.begin_nested() as drawn_shop:
        bought: list[tuple[Product, int]] = [
            (make_product(price_cents=price, deposit_cents=deposit, vat_basis_points=rate), packs)
            for price, deposit, rate, packs in drawn
        ]
        order = get_order(make_order(*bought).id)
        assert order.total_cents == sum(line.total_cents for line in order.lines)
        assert order.vat_cents == sum(contained_vat(line.total_cents, line.vat_basis_points) for line in order.lines)
        expected = sum((Decimal(price + deposit) * packs for price, deposit, _rate, packs in drawn), Decimal(0))
        assert order.goods_cents + order.deposit_cents == expected
        drawn_shop.rollback()


def test_adding_adds_up_and_stops_at_the_stock() -> None:
    product = make_product(stock=3)
    add_to_cart("session:x", AddToCart(product_id=product.id, quantity=2), at=NOW)
    with pytest.raises(OutOfStock) as refusal:
        add_to_cart("session:x", AddToCart(product_id=product.id, quantity=2), at=NOW)
    assert refusal.value.details["available"] == 3
    assert get_cart("session:x").packs == 2
    add_to_cart("session:x", AddToCart(product_id=product.id, quantity=3, replace=True), at=NOW)
    assert get_cart("session:x").packs == 3


@pytest.mark.parametrize("values", [{"price_cents": None}, {"is_displayed": False}])
def test_what_is_not_for_sale_does_not_enter_the_cart(values: dict[str, object]) -> None:
    product = make_product(**values)
    with pytest.raises(ShopError):
        add_to_cart("session:x", AddToCart(product_id=product.id), at=NOW)
    assert get_cart("session:x").lines == []


def test_a_cart_shows_todays_price() -> None:
    product = make_product(price_cents=10_00)
    add_to_cart("session:x", AddToCart(product_id=product.id), at=NOW)
    product.price_cents = 12_00
    session.flush()
    assert get_cart("session:x").totals.goods_cents == 12_00


def test_zero_removes_the_line() -> None:
    product = make_product()
    add_to_cart("session:x", AddToCart(product_id=product.id), at=NOW)
    change_quantity("session:x", product.id, ChangeQuantity(quantity=0), at=NOW)
    assert get_cart("session:x").lines == []
