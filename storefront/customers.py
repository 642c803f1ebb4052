"""A customer's account: signing in, up and out, and what he may change of himself."""

from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from config import settings
from domain.errors import TooManyAttempts
from models.database import utc_now
from services.addresses import list_addresses
from services.customers import EmailTaken, Profile, SignUp, register_customer, update_profile
from services.orders import count_orders_of_customer, list_orders_of_customer
from services.sign_in import AccountClosed, Credentials, Visitor, WrongCredentials, authenticate_customer
from web import auth
from web.auth import find_customer, get_customer
from web.forms import Form, read_form
from web.language import gettext as _
from web.limits import limiter
from web.pages import page, safe_target, see_other
from web.unit_of_work import keep_despite_refusal

bp = Blueprint("customers", __name__)
sign_in_limit = limiter.shared_limit(lambda: settings().limit_login, scope="sign-in")


@bp.get("/connexion")
def sign_in() -> Response:
    if find_customer() is not None:
        return see_other(_destination())
    return _sign_in_page()


@bp.post("/connexion")
@sign_in_limit
def enter() -> Response:
    # The attempt is written down whether it succeeds or not.
    keep_despite_refusal()
    form = read_form(Credentials)
    if not form.is_valid:
        return _sign_in_page(form, status=422)
    visitor = Visitor(ip=request.remote_addr, user_agent=request.user_agent.string)
    try:
        customer = authenticate_customer(form.valid, visitor=visitor, at=utc_now())
    except (WrongCredentials, AccountClosed) as refusal:
        form.refuse(refusal)
        return _sign_in_page(form, status=422)
    except TooManyAttempts as refusal:
        form.refuse(refusal)
        response = _sign_in_page(form, status=refusal.status)
        response.headers["Retry-After"] = str(refusal.details["retry_after"])
        return response
    auth.sign_in(customer)
    return see_other(_destination())


@bp.post("/deconnexion")
def sign_out() -> Response:
    auth.sign_out()
    flash(_("Vous êtes déconnecté."), "success")
    return see_other(url_for("storefront.home.index"))


@bp.get("/inscription")
def sign_up() -> Response:
    if find_customer() is not None:
        return see_other(_destination())
    return _sign_up_page()


@bp.post("/inscription")
@sign_in_limit
def register() -> Response:
    form = read_form(SignUp)
    try:
        if form.is_valid:
            customer = register_customer(form.valid, at=utc_now())
            auth.sign_in(customer)
            flash(_("Votre compte est ouvert. Bienvenue, %(name)s.", name=customer.first_name), "success")
            return see_other(_destination())
    except EmailTaken as refusal:
        form.refuse(refusal)
    return _sign_up_page(form, status=422)


@bp.get("/compte")
def show() -> Response:
    customer = get_customer()
    return _private(
        "storefront/customers/show.html",
        account_page="show",
        customer=customer,
        addresses=list_addresses(customer.id),
        orders=list_orders_of_customer(customer.id, limit=3),
        order_count=count_orders_of_customer(customer.id),
    )


@bp.get("/compte/informations")
def edit() -> Response:
    return _edit_page(None)


@bp.post("/compte/informations")
def update() -> Response:
    customer = get_customer()
    form = read_form(Profile)
    if not form.is_valid:
        return _edit_page(form)
    update_profile(customer, form.valid)
    flash(_("Vos informations sont enregistrées."), "success")
    return see_other(url_for(".show"))


def _destination() -> str:
    """Return where the visitor was going before he had to sign in; never out of this site."""
    return safe_target(request.values.get("suite"), url_for("storefront.customers.show"))


def _sign_in_page(form: Form[Any] | None = None, *, status: int = 200) -> Response:
    return _private("storefront/customers/sign_in.html", status=status, form=form, suite=_destination())


def _sign_up_page(form: Form[Any] | None = None, *, status: int = 200) -> Response:
    return _private("storefront/customers/sign_up.html", status=status, form=form, suite=_destination())


def _edit_page(form: Form[Any] | None) -> Response:
    status = 422 if form else 200
    return _private(
        "storefront/customers/edit.html", status=status, account_page="show", customer=get_customer(), form=form
    )


def _private(template: str, *, status: int = 200, **context: Any) -> Response:
    """Render a page of one person's: no cache keeps it."""
    response = page(template, status=status, **context)
    response.headers["Cache-Control"] = "private, no-store"
    return response
