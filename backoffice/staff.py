"""Staff come in and go."""

from flask import Blueprint, Response, flash, request, url_for

from config import settings
from domain.errors import ShopError
from models.database import utc_now
from services.sign_in import Credentials, Visitor, authenticate_staff_member
from web import auth
from web.forms import Form, read_form
from web.language import gettext as _
from web.limits import limiter
from web.pages import page, safe_target, see_other
from web.unit_of_work import keep_despite_refusal

bp = Blueprint("staff", __name__)


@bp.get("/connexion")
def sign_in() -> Response:
    if auth.find_staff_member() is not None:
        return see_other(_destination())
    return _show()


@bp.post("/connexion")
@limiter.limit(lambda: settings().limit_login)
def authenticate() -> Response:
    form = read_form(Credentials)
    # A failed attempt stays in the log of sign-ins although the request is refused.
    keep_despite_refusal()
    visitor = Visitor(request.remote_addr, request.user_agent.string)
    try:
        auth.sign_in(authenticate_staff_member(form.valid, visitor=visitor, at=utc_now()))
    except ShopError as refusal:
        if form.is_valid:
            form.refuse(refusal)
        return _show(form, status=429 if refusal.status == 429 else 422)
    return see_other(_destination())


@bp.post("/deconnexion")
def sign_out() -> Response:
    auth.sign_out()
    flash(_("Vous êtes déconnecté."), "success")
    return see_other(url_for("backoffice.staff.sign_in"))


def _show(form: Form[Credentials] | None = None, *, status: int = 200) -> Response:
    return page("backoffice/staff/sign_in.html", status=status, form=form, suite=_destination())


def _destination() -> str:
    """Return the page of the back office that was wanted before signing in."""
    home = url_for("backoffice.dashboard.index")
    wanted = safe_target(request.values.get("suite"), home)
    return wanted if wanted.startswith("/backoffice") else home
