"""The command line."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask
from sqlalchemy import select

from config import settings
from domain.orders import SYSTEM
from integrations.carts import FakeCartStore, carts
from integrations.payments import FakeGateway, gateway
from integrations.payments.paybox.fingerprints import PUBLISHED, identify_key
from models.database import session, utc_now
from models.payments import Refund
from models.staff import StaffMember
from services.mail import get_mail, mark_refused, write_mail
from services.orders import cancel_order, get_order
from services.passwords import is_password
from tests.factories import make_order, pay

NAMES = ["--first-name", "Dominique", "--last-name", "Martin"]


@pytest.fixture
def public_key(tmp_path: Path) -> Path:
    path = tmp_path / "pubkey.pem"
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    path.write_bytes(key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    return path


def test_it_offers_what_the_stack_and_the_readme_name(app: Flask) -> None:
    commands = app.cli.commands
    assert {"work", "schedule", "demo", "reindex", "create-staff", "paybox-keys", "failed-jobs"} <= set(commands)


def test_a_member_of_staff_gets_an_account_and_a_password_shown_once(app: Flask, db: None) -> None:
    result = app.test_cli_runner().invoke(
        args=["create-staff", "Chef@Example.org", "--level", "9", *NAMES, "--generate"]
    )
    assert result.exit_code == 0, result.output
    member = session.scalars(select(StaffMember)).one()
    assert (member.email, member.level, member.first_name) == ("chef@example.org", 9, "Dominique")
    password = result.output.strip().rpartition(": ")[2]
    assert is_password(member.password_hash, password)


def test_a_weak_password_or_a_taken_address_opens_nothing(app: Flask, db: None) -> None:
    runner = app.test_cli_runner()
    weak = runner.invoke(args=["create-staff", "a@example.org", *NAMES], input="court\ncourt\n")
    assert weak.exit_code == 1
    assert "8 caractères" in weak.output
    strong = "Motdepasse1\nMotdepasse1\n"
    assert runner.invoke(args=["create-staff", "a@example.org", *NAMES], input=strong).exit_code == 0
    taken = runner.invoke(args=["create-staff", "A@example.org", *NAMES], input=strong)
    assert taken.exit_code == 1
    assert "existe déjà" in taken.output
    assert len(session.scalars(select(StaffMember.id)).all()) == 1


def test_a_key_that_paybox_does_not_publish_is_told(
    app: Flask, public_key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = identify_key(public_key)
    assert (found.bits, found.owner) == (2048, "")
    installed = settings().model_copy(update={"paybox_public_keys": [public_key]})
    monkeypatch.setattr("commands.settings", lambda: installed)
    runner = app.test_cli_runner()
    stranger = runner.invoke(args=["paybox-keys"])
    assert stranger.exit_code == 1
    assert found.sha256 in stranger.output
    assert "NOT one of the keys" in stranger.output
    monkeypatch.setitem(PUBLISHED, found.sha256, "Paybox, 2048 bits")
    known = runner.invoke(args=["paybox-keys"])
    assert known.exit_code == 0
    assert "Paybox, 2048 bits" in known.output


def test_failed_mails_are_listed_and_posted_again(app: Flask, db: None) -> None:
    mail_id = write_mail(
        template="shipping_notice", recipient="x@example.org", subject="Parti", html="", text="", dedupe_key="x"
    )
    assert mail_id
    for _try in range(3):
        mark_refused(mail_id, "550 unknown", at=utc_now())
    session.commit()
    runner = app.test_cli_runner()
    listed = runner.invoke(args=["failed-jobs"])
    assert "Nothing failed" not in listed.output
    assert f"mail-{mail_id}" in listed.output
    assert "550 unknown" in listed.output
    assert "1 mail(s)" in runner.invoke(args=["failed-jobs", "--replay", f"mail-{mail_id}"]).output
    assert get_mail(mail_id).status == "queued"
    session.commit()
    assert runner.invoke(args=["failed-jobs"]).output == "Nothing failed.\n"


def test_a_refund_that_the_bank_refused_is_asked_for_again_by_order_number(app: Flask, db: None) -> None:
    with carts.replaced_by(FakeCartStore()), gateway.replaced_by(FakeGateway()):
        order = make_order()
        pay(order)
        cancel_order(get_order(order.id), reason="Le client a changé d'avis.", by=SYSTEM, at=utc_now())
        session.commit()
        runner = app.test_cli_runner()
        assert runner.invoke(args=["refund-again", order.number]).exit_code == 0
        assert session.scalars(select(Refund)).one().amount_cents == order.total_cents
        twice = runner.invoke(args=["refund-again", order.number])
        assert (twice.exit_code, "rien à rembourser" in twice.output) == (1, True)
        assert len(session.scalars(select(Refund.id)).all()) == 1
