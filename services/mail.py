"""Mails: written in the transaction of what they tell, handed to the mail server afterwards, each once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import defer

from domain.errors import NotFound
from integrations.mailer import Attachment, OutgoingMail
from models.database import session
from models.mail import Mail
from models.outbox import Event, record
from services.invoices import get_document

MOST_TRIES = 3
# Waits after the first and the second refusal.
PAUSES = (timedelta(seconds=30), timedelta(minutes=5))
# Nobody else takes a mail that is being sent; longer than the slowest conversation with a mail server.
CLAIM = timedelta(minutes=3)


@dataclass(frozen=True)
class MailWritten(Event):
    """A mail waits to be sent."""

    mail_id: int


@dataclass(frozen=True)
class MailFailed(Event):
    """The mail server refused a mail for good: a person must look."""

    mail_id: int


def write_mail(
    *,
    template: str,
    recipient: str,
    subject: str,
    html: str,
    text: str,
    dedupe_key: str,
    order_id: int | None = None,
    invoice_id: int | None = None,
) -> int | None:
    """Put a mail in the post and return its id, None when this news (`dedupe_key`) was written before."""
    mail_id = session.scalar(
        insert(Mail)
        .values(
            template=template,
            recipient=recipient,
            subject=" ".join(subject.split())[:200],
            html=html,
            text=text,
            dedupe_key=dedupe_key,
            order_id=order_id,
            invoice_id=invoice_id,
        )
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(Mail.id)
    )
    if mail_id is not None:
        record(MailWritten(mail_id))
    return mail_id


def claim_mail(mail_id: int, *, at: datetime) -> OutgoingMail | None:
    """Take a waiting mail in hand and return it with its files, None when it is sent or in other hands.

    The caller commits before it talks to the mail server; should it die then, the mail is due again after CLAIM.
    """
    claimed = session.execute(
        update(Mail)
        .where(Mail.id == mail_id, Mail.status == "queued", Mail.next_try_at <= at)
        .values(next_try_at=at + CLAIM)
        .returning(Mail.dedupe_key, Mail.recipient, Mail.subject, Mail.html, Mail.text, Mail.invoice_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if claimed is None:
        return None
    files: tuple[Attachment, ...] = ()
    if claimed.invoice_id is not None:
        name, pdf = get_document(claimed.invoice_id)
        files = (Attachment(name, "application/pdf", pdf),)
    return OutgoingMail(claimed.dedupe_key, claimed.recipient, claimed.subject, claimed.html, claimed.text, files)


def mark_sent(mail_id: int, *, at: datetime) -> None:
    """Record that the mail server has taken a mail."""
    mail = session.get_one(Mail, mail_id, with_for_update=True)
    mail.status, mail.sent_at, mail.last_error = "sent", at, ""
    mail.attempts += 1
    session.flush()


def mark_refused(mail_id: int, reason: str, *, at: datetime) -> None:
    """Record that the mail server refused a mail: it is tried again a little later, three times in all."""
    mail = session.get_one(Mail, mail_id, with_for_update=True)
    mail.attempts += 1
    mail.last_error = reason[:500]
    if mail.attempts >= MOST_TRIES:
        mail.status = "failed"
        record(MailFailed(mail.id))
    else:
        mail.next_try_at = at + PAUSES[mail.attempts - 1]
    session.flush()


def put_back(mail_id: int, reason: str, *, at: datetime) -> None:
    """Let go of a claimed mail because the mail server is away: that is no try, the mail simply waits."""
    mail = session.get_one(Mail, mail_id, with_for_update=True)
    mail.next_try_at, mail.last_error = at, reason[:500]
    session.flush()


def list_due_mails(*, at: datetime, limit: int = 100) -> list[int]:
    """List the ids of mails that wait and may be tried now, oldest first."""
    return list(
        session.scalars(
            select(Mail.id).where(Mail.status == "queued", Mail.next_try_at <= at).order_by(Mail.id).limit(limit)
        )
    )


def get_mail(mail_id: int) -> Mail:
    """Return a mail as it was written; raises NotFound."""
    mail = session.get(Mail, mail_id)
    if mail is None:
        raise NotFound("Ce message n'existe pas.")
    return mail


def list_failed_mails(*, limit: int = 100) -> list[Mail]:
    """List the mails that were refused for good, newest first, without what they say."""
    failed = select(Mail).options(defer(Mail.html, raiseload=True), defer(Mail.text, raiseload=True))
    return list(session.scalars(failed.where(Mail.status == "failed").order_by(Mail.id.desc()).limit(limit)))


def count_failed_mails(*, most: int) -> int:
    """Return how many mails were refused for good, counted up to `most` + 1."""
    few = select(Mail.id).where(Mail.status == "failed").limit(most + 1).subquery()
    return session.scalar(select(func.count()).select_from(few)) or 0


def forget_texts(*, sent_before: datetime, limit: int = 1000) -> int:
    """Forget what mails said that were sent long ago, with the links they signed; return how many, at most `limit`."""
    old = (
        select(Mail.id)
        .where(Mail.status == "sent", Mail.html != "", Mail.sent_at < sent_before)
        .order_by(Mail.sent_at)
        .limit(limit)
    )
    forgotten = session.scalars(update(Mail).where(Mail.id.in_(old)).values(html="", text="").returning(Mail.id))
    return len(forgotten.all())


def retry_mail(mail_id: int, *, at: datetime) -> None:
    """Put a mail that was refused for good in the post again."""
    mail = session.get_one(Mail, mail_id, with_for_update=True)
    if mail.status != "failed":
        return
    mail.status, mail.attempts, mail.next_try_at = "queued", 0, at
    session.flush()
    record(MailWritten(mail.id))
