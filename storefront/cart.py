"""The cart: what the visitor means to buy, at today's prices and stock."""

from typing import Any

from flask import Blueprint, Response, flash, request, session, url_for

from config import settings
from domain.errors import NotFound, ShopError
from models.database import utc_now
from services.cart import (
    AddToCart,
    AddTogether,
    ChangeQuantity,
    add_to_cart,
    add_together,
    change_quantity,
    drop_withdrawn,
    get_cart,
    remove_from_cart,
)
from services.fitment import judge_products
from services.shipping import list_delivery_options
from web.auth import cart_owner
from web.forms import Form, read_form
from web.language import gettext as _
from web.limits import limiter
from web.pages import page, safe_target, see_other, wants_fragment
from web.visitor import find_vehicle

bp = Blueprint("cart", __name__, url_prefix="/panier")
writes = limiter.shared_limit(lambda: settings().limit_cart, scope="cart")
PAGE = "storefront/cart/show.html"
# What a change of one line changes on the page.
CHANGED = ("cart_contents", "cart_badge", "toasts")


@bp.get("")
def show() -> Response:
    contents = _contents()
    cart = contents["cart"]
    if cart.withdrawn:
        drop_withdrawn(cart, at=utc_now())
    return page(PAGE, **contents)


@bp.get("/apercu")
def mini() -> Response:
    if not wants_fragment():
        return see_other(url_for(".show"))
    return page("storefront/cart/mini.html", cart=get_cart(cart_owner()))


@bp.post("/lignes")
@writes
def add() -> Response:
    # A guest's cart lies under his session's id: from here on he needs a session that lasts.
    session["has_cart"] = True
    form = read_form(AddToCart)
    try:
        line = add_to_cart(cart_owner(), form.valid, at=utc_now())
    except ShopError as refusal:
        flash(_refusal(form, refusal), "error")
        return _answer_add(422, safe_target(request.form.get("suite"), url_for(".show")))
    flash(_("Ajouté au panier : %(name)s, quantité %(n)s.", name=line.product.name, n=line.quantity), "success")
    return _answer_add(200, url_for(".show"))


@bp.post("/lots")
@writes
def bundle() -> Response:
    """Add parts that are bought together, all of them or none."""
    session["has_cart"] = True
    form = read_form(AddTogether)
    try:
        lines = add_together(cart_owner(), form.valid, at=utc_now())
    except ShopError as refusal:
        flash(_refusal(form, refusal), "error")
        return _answer_add(422, safe_target(request.form.get("suite"), url_for(".show")))
    flash(_("%(n)s articles ajoutés au panier.", n=len(lines)), "success")
    return _answer_add(200, url_for(".show"))


@bp.post("/lignes/<int:product_id>")
@writes
def update(product_id: int) -> Response:
    form = read_form(ChangeQuantity)
    try:
        change_quantity(cart_owner(), product_id, form.valid, at=utc_now())
    except NotFound as gone:
        flash(gone.message, "error")
    except ShopError as refusal:
        problem = {product_id: _refusal(form, refusal)}
        typed = {product_id: form.typed.get("quantity", "")}
        return page(PAGE, *CHANGED, status=422, **_contents(problems=problem, typed=typed))
    return _answer_change()


@bp.post("/lignes/<int:product_id>/suppression")
@writes
def remove(product_id: int) -> Response:
    try:
        remove_from_cart(cart_owner(), product_id, at=utc_now())
        flash(_("Article retiré du panier."), "success")
    except NotFound as gone:
        flash(gone.message, "error")
    return _answer_change()


def _contents(*, problems: dict[int, str] | None = None, typed: dict[int, str] | None = None) -> dict[str, Any]:
    """Return what the cart's page shows; `problems` are sentences and `typed` quantities by product id."""
    cart = get_cart(cart_owner())
    now = utc_now()
    return {
        "cart": cart,
        "verdicts": judge_products([line.product for line in cart.lines], find_vehicle()),
        # To metropolitan France: « à partir de », the address is asked at checkout.
        "delivery": list_delivery_options(cart, country="FR", postal_code="75001", at=now)[0],
        "problems": problems or {},
        "typed": typed or {},
    }


def _refusal(form: Form[Any], refusal: ShopError) -> str:
    return next(iter(form.errors.values()), refusal.message)


def _answer_add(status: int, destination: str) -> Response:
    """Answer htmx with the badge and the news, a plain form with the page that shows what happened."""
    if wants_fragment():
        return page(PAGE, "cart_badge", "toasts", status=status)
    return see_other(destination)


def _answer_change() -> Response:
    if wants_fragment():
        return page(PAGE, *CHANGED, **_contents())
    return see_other(url_for(".show"))
