"""Mails over SMTP."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from config import Settings, settings
from integrations.mailer.interface import MailRefused, MailServerAway, OutgoingMail
from integrations.mailer.message import build_message

PING_SECONDS = 1.5


class SmtpMailer:
    """The server of the settings, one connection per mail."""

    def __init__(self, config: Settings | None = None) -> None:
        self._config = config or settings()

    def send(self, mail: OutgoingMail) -> None:
        """Hand a mail over; raises MailServerAway, or MailRefused with the server's words."""
        message = build_message(mail, sender=self._config.mail_from, at=datetime.now(UTC))
        with self._connected(self._config.smtp_timeout_seconds) as server:
            try:
                server.send_message(message)
            except (smtplib.SMTPException, OSError) as error:
                # What was said of this mail is on record; a line cut in the middle may have let it through,
                # which is why its Message-ID never changes.
                raise MailRefused(_words(error)) from error

    def ping(self) -> None:
        """Return when the server answers within a moment; raises MailServerAway."""
        with self._connected(PING_SECONDS):
            return

    @contextmanager
    def _connected(self, timeout: float) -> Iterator[smtplib.SMTP]:
        try:
            server = smtplib.SMTP(self._config.smtp_host, self._config.smtp_port, timeout=timeout)
        except (smtplib.SMTPException, OSError) as error:
            raise MailServerAway(_words(error)) from error
        try:
            try:
                self._introduce(server)
            except (smtplib.SMTPException, OSError) as error:
                raise MailServerAway(_words(error)) from error
            yield server
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _introduce(self, server: smtplib.SMTP) -> None:
        config = self._config
        server.ehlo()
        if config.smtp_starttls:
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if config.smtp_username:
            server.login(config.smtp_username, config.smtp_password.get_secret_value())


def _words(error: Exception) -> str:
    """Return what the server said, on one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = (f"{code} {said.decode(errors='replace')}" for code, said in error.recipients.values())
        return " ".join("; ".join(answers).split())
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return " ".join(f"{error.smtp_code} {said}".split())
    return " ".join(f"{type(error).__name__}: {error}".split())
