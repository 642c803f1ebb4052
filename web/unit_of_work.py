"""One request, one transaction: a successful unsafe request commits, any other leaves nothing behind."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import structlog
from flask import Flask, Response, g, has_request_context, request
from sqlalchemy import event

from integrations.queue import queue
from models.database import session
from models.outbox import has_recorded

log = structlog.get_logger()
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
View = TypeVar("View", bound=Callable[..., Any])


def commits(view: View) -> View:
    """Mark a view whose GET changes the shop: the bank's notification may arrive by GET."""

    @wraps(view)
    def marked(*args: Any, **kwargs: Any) -> Any:
        g.commits = True
        return view(*args, **kwargs)

    return marked  # type: ignore[return-value]


def keep_despite_refusal() -> None:
    """Commit this request's writes although it is refused: the log of failed sign-ins must stay."""
    g.keeps = True


def install(app: Flask) -> None:
    """Give every request of `app` its transaction."""
    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", _note_write)
    event.listen(engine, "handle_error", _note_error)
    app.after_request(_end_transaction)
    app.teardown_request(lambda error: session.remove())


def _end_transaction(response: Response) -> Response:
    is_write, succeeded = request.method not in SAFE_METHODS or g.get("commits", False), response.status_code < 400
    if (is_write and succeeded) or g.get("keeps", False):
        commit()
    elif succeeded and _has_only_read():
        # Nothing to keep or to undo. But after a ROLLBACK psycopg forgets the statements that it had prepared, and
        # PostgreSQL would plan all of them again for the next page.
        session.commit()
    else:
        session.rollback()
    return response


def _has_only_read() -> bool:
    return not (g.get("rolls_back", False) or session.new or session.dirty or session.deleted)


def _note_write(_connection: Any, _cursor: Any, sql: str, _values: Any, _context: Any, _many: bool) -> None:
    if has_request_context() and not sql.lstrip("( \n").startswith("SELECT"):
        g.rolls_back = True


def _note_error(_context: Any) -> None:
    if has_request_context():
        g.rolls_back = True


def commit() -> None:
    """Commit the current transaction and have what it recorded relayed."""
    recorded = has_recorded()
    session.commit()
    if recorded:
        _relay()


def _relay() -> None:
    """Ask a worker to relay the outbox now; if Redis is away the scheduler does it within a minute."""
    try:
        queue().relay_outbox()
    except ConnectionError as error:
        log.warning("outbox.relay_postponed", error=str(error))
