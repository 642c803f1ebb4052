from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from jobs.alerts import alert_failed_mail
from jobs.mail import KEPT, deliver_mail, forget_old_mails, resend_waiting_mails
from models.database import session, utc_now
from models.mail import Mail
from services.mail import claim_mail, get_mail, write_mail
from tests.jobs.conftest import Outside


def a_mail(key: str = "news:1", template: str = "order_confirmation") -> int:
    mail_id = write_mail(
        template=template,
        recipient="camille@example.org",
        subject="Bonjour",
        html="<p>Bonjour</p>",
        text="Bonjour",
        dedupe_key=key,
    )
    assert mail_id is not None
    return mail_id


def test_it_is_sent_and_says_so(outside: Outside) -> None:
    mail_id = a_mail()
    deliver_mail(mail_id)
    assert [mail.recipient for mail in outside.mailer.sent] == ["camille@example.org"]
    assert get_mail(mail_id).status == "sent"


def test_delivered_twice_it_is_sent_once(outside: Outside) -> None:
    mail_id = a_mail()
    deliver_mail(mail_id)
    deliver_mail(mail_id)
    resend_waiting_mails()
    assert len(outside.mailer.sent) == 1


def test_what_another_worker_is_sending_is_left_to_him(outside: Outside) -> None:
    mail_id = a_mail()
    claim_mail(mail_id, at=utc_now())
    deliver_mail(mail_id)
    resend_waiting_mails()
    assert outside.mailer.sent == []


def test_a_mail_waits_for_its_server_and_then_goes_once(outside: Outside) -> None:
    mail_ids = [a_mail("news:1"), a_mail("news:2")]
    outside.mailer.away = True
    deliver_mail(mail_ids[0])
    resend_waiting_mails()
    assert [get_mail(mail_id).status for mail_id in mail_ids] == ["queued", "queued"]
    outside.mailer.away = False
    resend_waiting_mails()
    resend_waiting_mails()
    assert [mail.key for mail in outside.mailer.sent] == ["news:1", "news:2"]


def test_a_refused_mail_keeps_its_key_when_it_is_tried_again(outside: Outside) -> None:
    mail_id = a_mail()
    outside.mailer.refusals = ["451 later"]
    deliver_mail(mail_id)
    mail = get_mail(mail_id)
    assert (mail.status, mail.attempts, mail.last_error) == ("queued", 1, "451 later")
    mail.next_try_at = utc_now()
    resend_waiting_mails()
    assert [sent.key for sent in outside.mailer.sent] == ["news:1"]


def test_staff_hear_of_a_mail_that_failed(outside: Outside, alerts_to_staff: None) -> None:
    mail_id = a_mail()
    alert_failed_mail(mail_id)
    alert_failed_mail(mail_id)
    (alert,) = session.scalars(select(Mail).where(Mail.template == "staff_alert"))
    assert alert.recipient == "equipe@example.org"
    assert "camille@example.org" in alert.text


def test_an_alert_that_fails_makes_no_other(outside: Outside, alerts_to_staff: None) -> None:
    mail_id = a_mail("news:alert", template="staff_alert")
    alert_failed_mail(mail_id)
    assert list(session.scalars(select(Mail.id))) == [mail_id]


def test_without_an_address_nobody_is_told(outside: Outside) -> None:
    mail_id = a_mail()
    alert_failed_mail(mail_id)
    assert list(session.scalars(select(Mail.id))) == [mail_id]


def test_what_a_mail_said_is_forgotten_in_time_and_that_it_was_sent_is_not(outside: Outside) -> None:
    old, new, waiting = a_mail("news:1"), a_mail("news:2"), a_mail("news:3")
    deliver_mail(old)
    deliver_mail(new)
    get_mail(old).sent_at = utc_now() - KEPT - timedelta(hours=1)
    get_mail(waiting).created_at = utc_now() - KEPT - timedelta(hours=1)
    session.flush()
    forget_old_mails()
    forget_old_mails()
    session.expire_all()
    assert [(get_mail(one).html, get_mail(one).text) for one in (old, new, waiting)] == [
        ("", ""),
        ("<p>Bonjour</p>", "Bonjour"),
        ("<p>Bonjour</p>", "Bonjour"),
    ]
    assert (get_mail(old).status, get_mail(old).recipient) == ("sent", "camille@example.org")
    # The same news is not told again for want of its text.
    deliver_mail(old)
    assert len(outside.mailer.sent) == 2


def test_the_log_names_nobody(outside: Outside, alerts_to_staff: None, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []

    class Lines:
        def __getattr__(self, level: str) -> Callable[..., None]:
            return lambda event, **values: lines.append(f"{event} {values}")

    monkeypatch.setattr("jobs.mail.log", Lines())
    monkeypatch.setattr("jobs.alerts.log", Lines())
    mail_id = a_mail()
    outside.mailer.refusals = ["550 <camille@example.org>: unknown"]
    deliver_mail(mail_id)
    alert_failed_mail(mail_id)
    assert get_mail(mail_id).last_error == "550 <camille@example.org>: unknown"
    assert [line.split()[0] for line in lines] == ["mail.refused", "staff.alerted"]
    assert not any("camille" in line for line in lines)
