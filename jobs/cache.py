"""The busiest pages are made before anybody asks for them: after a deploy, and after the cache was cleared."""

import structlog
from flask import current_app, url_for

from services.cache_care import list_warm_things
from web.addresses import AliasId

log = structlog.get_logger()


def warm_cache() -> None:
    """Ask the shop for its busiest pages as a stranger would; what is there already is only looked at."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    made = 0
    for path in _paths():
        # Each request stands alone, as in the web server.
        with app.app_context():
            answer = app.test_client().get(path)
        made += answer.headers.get("X-Cache-Hit") == "false"
        if answer.status_code != 200:
            log.warning("cache.not_warmed", path=path, status=answer.status_code)
    log.info("cache.warmed", made=made)


def _paths() -> list[str]:
    things = list_warm_things()
    with current_app.test_request_context():
        return [
            url_for("storefront.home.index"),
            url_for("storefront.catalog.families"),
            url_for("storefront.brands.index"),
            url_for("storefront.vehicles.makes"),
            url_for("api.catalog.hierarchy"),
            *(url_for("storefront.catalog.family", family=AliasId(*family)) for family in things.families),
            *(url_for("storefront.catalog.gamme", gamme=AliasId(*gamme)) for gamme in things.gammes),
        ]
