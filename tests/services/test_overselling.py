"""Real parallel connections fight for the last pack (LESSONS, stock)."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select, text

from domain.orders import SYSTEM
from integrations.carts import FakeCartStore, carts
from models.database import session
from models.orders import Order, OrderLine
from models.outbox import OutboxEvent
from models.stock import StockItem, StockReservation
from services.cart import get_cart
from services.checkout import CartNotOrderable, place_order
from services.orders import cancel_order, get_order
from services.stock import OutOfStock
from tests.factories import fill_cart, make_cart, make_checkout, make_product
from tests.factories.selling import NOW

CONNECTIONS = 8


@pytest.fixture(autouse=True)
def store(committed: None) -> Iterator[None]:
    with carts.replaced_by(FakeCartStore()):
        yield


def buy(owner: str) -> str:
    """One buyer's whole transaction on a connection of his own."""
    try:
        place_order(get_cart(owner), make_checkout(), customer_id=None, at=NOW)
        session.commit()
    except (OutOfStock, CartNotOrderable) as refusal:
        session.rollback()
        return type(refusal).__name__
    finally:
        session.remove()
    return "bought"


def test_200_buyers_of_one_pack_make_exactly_one_order() -> None:
    product = make_product(stock=1)
    session.commit()
    product_id = product.id
    buyers = [f"session:{n}" for n in range(200)]
    for buyer in buyers:
        fill_cart(buyer, (product, 1))
    session.remove()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        outcomes = Counter(pool.map(buy, buyers))
    assert outcomes["bought"] == 1
    assert sum(outcomes.values()) == 200
    assert session.scalar(select(func.count()).select_from(Order)) == 1
    assert session.scalar(select(func.count()).select_from(OrderLine).where(OrderLine.kind == "goods")) == 1
    told = Counter(session.scalars(select(OutboxEvent.name)))
    assert told == {"OrderPlaced": 1, "StockTurned": 1}
    assert session.execute(select(StockItem.on_hand, StockItem.reserved)).one() == (1, 1)
    assert session.scalars(select(StockReservation.product_id)).all() == [product_id]


def test_buyers_of_several_parts_in_any_order_never_deadlock_nor_oversell() -> None:
    products = [make_product(stock=12) for _ in range(4)]
    session.commit()
    for n in range(40):
        mine = products[n % 4 :] + products[: n % 4]
        fill_cart(f"session:{n}", *((product, 1) for product in (mine if n % 2 else reversed(mine))))
    session.remove()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        outcomes = Counter(pool.map(buy, [f"session:{n}" for n in range(40)]))
    assert outcomes["bought"] == 12
    assert session.execute(select(StockItem.on_hand, StockItem.reserved)).all() == [(12, 12)] * 4


def test_a_buyer_waits_while_an_import_holds_the_stock(engine: Engine) -> None:
    product = make_product(stock=1)
    fill_cart("session:patient", (product, 1))
    session.commit()
    session.remove()

    def buy_in_a_hurry() -> str:
        # As long as any other page may wait.
        session.execute(text("SELECT set_config('lock_timeout', '100ms', true)"))
        return buy("session:patient")

    with engine.connect() as importer, ThreadPoolExecutor(1) as pool:
        importer.execute(text("SELECT 1 FROM stock_item FOR UPDATE"))
        buyer = pool.submit(buy_in_a_hurry)
        with pytest.raises(TimeoutError):
            buyer.result(timeout=0.6)
        importer.rollback()
        assert buyer.result() == "bought"
    assert session.execute(select(StockItem.on_hand, StockItem.reserved)).one() == (1, 1)


def test_a_double_click_places_one_order() -> None:
    cart = make_cart((make_product(stock=5), 2))
    session.commit()
    owner, start = cart.owner, Barrier(2)
    session.remove()

    def click(_n: int) -> int:
        start.wait()
        order = place_order(get_cart(owner), make_checkout(idempotency_key="one-checkout"), customer_id=None, at=NOW)
        session.commit()
        number = order.id
        session.remove()
        return number

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(click, range(2))
    assert first == second
    assert session.scalar(select(func.count()).select_from(Order)) == 1
    assert session.scalar(select(StockItem.reserved)) == 2


def test_coming_back_from_the_bank_does_not_block_the_buyer_himself() -> None:
    cart = make_cart((make_product(stock=1), 1))
    first = place_order(cart, make_checkout(), customer_id=None, at=NOW)
    session.commit()
    # The cart page now shows the pack as taken, yet by this very visitor.
    second = place_order(get_cart(cart.owner), make_checkout(), customer_id=None, at=NOW)
    session.commit()
    assert get_order(first.id).superseded_by_id == second.id
    assert session.execute(select(StockItem.on_hand, StockItem.reserved)).one() == (1, 1)


def test_expiry_and_a_new_buyer_race_without_losing_a_pack() -> None:
    product = make_product(stock=1)
    order = place_order(make_cart((product, 1)), make_checkout(), customer_id=None, at=NOW)
    session.commit()
    fill_cart("session:next", (product, 1))
    order_id, start = order.id, Barrier(2)
    session.remove()

    def expire() -> str:
        start.wait()
        cancel_order(get_order(order_id, lock=True), reason="Délai de paiement dépassé.", by=SYSTEM, at=NOW)
        session.commit()
        session.remove()
        return "expired"

    def next_buyer() -> str:
        start.wait()
        return buy("session:next")

    with ThreadPoolExecutor(2) as pool:
        outcomes = {future.result() for future in (pool.submit(expire), pool.submit(next_buyer))}
    assert "expired" in outcomes
    reserved = session.scalar(select(StockItem.reserved))
    assert reserved == (1 if "bought" in outcomes else 0)
