"""What runs on a schedule: one line per job."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from redis.exceptions import RedisError
from rq.cron import CronScheduler
from rq.exceptions import StopRequested

from config import settings
from integrations.queue.rq_provider import JOB_SECONDS, queue_name_of
from integrations.redis_connections import open_redis
from jobs.credit_notes import finish_credit_notes
from jobs.gamme_facets import count_changed_gammes
from jobs.imports import purge_imports
from jobs.invoices import finish_invoices
from jobs.mail import forget_old_mails, resend_waiting_mails
from jobs.orders import cancel_unpaid_orders
from jobs.outbox import path_of, purge_outbox, relay_outbox
from jobs.payments import reconcile_payments
from jobs.recommendations import (
    purge_product_views,
    rebuild_offers,
    rebuild_recommendations,
    write_product_views,
)
from jobs.refunds import settle_refunds
from jobs.search import (
    index_changed_products,
    keep_search_settings,
    keep_searches,
    purge_old_searches,
    watch_search_engine,
)
from jobs.staff import purge_old_sign_ins

log = structlog.get_logger()
MINUTE = 60
HOUR = 3600
DAY = 86400


@dataclass(frozen=True)
class Every:
    """A job that is queued again and again, this many seconds apart."""

    seconds: int
    job: Callable[[], None]
    # How long it may take.
    within: int = JOB_SECONDS


@dataclass(frozen=True)
class At:
    """A job that is queued when a cron expression says so, in the machine's time."""

    cron: str
    job: Callable[[], None]
    within: int = JOB_SECONDS


SCHEDULE = (
    Every(MINUTE, relay_outbox),
    Every(MINUTE, resend_waiting_mails),
    Every(MINUTE, cancel_unpaid_orders),
    Every(MINUTE, index_changed_products),
    Every(MINUTE, keep_searches),
    Every(MINUTE, watch_search_engine),
    Every(10 * MINUTE, keep_search_settings),
    Every(5 * MINUTE, finish_invoices),
    Every(5 * MINUTE, finish_credit_notes),
    Every(5 * MINUTE, reconcile_payments),
    Every(5 * MINUTE, settle_refunds),
    Every(MINUTE, write_product_views),
    Every(MINUTE, count_changed_gammes),
    Every(HOUR, rebuild_recommendations, within=10 * MINUTE),
    At("0 2 * * *", rebuild_offers, within=20 * MINUTE),
    At("15 3 * * *", purge_outbox),
    At("20 3 * * *", forget_old_mails),
    At("25 3 * * *", purge_old_sign_ins),
    At("35 3 * * *", purge_old_searches),
    At("35 3 * * *", purge_product_views),
    At("45 3 * * *", purge_imports),
)


def keep_schedule() -> None:
    """Queue the jobs of the schedule until asked to stop; Redis may go away and come back meanwhile."""
    while True:
        try:
            scheduler().start()  # type: ignore[no-untyped-call]
            return
        except RedisError as error:
            log.warning("scheduler.queue_away", error=str(error))
        try:
            time.sleep(2)
        except StopRequested:
            return


def scheduler() -> CronScheduler:
    """Return RQ's scheduler with every line of the schedule."""
    connection = open_redis(settings().redis_url.get_secret_value(), decode=False)
    cron = CronScheduler(connection, logging_level="WARNING")
    for line in SCHEDULE:
        when = {"interval": line.seconds} if isinstance(line, Every) else {"cron": line.cron}
        cron.register(
            line.job,
            queue_name_of(path_of(line.job)),
            **when,
            # While no worker runs, copies of a job do not pile up: each expires when the next is due.
            ttl=line.seconds if isinstance(line, Every) else DAY,
            job_timeout=line.within,
            result_ttl=0,
            failure_ttl=DAY,
        )
    return cron
