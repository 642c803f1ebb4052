"""Signing in, up and out, and who one is: JSON for programs, redirects for plain forms (spec/auth.md)."""

from flask import Blueprint, flash, redirect, request, url_for
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from werkzeug.wrappers import Response

from api.contract import Answer, operation
from config import settings
from domain.errors import ShopError
from models.customers import Customer
from models.database import utc_now
from models.staff import StaffMember
from services.customers import SignUp, register_customer
from services.sign_in import Credentials, Visitor
from services.sign_in import authenticate as find_person
from web.auth import (
    STAFF_LEVEL,
    TOKEN_LIFETIME,
    get_person,
    issue_token,
    sign_in,
    sign_out,
)
from web.forms import Input, read_form, read_json
from web.limits import limiter
from web.pages import safe_target
from web.unit_of_work import keep_despite_refusal

bp = Blueprint("customers", __name__)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class User(BaseModel):
    """A signed-in person, customer or member of staff."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, serialize_by_alias=True)

    id: int
    email: str
    first_name: str
    last_name: str
    level: int
    is_pro: bool
    is_active: bool
    is_admin: bool

    @classmethod
    def of(cls, person: Customer | StaffMember) -> "User":
        """Show a person."""
        return cls(
            id=person.id,
            email=person.email,
            first_name=person.first_name,
            last_name=person.last_name,
            level=person.level,
            is_pro=isinstance(person, StaffMember) or person.is_pro,
            is_active=person.is_active,
            is_admin=person.level >= STAFF_LEVEL,
        )


class SessionLife(BaseModel):
    """How long the session and its token live without being used, in seconds."""

    expires_in: int


class SignedIn(BaseModel):
    """Who came in, and the Bearer token that is worth something as long as the session lives."""

    user: User
    token: str
    session: SessionLife


@bp.post("/authenticate")
@limiter.limit(lambda: settings().limit_login)
@operation(Answer[SignedIn], tag="Compte", body=Credentials, refusals=(401, 403, 413))
def authenticate() -> Response | Answer[SignedIn]:
    """Ouvrir une session. Un formulaire reçoit une redirection, un programme du JSON."""
    try:
        person = _admit(_read(Credentials))
    except ShopError as refusal:
        return _send_back(refusal, "storefront.customers.sign_in")
    if _is_plain_form():
        home = "backoffice.dashboard.index" if person.level >= STAFF_LEVEL else "storefront.home.index"
        return redirect(safe_target(request.form.get("redirectTo"), url_for(home)))
    return _signed_in(person)


@bp.post("/register-and-login")
@limiter.limit(lambda: settings().limit_login)
@operation(Answer[SignedIn], tag="Compte", body=SignUp, status=201, refusals=(403, 409, 413))
def register() -> Response | tuple[Answer[SignedIn], int]:
    """Ouvrir un compte et une session."""
    try:
        customer = register_customer(_read(SignUp), at=utc_now())
    except ShopError as refusal:
        return _send_back(refusal, "storefront.customers.sign_up")
    sign_in(customer)
    if _is_plain_form():
        return redirect(url_for("storefront.home.index", register="success"))
    return _signed_in(customer), 201


@bp.post("/logout")
@operation(tag="Compte", status=204, refusals=(403,), login=True)
def leave() -> Response | tuple[str, int]:
    """Fermer la session ; son jeton ne vaut plus rien."""
    if _is_plain_form():
        sign_out()
        return redirect(url_for("storefront.home.index"))
    get_person()
    sign_out()
    return "", 204


@bp.get("/profile")
@operation(Answer[User], tag="Compte", login=True)
def profile() -> Answer[User]:
    """Lire qui est l'appelant."""
    return Answer(data=User.of(get_person()))


def _admit(credentials: Credentials) -> Customer | StaffMember:
    # A failed attempt stays in the log of sign-ins although the request is refused.
    keep_despite_refusal()
    visitor = Visitor(request.remote_addr, request.user_agent.string)
    person = find_person(credentials, visitor=visitor, at=utc_now())
    sign_in(person)
    return person


def _signed_in(person: Customer | StaffMember) -> Answer[SignedIn]:
    life = SessionLife(expires_in=int(TOKEN_LIFETIME.total_seconds()))
    return Answer(data=SignedIn(user=User.of(person), token=issue_token(person), session=life))


def _read(model: type[Input]) -> Input:
    return read_form(model).valid if request.mimetype in FORMS else read_json(model)


def _is_plain_form() -> bool:
    """Say whether a person's browser posted this and waits for a page (spec/auth.md, content negotiation)."""
    wants = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.mimetype in FORMS and wants != "application/json"


def _send_back(refusal: ShopError, endpoint: str) -> Response:
    """Return a person to his form with what was wrong; a program gets the refusal itself."""
    if not _is_plain_form():
        raise refusal
    flash(refusal.message, "error")
    return redirect(url_for(endpoint, error=str(refusal.details.get("type", refusal.code)).lower()))
