"""What every answer carries and every unsafe request must prove: headers, CSP, CSRF, origin."""

import uuid
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from domain.errors import Forbidden
from web.errors import answer_away, answer_refusal
from web.language import gettext as _
from web.unit_of_work import SAFE_METHODS

csrf = CSRFProtect()

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def install(app: Flask, config: Settings) -> None:
    """Give `app` its headers, its CSRF protection and its view of proxies."""
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False, MAX_CONTENT_LENGTH=10 * 1024 * 1024)
    csrf.init_app(app)
    app.register_error_handler(CSRFError, _stale_form)
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    policy = content_security_policy(config)

    def number_request() -> None:
        sent = request.headers.get("X-Request-ID", "")
        g.request_id = sent if sent.isascii() and 8 <= len(sent) <= 64 and sent.isprintable() else uuid.uuid4().hex

    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers["X-Request-ID"] = g.get("request_id", "")
        if config.is_production:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response

    app.before_request(number_request)
    app.after_request(add_headers)


def content_security_policy(config: Settings) -> str:
    """Return the policy: nothing inline, nothing foreign; forms may go to the bank's page and nowhere else."""
    banks = sorted({f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in config.paybox_page_urls})
    rules = {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "frame-src": "'none'",
        "frame-ancestors": "'self'",
        "base-uri": "'self'",
        "form-action": " ".join(["'self'", *banks]),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def refuse_foreign_origin(config: Settings) -> None:
    """Refuse an unsafe JSON request that another site's page made the browser send with our cookie (decision 23)."""
    if request.method in SAFE_METHODS:
        return
    ours = {_origin(config.app_url), _origin(request.host_url), *map(_origin, config.api_allowed_origins)}
    sent = request.headers.get("Origin")
    if sent is not None and _origin(sent) not in ours:
        raise Forbidden(_("Cette requête vient d'un autre site."))
    if sent is None and request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        raise Forbidden(_("Cette requête vient d'un autre site."))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _stale_form(error: CSRFError) -> Response | tuple[str, int]:
    # Answered here, not raised: what an error handler raises is taken for a fault.
    if g.get("sessions_away", False):
        return answer_away(error)
    return answer_refusal(
        Forbidden(_("Votre page avait expiré : rechargez-la et recommencez. Rien n'a été enregistré."))
    )
