from datetime import timedelta

import pytest

from integrations.carts import StoredItem
from jobs.cart import clear_paid_cart
from models.database import utc_now
from services.cart import get_cart
from services.checkout import place_order
from tests.factories import make_cart, make_checkout, make_product
from tests.jobs.conftest import Outside

OWNER = "session:buyer"


def contents(outside: Outside) -> dict[int, int]:
    return {item.product_id: item.quantity for item in outside.carts.load(OWNER).items}


def test_what_was_paid_for_leaves_the_cart_once_and_the_rest_stays(outside: Outside) -> None:
    bought, later = make_product(), make_product()
    order = place_order(make_cart((bought, 2), owner=OWNER), make_checkout(), customer_id=None, at=utc_now())
    now = utc_now()

    outside.carts.change(
        OWNER,
        lambda cart: cart.items.append(StoredItem(product_id=later.id, quantity=1, added_at=now)),
    )
    clear_paid_cart(order.id)
    assert contents(outside) == {later.id: 1}
    # The same part again, for the next purchase: a job that runs twice must not take it out.
    outside.carts.change(
        OWNER,
        lambda cart: cart.items.append(
            StoredItem(product_id=bought.id, quantity=1, added_at=now + timedelta(minutes=1))
        ),
    )
    clear_paid_cart(order.id)
    assert contents(outside) == {later.id: 1, bought.id: 1}
    assert get_cart(OWNER).packs == 2


def test_while_carts_are_away_it_is_tried_again(outside: Outside) -> None:
    order = place_order(make_cart((make_product(), 1), owner=OWNER), make_checkout(), customer_id=None, at=utc_now())
    outside.carts.away = True
    with pytest.raises(ConnectionError):
        clear_paid_cart(order.id)
    outside.carts.away = False
    clear_paid_cart(order.id)
    assert contents(outside) == {}
