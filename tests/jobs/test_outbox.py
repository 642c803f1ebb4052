import pytest

from jobs.outbox import purge_outbox, relay_outbox
from models.outbox import record
from services.checkout import OrderPlaced
from services.orders import OrderCancelled
from services.outbox import count_waiting_events
from tests.jobs.conftest import Outside


def keys(outside: Outside) -> list[tuple[str, tuple[int, ...]]]:
    return [(job, args) for job, args, _key in outside.queue.jobs]


def test_an_event_becomes_its_jobs(outside: Outside) -> None:
    record(OrderPlaced(7))
    record(OrderCancelled(8))
    relay_outbox()
    assert keys(outside) == [
        ("jobs.orders.send_order_confirmation", (7,)),
        ("jobs.refunds.refund_cancelled", (8,)),
        ("jobs.orders.send_cancellation_notice", (8,)),
    ]
    assert len({key for _job, _args, key in outside.queue.jobs}) == 3


def test_relayed_twice_the_jobs_are_queued_once(outside: Outside) -> None:
    record(OrderPlaced(7))
    relay_outbox()
    relay_outbox()
    assert len(outside.queue.jobs) == 1


def test_without_a_queue_events_wait(outside: Outside) -> None:
    record(OrderPlaced(7))
    outside.queue.away = True
    with pytest.raises(ConnectionError):
        relay_outbox()
    assert count_waiting_events() == 1
    outside.queue.away = False
    relay_outbox()
    assert count_waiting_events() == 0


def test_more_than_a_batch_is_relayed_at_once(outside: Outside) -> None:
    for number in range(250):
        record(OrderPlaced(number))
    relay_outbox()
    assert [args[0] for _job, args in keys(outside)] == list(range(250))


def test_what_was_just_relayed_is_not_forgotten(outside: Outside) -> None:
    record(OrderPlaced(7))
    relay_outbox()
    purge_outbox()
    relay_outbox()
    assert len(outside.queue.jobs) == 1
