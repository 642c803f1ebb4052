"""Orders after they are placed: in the customer's account, or by the signed link of a guest."""

from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from pydantic import BaseModel, Field

from config import settings
from domain.errors import ShopError
from domain.orders import Actor, OrderStatus, moves_open_to
from domain.shipping import tracking_url
from models.database import utc_now
from models.orders import Order
from services.credit_notes import get_credit_note_document
from services.customers import claim_order
from services.invoices import get_document_of_order
from services.orders import cancel_order, get_order, get_order_of_customer, list_orders_of_customer
from services.payments import NotPayable, resume_payment
from services.reordering import copy_to_cart
from storefront import placed
from web.auth import cart_owner, find_customer, get_customer
from web.files import pdf
from web.forms import Form, read_form, read_query
from web.language import gettext as _
from web.limits import limiter
from web.links import payment_token, read_order_token
from web.pages import page, see_other

bp = Blueprint("orders", __name__)
PAGE_SIZE = 10
payments_limit = limiter.shared_limit(lambda: settings().limit_payment, scope="payment")


class ListPage(BaseModel):
    """Where in the list of orders the page goes on: below this id."""

    avant: int | None = Field(default=None, ge=1, le=2**62)


class Cancellation(BaseModel):
    """Why an order is cancelled."""

    reason: str = ""


@bp.get("/compte/commandes")
def index() -> Response:
    customer = get_customer()
    before_id = read_query(ListPage).avant
    found = list_orders_of_customer(customer.id, before_id=before_id, limit=PAGE_SIZE + 1)
    orders, more = found[:PAGE_SIZE], found[PAGE_SIZE:]
    return page(
        "storefront/orders/index.html",
        account_page="orders",
        orders=orders,
        is_first_page=before_id is None,
        next_before=orders[-1].id if more else None,
    )


@bp.get("/compte/commandes/<int:order_id>")
def show(order_id: int) -> Response:
    return _show_own(_own(order_id))


@bp.get("/compte/commandes/<int:order_id>/facture")
def invoice(order_id: int) -> Response:
    return pdf(*get_document_of_order(_own(order_id)))


@bp.get("/compte/commandes/<int:order_id>/avoirs/<int:invoice_id>")
def credit_note(order_id: int, invoice_id: int) -> Response:
    return pdf(*get_credit_note_document(_own(order_id), invoice_id))


@bp.post("/compte/commandes/<int:order_id>/annulation")
def cancel(order_id: int) -> Response:
    order = _own(order_id)
    form = _cancel(order, Actor.owner(order.customer_id))
    return _show_own(order, form=form) if form else see_other(url_for(".show", order_id=order_id))


@bp.post("/compte/commandes/<int:order_id>/paiement")
@payments_limit
def pay(order_id: int) -> Response:
    return _pay(_own(order_id), otherwise=url_for(".show", order_id=order_id))


@bp.post("/compte/commandes/<int:order_id>/panier")
def reorder(order_id: int) -> Response:
    missing = copy_to_cart(_own(order_id), cart_owner(), at=utc_now())
    if missing:
        flash(_("Articles qui n'ont pas pu être repris : %(names)s", names=" ; ".join(missing)), "warning")
    else:
        flash(_("Les articles de cette commande sont dans votre panier."), "success")
    return see_other(url_for("storefront.cart.show"))


@bp.get("/commande/suivi/<token>")
def track(token: str) -> Response:
    return _show_by_link(get_order(read_order_token(token)), token)


@bp.get("/commande/suivi/<token>/facture")
def track_invoice(token: str) -> Response:
    return pdf(*get_document_of_order(get_order(read_order_token(token))))


@bp.get("/commande/suivi/<token>/avoirs/<int:invoice_id>")
def track_credit_note(token: str, invoice_id: int) -> Response:
    return pdf(*get_credit_note_document(get_order(read_order_token(token)), invoice_id))


@bp.post("/commande/suivi/<token>/annulation")
def track_cancel(token: str) -> Response:
    order = get_order(read_order_token(token))
    form = _cancel(order, Actor.owner(order.customer_id))
    return _show_by_link(order, token, form=form) if form else see_other(url_for(".track", token=token))


@bp.post("/commande/suivi/<token>/paiement")
@payments_limit
def track_pay(token: str) -> Response:
    order = get_order(read_order_token(token))
    # He holds the order's link already: back from the bank he finds it again.
    placed.remember(order)
    return _pay(order, otherwise=url_for(".track", token=token))


@bp.post("/commande/suivi/<token>/rattachement")
def claim(token: str) -> Response:
    customer = get_customer()
    try:
        order = claim_order(read_order_token(token), customer)
    except ShopError as refusal:
        flash(refusal.message, "error")
        return see_other(url_for(".track", token=token))
    flash(_("La commande %(number)s est maintenant dans votre compte.", number=order.number), "success")
    return see_other(url_for(".show", order_id=order.id))


def _own(order_id: int) -> Order:
    return get_order_of_customer(order_id, get_customer().id)


def _show_own(order: Order, *, form: Form[Any] | None = None) -> Response:
    links = {
        "invoice": url_for(".invoice", order_id=order.id),
        "cancel": url_for(".cancel", order_id=order.id),
        "pay": url_for(".pay", order_id=order.id),
        "reorder": url_for(".reorder", order_id=order.id),
        "credit_notes": _list_credit_notes(order, ".credit_note", order_id=order.id),
    }
    return _order_page("storefront/orders/show.html", order, links, form, account_page="orders")


def _show_by_link(order: Order, token: str, *, form: Form[Any] | None = None) -> Response:
    customer = find_customer()
    links = {
        "invoice": url_for(".track_invoice", token=token),
        "cancel": url_for(".track_cancel", token=token),
        "pay": url_for(".track_pay", token=token),
        "credit_notes": _list_credit_notes(order, ".track_credit_note", token=token),
    }
    may_claim = order.customer_id is None
    response = _order_page(
        "storefront/orders/track.html",
        order,
        links,
        form,
        claim_url=url_for(".claim", token=token) if may_claim and customer else None,
        sign_in_url=url_for("storefront.customers.sign_in", suite=request.path) if may_claim and not customer else None,
        sign_up_url=url_for("storefront.customers.sign_up", suite=request.path) if may_claim and not customer else None,
    )
    # Whoever has the address has the order: it must not leak to other sites or into search engines.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _list_credit_notes(order: Order, endpoint: str, **values: Any) -> list[tuple[str, str]]:
    """List number and address of an order's credit notes."""
    notes = [invoice for invoice in order.invoices if invoice.kind == "credit_note"]
    return [(note.number, url_for(endpoint, invoice_id=note.id, **values)) for note in notes]


def _order_page(template: str, order: Order, links: dict[str, Any], form: Form[Any] | None, **context: Any) -> Response:
    may_cancel = OrderStatus.CANCELLED in moves_open_to(OrderStatus(order.status), Actor.owner(order.customer_id))
    response = page(
        template,
        status=422 if form else 200,
        order=order,
        links=links,
        form=form,
        may_cancel=may_cancel,
        may_pay=order.status == OrderStatus.PENDING and (order.expires_at is None or order.expires_at > utc_now()),
        has_invoice=any(invoice.kind == "invoice" for invoice in order.invoices),
        tracking_url=tracking_url(order.carrier, order.tracking_number),
        **context,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _cancel(order: Order, by: Actor) -> Form[Cancellation] | None:
    """Cancel an order for its buyer; return the form to show again when it is refused."""
    form = read_form(Cancellation)
    try:
        cancel_order(get_order(order.id, lock=True), reason=form.valid.reason, by=by, at=utc_now())
    except ShopError as refusal:
        form.refuse(refusal)
        return form
    flash(_("Votre commande est annulée."), "success")
    return None


def _pay(order: Order, *, otherwise: str) -> Response:
    try:
        payment = resume_payment(order, at=utc_now())
    except NotPayable as refusal:
        flash(refusal.message, "error")
        return see_other(otherwise)
    return see_other(url_for("storefront.payments.bank", token=payment_token(payment.id)))
