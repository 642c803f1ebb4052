from datetime import timedelta

from sqlalchemy import select

from domain.orders import Actor, OrderStatus
from integrations.payments import BankAnswer
from integrations.payments.interface import Settlement, TransactionState
from jobs.alerts import alert_failed_refund
from jobs.refunds import refund_cancelled, send_refund, send_refund_confirmation, settle_refunds
from models.database import session, utc_now
from models.mail import Mail
from models.payments import Refund
from services.orders import cancel_order, get_order
from services.refunds import claim_refund
from tests.factories import make_order, pay
from tests.jobs.conftest import Outside

GIVEN_BACK = BankAnswer(Settlement.DONE, "00000", state=TransactionState.REFUNDED)

STAFF = Actor.staff(1, 9)


def a_cancelled_paid_order() -> int:
    order = make_order(at=utc_now())
    pay(order, at=utc_now())
    order = get_order(order.id)
    cancel_order(order, reason="Le client a changé d'avis.", by=STAFF, at=utc_now())
    return order.id


def the_refund() -> Refund:
    return session.scalars(select(Refund).execution_options(populate_existing=True)).one()


def test_a_cancelled_order_gives_its_money_back_once(outside: Outside) -> None:
    order_id = a_cancelled_paid_order()
    refund_cancelled(order_id)
    refund_cancelled(order_id)
    refund_id = the_refund().id
    send_refund(refund_id)
    send_refund(refund_id)
    assert len(outside.gateway.refunds) == 1
    assert outside.gateway.inquiries == []
    assert the_refund().status == "completed"
    assert get_order(order_id).status == OrderStatus.REFUNDED


def test_the_buyer_is_told_once(outside: Outside) -> None:
    refund_cancelled(a_cancelled_paid_order())
    send_refund(the_refund().id)
    send_refund_confirmation(the_refund().id)
    send_refund_confirmation(the_refund().id)
    assert list(session.scalars(select(Mail.template))) == ["refund_confirmation"]


def test_a_call_that_was_cut_short_is_asked_about_never_repeated(outside: Outside) -> None:
    refund_cancelled(a_cancelled_paid_order())
    refund = the_refund()
    # The worker died between its claim and the bank's answer.
    claim_refund(refund.id)
    send_refund(refund.id)
    assert outside.gateway.refunds == []
    settle_refunds()
    assert outside.gateway.inquiries == [], "the call may still be under way"
    outside.gateway.answers = [GIVEN_BACK]
    refund.created_at = utc_now() - timedelta(minutes=11)
    session.flush()
    settle_refunds()
    assert outside.gateway.refunds == []
    assert len(outside.gateway.inquiries) == 1
    assert the_refund().status == "completed"


def test_a_refund_whose_job_was_lost_is_sent_after_all(outside: Outside) -> None:
    refund_cancelled(a_cancelled_paid_order())
    the_refund().created_at = utc_now() - timedelta(minutes=11)
    session.flush()
    settle_refunds()
    assert len(outside.gateway.refunds) == 1
    assert the_refund().status == "completed"


def test_an_unknown_answer_is_asked_about_again(outside: Outside) -> None:
    refund_cancelled(a_cancelled_paid_order())
    outside.gateway.answers = [BankAnswer(Settlement.UNKNOWN, "00097")]
    send_refund(the_refund().id)
    assert the_refund().status == "unknown"
    outside.gateway.answers = [GIVEN_BACK]
    the_refund().created_at = utc_now() - timedelta(minutes=11)
    session.flush()
    settle_refunds()
    assert the_refund().status == "completed"


def test_staff_hear_of_a_refund_that_the_bank_refused(outside: Outside, alerts_to_staff: None) -> None:
    order_id = a_cancelled_paid_order()
    refund_cancelled(order_id)
    outside.gateway.answers = [BankAnswer(Settlement.REFUSED, "00015", "already refunded")]
    send_refund(the_refund().id)
    alert_failed_refund(the_refund().id)
    mail = session.scalars(select(Mail)).one()
    assert "00015 already refunded" in mail.text
    assert get_order(order_id).number in mail.subject
