"""The door for machines: JSON for the Remix front end, webhooks."""

from flask import Blueprint, Response, request

from api import (
    brands,
    cache,
    cart,
    catalog,
    customers,
    docs,
    families,
    gamme_parts,
    gammes,
    health,
    offers,
    orders,
    payments,
    product_care,
    product_facts,
    product_lists,
    products,
    recommendations,
    search,
    vehicles,
)
from api.payments import SIGNED_BY_THE_BANK
from config import settings
from web.auth import uses_cookie
from web.security import csrf, refuse_foreign_origin

# What is one person's own may be kept by nobody in between.
PRIVATE = {"api.cache", "api.cart", "api.customers", "api.orders", "api.payments", "api.product_care"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-ID",
    "Access-Control-Max-Age": "600",
}
READABLE = "ETag, Retry-After, X-Request-ID, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"

door = Blueprint("api", __name__)
for noun in (
    brands,
    cache,
    cart,
    catalog,
    customers,
    docs,
    families,
    gamme_parts,
    gammes,
    health,
    offers,
    orders,
    payments,
    product_care,
    product_facts,
    product_lists,
    products,
    recommendations,
    search,
    vehicles,
):
    door.register_blueprint(noun.bp)
    # Another site's page is told by its origin instead of by a form's token (decision 23).
    csrf.exempt(noun.bp)


@door.before_request
def refuse_other_sites() -> None:
    """Let another site's page change nothing in its visitor's name; the bank proves itself by its signature."""
    if request.endpoint not in SIGNED_BY_THE_BANK and uses_cookie():
        refuse_foreign_origin(settings())


@door.after_request
def say_who_may_keep_it(response: Response) -> Response:
    """Keep personal answers out of every cache, let the others be asked about by their ETag."""
    if request.blueprint in PRIVATE or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    elif request.method in ("GET", "HEAD"):
        response.headers.setdefault("Cache-Control", "no-cache")
    if request.method in ("GET", "HEAD") and response.status_code == 200:
        response.make_conditional(request)
    return response


@door.after_request
def let_allowed_origins_read(response: Response) -> Response:
    """Answer the front ends named in the settings, and nobody else's pages (CORS)."""
    origin = request.headers.get("Origin")
    allowed = settings().api_allowed_origins
    if allowed:
        response.vary.add("Origin")
    if origin in allowed:
        response.headers["Access-Control-Allow-Origin"] = str(origin)
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Expose-Headers"] = READABLE
        if request.method == "OPTIONS":
            response.headers.update(PREFLIGHT)
    return response
