"""How mails leave: interface, SMTP provider, fake."""

from integrations.mailer.fake import FakeMailer
from integrations.mailer.interface import Attachment, Mailer, MailRefused, MailServerAway, OutgoingMail
from integrations.mailer.smtp_provider import SmtpMailer
from integrations.provided import Provided

mailer: Provided[Mailer] = Provided(SmtpMailer)

__all__ = [
    "Attachment",
    "FakeMailer",
    "MailRefused",
    "MailServerAway",
    "Mailer",
    "OutgoingMail",
    "SmtpMailer",
    "mailer",
]
