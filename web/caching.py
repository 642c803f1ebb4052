"""Answers that many visitors share: a view says how long, its tags say when that ends sooner (docs/caching.md)."""

import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

import structlog
from flask import Response, make_response, request
from sqlalchemy.exc import OperationalError

from config import settings
from integrations.cache import Build, cache
from models.database import utc_now
from services.products import PARIS
from services.vehicles import Car
from web import shared_pages
from web.addresses import vehicle_tags
from web.page_counts import counts
from web.page_entries import Entry, make_entry, read_entry, write_entry
from web.page_keys import VEHICLE_COOKIE, read_vehicle
from web.sessions import COOKIE, has_session
from web.shared_pages import SharedPage
from web.visitor import find_vehicle
from web.visitor_parts import cut, own_part

log = structlog.get_logger()
View = TypeVar("View", bound=Callable[..., Any])

# What the layer before Flask (web/page_cache.py) found out already.
KEY, FOUND, BUILD = "atelier.page_key", "atelier.page_found", "atelier.page_build"
VARY = "Accept-Encoding, Cookie, HX-Request, HX-Boosted, HX-History-Restore-Request"
# spec/cross-cutting.md, §4: what browsers and shared caches may do with an answer that holds nobody's own parts.
CACHE_CONTROL = {
    "catalog": ("public, max-age=300, s-maxage=600, stale-while-revalidate=86400", VARY),
    "static": ("public, max-age=3600, s-maxage=86400", VARY),
    "api": ("no-cache", "Accept-Encoding, Origin"),
}
PRIVATE = "private, no-cache"
# A list that is gone stays gone for a minute; what never was is asked of the database each time, for there is no end
# of addresses that never were.
SECONDS_BY_STATUS = {410: 60}
# How long one who did not get the lock waits for the one who did (spec/cache.md, rule 3).
WAIT_SECONDS, LOOK_EVERY_SECONDS = 2.0, 0.05
NOT_KEPT = {"content-length", "set-cookie", "etag", "cache-control", "vary"}


@dataclass(frozen=True)
class Rule:
    """How a view's answers are shared: for how long, what may stand in their query, who else may keep them."""

    seconds: int
    kind: str = "catalog"
    query: Mapping[str, str] = field(default_factory=dict)

    def allows(self, items: list[tuple[str, str]]) -> bool:
        """Say whether every parameter is one of a bounded few values."""
        return all(name in self.query and re.fullmatch(self.query[name], value) for name, value in items)


def cached(seconds: int, *, kind: str = "catalog", query: Mapping[str, str] | None = None) -> Callable[[View], View]:
    """Share the view's answers among visitors for about `seconds`; `query` says which values a parameter may take."""
    rule = Rule(seconds, kind, query or {})

    def declare(view: View) -> View:
        @wraps(view)
        def shared(*args: Any, **kwargs: Any) -> Response:
            return _answer(rule, lambda: make_response(view(*args, **kwargs)))

        shared.cached_by = rule  # type: ignore[attr-defined]
        return shared  # type: ignore[return-value]

    return declare


def _answer(rule: Rule, view: Callable[[], Response]) -> Response:
    key = _key(rule)
    if key is None:
        return _unshared(rule, view())
    found = _found(key)
    if found and found.fresh_until > time.time():
        counts.add("hits")
        return _show(found, rule, is_hit=True)
    build: Build | None = request.environ.get(BUILD) or cache().begin(key)
    if build is None:
        return _unshared(rule, view())
    if not build.is_sole and (other := found or _await_other(key)):
        counts.add("stale_hits" if other is found else "hits")
        return _show(other, rule, is_hit=True)
    counts.add("misses")
    return _build(rule, view, build, found)


def _key(rule: Rule) -> str | None:
    if request.method not in ("GET", "HEAD") or not rule.allows(list(request.args.items(multi=True))):
        return None
    key: str | None = request.environ.get(KEY)
    return key


def _found(key: str) -> Entry | None:
    if FOUND in request.environ:
        found: Entry | None = request.environ[FOUND]
        return found
    stored = cache().read(key)
    return read_entry(stored) if stored else None


def _await_other(key: str) -> Entry | None:
    """Return what another one is making, None when he gives up or takes too long."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        time.sleep(LOOK_EVERY_SECONDS)
        is_under_way = cache().is_being_built(key)
        if stored := cache().read(key):
            return read_entry(stored)
        if not is_under_way:
            return None
    return None


def _build(rule: Rule, view: Callable[[], Response], build: Build, stale: Entry | None) -> Response:
    page = shared_pages.begin({"catalog"} if rule.kind.startswith("api") else {"catalog", "menu", "settings"})
    try:
        response = view()
    except (OperationalError, ConnectionError) as error:
        shared_pages.end()
        cache().abandon(build)
        if stale is None:
            raise
        # Better the page of a few minutes ago than none.
        log.warning("cache.stale_for_want_of_fresh", error=str(error))
        return _show(stale, rule, is_hit=True)
    except BaseException:
        shared_pages.end()
        cache().abandon(build)
        raise
    shared_pages.end()
    return _keep(rule, response, build, page)


def _keep(rule: Rule, response: Response, build: Build, page: SharedPage) -> Response:
    car = find_vehicle()
    if response.status_code not in (200, *SECONDS_BY_STATUS) or not _may_be_shared(response, car):
        cache().abandon(build)
        return _unshared(rule, _with_own_parts(response, page))
    seconds = SECONDS_BY_STATUS.get(response.status_code, rule.seconds)
    body, holes = cut(response.get_data(as_text=True), page.marker)
    control, vary = CACHE_CONTROL[rule.kind]
    kept = [(name, value) for name, value in response.headers if name.lower() not in NOT_KEPT]
    entry = make_entry(
        body,
        holes,
        status=response.status_code,
        headers=[*kept, ("Cache-Control", control), ("Vary", vary)],
        fresh_until=_fresh_until(seconds),
        etag=response.get_etag()[0],
    )
    tags = page.tags | (vehicle_tags(car.type) if car else set())
    is_stored = cache().store(build, write_entry(entry), tags=tags, seconds=2 * seconds + 60)
    counts.add("stored" if is_stored else "refused")
    return _show(entry, rule, is_hit=False)


def _may_be_shared(response: Response, car: Car | None) -> bool:
    """Say whether nothing in an answer is this visitor's own, and nobody can have it stored under endless names."""
    if "Set-Cookie" in response.headers or response.is_streamed:
        return False
    if has_session() and COOKIE not in request.cookies:
        return False
    return car is not None or read_vehicle(request.cookies.get(VEHICLE_COOKIE, "")) is None


def _with_own_parts(response: Response, page: SharedPage) -> Response:
    if not response.is_streamed and page.marker in (text := response.get_data(as_text=True)):
        entry = make_entry(*cut(text, page.marker), status=response.status_code, headers=[], fresh_until=0)
        response.set_data(entry.filled({kind: str(own_part(kind)) for kind in entry.kinds()}))
    return response


def _show(entry: Entry, rule: Rule, *, is_hit: bool) -> Response:
    """Answer with an entry: as it is to a stranger, with his own parts put in to whoever has a session."""
    is_own = bool(entry.holes) and has_session()
    body = entry.filled({kind: str(own_part(kind)) for kind in entry.kinds()}) if is_own else entry.plain_body
    response = Response(body, status=entry.status)
    response.headers.clear()
    for name, value in entry.header_list:
        response.headers[name] = value
    response.headers["X-Cache-Hit"] = "true" if is_hit else "false"
    if is_own:
        response.headers["Cache-Control"] = PRIVATE
    else:
        response.set_etag(entry.etag, weak=True)
        if entry.status == 200:
            response.make_conditional(request)
    return response


def _unshared(rule: Rule, response: Response) -> Response:
    """Answer with what was made for this visitor alone."""
    control, vary = CACHE_CONTROL[rule.kind]
    is_page = not rule.kind.startswith("api")
    if response.status_code in (200, 410):
        is_own = is_page and (has_session() or "Set-Cookie" in response.headers)
        response.headers.setdefault("Cache-Control", PRIVATE if is_own else control)
        response.vary.update(vary.split(", "))
    response.headers["X-Cache-Hit"] = "false"
    return response


def _fresh_until(seconds: int) -> float:
    """Return when an answer made now must be made anew, a tenth sooner or later so that not all end at once.

    No page outlives the moment when « expédié aujourd'hui » stops being true.
    """
    now = utc_now()
    ends = now + timedelta(seconds=seconds * random.uniform(0.9, 1.1))  # noqa: S311 - no secret
    return min(ends, _words_change_after(now)).timestamp()


def _words_change_after(now: datetime) -> datetime:
    here = now.astimezone(PARIS)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    cutoff = midnight.replace(hour=settings().dispatch_cutoff_hour)
    return cutoff if here < cutoff else midnight + timedelta(days=1)
