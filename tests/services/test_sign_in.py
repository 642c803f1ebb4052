"""Signing in: every password format, guessing, and what is written down."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

import bcrypt
import pytest
from passlib.hash import md5_crypt
from pydantic import BaseModel, ValidationError
from sqlalchemy import select

from domain.errors import ShopError, TooManyAttempts
from integrations.attempts import FakeAttemptCounter, attempts
from models.database import session
from models.staff import SignIn
from services import passwords
from services.passwords import NewPassword, hash_password, is_outdated, is_password
from services.sign_in import (
    AccountClosed,
    Credentials,
    Visitor,
    WrongCredentials,
    authenticate,
    authenticate_customer,
    authenticate_staff_member,
)
from tests.factories import make_customer, make_staff_member

PASSWORD = "Motdepasse1"
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
HERE = Visitor(ip="192.0.2.7", user_agent="Firefox")


@pytest.fixture(autouse=True)
def counter() -> Iterator[FakeAttemptCounter]:
    with attempts.replaced_by(FakeAttemptCounter()) as fake:
        yield fake


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four rounds instead of twelve: the cost is not what these tests are about."""
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    monkeypatch.setattr(passwords, "_NOBODY", hash_password("personne"))


def try_in(email: str, password: str = PASSWORD, visitor: Visitor = HERE) -> ShopError | None:
    try:
        authenticate_customer(Credentials(email=email, password=password), visitor=visitor, at=NOW)
    except ShopError as refusal:
        return refusal
    return None


def rows() -> list[SignIn]:
    return list(session.scalars(select(SignIn).order_by(SignIn.id)))


class TestPasswords:
    @pytest.mark.parametrize(
        ("stored", "password"),
        [
            ("iml.MwGX5hanc", "Motdepasse1"),  # the vectors of spec/auth.md
            ("imf8qoFXm8jXQ", "azerty"),
            (hashlib.md5(b"Motdepasse1").hexdigest(), "Motdepasse1"),
            (hashlib.md5(b"Motdepasse1").hexdigest().upper(), "Motdepasse1"),
            (hashlib.sha1(b"Motdepasse1").hexdigest(), "Motdepasse1"),
            (md5_crypt.using(salt="abcdefgh").hash("Motdepasse1"), "Motdepasse1"),
            (bcrypt.hashpw(b"Motdepasse1", bcrypt.gensalt(4)).decode(), "Motdepasse1"),
            (bcrypt.hashpw(b"Motdepasse1", bcrypt.gensalt(4, b"2a")).decode(), "Motdepasse1"),
            ("en clair, hélas", "en clair, hélas"),
        ],
        ids=["des", "des-azerty", "md5", "md5-upper", "sha1", "md5-crypt", "bcrypt", "bcrypt-2a", "plain"],
    )
    def test_it_knows_every_legacy_format(self, stored: str, password: str) -> None:
        assert is_password(stored, password)
        assert not is_password(stored, password + "x")
        assert not is_password(stored, "")

    @pytest.mark.parametrize("stored", [None, "", "$2b$12$short", "$1$", "?" * 13, "$2x"])
    def test_it_lets_nobody_in_by_a_missing_or_broken_hash(self, stored: str | None) -> None:
        assert not is_password(stored, "")
        assert not is_password(stored, "Motdepasse1")

    def test_it_reads_as_far_as_bcrypt_does(self) -> None:
        long = "Aa1" + "é" * 60
        assert is_password(hash_password(long), long)
        assert not is_password(hash_password(long), "Aa1" + "e" * 60)

    def test_only_bcrypt_of_today_is_up_to_date(self, monkeypatch: pytest.MonkeyPatch) -> None:
        kept = hash_password(PASSWORD)
        assert not is_outdated(kept)
        monkeypatch.setattr(passwords, "ROUNDS", 12)
        assert is_outdated(kept)
        assert is_outdated("iml.MwGX5hanc")

    def test_a_wrong_password_costs_as_much_as_a_missing_account(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.undo()
        checked: list[bytes] = []
        monkeypatch.setattr(bcrypt, "checkpw", lambda password, stored: checked.append(stored) or False)
        current = "$2b$12$" + "a" * 53
        for stored in (None, current, "iml.MwGX5hanc", hashlib.md5(b"x").hexdigest()):
            checked.clear()
            is_password(stored, "Fauxmotdepasse1")
            assert [hashed[:7] for hashed in checked] == [b"$2b$12$"], stored

    @pytest.mark.parametrize("password", ["Court1a", "sansmajuscule1", "SANSMINUSCULE1", "SansChiffre", "Aa1" * 43, ""])
    def test_a_weak_new_password_is_refused(self, password: str) -> None:
        class Choice(BaseModel):
            password: NewPassword

        with pytest.raises(ValidationError):
            Choice(password=password)
        assert Choice(password=" Élan vers 1 ").password == " Élan vers 1 "


class TestCustomers:
    def test_it_returns_the_customer_and_notes_the_attempt(self, db: None) -> None:
        customer = make_customer(email="Camille@Example.org")
        found = authenticate_customer(
            Credentials(email=" camille@example.ORG ", password=PASSWORD), visitor=HERE, at=NOW
        )
        assert found is customer
        assert customer.last_login_at == NOW
        (row,) = rows()
        assert (row.email, row.who, row.succeeded, row.reason, str(row.ip), row.user_agent) == (
            "camille@example.org", f"customer:{customer.id}", True, "", "192.0.2.7", "Firefox",
        )  # fmt: skip

    @pytest.mark.parametrize("stored", ["iml.MwGX5hanc", hashlib.sha1(PASSWORD.encode()).hexdigest(), PASSWORD])
    def test_a_legacy_password_is_kept_as_bcrypt_from_then_on(self, db: None, stored: str) -> None:
        customer = make_customer(password_hash=stored)
        assert try_in(customer.email) is None
        assert customer.password_hash is not None
        assert customer.password_hash.startswith("$2b$")
        assert is_password(customer.password_hash, PASSWORD)
        assert try_in(customer.email) is None

    def test_a_wrong_password_changes_nothing_but_the_log(self, db: None) -> None:
        customer = make_customer(password_hash="iml.MwGX5hanc")
        refusal = try_in(customer.email, "Fauxmotdepasse1")
        assert isinstance(refusal, WrongCredentials)
        assert refusal.status == 401
        assert (customer.password_hash, customer.last_login_at) == ("iml.MwGX5hanc", None)
        assert [(row.succeeded, row.who, row.reason) for row in rows()] == [(False, "", "wrong_credentials")]

    def test_an_unknown_address_is_refused_in_the_same_words(self, db: None) -> None:
        known = try_in(make_customer().email, "Fauxmotdepasse1")
        unknown = try_in("personne@example.org", "Fauxmotdepasse1")
        assert known is not None
        assert unknown is not None
        assert (type(known), known.message) == (type(unknown), unknown.message)

    def test_a_closed_account_is_told_only_to_who_knows_the_password(self, db: None) -> None:
        customer = make_customer(is_active=False)
        assert isinstance(try_in(customer.email, "Fauxmotdepasse1"), WrongCredentials)
        assert isinstance(try_in(customer.email), AccountClosed)
        assert customer.last_login_at is None

    def test_staff_do_not_come_in_by_the_shoppers_door(self, db: None) -> None:
        assert isinstance(try_in(make_staff_member().email), WrongCredentials)


class TestStaff:
    def test_a_member_of_staff_comes_in_and_is_upgraded(self, db: None) -> None:
        member = make_staff_member(password_hash="iml.MwGX5hanc")
        credentials = Credentials(email=member.email, password=PASSWORD)
        assert authenticate_staff_member(credentials, visitor=HERE, at=NOW) is member
        assert (member.password_hash or "").startswith("$2b$")
        assert rows()[-1].who == f"staff:{member.id}"

    def test_customers_do_not_come_in_by_the_staff_door(self, db: None) -> None:
        credentials = Credentials(email=make_customer().email, password=PASSWORD)
        with pytest.raises(WrongCredentials):
            authenticate_staff_member(credentials, visitor=HERE, at=NOW)

    def test_programs_find_either(self, db: None) -> None:
        for person in (make_customer(), make_staff_member()):
            credentials = Credentials(email=person.email, password=PASSWORD)
            assert authenticate(credentials, visitor=HERE, at=NOW) is person


class TestGuessing:
    def test_the_sixth_try_is_refused_even_when_right_and_works_again_later(
        self, db: None, counter: FakeAttemptCounter
    ) -> None:
        email = make_customer().email
        for _n in range(5):
            assert isinstance(try_in(email, "Fauxmotdepasse1"), WrongCredentials)
        refusal = try_in(email)
        assert isinstance(refusal, TooManyAttempts)
        assert "15 minutes" in refusal.message
        assert refusal.details["retry_after"] == 900
        assert rows()[-1].reason == "rate_limited"
        counter.forget_all()
        assert try_in(email) is None

    def test_a_success_starts_the_count_again(self, db: None) -> None:
        email = make_customer().email
        for _round in range(2):
            for _n in range(4):
                try_in(email, "Fauxmotdepasse1")
            assert try_in(email) is None

    def test_other_addresses_and_other_accounts_are_counted_apart(self, db: None) -> None:
        first, second = make_customer(), make_customer()
        for _n in range(6):
            try_in(first.email, "Fauxmotdepasse1")
        assert try_in(first.email, visitor=Visitor(ip="192.0.2.8")) is None
        assert try_in(second.email) is None

    def test_an_unknown_address_is_counted_like_a_known_one(self, db: None) -> None:
        refusals = [type(try_in("personne@example.org", "Fauxmotdepasse1")) for _n in range(6)]
        assert refusals == [WrongCredentials] * 5 + [TooManyAttempts]

    def test_nobody_comes_in_while_nothing_can_be_counted(self, db: None, counter: FakeAttemptCounter) -> None:
        counter.away = True
        with pytest.raises(ConnectionError):
            try_in(make_customer().email)


@pytest.mark.parametrize("email", ["", "sans-arobase", "a\x00@b.fr", "a@b\n.fr", "x" * 250 + "@a.fr"])
def test_what_is_no_address_is_not_looked_up(email: str) -> None:
    with pytest.raises(ValidationError):
        Credentials(email=email, password=PASSWORD)
