"""One structured line per request: how long it took, how many queries it made, how long they took."""

import logging
import time
from typing import Any

import structlog
from flask import Flask, Response, g, has_request_context, request
from sqlalchemy import Engine, event

log = structlog.get_logger()
QUIET = ("/static/", "/health")


def configure_logging(level: str, *, as_json: bool) -> None:
    """Write logs as JSON in production, as readable lines elsewhere; secrets never reach them."""
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=True,
    )


def count_queries(engine: Engine) -> None:
    """Count the statements that each request sends to `engine`, and their time."""

    def begin(_connection: Any, _cursor: Any, _sql: str, _values: Any, context: Any, _many: bool) -> None:
        context.started = time.perf_counter()

    def end(_connection: Any, _cursor: Any, _sql: str, _values: Any, context: Any, _many: bool) -> None:
        if has_request_context():
            g.queries = g.get("queries", 0) + 1
            g.query_seconds = g.get("query_seconds", 0.0) + time.perf_counter() - context.started

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)


def path_to_log() -> str:
    """Return the path of the request; of a signed link only its rule, for whoever reads the token can open the door."""
    rule = request.url_rule
    return rule.rule if rule is not None and "token" in rule.arguments else request.path


def install(app: Flask, *, show_timing: bool) -> None:
    """Time and log every request of `app`; `show_timing` tells the browser too, which is not for production."""

    def start() -> None:
        g.started = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.get("request_id", ""))

    def finish(response: Response) -> Response:
        took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        queries, query_ms = g.get("queries", 0), g.get("query_seconds", 0.0) * 1000
        response.headers["X-Response-Time"] = f"{took:.1f}ms"
        if show_timing:
            response.headers["Server-Timing"] = f'total;dur={took:.1f}, db;dur={query_ms:.1f};desc="{queries} queries"'
        if not request.path.startswith(QUIET):
            log.info(
                "request",
                method=request.method,
                path=path_to_log(),
                status=response.status_code,
                ms=round(took, 1),
                queries=queries,
                query_ms=round(query_ms, 1),
            )
        return response

    app.before_request(start)
    app.after_request(finish)
