"""Who is asking: a customer or a member of staff, by session cookie or by Bearer token."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

import jwt
import structlog
from flask import Flask, Request, current_app, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user

from config import settings
from domain.errors import Forbidden, NotAuthenticated
from domain.orders import Actor
from models.customers import Customer
from models.database import utc_now
from models.staff import StaffMember
from services.cart import merge_carts
from services.customers import find_active_customer
from services.orders import hand_over_orders
from services.paid_carts import take_out_paid_orders
from services.staff import find_active_staff_member
from web import sessions
from web.language import gettext as _

STAFF_LEVEL = 7
TOKEN_LIFETIME = timedelta(days=7)
# What a guest's session keeps when he signs in; everything else starts anew.
KEPT_AT_SIGN_IN = ("checkout", "placed_orders")
View = TypeVar("View", bound=Callable[..., Any])

log = structlog.get_logger()
login_manager = LoginManager()


@dataclass(frozen=True)
class SignedIn:
    """The signed-in person, as Flask-Login wants to see one."""

    person: Customer | StaffMember

    is_authenticated = True
    is_anonymous = False
    is_active = True

    def get_id(self) -> str:
        """Return « customer:12 » or « staff:3 »."""
        return f"{self.kind}:{self.person.id}"

    @property
    def kind(self) -> str:
        return "staff" if isinstance(self.person, StaffMember) else "customer"


def install(app: Flask) -> None:
    """Teach `app` who is asking."""
    # Only sign-in itself rotates the id; a changed network address or browser must not sign anybody out.
    app.config["SESSION_PROTECTION"] = None
    login_manager.init_app(app)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(identity: str) -> SignedIn | None:
    return _find_person(identity)


def _find_person(identity: str) -> SignedIn | None:
    kind, _colon, number = identity.partition(":")
    if not number.isdigit():
        return None
    person: Customer | StaffMember | None
    if kind == "staff":
        person = find_active_staff_member(int(number))
    else:
        person = find_active_customer(int(number))
    return SignedIn(person) if person else None


@login_manager.request_loader  # type: ignore[untyped-decorator]
def _load_bearer(req: Request) -> SignedIn | None:
    scheme, _space, token = req.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    claims = _claims(token)
    # A token is valid only while its session lives: signing out anywhere ends it (spec/auth.md, rule 11).
    if claims is None or not sessions.interface(current_app).exists(claims["sessionId"]):
        return None
    g.bearer_session = claims["sessionId"]
    return _find_person(claims["sub"])


def _claims(token: str) -> dict[str, Any] | None:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            settings().secret_key.get_secret_value(),
            algorithms=["HS256"],
            options={"require": ["sub", "exp", "iat", "sessionId"]},
        )
    except jwt.InvalidTokenError:
        return None
    return claims


def sign_in(person: Customer | StaffMember) -> None:
    """Sign `person` in on this session, which gets a new id; a guest's cart and checkout come along to his account."""
    guest = None if current_user.is_authenticated else cart_owner()
    kept = {name: session[name] for name in KEPT_AT_SIGN_IN if guest and name in session}
    session.clear()
    sessions.rotate(current_app)
    login_user(SignedIn(person))
    if guest and isinstance(person, Customer):
        session.update(kept)
        _bring_along(guest, person)


def _bring_along(guest: str, customer: Customer) -> None:
    """Move a guest's cart and the orders he has not paid yet into his account."""
    account = cart_owner_of(customer)
    hand_over_orders(guest, account)
    try:
        take_out_paid_orders(guest, at=utc_now())
        merge_carts(guest, account, at=utc_now())
    except ConnectionError as error:
        # Signing in matters more than the cart, which still lies under the guest's key.
        log.warning("cart.not_merged", error=str(error))


def sign_out() -> None:
    """End the session of whoever is asking, the Bearer token's included."""
    if sid := g.get("bearer_session"):
        sessions.interface(current_app).end(sid)
    logout_user()
    session.clear()


def issue_token(person: Customer | StaffMember) -> str:
    """Return a Bearer token for `person`, bound to the current session (7 days)."""
    now = datetime.now(UTC)
    return jwt.encode(
        {
            "sub": SignedIn(person).get_id(),
            "email": person.email,
            "level": person.level,
            "sessionId": session.sid,  # type: ignore[attr-defined]
            "iat": now,
            "exp": now + TOKEN_LIFETIME,
        },
        settings().secret_key.get_secret_value(),
        algorithm="HS256",
    )


def find_customer() -> Customer | None:
    """Return the signed-in customer, None for guests and staff."""
    person = current_user.person if current_user.is_authenticated else None
    return person if isinstance(person, Customer) else None


def find_staff_member() -> StaffMember | None:
    """Return the signed-in member of staff, None for everybody else."""
    person = current_user.person if current_user.is_authenticated else None
    return person if isinstance(person, StaffMember) else None


def get_customer() -> Customer:
    """Return the signed-in customer; raises NotAuthenticated."""
    customer = find_customer()
    if customer is None:
        raise NotAuthenticated(_("Connectez-vous pour continuer."))
    return customer


def get_person() -> Customer | StaffMember:
    """Return whoever is signed in; raises NotAuthenticated."""
    person = find_customer() or find_staff_member()
    if person is None:
        raise NotAuthenticated(_("Connectez-vous pour continuer."))
    return person


def get_staff_member(level: int = STAFF_LEVEL) -> StaffMember:
    """Return the signed-in member of staff of at least `level`; raises NotAuthenticated or Forbidden."""
    member = find_staff_member()
    if member is None:
        if find_customer() is not None:
            raise Forbidden(_("Cette page est réservée à l'équipe."))
        raise NotAuthenticated(_("Connectez-vous avec votre compte de l'équipe."))
    if member.level < level:
        raise Forbidden(_("Votre niveau ne permet pas cette action."))
    return member


def staff_actor(level: int = STAFF_LEVEL) -> Actor:
    """Return the signed-in member of staff of at least `level` as who changes something."""
    member = get_staff_member(level)
    return Actor.staff(member.id, member.level)


def level_required(level: int) -> Callable[[View], View]:
    """Close a view to anybody below `level`."""

    def close(view: View) -> View:
        @wraps(view)
        def closed(*args: Any, **kwargs: Any) -> Any:
            get_staff_member(level)
            return view(*args, **kwargs)

        return closed  # type: ignore[return-value]

    return close


def cart_owner() -> str:
    """Return the key of the visitor's cart: his account's, else his session's (never one sent by a client)."""
    customer = find_customer()
    return cart_owner_of(customer) if customer else f"session:{session.sid}"  # type: ignore[attr-defined]


def cart_owner_of(customer: Customer) -> str:
    """Return the key of a customer's cart."""
    return f"user:{customer.id}"


def uses_cookie() -> bool:
    """Say whether this request is authenticated by the cookie, so that another site could have sent it."""
    return not request.headers.get("Authorization", "").lower().startswith("bearer ")
