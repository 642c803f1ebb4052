"""Mails in memory, for tests."""

from integrations.mailer.interface import MailRefused, MailServerAway, OutgoingMail


class FakeMailer:
    """Keeps mails in a list; `away` makes it unreachable, `refusals` are its next answers."""

    def __init__(self) -> None:
        self.sent: list[OutgoingMail] = []
        self.away = False
        self.refusals: list[str] = []

    def send(self, mail: OutgoingMail) -> None:
        """Remember the mail."""
        self.ping()
        if self.refusals:
            raise MailRefused(self.refusals.pop(0))
        self.sent.append(mail)

    def ping(self) -> None:
        """Raise MailServerAway when set away."""
        if self.away:
            raise MailServerAway("the mail server is away")
