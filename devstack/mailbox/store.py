"""Received mails, one file each, read back as what a person or a test wants to know of them."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default as modern
from pathlib import Path

# Prepended by us: the envelope knows whom a mail was really for (hidden copies too).
ENVELOPE_SENDER = "X-Mailbox-Sender"
ENVELOPE_RECIPIENT = "X-Mailbox-Recipient"


@dataclass(frozen=True)
class Attachment:
    """A part of a mail that is a file."""

    name: str
    type: str
    content: bytes
    content_id: str

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True)
class Mail:
    """One received mail."""

    id: int
    received: datetime
    message: EmailMessage
    source: bytes

    @property
    def sender(self) -> str:
        return str(self.message.get("From", self.message.get(ENVELOPE_SENDER, "")))

    @property
    def recipients(self) -> list[str]:
        return [str(address) for address in self.message.get_all(ENVELOPE_RECIPIENT, [])]

    @property
    def subject(self) -> str:
        return str(self.message.get("Subject", ""))

    @property
    def headers(self) -> list[tuple[str, str]]:
        ours = (ENVELOPE_SENDER, ENVELOPE_RECIPIENT)
        return [(name, str(value)) for name, value in self.message.items() if name not in ours]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def attachments(self) -> list[Attachment]:
        bodies = [part for part in (self.message.get_body(["plain"]), self.message.get_body(["html"])) if part]
        return [
            Attachment(
                name=part.get_filename() or f"partie-{number}",
                type=part.get_content_type(),
                content=payload(part),
                content_id=str(part.get("Content-ID", "")).strip("<>"),
            )
            for number, part in enumerate(self.message.walk(), 1)
            if not part.is_multipart() and not any(part is body for body in bodies)
        ]

    def _body(self, kind: str) -> str:
        part = self.message.get_body([kind])
        if part is None:
            return ""
        return payload(part).decode(part.get_content_charset() or "utf-8", errors="replace")


class Store:
    """A directory of numbered `.eml` files."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._lock = threading.Lock()
        directory.mkdir(parents=True, exist_ok=True)

    def add(self, *, sender: str, recipients: list[str], content: bytes) -> int:
        """Keep a mail and return its number; OSError when the disk takes no more."""
        envelope = [f"{ENVELOPE_SENDER}: {sender}", *(f"{ENVELOPE_RECIPIENT}: {address}" for address in recipients)]
        with self._lock:
            number = max(self._numbers(), default=0) + 1
            draft = self.directory / f".{number}"
            draft.write_bytes("".join(f"{line}\r\n" for line in envelope).encode() + content)
            draft.replace(self._path(number))
        return number

    def find(self, number: int) -> Mail | None:
        """Return one mail, or None."""
        try:
            source = self._path(number).read_bytes()
            received = datetime.fromtimestamp(self._path(number).stat().st_mtime, UTC)
        except FileNotFoundError:
            return None
        message = message_from_bytes(source, EmailMessage, policy=modern)
        return Mail(id=number, received=received, message=message, source=source)

    def list(self, *, to: str = "", limit: int = 100) -> list[Mail]:
        """Return at most `limit` mails, newest first, those for `to` if it is given."""
        found: list[Mail] = []
        for number in sorted(self._numbers(), reverse=True):
            mail = self.find(number)
            if mail and (not to or to.lower() in (address.lower() for address in mail.recipients)):
                found.append(mail)
            if len(found) == limit:
                break
        return found

    def _numbers(self) -> Iterator[int]:
        return (int(path.stem) for path in self.directory.glob("*.eml") if path.stem.isdigit())

    def _path(self, number: int) -> Path:
        return self.directory / f"{number:06d}.eml"


def payload(part: MIMEPart) -> bytes:
    """Return a part's bytes, decoded from their transfer encoding."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
