"""The checkout: address, delivery, summary; then the order is placed and the visitor goes to the bank."""

import secrets
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.datastructures import MultiDict

from config import settings
from domain.addresses import COUNTRIES
from domain.errors import ShopError
from domain.shipping import NotDelivered
from models.customers import Customer
from models.database import utc_now
from models.orders import Order
from services.addresses import TooManyAddresses, get_address, list_addresses, remember_address, values_of
from services.cart import Cart, get_cart
from services.checkout import Checkout, OrderVehicle, PriceChanged, own_key, place_order
from services.fitment import judge_products
from services.payments import NotPayable, resume_payment
from services.shipping import list_delivery_options, quote_cart
from storefront import drafts, placed
from storefront.drafts import Contact, Draft
from web.auth import cart_owner, find_customer
from web.forms import Form, read_form
from web.language import gettext as _
from web.limits import limiter
from web.links import payment_token
from web.pages import page, see_other
from web.visitor import find_vehicle

bp = Blueprint("checkout", __name__, url_prefix="/commande")
# What of the last step's form counts; addresses and delivery come from the draft, prices from nowhere but the shop.
CONFIRMED = ("accept_terms", "note", "seen_total_cents", "idempotency_key")
BILLING = "billing."
NEW_ADDRESS = "new"


@bp.get("")
def contact() -> Response:
    if _find_orderable_cart() is None:
        return _back_to_cart()
    return _contact_page(Form(typed=_first_answers(find_customer())))


@bp.post("")
def keep_contact() -> Response:
    cart = _find_orderable_cart()
    if cart is None:
        return _back_to_cart()
    customer = find_customer()
    form = _read_contact(customer)
    if form.value is not None:
        _refuse_where_not_delivered(form, cart)
    if not form.is_valid:
        # The fields with the mistakes must be on the page, not behind a kept address.
        form.typed["address"] = NEW_ADDRESS
        return _contact_page(form, status=422)
    drafts.keep(Draft(drafts.answers(form.typed), drafts.load().method))
    if customer and "save_address" in form.typed:
        _save_address(customer, form.valid)
    return see_other(url_for(".delivery"))


@bp.get("/livraison")
def delivery() -> Response:
    return _with_contact(_delivery_page)


@bp.post("/livraison")
def keep_delivery() -> Response:
    def keep(cart: Cart, draft: Draft, contact: Contact) -> Response:
        draft.method = request.form.get("shipping_method", "")
        if draft.method not in {option.id for option in _options(cart, contact)}:
            form: Form[Any] = Form(errors={"shipping_method": _("Choisissez un mode de livraison.")})
            return _delivery_page(cart, draft, contact, form=form)
        drafts.keep(draft)
        return see_other(url_for(".summary"))

    return _with_contact(keep)


@bp.get("/recapitulatif")
def summary() -> Response:
    return _with_contact(_summary_page)


@bp.post("/recapitulatif")
@limiter.limit(lambda: settings().limit_payment)
def place() -> Response:
    return _with_contact(_place)


def _place(cart: Cart, draft: Draft, contact: Contact) -> Response:
    form = read_form(Checkout, _confirmed(draft, cart.owner))
    if not form.is_valid:
        return _summary_page(cart, draft, contact, form=form)
    now = utc_now()
    customer = find_customer()
    try:
        order = place_order(
            cart, form.valid, customer_id=customer.id if customer else None, vehicle=_order_vehicle(cart), at=now
        )
        return _to_the_bank(order, at=now)
    except PriceChanged as changed:
        form.refuse(changed)
        return _summary_page(cart, draft, contact, form=form)
    except NotPayable:
        flash(_("Cette commande n'attend plus de paiement : vérifiez le nouveau récapitulatif."), "error")
        return see_other(url_for(".summary"))
    except NotDelivered as refusal:
        flash(refusal.message, "error")
        return see_other(url_for(".contact"))
    except ShopError as refusal:
        flash(refusal.message, "error")
        return see_other(url_for("storefront.cart.show"))


def _to_the_bank(order: Order, *, at: datetime) -> Response:
    payment = resume_payment(order, at=at)
    placed.remember(order)
    return see_other(url_for("storefront.payments.bank", token=payment_token(payment.id)))


def _with_contact(answer: Any) -> Response:
    """Answer with cart, draft and contact; without a cart that can be ordered or a contact, go back to that step."""
    cart = _find_orderable_cart()
    if cart is None:
        return _back_to_cart()
    draft = drafts.load()
    contact = draft.contact
    if contact is None:
        return see_other(url_for(".contact"))
    try:
        response: Response = answer(cart, draft, contact)
    except NotDelivered as refusal:
        # The cart or the served zones have changed since the address was typed.
        flash(refusal.message, "error")
        return see_other(url_for(".contact"))
    return response


def _find_orderable_cart() -> Cart | None:
    cart = get_cart(cart_owner())
    return cart if cart.is_orderable else None


def _back_to_cart() -> Response:
    """Show the cart, which says beside each line what stands against ordering it."""
    return see_other(url_for("storefront.cart.show"))


def _contact_page(form: Form[Any], *, status: int = 200) -> Response:
    return page(
        "storefront/checkout/contact.html",
        status=status,
        form=form,
        address_choices=_address_choices(find_customer()),
        countries=COUNTRIES,
        cart=get_cart(cart_owner()),
        checkout_step=0,
    )


def _address_choices(customer: Customer | None) -> list[tuple[str, str]]:
    """Return the kept addresses as radio buttons, and a last one for a new address; none without kept ones."""
    kept = list_addresses(customer.id, kind="shipping") if customer else []
    choices = [
        (str(one.id), f"{one.first_name} {one.last_name}, {one.line1}, {one.postal_code} {one.city}") for one in kept
    ]
    return [*choices, (NEW_ADDRESS, _("À une autre adresse"))] if choices else []


def _first_answers(customer: Customer | None) -> dict[str, Any]:
    """Return what was typed before, else what the account knows."""
    typed: dict[str, Any] = dict(drafts.load().typed)
    if typed or customer is None:
        # What a guest typed before he signed in is an address of its own, not one of the kept ones.
        return {"address": NEW_ADDRESS} | typed
    known = {"email": customer.email, "shipping.first_name": customer.first_name}
    known |= {"shipping.last_name": customer.last_name, "shipping.phone": customer.phone}
    kept = list_addresses(customer.id, kind="shipping")
    return known | {"address": str(kept[0].id) if kept else NEW_ADDRESS}


def _read_contact(customer: Customer | None) -> Form[Contact]:
    """Read the first step: a kept address fills the delivery fields, an unwanted billing address is left out."""
    typed = MultiDict(request.form)
    number = typed.get("address", "")
    if customer and number.isascii() and number.isdigit():
        for name, value in values_of(get_address(int(number[:18]), customer.id)).items():
            typed[f"shipping.{name}"] = value
    if "other_billing" not in typed:
        for name in [name for name in typed if name.startswith(BILLING)]:
            typed.pop(name)
    return read_form(Contact, typed)


def _refuse_where_not_delivered(form: Form[Contact], cart: Cart) -> None:
    try:
        _options(cart, form.valid)
    except NotDelivered as refusal:
        form.errors[f"shipping.{refusal.field}"] = refusal.message


def _save_address(customer: Customer, contact: Contact) -> None:
    try:
        remember_address(customer.id, contact.shipping)
    except TooManyAddresses as refusal:
        flash(refusal.message, "info")


def _options(cart: Cart, contact: Contact) -> Any:
    address = contact.shipping
    return list_delivery_options(cart, country=address.country, postal_code=address.postal_code, at=utc_now())


def _delivery_page(cart: Cart, draft: Draft, contact: Contact, *, form: Form[Any] | None = None) -> Response:
    options = _options(cart, contact)
    return page(
        "storefront/checkout/delivery.html",
        status=422 if form else 200,
        form=form,
        cart=cart,
        contact=contact,
        options=options,
        chosen=draft.method or options[0].id,
        checkout_step=1,
    )


def _summary_page(cart: Cart, draft: Draft, contact: Contact, *, form: Form[Any] | None = None) -> Response:
    address = contact.shipping
    quote = quote_cart(
        cart, country=address.country, postal_code=address.postal_code, method=draft.method or None, at=utc_now()
    )
    return page(
        "storefront/checkout/summary.html",
        status=422 if form else 200,
        form=form,
        cart=cart,
        contact=contact,
        quote=quote,
        verdicts=judge_products([line.product for line in cart.lines], find_vehicle()),
        # One key per displayed summary: a double click places one order.
        payment_minutes=settings().payment_minutes,
        idempotency_key=secrets.token_urlsafe(24),
        checkout_step=2,
    )


def _confirmed(draft: Draft, owner: str) -> MultiDict[str, str]:
    """Return what is confirmed: the draft's answers, and of the last form only what may come from it."""
    confirmed = MultiDict({name: value for name, value in draft.typed.items() if name not in CONFIRMED})
    if draft.method:
        confirmed["shipping_method"] = draft.method
    for name in CONFIRMED:
        if name in request.form:
            confirmed[name] = request.form[name]
    if key := own_key(owner, confirmed.get("idempotency_key", "")):
        confirmed["idempotency_key"] = key
    return confirmed


def _order_vehicle(cart: Cart) -> OrderVehicle | None:
    vehicle = find_vehicle()
    if vehicle is None:
        return None
    verdicts = judge_products([line.product for line in cart.lines], vehicle)
    return OrderVehicle(vehicle.id, f"{vehicle.label} ({vehicle.years})", verdicts)
