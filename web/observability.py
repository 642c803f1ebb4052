"""One structured line per request, and how long it took."""

import logging
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()
QUIET = ("/static/", "/health", "/metrics")


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


def install(app: Flask) -> None:
    """Time and log every request of `app`."""

    def start() -> None:
        g.started = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.get("request_id", ""))

    def finish(response: Response) -> Response:
        took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        response.headers["X-Response-Time"] = f"{took:.1f}ms"
        if not request.path.startswith(QUIET):
            log.info(
                "request", method=request.method, path=request.path, status=response.status_code, ms=round(took, 1)
            )
        return response

    app.before_request(start)
    app.after_request(finish)
