"""Giving money back: the bank is called between two transactions, never inside one."""

from datetime import timedelta

from jobs.letters import post, refund_confirmation
from jobs.unit_of_work import checkpoint, for_each
from models.database import utc_now
from services.orders import get_order
from services.refunds import (
    ask_bank,
    claim_refund,
    get_refund,
    list_orders_to_refund,
    list_unsettled_refunds,
    refund_cancelled_order,
    settle_refund,
)

# How long a call to the bank may be under way before its outcome is asked for.
PATIENCE = timedelta(minutes=10)


def refund_cancelled(order_id: int) -> None:
    """Ask back what was captured for a cancelled order."""
    refund_cancelled_order(order_id, at=utc_now())


def send_refund(refund_id: int) -> None:
    """Ask the bank for a refund, once in its life; what came of a call that was cut short is found by inquiry."""
    if claim_refund(refund_id) == "requested":
        _ask_and_settle(refund_id, first_time=True)


def settle_refunds() -> None:
    """Find out about refunds whose answer never came, send those that never left, ask for those nobody asked for."""
    for_each(list_unsettled_refunds(requested_before=utc_now() - PATIENCE), _resume)
    for_each(list_orders_to_refund(cancelled_before=utc_now() - PATIENCE), refund_cancelled)


def send_refund_confirmation(refund_id: int) -> None:
    """Tell the buyer that the bank has given his money back."""
    refund = get_refund(refund_id)
    post(refund_confirmation(get_order(refund.payment.order_id), refund))


def _resume(refund_id: int) -> None:
    before = claim_refund(refund_id)
    if before in ("requested", "unknown"):
        _ask_and_settle(refund_id, first_time=before == "requested")


def _ask_and_settle(refund_id: int, *, first_time: bool) -> None:
    checkpoint()
    answer = ask_bank(refund_id, first_time=first_time, at=utc_now())
    checkpoint()
    settle_refund(refund_id, answer, first_time=first_time, at=utc_now())
