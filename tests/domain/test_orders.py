from itertools import product

import pytest

from domain.orders import SYSTEM, Actor, OrderStatus, find_move, moves_open_to

S = OrderStatus
TABLE = {
    (S.PENDING, S.PAID), (S.PENDING, S.CANCELLED), (S.PAID, S.PROCESSING), (S.PAID, S.CANCELLED),
    (S.PROCESSING, S.SHIPPED), (S.PROCESSING, S.CANCELLED), (S.SHIPPED, S.DELIVERED), (S.SHIPPED, S.RETURNED),
    (S.DELIVERED, S.RETURNED), (S.CANCELLED, S.REFUNDED), (S.RETURNED, S.REFUNDED), (S.CANCELLED, S.PAID),
}  # fmt: skip


@pytest.mark.parametrize(("current", "target"), list(product(S, S)))
def test_only_the_arrows_of_the_table_exist(current: OrderStatus, target: OrderStatus) -> None:
    assert (find_move(current, target) is not None) == ((current, target) in TABLE)


@pytest.mark.parametrize(
    ("current", "actor", "targets"),
    [
        (S.PAID, Actor.staff(1, 7), [S.PROCESSING, S.CANCELLED]),
        (S.PAID, Actor.staff(1, 6), []),
        (S.PROCESSING, Actor.staff(1, 7), [S.SHIPPED]),
        (S.PROCESSING, Actor.staff(1, 9), [S.SHIPPED, S.CANCELLED]),
        (S.PENDING, Actor.owner(5), [S.CANCELLED]),
        (S.PENDING, Actor.owner(None), [S.CANCELLED]),
        (S.PROCESSING, Actor.owner(5), []),
        (S.PENDING, SYSTEM, [S.PAID, S.CANCELLED]),
        (S.REFUNDED, Actor.staff(1, 10), []),
    ],
)
def test_each_actor_may_take_his_own_arrows(current: OrderStatus, actor: Actor, targets: list[OrderStatus]) -> None:
    assert moves_open_to(current, actor) == targets


def test_actors_are_written_as_kind_and_id() -> None:
    assert [str(SYSTEM), str(Actor.staff(3, 7)), str(Actor.owner(12)), str(Actor.owner(None))] == [
        "system",
        "staff:3",
        "customer:12",
        "guest",
    ]
