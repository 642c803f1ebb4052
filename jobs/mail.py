"""The post: mails that wait are handed to the mail server."""

from datetime import timedelta
from time import monotonic

import structlog

from integrations.mailer import MailRefused, MailServerAway, mailer
from jobs.unit_of_work import checkpoint
from models.database import utc_now
from services.mail import claim_mail, forget_texts, list_due_mails, mark_refused, mark_sent, put_back

log = structlog.get_logger()
# The next round begins a minute after this one did; seconds.
LONGEST_ROUND = 45
KEPT = timedelta(days=90)


def deliver_mail(mail_id: int) -> bool:
    """Send a mail that waits; say whether the mail server was there. Whoever comes second finds nothing to do."""
    mail = claim_mail(mail_id, at=utc_now())
    checkpoint()
    if mail is None:
        return True
    try:
        mailer().send(mail)
    except MailServerAway as error:
        log.warning("mail.server_away", mail_id=mail_id, error=str(error))
        put_back(mail_id, str(error), at=utc_now())
        return False
    except MailRefused as error:
        # What the server said names the recipient: it stands with the mail, not in the log.
        log.warning("mail.refused", mail_id=mail_id)
        mark_refused(mail_id, str(error), at=utc_now())
    else:
        mark_sent(mail_id, at=utc_now())
    return True


def resend_waiting_mails() -> None:
    """Send what is due: mails that waited for the queue or the mail server, and second tries; the rest next time."""
    enough = monotonic() + LONGEST_ROUND
    for mail_id in list_due_mails(at=utc_now()):
        checkpoint()
        if not deliver_mail(mail_id) or monotonic() > enough:
            return


def forget_old_mails() -> None:
    """Forget what mails said 90 days after they were sent (spec/mail-notifications.md); that they were sent stays."""
    while forget_texts(sent_before=utc_now() - KEPT):
        checkpoint()
