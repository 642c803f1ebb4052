from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import InvalidRequestError

from models.database import session, utc_now
from models.mail import Mail
from models.outbox import OutboxEvent
from services.mail import (
    CLAIM,
    claim_mail,
    count_failed_mails,
    get_mail,
    list_due_mails,
    list_failed_mails,
    mark_refused,
    mark_sent,
    put_back,
    retry_mail,
    write_mail,
)

pytestmark = pytest.mark.usefixtures("db")


def a_mail(key: str = "news:1", **values: str) -> int:
    said = {"recipient": "camille@example.org", "subject": "Bonjour", "html": "<p>Bonjour</p>", "text": "Bonjour"}
    mail_id = write_mail(template="order_confirmation", dedupe_key=key, **{**said, **values})
    assert mail_id is not None
    return mail_id


def events(name: str) -> int:
    return session.scalar(select(func.count()).select_from(OutboxEvent).where(OutboxEvent.name == name)) or 0


def test_the_same_news_is_written_once() -> None:
    a_mail("news:1")
    again = write_mail(
        template="order_confirmation",
        recipient="camille@example.org",
        subject="Encore",
        html="",
        text="",
        dedupe_key="news:1",
    )
    assert again is None
    assert session.scalar(select(func.count()).select_from(Mail)) == 1
    assert events("MailWritten") == 1


def test_a_subject_is_one_line() -> None:
    assert get_mail(a_mail(subject="Commande\r\nBcc: tous@example.org")).subject == "Commande Bcc: tous@example.org"


def test_a_claimed_mail_is_in_one_pair_of_hands() -> None:
    mail_id, now = a_mail(), utc_now()
    mail = claim_mail(mail_id, at=now)
    assert mail is not None
    assert (mail.key, mail.recipient) == ("news:1", "camille@example.org")
    assert claim_mail(mail_id, at=now) is None
    assert list_due_mails(at=now) == []


def test_a_mail_whose_sender_died_is_due_again() -> None:
    mail_id, now = a_mail(), utc_now()
    claim_mail(mail_id, at=now)
    assert claim_mail(mail_id, at=now + CLAIM) is not None


def test_a_sent_mail_is_never_claimed_again() -> None:
    mail_id, now = a_mail(), utc_now()
    claim_mail(mail_id, at=now)
    mark_sent(mail_id, at=now)
    assert claim_mail(mail_id, at=now + timedelta(days=1)) is None
    assert get_mail(mail_id).sent_at == now


def test_three_refusals_are_final_and_told() -> None:
    mail_id, now = a_mail(), utc_now()
    for pause in (timedelta(seconds=30), timedelta(minutes=5)):
        assert claim_mail(mail_id, at=now) is not None
        mark_refused(mail_id, "550 unknown", at=now)
        assert get_mail(mail_id).status == "queued"
        assert list_due_mails(at=now + pause - timedelta(seconds=1)) == []
        now += pause
        assert list_due_mails(at=now) == [mail_id]
    claim_mail(mail_id, at=now)
    mark_refused(mail_id, "550 unknown", at=now)
    mail = get_mail(mail_id)
    assert (mail.status, mail.attempts, mail.last_error) == ("failed", 3, "550 unknown")
    assert events("MailFailed") == 1
    assert list_due_mails(at=now + timedelta(days=1)) == []
    assert [failed.id for failed in list_failed_mails()] == [mail_id]


def test_a_mail_server_that_is_away_is_no_refusal() -> None:
    mail_id, now = a_mail(), utc_now()
    for _hour in range(24):
        claim_mail(mail_id, at=now)
        put_back(mail_id, "connection refused", at=now)
    mail = get_mail(mail_id)
    assert (mail.status, mail.attempts) == ("queued", 0)
    assert list_due_mails(at=now) == [mail_id]


def test_a_failed_mail_can_be_posted_again() -> None:
    mail_id, now = a_mail(), utc_now()
    for _try in range(3):
        mark_refused(mail_id, "550 unknown", at=now)
    retry_mail(mail_id, at=now)
    assert claim_mail(mail_id, at=now) is not None
    assert events("MailWritten") == 2


def test_only_a_failed_mail_is_posted_again() -> None:
    mail_id, now = a_mail(), utc_now()
    mark_sent(mail_id, at=now)
    retry_mail(mail_id, at=now)
    assert get_mail(mail_id).status == "sent"
    assert events("MailWritten") == 1


def test_failed_mails_are_counted_up_to_a_bound_and_listed_without_their_bodies() -> None:
    for number in range(4):
        mail_id = a_mail(f"news:{number}")
        for _try in range(3 if number else 0):
            mark_refused(mail_id, "550 unknown", at=utc_now())
    session.expunge_all()
    assert count_failed_mails(most=999) == 3
    assert count_failed_mails(most=1) == 2
    assert len(list_failed_mails()) == 3
    with pytest.raises(InvalidRequestError):
        _ = list_failed_mails()[0].html
