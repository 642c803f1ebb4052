"""On the way to the bank and back: addresses that need no session, because only the bank's notification decides."""

from flask import Blueprint, Response, url_for

from config import settings
from domain.payments import refusal_sentence
from integrations.payments import gateway
from models.database import utc_now
from models.payments import Payment
from services.orders import get_order
from services.payments import NotPayable, Situation, get_payment, send_to_bank, situation_of, start_payment
from storefront import drafts, placed
from web.bank import return_addresses
from web.limits import limiter
from web.links import order_token, payment_token, read_payment_token
from web.pages import page, see_other, wants_fragment
from web.unit_of_work import commits

bp = Blueprint("payments", __name__, url_prefix="/paiement")


@bp.after_request
def keep_to_the_payer(response: Response) -> Response:
    """Leave these pages in no cache and their addresses with no other site."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.get("/<token>")
def show(token: str) -> Response:
    payment = _read(token)
    order = get_order(payment.order_id)
    situation = situation_of(payment, order, at=utc_now())
    if situation == Situation.WAITING and wants_fragment():
        return page("storefront/payments/show.html", "payment_wait", token=token, payment=payment)
    if wants_fragment():
        # The notification has come: the whole page changes, its title included.
        return see_other(url_for(".show", token=token))
    if situation == Situation.PAID:
        drafts.forget()
    return page(
        "storefront/payments/show.html",
        situation=situation,
        token=token,
        payment=payment,
        order=order,
        # The bank, its logs and proxies have seen this page's address: it must not open the order to them.
        order_token=order_token(order.id) if placed.is_visitors(order) else None,
        reason=refusal_sentence(payment.error_code),
        checkout_step=None,
    )


@bp.get("/<token>/banque")
@commits
def bank(token: str) -> Response:
    payment_id = read_payment_token(token)
    gateway().prepare()
    payment = get_payment(payment_id)
    order = get_order(payment.order_id)
    # Whoever comes back here by the browser's arrow is not sent off again by himself.
    is_first = payment.sent_at is None
    try:
        form = send_to_bank(payment, order, returns=return_addresses(payment), at=utc_now())
    except NotPayable:
        return see_other(url_for(".show", token=token))
    return page(
        "storefront/payments/bank.html",
        payment_form=form,
        is_first=is_first,
        payment=payment,
        order=order,
        checkout_step=2,
    )


@bp.get("/<token>/retour/<any(accepte, refuse, annule, attente):said>")
def returned(token: str, said: str) -> Response:
    """Leave the bank's parameters behind; what its browser says is not believed, only shown for a moment."""
    _read(token)
    return see_other(url_for(".cancelled" if said == "annule" else ".show", token=token))


@bp.get("/<token>/abandon")
def cancelled(token: str) -> Response:
    payment = _read(token)
    order = get_order(payment.order_id)
    if situation_of(payment, order, at=utc_now()) != Situation.WAITING:
        return see_other(url_for(".show", token=token))
    return page("storefront/payments/cancelled.html", token=token, payment=payment, order=order, checkout_step=None)


@bp.post("/<token>/essais")
@limiter.limit(lambda: settings().limit_payment)
def retry(token: str) -> Response:
    payment = _read(token)
    now = utc_now()
    try:
        attempt = start_payment(get_order(payment.order_id), at=now)
    except NotPayable:
        return see_other(url_for(".show", token=token))
    return see_other(url_for(".bank", token=payment_token(attempt.id)))


def _read(token: str) -> Payment:
    return get_payment(read_payment_token(token))
