"""Answers strangers from the cache before Flask hears of them: one Redis read, no session, no routing, no rendering."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Flask

from config import Settings
from integrations.cache import cache
from web.caching import BUILD, FOUND, KEY, Rule
from web.page_counts import counts
from web.page_entries import Entry, read_entry
from web.page_keys import page_key, without_tracking
from web.security import request_number, standing_headers
from web.sessions import COOKIE

Environ = dict[str, Any]
Start = Callable[..., Any]
Wsgi = Callable[[Environ, Start], Iterable[bytes]]


def install(app: Flask, config: Settings) -> None:
    """Put the cache before `app`, unless it is switched off; to be called after every other layer."""
    if config.page_cache:
        app.wsgi_app = PageCache(app, config)  # type: ignore[method-assign]


class PageCache:
    """The outermost WSGI layer."""

    def __init__(self, app: Flask, config: Settings) -> None:
        self._app = app
        self._inner: Wsgi = app.wsgi_app
        self._standing = tuple(standing_headers(config).items())
        self._places: frozenset[str] = frozenset()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer from the cache, or let Flask answer."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD") or not self._may_hold(environ["PATH_INFO"]):
            return self._inner(environ, start_response)
        if query := environ.get("QUERY_STRING"):
            environ["QUERY_STRING"] = without_tracking(query)
        key = page_key(environ)
        environ[KEY] = key
        # Whoever is somebody gets his own parts inside Flask; another site's script needs the headers of the API.
        if (
            key is None
            or COOKIE in environ.get("HTTP_COOKIE", "")
            or "HTTP_AUTHORIZATION" in environ
            or "HTTP_ORIGIN" in environ
        ):
            return self._inner(environ, start_response)
        stored = cache().read(key)
        entry = environ[FOUND] = read_entry(stored) if stored else None
        if entry is None:
            return self._inner(environ, start_response)
        if entry.fresh_until > time.time():
            counts.add("hits")
        elif self._must_rebuild(environ, key):
            return self._inner(environ, start_response)
        else:
            counts.add("stale_hits")
        return self._answer(entry, environ, start_response, has_body=method == "GET")

    def _must_rebuild(self, environ: Environ, key: str) -> bool:
        """Say whether this request is the one that makes a stale answer anew; all others get the stale one at once."""
        build = cache().begin(key)
        if build is None or not build.is_sole:
            return False
        environ[BUILD] = build
        return True

    def _answer(self, entry: Entry, environ: Environ, start_response: Start, *, has_body: bool) -> Iterable[bytes]:
        headers = [
            *entry.header_list,
            *self._standing,
            ("ETag", f'W/"{entry.etag}"'),
            ("X-Cache-Hit", "true"),
            ("X-Request-ID", request_number(environ.get("HTTP_X_REQUEST_ID", ""))),
        ]
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and entry.status == 200 and (entry.etag in asked or asked == "*"):
            start_response("304 NOT MODIFIED", [pair for pair in headers if pair[0] != "Content-Type"])
            return []
        body = entry.body
        if entry.is_compressed:
            if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
                headers.append(("Content-Encoding", "gzip"))
            else:
                body = entry.plain_body
        headers.append(("Content-Length", str(len(body))))
        start_response("200 OK" if entry.status == 200 else f"{entry.status} GONE", headers)
        return [body] if has_body else []

    def _may_hold(self, path: str) -> bool:
        """Say whether an address begins as one of those whose views are cached."""
        if not self._places:
            self._places = frozenset(_places(self._app))
        return path[1:].partition("/")[0] in self._places


def _places(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if isinstance(getattr(app.view_functions[rule.endpoint], "cached_by", None), Rule):
            yield rule.rule[1:].partition("/")[0].partition("<")[0]
