import smtplib
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
import requests

from devstack.datadir import DataDir
from devstack.mailbox.service import Mailbox


@pytest.fixture(scope="module")
def mailbox(module_data: DataDir) -> Iterator[Mailbox]:
    service = Mailbox(module_data)
    service.start()
    yield service
    service.stop()


def invoice_mail(to: str, subject: str = "Votre facture n° 2026-000001") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Atelier <commandes@atelier.invalid>"
    message["To"] = to
    message["Subject"] = subject
    message.set_content("Bonjour,\nvotre facture est jointe : 126,40 €.")
    message.add_alternative('<p>Bonjour, <b>126,40 €</b> <img src="cid:logo"></p>', subtype="html")
    html = message.get_payload()[1]
    html.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    message.add_attachment(b"%PDF-1.7 facture", maintype="application", subtype="pdf", filename="facture-été.pdf")
    return message


def send(mailbox: Mailbox, message: EmailMessage, **envelope: object) -> None:
    with smtplib.SMTP("127.0.0.1", mailbox.smtp_port, timeout=10) as smtp:
        smtp.send_message(message, **envelope)  # type: ignore[arg-type]


def messages(mailbox: Mailbox, **wanted: str) -> list[dict[str, object]]:
    return list(requests.get(f"{mailbox.url}/messages.json", params=wanted, timeout=10).json())


def test_a_mail_with_an_attachment_arrives_whole(mailbox: Mailbox) -> None:
    send(mailbox, invoice_mail("whole@atelier.example"))
    mail = messages(mailbox, to="whole@atelier.example")[0]
    assert mail["from"] == "Atelier <commandes@atelier.invalid>"
    assert mail["to"] == ["whole@atelier.example"]
    assert mail["subject"] == "Votre facture n° 2026-000001"
    assert "126,40 €" in str(mail["text"])
    assert "<b>126,40 €</b>" in str(mail["html"])
    attachments = mail["attachments"]
    assert isinstance(attachments, list)
    facts = [(part["name"], part["type"], part["size"]) for part in attachments]
    assert facts == [("logo.png", "image/png", 4), ("facture-été.pdf", "application/pdf", 16)]
    pdf = requests.get(f"{mailbox.url}{attachments[1]['url']}", timeout=10)
    assert pdf.content == b"%PDF-1.7 facture"


def test_the_newest_comes_first_and_can_be_asked_for_by_recipient(mailbox: Mailbox) -> None:
    for subject in ("un", "deux", "trois"):
        send(mailbox, invoice_mail("order@atelier.example", subject))
    send(mailbox, invoice_mail("somebody@atelier.example", "quatre"))
    assert [mail["subject"] for mail in messages(mailbox, to="ORDER@atelier.example")] == ["trois", "deux", "un"]
    assert messages(mailbox)[0]["subject"] == "quatre"
    assert len(messages(mailbox, limit="2")) == 2


def test_a_hidden_copy_is_found_by_its_recipient(mailbox: Mailbox) -> None:
    send(mailbox, invoice_mail("open@atelier.example"), to_addrs=["open@atelier.example", "hidden@atelier.example"])
    assert len(messages(mailbox, to="hidden@atelier.example")) == 1


def test_its_page_shows_the_html_where_it_can_do_no_harm(mailbox: Mailbox) -> None:
    send(mailbox, invoice_mail("page@atelier.example"))
    number = messages(mailbox, to="page@atelier.example")[0]["id"]
    page = requests.get(f"{mailbox.url}/messages/{number}", timeout=10)
    assert page.status_code == 200
    assert f'src="/messages/{number}/html" sandbox="' in page.text
    html = requests.get(f"{mailbox.url}/messages/{number}/html", timeout=10)
    assert html.headers["Content-Security-Policy"].startswith("sandbox ")
    assert "allow-scripts" not in html.headers["Content-Security-Policy"] + page.text
    assert f'src="/messages/{number}/attachments/0"' in html.text


def test_its_list_shows_what_arrived(mailbox: Mailbox) -> None:
    send(mailbox, invoice_mail("list@atelier.example", "<script>alert(1)</script>"))
    page = requests.get(mailbox.url, timeout=10).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "list@atelier.example" in page


def test_mails_outlive_the_mailbox(mailbox: Mailbox) -> None:
    send(mailbox, invoice_mail("kept@atelier.example"))
    mailbox.kill()
    mailbox.start()
    assert len(messages(mailbox, to="kept@atelier.example")) == 1


@pytest.mark.parametrize("path", ["/messages/999999", "/messages/1/attachments/99", "/messages/x"])
def test_what_is_not_there_is_404(mailbox: Mailbox, path: str) -> None:
    assert requests.get(f"{mailbox.url}{path}", timeout=10).status_code == 404
