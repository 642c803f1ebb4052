"""What the shop needs of a mail server."""

from dataclasses import dataclass
from typing import Protocol


class MailServerAway(ConnectionError):
    """The server could not be reached or would not talk to us: nothing was said about any mail."""


class MailRefused(Exception):
    """The server was told of a mail and did not take it."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail; `media_type` is like `application/pdf`."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class OutgoingMail:
    """A mail to one person; `key` is the same each time the same mail is tried again."""

    key: str
    recipient: str
    subject: str
    html: str
    text: str
    attachments: tuple[Attachment, ...] = ()


class Mailer(Protocol):
    """A server that takes mails."""

    def send(self, mail: OutgoingMail) -> None:
        """Hand a mail over; raises MailServerAway, or MailRefused with the server's words."""

    def ping(self) -> None:
        """Return when the server answers; raises MailServerAway."""
