"""Real workers on real servers, and what becomes of their work when one of them dies."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil
import pytest
from flask import Flask
from rq import Queue
from rq.cron import get_cron_job_ids
from rq.job import Job
from sqlalchemy import Engine, func, select, text

from devstack.services import Services
from integrations.carts import FakeCartStore, carts
from integrations.payments import FakeGateway, gateway
from integrations.queue import queue
from integrations.queue.rq_provider import LONG_QUEUE_NAME, QUEUE_NAME, QUEUE_NAMES
from integrations.redis_connections import raw_redis
from jobs.failures import list_failed_jobs, replay_failed_jobs
from jobs.outbox import path_of
from jobs.schedule import SCHEDULE, Every
from models.database import session, utc_now
from models.invoices import Invoice, InvoiceDocument
from models.mail import Mail
from models.orders import Order
from models.outbox import OutboxEvent
from services.invoices import get_document
from services.orders import get_order
from tests.factories import make_order, pay
from web.unit_of_work import commit

ROOT = Path(__file__).parent.parent.parent
STAFF = "equipe@example.org"
# The shop's own worker, which waits four seconds instead of thirty before it takes a silent one for dead.
IMPATIENT = """
import jobs.worker
from app import create_app
jobs.worker.SIGN_OF_LIFE = 4
with create_app().app_context():
    jobs.worker.work({queues}, burst={burst})
"""


class WorkerProcess:
    """A worker in a process group of its own."""

    def __init__(self, log: Path, *, queues: Sequence[str] = QUEUE_NAMES, burst: bool = False) -> None:
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", IMPATIENT.format(queues=queues, burst=burst)],
                cwd=ROOT,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, "LOG_LEVEL": "INFO", "MAIL_ALERTS_TO": STAFF},
            )

    @property
    def horse(self) -> psutil.Process | None:
        """The forked process that does the present job; RQ's scheduler is a child too, but of the worker's group."""
        for child in psutil.Process(self.process.pid).children():
            if os.getpgid(child.pid) == child.pid:
                return child
        return None

    def kill_job(self) -> None:
        """End the job in the middle, as a lack of memory would."""
        assert self.horse
        self.horse.send_signal(signal.SIGKILL)

    def kill(self) -> None:
        """End the worker, its scheduler and its job, as a power cut would."""
        if horse := self.horse:
            horse.send_signal(signal.SIGKILL)
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


@pytest.fixture
def work(app: Flask, committed: None, tmp_path: Path) -> Iterator[Callable[..., WorkerProcess]]:
    """Start workers; what they leave behind is put away."""
    raw_redis().flushdb()
    started: list[WorkerProcess] = []

    def start(**how: Any) -> WorkerProcess:
        worker = WorkerProcess(tmp_path / "worker.log", **how)
        started.append(worker)
        return worker

    with carts.replaced_by(FakeCartStore()), gateway.replaced_by(FakeGateway()):
        yield start
    for worker in started:
        if worker.process.poll() is None:
            worker.kill()
    raw_redis().flushdb()


def until(happened: Callable[[], Any], *, seconds: float = 40) -> Any:
    """Wait for something and return it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        # A transaction sees nothing new once it has begun.
        session.rollback()
        if found := happened():
            return found
        time.sleep(0.1)
    raise AssertionError(f"{getattr(happened, '__name__', happened)} did not happen in {seconds} s")


def received(services: Services, recipient: str) -> list[dict[str, Any]]:
    assert services.mailbox
    with urlopen(f"{services.mailbox.url}/messages.json?to={recipient}") as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


def run_everything(work: Callable[..., WorkerProcess]) -> None:
    """Let a worker do all that waits, as often as it makes new work, and end."""
    queue().relay_outbox()
    worker = work(burst=True)
    assert worker.process.wait(60) == 0


def all_sent() -> bool:
    waiting = select(func.count()).select_from(OutboxEvent).where(OutboxEvent.relayed_at.is_(None))
    unsent = select(func.count()).select_from(Mail).where(Mail.status != "sent")
    return session.scalar(waiting) == 0 and session.scalar(unsent) == 0 and bool(session.scalar(select(Mail.id)))


@contextmanager
def held(engine: Engine, *statements: str) -> Iterator[None]:
    """Hold locks on a connection of our own while the block runs."""
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
        yield
        connection.rollback()


def somebody_waits_for(table: str) -> Callable[[], bool]:
    query = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND query ILIKE :like AND pid <> pg_backend_pid()"
    )

    def waits() -> bool:
        return bool(session.scalar(query, {"like": f"%{table}%"}))

    return waits


def a_paid_order(email: str) -> int:
    order = make_order(at=utc_now(), email=email)
    pay(order, at=utc_now())
    order_id = order.id
    commit()
    session.remove()
    return order_id


def test_a_paid_order_is_invoiced_printed_and_told_by_mail(
    services: Services, work: Callable[..., WorkerProcess]
) -> None:
    order_id = a_paid_order("whole-way@example.org")
    worker = work()
    until(lambda: len(received(services, "whole-way@example.org")) == 2)
    until(all_sent)
    worker.stop()
    assert worker.process.returncode == 0
    (invoice,) = get_order(order_id).invoices
    paid = next(mail for mail in received(services, "whole-way@example.org") if mail["attachments"])
    assert paid["subject"] == f"Paiement reçu pour votre commande {get_order(order_id).number}"
    (file,) = paid["attachments"]
    assert file["name"] == f"facture-{invoice.number}.pdf"
    assert services.mailbox
    with urlopen(services.mailbox.url + file["url"]) as answer:
        assert answer.read() == get_document(invoice.id)[1]


def test_without_redis_the_order_stands_and_its_mail_goes_later_once(
    services: Services, work: Callable[..., WorkerProcess]
) -> None:
    assert services.redis
    services.redis.stop()
    try:
        order = make_order(at=utc_now(), email="later@example.org")
        number = order.number
        commit()
        session.remove()
    finally:
        services.redis.start()
    assert session.scalar(select(Order.status).where(Order.number == number)) == "pending"
    assert received(services, "later@example.org") == []
    for _again in range(2):
        run_everything(work)
    assert [mail["subject"] for mail in received(services, "later@example.org")] == [
        f"Votre commande {number} attend votre paiement"
    ]


def test_a_worker_outlives_a_restart_of_redis(services: Services, work: Callable[..., WorkerProcess]) -> None:
    worker = work()
    until(lambda: queue().count_workers())
    assert services.redis
    services.redis.kill()
    time.sleep(1)
    services.redis.start()
    a_paid_order("restart@example.org")
    until(lambda: len(received(services, "restart@example.org")) == 2)
    until(all_sent)
    worker.stop()
    assert worker.process.returncode == 0


def test_nobody_waits_behind_what_takes_long(
    services: Services, engine: Engine, work: Callable[..., WorkerProcess]
) -> None:
    long_worker = work(queues=(LONG_QUEUE_NAME,))
    work(queues=(QUEUE_NAME,))
    with held(engine, "LOCK TABLE best_seller IN ACCESS EXCLUSIVE MODE"):
        queue().enqueue("jobs.recommendations.rebuild_recommendations", key="long")
        until(somebody_waits_for("best_seller"))
        a_paid_order("meanwhile@example.org")
        until(lambda: len(received(services, "meanwhile@example.org")) == 2)
        assert long_worker.horse
    until(lambda: not long_worker.horse)
    assert list_failed_jobs() == []


def test_a_worker_killed_while_it_issues_leaves_one_invoice(
    services: Services, engine: Engine, work: Callable[..., WorkerProcess]
) -> None:
    year = utc_now().year
    first = a_paid_order("first@example.org")
    run_everything(work)
    second = a_paid_order("issue@example.org")
    with held(engine, "SELECT 1 FROM invoice_counter FOR UPDATE"):
        worker = work()
        until(somebody_waits_for("invoice_counter"))
        worker.kill_job()
        time.sleep(0.2)
    until(lambda: any(mail["attachments"] for mail in received(services, "issue@example.org")))
    until(all_sent)
    worker.stop()
    numbers = session.execute(select(Invoice.order_id, Invoice.number).order_by(Invoice.id)).all()
    assert [tuple(row) for row in numbers] == [(first, f"{year}-000001"), (second, f"{year}-000002")]
    assert len(received(services, "issue@example.org")) == 2


def test_a_worker_killed_with_all_it_started_leaves_one_invoice_one_pdf_one_mail(
    services: Services, engine: Engine, work: Callable[..., WorkerProcess]
) -> None:
    order_id = a_paid_order("print@example.org")
    worker = work()
    # The PDF can't be kept: the job is caught between printing it and keeping it.
    with held(engine, "LOCK TABLE invoice_document IN EXCLUSIVE MODE"):
        until(somebody_waits_for("invoice_document"))
        worker.kill()
        time.sleep(0.2)
    assert session.scalar(select(func.count()).select_from(InvoiceDocument)) == 0
    # The lock of the dead worker's scheduler runs out after a minute; the test does not wait for it.
    raw_redis().delete("rq:scheduler-lock:atelier")
    successor = work()
    until(lambda: any(mail["attachments"] for mail in received(services, "print@example.org")))
    until(all_sent)
    successor.stop()
    assert session.scalars(select(Invoice.order_id)).all() == [order_id]
    assert session.scalar(select(func.count()).select_from(InvoiceDocument)) == 1
    subjects = sorted(mail["subject"].split(" ")[0] for mail in received(services, "print@example.org"))
    assert subjects == ["Paiement", "Votre"]


def test_a_job_that_fails_for_good_is_told_kept_and_can_be_replayed(
    services: Services, app: Flask, work: Callable[..., WorkerProcess]
) -> None:
    nobody = 10**9
    work()
    Queue(QUEUE_NAME, connection=raw_redis()).enqueue("jobs.orders.send_shipping_notice", nobody, job_id="lost")
    (alert,) = until(lambda: received(services, STAFF))
    assert "send_shipping_notice" in alert["subject"]
    assert "Cette commande n'existe pas." in alert["text"]
    (failed,) = list_failed_jobs()
    assert (failed.id, failed.call) == ("lost", f"jobs.orders.send_shipping_notice({nobody})")
    assert replay_failed_jobs(["another"]) == 0
    assert replay_failed_jobs(["lost"]) == 1
    until(lambda: [job.id for job in list_failed_jobs() if job.failed_at != failed.failed_at] == ["lost"])
    until(all_sent)
    assert len(received(services, STAFF)) == 1, "once an hour for each kind of job"


def test_the_schedule_queues_its_jobs_and_stops_when_asked(app: Flask, work: Callable[..., WorkerProcess]) -> None:
    command = [sys.executable, "-m", "flask", "--app", "app:create_app", "schedule"]
    scheduler = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    work()
    regular = [path_of(line.job) for line in SCHEDULE if isinstance(line, Every)]
    try:
        until(lambda: all(get_cron_job_ids(name, raw_redis()) for name in regular))
    finally:
        scheduler.terminate()
    assert scheduler.wait(20) == 0
    # One that succeeds leaves nothing behind.
    until(lambda: not any(Job.exists(get_cron_job_ids(name, raw_redis())[0], raw_redis()) for name in regular))
    assert list_failed_jobs() == []
