"""Refusals become answers: a page for a person, an envelope for a machine; each door picks its way once."""

from datetime import UTC, datetime
from typing import Any

import structlog
from flask import Blueprint, Flask, Response, g, jsonify, redirect, render_template, request, url_for
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from domain.errors import Conflict, NotAuthenticated, ShopError, TooManyAttempts
from web.language import gettext as _
from web.observability import path_to_log
from web.pages import wants_fragment

log = structlog.get_logger()
PAGES = {400, 401, 403, 404, 405, 410, 413, 422, 429, 500, 503}
CODES = {
    400: "VALIDATION_ERROR",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    409: "CONFLICT",
    410: "GONE",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    422: "UNPROCESSABLE_ENTITY",
    429: "RATE_LIMIT_EXCEEDED",
    503: "SERVICE_UNAVAILABLE",
}


def install(app: Flask) -> None:
    """Answer for what no door has caught: unknown addresses, and faults, which are logged."""
    app.register_error_handler(ShopError, answer_refusal)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(StaleDataError, lambda error: answer_refusal(_changed_meanwhile()))
    app.register_error_handler(ConnectionError, answer_away)
    app.register_error_handler(OperationalError, answer_away)
    app.register_error_handler(Exception, _answer_fault)


def signs_in_at(door: Blueprint, endpoint: str) -> None:
    """Send a person who must sign in first to `endpoint`, and back afterwards."""

    def ask_who(error: NotAuthenticated) -> Response | tuple[str, int]:
        if wants_fragment():
            response = Response(status=204)
            response.headers["HX-Redirect"] = url_for(endpoint)
            return response
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for(endpoint, suite=wanted), 303)  # type: ignore[return-value]

    door.register_error_handler(NotAuthenticated, ask_who)


def speaks_json() -> bool:
    """Say whether the answer must be JSON."""
    if request.path.startswith("/api/") or "api" in request.blueprints:
        return True
    accepts = request.accept_mimetypes
    return accepts.best_match(["text/html", "application/json"]) == "application/json" and not wants_fragment()


def error_page(status: int, message: str, **context: Any) -> tuple[str, int]:
    """Render the error page of `status` with a sentence that may be shown."""
    name = status if status in PAGES else (500 if status >= 500 else 400)
    return render_template(f"errors/{name}.html", message=message, suggestions=[], **context), status


def error_envelope(status: int, code: str, message: str, details: Any = None) -> Response:
    """Return the JSON of a refusal as spec/00-conventions.md defines it."""
    response = jsonify(
        success=False,
        error={"code": code, "message": message, "details": details or {}},
        meta={"timestamp": datetime.now(UTC).isoformat(), "version": "1.0.0", "requestId": g.get("request_id", "")},
    )
    response.status_code = status
    return response


def answer_refusal(error: ShopError) -> Response | tuple[str, int]:
    """Answer a refusal that no view showed in its form."""
    if speaks_json():
        details = {**error.details, **({"field": error.field} if error.field else {})}
        answer = error_envelope(error.status, error.code, error.message, details)
    else:
        answer = Response(*error_page(error.status, error.message), mimetype="text/html")
    if isinstance(error, TooManyAttempts):
        answer.headers["Retry-After"] = str(error.details.get("retry_after", 60))
    return answer


def _answer_http(error: HTTPException) -> Response | tuple[str, int]:
    status = error.code or 500
    if status < 400:
        return error.get_response()  # type: ignore[return-value]
    message = _MESSAGES.get(status, _MESSAGES[500])()
    if speaks_json():
        return error_envelope(status, CODES.get(status, "INTERNAL_ERROR"), message)
    return error_page(status, message)


def answer_away(error: Exception) -> Response | tuple[str, int]:
    """Answer that a server of ours does not answer just now, and that nothing is lost."""
    log.error("service.away", error=str(error), path=path_to_log())
    message = _MESSAGES[503]()
    answer = (
        error_envelope(503, CODES[503], message)
        if speaks_json()
        else Response(*error_page(503, message), mimetype="text/html")
    )
    answer.headers["Retry-After"] = "10"
    return answer


def _answer_fault(error: Exception) -> Response | tuple[str, int]:
    log.exception("request.fault", path=path_to_log(), method=request.method)
    message = _MESSAGES[500]()
    if speaks_json():
        return error_envelope(500, "INTERNAL_ERROR", message)
    return error_page(500, message)


def _changed_meanwhile() -> Conflict:
    return Conflict(_("Quelqu'un d'autre a modifié cet élément entre-temps. Rechargez la page et recommencez."))


_MESSAGES = {
    400: lambda: _("La demande est incomplète ou mal formée."),
    401: lambda: _("Connectez-vous pour continuer."),
    403: lambda: _("Vous n'avez pas accès à cette page."),
    404: lambda: _("Cette page n'existe pas ou plus."),
    405: lambda: _("Cette action n'existe pas à cette adresse."),
    410: lambda: _("Cette page a été retirée."),
    413: lambda: _("L'envoi est trop volumineux."),
    415: lambda: _("Ce format d'envoi n'est pas accepté."),
    422: lambda: _("La demande ne peut pas être traitée."),
    429: lambda: _("Trop de requêtes en peu de temps. Réessayez dans un instant."),
    500: lambda: _("Une erreur est survenue de notre côté. Elle est enregistrée ; réessayez dans un instant."),
    503: lambda: _("Le service est momentanément indisponible. Rien n'a été perdu ; réessayez dans un instant."),
}
