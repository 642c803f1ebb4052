"""Products: found and read."""

from typing import Annotated

from flask import Blueprint, Response, request
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from services.assortment import (
    Article,
    AssortmentFilter,
    AssortmentView,
    list_brand_choices,
    list_gamme_choices,
    search_assortment,
)
from web.forms import blank_is_none, read_form
from web.keyset import cut_page
from web.pages import page

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


def _find(query: ProductQuery) -> list[Article]:
    """Ask for one more than a page holds: it tells whether the list goes on."""
    return search_assortment(query.filter(), before_id=query.before, after_id=query.after, limit=PAGE_SIZE + 1)
