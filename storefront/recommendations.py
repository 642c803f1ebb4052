"""What goes with a product, what was looked at lately: blocks that come after their page, and pages of their own."""

from flask import Blueprint, Response, request, url_for

from models.database import utc_now
from services.fitment import judge_products
from services.product_views import count_view
from services.products import get_product, list_products_by_id, part_rows
from services.related_products import list_bought_together, list_linked_gammes
from web.addresses import AliasId, moved_to, related_parts_url
from web.caching import cached
from web.pages import page, see_other, wants_fragment
from web.shared_pages import tag
from web.viewed import forget_viewed, is_reader, list_viewed, remember_viewed
from web.visitor import find_vehicle

bp = Blueprint("recommendations", __name__, url_prefix="/piece")
MAX_TOGETHER = 3
RECENT_PAGE = "storefront/recommendations/recent.html"


@bp.get("/<alias_id:product>/associees")
@cached(900)
def related(product: AliasId) -> Response:
    found = get_product(product.id)
    if moved := moved_to(related_parts_url(found)):
        return moved
    vehicle = find_vehicle()
    together = list_bought_together(found.id, limit=MAX_TOGETHER) if found.price_cents else []
    tag(f"product:{found.id}", f"gamme:{found.gamme_id}", "ranges", "recommendations")
    tag(*(f"group:{one.fitment_group_id}" for one in together))
    return page(
        "storefront/recommendations/related.html",
        "related_parts",
        product=found,
        together=part_rows(together, judge_products(together, vehicle), at=utc_now()),
        own=part_rows([found], {}, at=utc_now())[0],
        linked=list_linked_gammes(found.gamme_id, type_id=vehicle.id if vehicle else None),
    )


@bp.get("/recemment-vues")
def recent() -> Response:
    """Show the list; the block of a product's page (`produit`) also puts this product on top of it."""
    before, seen = list_viewed(), _product_seen()
    shown = list_products_by_id([number for number in before if number != seen])
    rows = part_rows(shown, judge_products(shown, find_vehicle()), at=utc_now())
    response = page(RECENT_PAGE, "recently_viewed", rows=rows)
    if seen and list_products_by_id([seen]):
        if is_reader() and before[:1] != [seen]:
            count_view(seen, at=utc_now())
        remember_viewed(response, [seen, *(product.id for product in shown)])
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/recemment-vues/retrait")
def forget() -> Response:
    response = (
        page(RECENT_PAGE, "recently_viewed", rows=[], here=None) if wants_fragment() else see_other(url_for(".recent"))
    )
    forget_viewed(response)
    return response


def _product_seen() -> int | None:
    """The product whose page asks; a link to the list has none."""
    number = request.args.get("produit", "")
    return int(number) if wants_fragment() and number.isascii() and number.isdigit() and len(number) <= 18 else None
