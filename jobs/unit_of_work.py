"""One job, one transaction: what a job returns from is committed, what it raises from never happened."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from flask import Flask, current_app
from rq.job import Job
from rq.timeouts import BaseTimeoutException

from models.database import session
from web.unit_of_work import commit

log = structlog.get_logger()


class SomeFailed(Exception):
    """Some of the things a job went through could not be done; the others were."""


class ShopJob(Job):
    """A job of the shop; the transaction ends before RQ is told that the job did."""

    def perform(self) -> Any:
        """Run the job as one unit of work."""
        started = time.perf_counter()
        with unit_of_work(job=self.func_name, args=self.args, job_id=self.id):
            result = super().perform()
        log.info("job", job=self.func_name, args=self.args, ms=round((time.perf_counter() - started) * 1000, 1))
        return result


@contextmanager
def unit_of_work(**names: Any) -> Iterator[None]:
    """Run the block inside the shop, in a transaction of its own; `names` are added to what it logs."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context(), structlog.contextvars.bound_contextvars(**names):
        session.remove()
        try:
            yield
            commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.remove()


def checkpoint() -> None:
    """Commit what the job did so far and begin the next transaction; what was loaded before is a snapshot now.

    A job that calls the outside stands on one before the call, so that no lock is held while it waits.
    """
    commit()
    session.remove()


def for_each(things: Iterable[int], act: Callable[[int], object]) -> None:
    """Do `act` to each thing in a transaction of its own; one that fails is logged and keeps no other back."""
    failed = 0
    for thing in things:
        checkpoint()
        try:
            act(thing)
            checkpoint()
        except BaseTimeoutException:
            # The time of the whole job is over, not only this thing's.
            raise
        except Exception:
            session.rollback()
            log.exception("job.item_failed", act=getattr(act, "__name__", ""), id=thing)
            failed += 1
    if failed:
        raise SomeFailed(f"{failed} could not be done, see the log")
