"""Products: found, read, changed and counted."""

from collections.abc import Callable
from typing import Annotated, Any

from flask import Blueprint, Response, flash, request, url_for
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from domain.errors import NotFound, ShopError
from models.database import utc_now
from services.assortment import (
    Article,
    AssortmentFilter,
    AssortmentView,
    list_brand_choices,
    list_gamme_choices,
    search_assortment,
)
from services.fulfilment import name_actors
from services.product_sheet import (
    ProductEdit,
    StockCount,
    count_shelf,
    edit_product,
    get_product_sheet,
    list_sheet_history,
)
from services.stock import is_tracked
from web.auth import staff_actor
from web.forms import Form, blank_is_none, read_form
from web.keyset import cut_page
from web.language import gettext as _
from web.pages import page, see_other

bp = Blueprint("products", __name__, url_prefix="/products")
PAGE_SIZE = 50


_Id = Annotated[int | None, Field(ge=1, le=2**53), BeforeValidator(blank_is_none)]


class ProductQuery(BaseModel):
    """What staff look for; `before` and `after` are the products around a page."""

    view: AssortmentView = AssortmentView.ALL
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    gamme: _Id = None
    brand: _Id = None
    before: _Id = None
    after: int | None = Field(default=None, ge=0, le=2**53)

    def filter(self) -> AssortmentFilter:
        """Return the same as the service knows it."""
        return AssortmentFilter(view=self.view, search=self.q, gamme_id=self.gamme, brand_id=self.brand)


@bp.get("")
def index() -> Response:
    form = read_form(ProductQuery, request.args)
    query = form.value or ProductQuery()
    found = _find(query) if form.is_valid else []
    articles, more = cut_page(found, PAGE_SIZE, before=query.before, after=query.after)
    return page(
        "backoffice/products/index.html",
        "products_list",
        status=200 if form.is_valid else 422,
        form=form,
        query=query,
        articles=articles,
        newer=articles[0].id if articles and more.above else None,
        older=articles[-1].id if articles and more.below else None,
        gammes=list_gamme_choices(),
        brands=list_brand_choices(),
        views=list(AssortmentView),
    )


@bp.get("/<int:id>")
def show(id: int) -> Response:
    return _show(id)


@bp.post("/<int:id>")
def update(id: int) -> Response:
    return _change(id, "product", ProductEdit, edit_product, _("Produit enregistré : la boutique le montre déjà."))


@bp.post("/<int:id>/stock")
def count(id: int) -> Response:
    return _change(id, "stock", StockCount, count_shelf, _("Stock enregistré."))


def _change(id: int, name: str, model: type[BaseModel], change: Callable[..., Any], done: str) -> Response:
    """Do one thing to a product, or show it as it is with what was typed and why not."""
    form: Form[Any] = read_form(model)
    try:
        change(id, form.valid, by=staff_actor(), at=utc_now())
    except NotFound:
        raise
    except ShopError as refusal:
        if form.is_valid:
            form.refuse(refusal)
        return _show(id, {name: form}, status=422 if refusal.status == 400 else refusal.status)
    flash(done, "success")
    return see_other(url_for(".show", id=id))


def _show(id: int, forms: dict[str, Form[Any]] | None = None, *, status: int = 200) -> Response:
    history = list_sheet_history(id)
    return page(
        "backoffice/products/show.html",
        status=status,
        product=get_product_sheet(id),
        forms=forms or {},
        history=history,
        names=name_actors({entry.by for entry in history}),
        is_tracked=is_tracked(),
    )


def _find(query: ProductQuery) -> list[Article]:
    """Ask for one more than a page holds: it tells whether the list goes on."""
    return search_assortment(query.filter(), before_id=query.before, after_id=query.after, limit=PAGE_SIZE + 1)
