"""The SMTP side: takes every mail and keeps it."""

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from devstack.mailbox.store import Store

LARGEST_MAIL = 32 * 1024 * 1024


class KeepEverything:
    """What the SMTP server does with a mail."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        content = envelope.original_content or b""
        try:
            number = self.store.add(
                sender=envelope.mail_from or "", recipients=list(envelope.rcpt_tos), content=content
            )
        except OSError as error:
            return f"452 Requested action not taken: {error.strerror}"
        return f"250 OK: kept as {number}"


def smtp_server(store: Store, port: int) -> Controller:
    """Return an SMTP server on loopback that keeps mails in `store`, not yet started."""
    return Controller(
        KeepEverything(store),
        hostname="127.0.0.1",
        port=port,
        data_size_limit=LARGEST_MAIL,
        enable_SMTPUTF8=True,
        ident="Atelier mailbox",
    )
