"""Orders: found, read and moved on."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, request, url_for
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from domain.errors import NotFound, ShopError
from domain.orders import Actor, OrderStatus, moves_open_to
from domain.payments import refusal_sentence
from domain.shipping import TRACKING_PAGES, tracking_url
from models.database import utc_now
from models.orders import Order
from services.credit_notes import get_credit_note_document
from services.dashboard import MOST_COUNTED, count_orders_by_status, count_orders_to_review
from services.fulfilment import (
    Cancellation,
    SeenOrder,
    Shipment,
    StaffNote,
    confirm_delivery,
    get_order_file,
    list_changes_of_order,
    list_mails_of_order,
    name_actors,
    prepare_order,
    send_parcel,
    settle_review,
    withdraw_order,
    write_staff_note,
)
from services.invoices import get_document_of_order
from services.orders_listing import OrderFilter, search_orders
from web.auth import staff_actor
from web.files import pdf
from web.forms import Form, blank_is_none, read_form
from web.keyset import cut_page
from web.language import gettext as _
from web.pages import page, see_other

bp = Blueprint("orders", __name__, url_prefix="/orders")
PARIS = ZoneInfo("Europe/Paris")
PAGE_SIZE = 50
# Pairs of value and text, as a select wants them.
CARRIERS = tuple((name, name) for name in TRACKING_PAGES)


Day = Annotated[date | None, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31)), BeforeValidator(blank_is_none)]


class OrderQuery(BaseModel):
    """What staff look for; days are whole days in Paris, `before` and `after` the orders around a page."""

    status: Annotated[OrderStatus | None, BeforeValidator(blank_is_none)] = None
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    placed_from: Day = None
    placed_to: Day = None
    review: bool = False
    before: int | None = Field(default=None, ge=1, le=2**53)
    after: int | None = Field(default=None, ge=0, le=2**53)

    def filter(self) -> OrderFilter:
        """Return the same as the service knows it."""
        return OrderFilter(
            status=self.status,
            search=self.q,
            placed_from=_midnight(self.placed_from) if self.placed_from else None,
            placed_before=_midnight(self.placed_to + timedelta(days=1)) if self.placed_to else None,
            needs_review=self.review,
        )


@bp.get("")
def index() -> Response:
    form = read_form(OrderQuery, request.args)
    query = form.value or OrderQuery()
    found = _find(query) if form.is_valid else []
    orders, more = cut_page(found, PAGE_SIZE, before=query.before, after=query.after)
    return page(
        "backoffice/orders/index.html",
        "orders_list",
        status=200 if form.is_valid else 422,
        form=form,
        query=query,
        orders=orders,
        newer=orders[0].id if orders and more.above else None,
        older=orders[-1].id if orders and more.below else None,
        counts=count_orders_by_status(),
        to_review=count_orders_to_review(),
        most=MOST_COUNTED,
        now=utc_now(),
    )


@bp.get("/<int:id>")
def show(id: int) -> Response:
    return _show(id)


@bp.post("/<int:id>/processing")
def prepare(id: int) -> Response:
    return _change(id, "processing", SeenOrder, prepare_order, _("Préparation commencée."))


@bp.post("/<int:id>/shipment")
def ship(id: int) -> Response:
    return _change(id, "shipment", Shipment, send_parcel, _("Colis expédié : le client reçoit son numéro de suivi."))


@bp.post("/<int:id>/delivery")
def deliver(id: int) -> Response:
    return _change(id, "delivery", SeenOrder, confirm_delivery, _("Livraison enregistrée."))


@bp.post("/<int:id>/cancellation")
def cancel(id: int) -> Response:
    return _change(id, "cancellation", Cancellation, withdraw_order, _("Commande annulée : le client est prévenu."))


@bp.post("/<int:id>/note")
def note(id: int) -> Response:
    return _change(id, "note", StaffNote, write_staff_note, _("Note enregistrée."))


@bp.post("/<int:id>/review")
def review(id: int) -> Response:
    return _change(id, "review", SeenOrder, settle_review, _("Commande marquée comme vérifiée."))


@bp.get("/<int:id>/invoice")
def invoice(id: int) -> Response:
    return pdf(*get_document_of_order(get_order_file(id)))


@bp.get("/<int:id>/credit-notes/<int:invoice_id>")
def credit_note(id: int, invoice_id: int) -> Response:
    return pdf(*get_credit_note_document(get_order_file(id), invoice_id))


def _find(query: OrderQuery) -> list[Order]:
    """Return one order more than a page holds, so that the page knows whether the list goes on."""
    return search_orders(query.filter(), before_id=query.before, after_id=query.after, limit=PAGE_SIZE + 1)


def _change(order_id: int, name: str, model: type[SeenOrder], change: Callable[..., Order], done: str) -> Response:
    """Do one thing to an order, or show the order as it is with what was typed and why not."""
    form: Form[Any] = read_form(model)
    try:
        change(order_id, form.valid, by=staff_actor(), at=utc_now())
    except NotFound:
        raise
    except ShopError as refusal:
        if form.is_valid:
            form.refuse(refusal)
        return _show(order_id, {name: form}, status=422 if refusal.status == 400 else refusal.status)
    flash(done, "success")
    return see_other(url_for(".show", id=order_id))


def _show(order_id: int, forms: dict[str, Form[Any]] | None = None, *, status: int = 200) -> Response:
    order = get_order_file(order_id)
    changes = list_changes_of_order(order_id)
    actor = staff_actor()
    return page(
        "backoffice/orders/show.html",
        status=status,
        order=order,
        forms=forms or {},
        moves=moves_open_to(OrderStatus(order.status), actor),
        above=moves_above(order, actor),
        mails=list_mails_of_order(order_id),
        changes=changes,
        names=name_actors({step.by for step in order.history} | {change.by for change in changes}),
        carriers=CARRIERS,
        explain=refusal_sentence,
        follow_url=tracking_url(order.carrier, order.tracking_number),
        now=utc_now(),
    )


def moves_above(order: Order, actor: Actor) -> list[OrderStatus]:
    """List the states that only a higher level may move the order to."""
    status = OrderStatus(order.status)
    highest = Actor.staff(actor.id or 0, 10)
    return [target for target in moves_open_to(status, highest) if target not in moves_open_to(status, actor)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, PARIS)
