"""Visitors' sessions: in Redis, made at the first write, 7 days sliding, id rotated at sign-in (decision 23)."""

from datetime import timedelta
from typing import Any

import structlog
from flask import Flask, g, request, session
from flask_session.base import ServerSideSession
from flask_session.redis import RedisSessionInterface
from redis.exceptions import RedisError

from integrations.redis_connections import raw_redis

log = structlog.get_logger()
LIFETIME = timedelta(days=7)
COOKIE = "connect.sid"


class ResilientSessions(RedisSessionInterface):  # type: ignore[misc]  # the library ships no types
    """Sessions that are empty for a while when Redis is away: pages still show, nothing turns into a 500."""

    def _retrieve_session_data(self, store_id: str) -> dict[str, Any] | None:
        try:
            data: dict[str, Any] | None = super()._retrieve_session_data(store_id)
        except RedisError as error:
            log.warning("session.unavailable", error=str(error))
            # The visitor keeps his id, and what we could not read is not overwritten when Redis is back.
            g.sessions_away = True
            return {}
        return data

    def _delete_session(self, store_id: str) -> None:
        try:
            super()._delete_session(store_id)
        except RedisError as error:
            log.warning("session.not_deleted", error=str(error))

    def _upsert_session(self, session_lifetime: timedelta, session: ServerSideSession, store_id: str) -> None:
        if g.get("sessions_away", False):
            return
        try:
            super()._upsert_session(session_lifetime, session, store_id)
        except RedisError as error:
            log.warning("session.not_saved", error=str(error))

    def exists(self, sid: str) -> bool:
        """Say whether the session `sid` lives; a Bearer token is worth nothing without it."""
        try:
            return bool(self.client.exists(self._get_store_id(sid)))
        except RedisError:
            return False

    def end(self, sid: str) -> None:
        """End the session `sid`, wherever its owner is."""
        self._delete_session(self._get_store_id(sid))

    def rotate(self, session: ServerSideSession) -> None:
        """Give `session` a new id; the library's own `regenerate` leaves an empty session its old one."""
        self.end(session.sid)
        session.sid = self._generate_sid(self.sid_length)
        session.modified = True


def install(app: Flask, *, secure: bool) -> None:
    """Give `app` its server-side sessions."""
    app.config.update(
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LIFETIME,
    )
    app.session_interface = ResilientSessions(app, client=raw_redis(), key_prefix="session:", permanent=True)


def interface(app: Flask) -> ResilientSessions:
    """Return the session store of `app`."""
    store = app.session_interface
    assert isinstance(store, ResilientSessions)
    return store


def has_session() -> bool:
    """Say whether this visitor has a session, or gets one with this answer: only then is there something to guard."""
    return COOKIE in request.cookies or bool(session)


def rotate(app: Flask) -> None:
    """Give the current session a new id, so that one planted before sign-in is worth nothing."""
    interface(app).rotate(session)
