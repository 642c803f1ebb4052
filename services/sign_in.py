"""Who may come in: e-mail and password of customers and staff, counted against guessing (spec/auth.md, rules 1–6)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import structlog
from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError
from sqlalchemy import delete, func, select

from config import settings
from domain.errors import ShopError, TooManyAttempts
from integrations.attempts import attempts
from models.customers import Customer
from models.database import session
from models.staff import SignIn, StaffMember
from services.passwords import LONGEST, hash_password, is_outdated, is_password

log = structlog.get_logger()
Person = Customer | StaffMember


class WrongCredentials(ShopError):
    """No account has this e-mail and password; which of the two is wrong is not said."""

    status = 401
    code = "AUTH_FAILED"


class AccountClosed(ShopError):
    """The password is right, the account is no longer open."""

    status = 401
    code = "ACCOUNT_DISABLED"


def _like_an_email(text: str) -> str:
    if "@" not in text or not text.isprintable():
        raise PydanticCustomError("shop", "Saisissez une adresse e-mail valide, par exemple nom@exemple.fr.")
    return text.lower()


class Credentials(BaseModel):
    """What somebody signs in with; an old account's address may break today's rules for addresses."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_like_an_email)]
    password: str = Field(min_length=1, max_length=LONGEST)


@dataclass(frozen=True)
class Visitor:
    """Where an attempt to sign in comes from."""

    ip: str | None
    user_agent: str = ""


def authenticate_customer(credentials: Credentials, *, visitor: Visitor, at: datetime) -> Customer:
    """Return the customer of these credentials; raises WrongCredentials, AccountClosed or TooManyAttempts.

    The attempt is recorded either way: the caller keeps this transaction although it is refused.
    """
    customer = _authenticate(credentials, _find_customer(credentials.email), visitor=visitor, at=at)
    assert isinstance(customer, Customer)
    return customer


def authenticate_staff_member(credentials: Credentials, *, visitor: Visitor, at: datetime) -> StaffMember:
    """Return the member of staff of these credentials, as `authenticate_customer` does."""
    member = _authenticate(credentials, _find_staff_member(credentials.email), visitor=visitor, at=at)
    assert isinstance(member, StaffMember)
    return member


def authenticate(credentials: Credentials, *, visitor: Visitor, at: datetime) -> Person:
    """Return whoever has these credentials, customers first (rule 1), as `authenticate_customer` does."""
    person = _find_customer(credentials.email) or _find_staff_member(credentials.email)
    return _authenticate(credentials, person, visitor=visitor, at=at)


def purge_sign_ins(*, before: datetime, limit: int = 5000) -> int:
    """Forget old attempts to sign in; return how many, at most `limit`."""
    old = select(SignIn.id).where(SignIn.at < before).order_by(SignIn.at).limit(limit)
    forgotten = session.scalars(delete(SignIn).where(SignIn.id.in_(old)).returning(SignIn.id))
    return len(forgotten.all())


def _authenticate(credentials: Credentials, person: Person | None, *, visitor: Visitor, at: datetime) -> Person:
    key = _attempt_key(credentials.email, visitor)
    # Counted before the password is looked at, so that parallel guesses are all counted.
    _refuse_guessing(key, credentials, visitor=visitor, at=at)
    if not is_password(person.password_hash if person else None, credentials.password) or person is None:
        _record(credentials, visitor, reason="wrong_credentials", at=at)
        raise WrongCredentials("L'adresse e-mail ou le mot de passe est incorrect.", details=_TYPES["wrong"])
    if not person.is_active:
        _record(credentials, visitor, reason="account_closed", at=at)
        raise AccountClosed("Ce compte est désactivé. Écrivez-nous pour le rouvrir.", details=_TYPES["closed"])
    attempts().forget(key)
    person.last_login_at = at
    if is_outdated(person.password_hash or ""):
        person.password_hash = hash_password(credentials.password)
    _record(credentials, visitor, person=person, at=at)
    session.flush()
    return person


_TYPES: dict[str, dict[str, object]] = {
    "wrong": {"type": "invalid_credentials"},
    "closed": {"type": "account_disabled"},
}


def _refuse_guessing(key: str, credentials: Credentials, *, visitor: Visitor, at: datetime) -> None:
    config = settings()
    made = attempts().count(key, seconds=config.login_failure_minutes * 60)
    if made.number <= config.login_failures:
        return
    _record(credentials, visitor, reason="rate_limited", at=at)
    minutes = -(-made.seconds_left // 60)
    raise TooManyAttempts(
        f"Trop d'essais avec cette adresse. Réessayez dans {minutes} minute{'s' if minutes > 1 else ''}.",
        details={"retry_after": made.seconds_left, "type": "rate_limited"},
    )


def _attempt_key(email: str, visitor: Visitor) -> str:
    return f"sign_in:{visitor.ip}:{hashlib.sha256(email.encode()).hexdigest()}"


def _find_customer(email: str) -> Customer | None:
    return session.scalar(select(Customer).where(func.lower(Customer.email) == email))


def _find_staff_member(email: str) -> StaffMember | None:
    return session.scalar(select(StaffMember).where(func.lower(StaffMember.email) == email))


def _record(
    credentials: Credentials, visitor: Visitor, *, at: datetime, reason: str = "", person: Person | None = None
) -> None:
    """Add the attempt to the log of sign-ins (kept 90 days)."""
    kind = "staff" if isinstance(person, StaffMember) else "customer"
    session.add(
        SignIn(
            email=credentials.email,
            who=f"{kind}:{person.id}" if person else "",
            succeeded=person is not None,
            reason=reason,
            ip=visitor.ip,
            user_agent="".join(filter(str.isprintable, visitor.user_agent))[:300],
            at=at,
        )
    )
