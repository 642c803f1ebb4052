"""A mail as it travels: headers that cannot be forged, text and HTML side by side, files attached."""

import hashlib
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from integrations.mailer.interface import MailRefused, OutgoingMail


def build_message(mail: OutgoingMail, *, sender: str, at: datetime) -> EmailMessage:
    """Return the message of `mail` from `sender` (« Name <address> »); raises MailRefused when it cannot be written."""
    message = EmailMessage(policy=SMTP)
    try:
        name, address = parseaddr(sender)
        message["From"] = Address(display_name=name, addr_spec=address)
        message["To"] = Address(addr_spec=mail.recipient)
        # The policy refuses line breaks: nobody can smuggle a header in through a name or a subject.
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(at)
        message["Message-ID"] = message_id(mail.key, address)
    except (ValueError, IndexError, MessageError) as error:
        raise MailRefused(f"cannot be addressed: {error}") from error
    # Holiday replies to an automatic mail would come back to the shop (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    for file in mail.attachments:
        kind, _slash, subkind = file.media_type.partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=subkind, filename=file.name)
    # Last: a part that becomes one of several takes the Content headers along.
    message["Content-Language"] = "fr"
    return message


def message_id(key: str, address: str) -> str:
    """Return the Message-ID of a mail: the same for every try, so that a second copy can be told for one."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{address.partition('@')[2]}>"
