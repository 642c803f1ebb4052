"""The addresses a customer keeps."""

from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from domain.addresses import COUNTRIES
from domain.errors import ShopError
from models.customers import CustomerAddress
from services.addresses import (
    AddressInput,
    add_address,
    choose_default_address,
    get_address,
    remove_address,
    update_address,
    values_of,
)
from web.auth import get_customer
from web.forms import Form, read_form
from web.language import gettext as _
from web.pages import page, see_other

bp = Blueprint("addresses", __name__, url_prefix="/compte/adresses")


@bp.get("/nouvelle")
def new() -> Response:
    customer = get_customer()
    kind = "billing" if request.args.get("pour") == "facturation" else "shipping"
    known = {"kind": kind, "first_name": customer.first_name, "last_name": customer.last_name}
    return _form_page("storefront/addresses/new.html", Form(typed=known | {"phone": customer.phone}))


@bp.post("")
def create() -> Response:
    customer = get_customer()
    form = read_form(AddressInput)
    try:
        if form.is_valid:
            add_address(customer.id, form.valid)
            return _back(_("L'adresse est enregistrée."))
    except ShopError as refusal:
        form.refuse(refusal)
    return _form_page("storefront/addresses/new.html", form, status=422)


@bp.get("/<int:address_id>")
def edit(address_id: int) -> Response:
    address = get_address(address_id, get_customer().id)
    return _edit_page(address, Form(typed=values_of(address)))


@bp.post("/<int:address_id>")
def update(address_id: int) -> Response:
    customer = get_customer()
    address = get_address(address_id, customer.id)
    form = read_form(AddressInput)
    if not form.is_valid:
        return _edit_page(address, form, status=422)
    update_address(address_id, customer.id, form.valid)
    return _back(_("L'adresse est enregistrée."))


@bp.post("/<int:address_id>/suppression")
def remove(address_id: int) -> Response:
    try:
        remove_address(address_id, get_customer().id)
    except ShopError as refusal:
        if refusal.status == 404:
            raise
        return _back(refusal.message, "error")
    return _back(_("L'adresse est supprimée."))


@bp.post("/<int:address_id>/defaut")
def choose_default(address_id: int) -> Response:
    choose_default_address(address_id, get_customer().id)
    return _back(_("L'adresse par défaut est changée."))


def _back(news: str, kind: str = "success") -> Response:
    flash(news, kind)
    return see_other(url_for("storefront.customers.show", _anchor="adresses"))


def _form_page(template: str, form: Form[Any], *, status: int = 200, **context: Any) -> Response:
    response = page(template, status=status, account_page="show", form=form, countries=COUNTRIES, **context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _edit_page(address: CustomerAddress, form: Form[Any], *, status: int = 200) -> Response:
    return _form_page("storefront/addresses/edit.html", form, status=status, address=address)
