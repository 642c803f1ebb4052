import pytest
from rq.job import Job
from rq.timeouts import JobTimeoutException
from sqlalchemy import select

from integrations.redis_connections import raw_redis
from jobs.unit_of_work import ShopJob, SomeFailed, checkpoint, for_each, unit_of_work
from models.customers import Customer
from models.database import session
from models.outbox import record
from services.checkout import OrderPlaced
from tests.factories import make_customer
from tests.jobs.conftest import Outside


def names() -> set[str]:
    return set(session.scalars(select(Customer.last_name)))


def make_one(number: int) -> None:
    make_customer(last_name=f"n{number}")
    if number == 2:
        raise ValueError("two")


def make_and_record(number: int) -> None:
    make_customer(last_name=f"n{number}")
    record(OrderPlaced(number))


def test_what_returns_is_kept_and_what_raises_never_happened(outside: Outside) -> None:
    with unit_of_work():
        make_one(1)
    with pytest.raises(ValueError, match="two"), unit_of_work():
        make_one(2)
    assert names() == {"n1"}


def test_a_job_is_one_unit_of_work(outside: Outside) -> None:
    connection = raw_redis()
    ShopJob.create(make_and_record, args=(1,), connection=connection).perform()
    with pytest.raises(ValueError, match="two"):
        ShopJob.create(make_one, args=(2,), connection=connection).perform()
    assert names() == {"n1"}
    # What it recorded is relayed at once, not at the next minute.
    assert outside.queue.relays == 1


def test_only_the_shops_own_job_class_does_that() -> None:
    assert ShopJob.perform is not Job.perform


def test_what_stands_before_a_checkpoint_stays(outside: Outside) -> None:
    def twice() -> None:
        make_one(1)
        checkpoint()
        make_one(2)

    with pytest.raises(ValueError, match="two"), unit_of_work():
        twice()
    assert names() == {"n1"}


def test_one_that_fails_keeps_no_other_back(outside: Outside) -> None:
    with pytest.raises(SomeFailed, match="1 could not"), unit_of_work():
        for_each([1, 2, 3], make_one)
    assert names() == {"n1", "n3"}


def test_the_end_of_a_jobs_time_ends_the_whole_job(outside: Outside) -> None:
    def take_too_long(number: int) -> None:
        make_customer(last_name=f"n{number}")
        if number == 2:
            raise JobTimeoutException("too long")

    with pytest.raises(JobTimeoutException), unit_of_work():
        for_each([1, 2, 3], take_too_long)
    assert names() == {"n1"}
