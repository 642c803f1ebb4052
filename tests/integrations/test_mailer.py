"""Mails over real SMTP: what leaves, what cannot be smuggled in, and how a server that says no is understood."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any
from urllib.request import urlopen

import pytest
from aiosmtpd.controller import Controller

from config import Settings
from devstack.services import Services
from integrations.mailer import Attachment, MailRefused, MailServerAway, OutgoingMail, SmtpMailer
from integrations.mailer.message import build_message
from models.database import utc_now

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40


def a_mail(**values: Any) -> OutgoingMail:
    return OutgoingMail(
        **{
            "key": "payment_confirmation:1",
            "recipient": "camille@example.org",
            "subject": "Paiement reçu : 389,70 €",
            "html": "<p>Merci, é à ü œ €</p>",
            "text": "Merci, é à ü œ €\n.\nUne ligne qui commence par un point.",
            **values,
        }
    )


def to(services: Services, **values: Any) -> SmtpMailer:
    assert services.mailbox
    return SmtpMailer(
        Settings(smtp_host="127.0.0.1", smtp_port=services.mailbox.smtp_port, smtp_timeout_seconds=3, **values)
    )


def received(services: Services, recipient: str) -> list[dict[str, Any]]:
    assert services.mailbox
    with urlopen(f"{services.mailbox.url}/messages.json?to={recipient}") as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


def test_a_mail_arrives_whole(services: Services) -> None:
    mail = a_mail(
        recipient="whole@example.org", attachments=(Attachment("facture-2026-000001.pdf", "application/pdf", PDF),)
    )
    to(services, mail_from="Atelier <commandes@atelier.example>").send(mail)
    (found,) = received(services, "whole@example.org")
    assert found["subject"] == "Paiement reçu : 389,70 €"
    assert found["from"] == "Atelier <commandes@atelier.example>"
    assert "Merci, é à ü œ €" in found["html"]
    assert found["text"].splitlines()[1] == "."
    (file,) = found["attachments"]
    assert (file["name"], file["type"], file["size"]) == ("facture-2026-000001.pdf", "application/pdf", len(PDF))
    assert services.mailbox
    with urlopen(services.mailbox.url + file["url"]) as answer:
        assert answer.read() == PDF


def message(mail: OutgoingMail) -> EmailMessage:
    built = build_message(mail, sender="Atelier <commandes@atelier.example>", at=utc_now())
    return message_from_bytes(built.as_bytes(), EmailMessage, policy=modern)


def test_every_try_of_a_mail_carries_the_same_id() -> None:
    first, again, other = message(a_mail()), message(a_mail()), message(a_mail(key="payment_confirmation:2"))
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert first["Message-ID"].endswith("@atelier.example>")


def test_machines_know_it_for_a_machines_mail() -> None:
    said = message(a_mail())
    assert said["Auto-Submitted"] == "auto-generated"
    assert said["Content-Language"] == "fr"


@pytest.mark.parametrize(
    "values",
    [
        {"subject": "Bonjour\r\nBcc: tous@example.org"},
        {"subject": "Bonjour\nBcc: tous@example.org"},
        {"recipient": "camille@example.org\r\nBcc: tous@example.org"},
        {"recipient": "camille@example.org, tous@example.org"},
        {"recipient": "camille"},
        {"recipient": ""},
        {"recipient": "Camille <camille@example.org>"},
    ],
)
def test_no_header_can_be_smuggled_in(values: dict[str, str]) -> None:
    with pytest.raises(MailRefused):
        message(a_mail(**values))


def test_a_server_that_is_not_there_is_away() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        away = SmtpMailer(Settings(smtp_host="127.0.0.1", smtp_port=held.getsockname()[1], smtp_timeout_seconds=1))
        with pytest.raises(MailServerAway):
            away.send(a_mail())
        with pytest.raises(MailServerAway):
            away.ping()


def test_a_server_that_says_nothing_is_away() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        mute = SmtpMailer(Settings(smtp_host="127.0.0.1", smtp_port=silent.getsockname()[1], smtp_timeout_seconds=0.3))
        with pytest.raises(MailServerAway):
            mute.send(a_mail())


class Refusing:
    """Says no to recipients or to the whole mail."""

    def __init__(self, at_recipient: str = "250 OK", at_data: str = "250 OK") -> None:
        self.at_recipient, self.at_data = at_recipient, at_data

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        return self.at_data


@pytest.fixture
def serve() -> Iterator[Callable[[Refusing], SmtpMailer]]:
    running: list[Controller] = []

    def start(handler: Refusing) -> SmtpMailer:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        controller = Controller(handler, hostname="127.0.0.1", port=port)
        controller.start()
        running.append(controller)
        return SmtpMailer(Settings(smtp_host="127.0.0.1", smtp_port=port, smtp_timeout_seconds=3))

    yield start
    for controller in running:
        controller.stop()


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(MailRefused) as refusal:
        yield
    assert words in str(refusal.value)


def test_a_refused_recipient_is_told_in_the_servers_words(serve: Callable[[Refusing], SmtpMailer]) -> None:
    with refused("550 5.1.1 unknown user"):
        serve(Refusing(at_recipient="550 5.1.1 unknown user")).send(a_mail())


def test_a_refused_mail_is_told_in_the_servers_words(serve: Callable[[Refusing], SmtpMailer]) -> None:
    with refused("451 try again later"):
        serve(Refusing(at_data="451 try again later")).send(a_mail())


def test_a_server_that_wants_a_password_we_have_not_is_away(serve: Callable[[Refusing], SmtpMailer]) -> None:
    mailer = serve(Refusing())
    mailer._config = mailer._config.model_copy(update={"smtp_username": "atelier"})
    with pytest.raises(MailServerAway):
        mailer.send(a_mail())
