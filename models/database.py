"""The connection to PostgreSQL: one engine, one session per thread, one declarative base."""

import select
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Engine, Identity, MetaData, create_engine, event, text
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, scoped_session, sessionmaker

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Column types that mean the same everywhere.
Id = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
LegacyId = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
CreatedAt = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=text("now()"))]
Cents = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    """The root of every table; constraint names are stable so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)

    def __repr__(self) -> str:
        identity = getattr(self, "number", None) or getattr(self, "id", None)
        return f"<{type(self).__name__} {identity}>"


_sessions = sessionmaker(expire_on_commit=False)
session: scoped_session[Session] = scoped_session(_sessions)


def connect(url: str, *, pool_size: int = 8, statement_timeout_ms: int = 5000, **options: Any) -> Engine:
    """Open an engine on `url` and bind every later session to it."""
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": 5,
            "options": f"-c statement_timeout={statement_timeout_ms} -c lock_timeout={statement_timeout_ms}"
            " -c idle_in_transaction_session_timeout=60000 -c timezone=UTC",
        },
        **options,
    )
    event.listen(engine, "checkout", _refuse_dead)
    session.remove()
    _sessions.configure(bind=engine)
    return engine


def _refuse_dead(connection: Any, _record: Any, _proxy: Any) -> None:
    """Have the pool begin anew when the server has hung up: an idle connection has nothing to read but its end.

    As sure as asking « SELECT 1 » before every request, without the question.
    """
    if connection.closed or _has_something_to_read(connection.fileno()):
        raise InvalidatePoolError


def _has_something_to_read(descriptor: int) -> bool:
    watch = select.poll()
    watch.register(descriptor, select.POLLIN)
    return bool(watch.poll(0))


def wait_for_locks() -> None:
    """Let the rest of this transaction wait 15 s for rows that others hold, rather than as long as a page may."""
    # An import of 100,000 rows holds its own for some ten seconds: who buys one of these is served late, not refused.
    session.execute(
        text("SELECT set_config('lock_timeout', '15s', true), set_config('statement_timeout', '15s', true)")
    )


def utc_now() -> datetime:
    """Return the current aware UTC time; services take `at=` so that tests need no patched clock."""
    return datetime.now(UTC)


Clock = Callable[[], datetime]
__all__ = [
    "Base",
    "Cents",
    "Clock",
    "CreatedAt",
    "Id",
    "LegacyId",
    "Moment",
    "connect",
    "session",
    "utc_now",
    "wait_for_locks",
]
