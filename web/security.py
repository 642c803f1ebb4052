"""What every answer carries and every unsafe request must prove: headers, CSP, CSRF, origin."""

import os
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf, validate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix
from wtforms.validators import ValidationError  # type: ignore[import-untyped]

from config import Settings
from domain.errors import Forbidden
from web.errors import answer_away, answer_refusal
from web.language import gettext as _
from web.sessions import LIFETIME, has_session
from web.unit_of_work import SAFE_METHODS


class OriginOrToken(CSRFProtect):  # type: ignore[misc]  # the library ships no types
    """A token from whoever has a session; from a stranger, whose pages are shared and hold none, our own origin.

    Another site can make a stranger's browser do nothing in his name, for he has none: what is left to guard is that it
    does not sign him in, or start a cart for him, without his knowing.
    """

    def protect(self, apply_exemptions: bool = False) -> None:
        """Check the request; raises CSRFError."""
        if has_session():
            super().protect(apply_exemptions=apply_exemptions)
            return
        if apply_exemptions and (not request.endpoint or self._is_exempt()):
            return
        if request.method not in SAFE_METHODS and not comes_from_us(current_app.config["SETTINGS"]):
            raise CSRFError("The request comes from another site, or does not say from where.")


csrf = OriginOrToken()

# Holds the token of the visitor's session, for the script of pages that are older than it.
READABLE_COOKIE = "csrf"

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
    standing = standing_headers(config)

    def number_request() -> None:
        g.request_id = request_number(request.headers.get("X-Request-ID", ""))

    def add_headers(response: Response) -> Response:
        for name, value in standing.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-ID"] = g.get("request_id", "")
        return response

    def hand_out_token(response: Response) -> Response:
        # Pages that were open before the session was made hold no token: assets/js/tokens.js puts this one in.
        if (
            (request.blueprint or "").startswith("storefront")
            and session
            and not _is_token(request.cookies.get(READABLE_COOKIE))
        ):
            response.set_cookie(
                READABLE_COOKIE,
                generate_csrf(),
                max_age=LIFETIME,
                samesite="Lax",
                secure=config.is_production,
                path="/",
            )
        return response

    app.before_request(number_request)
    app.after_request(add_headers)
    app.after_request(hand_out_token)


def _is_token(sent: str | None) -> bool:
    try:
        validate_csrf(sent)
    except ValidationError:
        return False
    return True


def standing_headers(config: Settings) -> dict[str, str]:
    """Return what every answer carries, whoever makes it."""
    headers = {**HEADERS, "Content-Security-Policy": content_security_policy(config)}
    if config.is_production:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


def request_number(sent: str) -> str:
    """Return the number that a proxy gave a request, else a new one."""
    return sent if sent.isascii() and 8 <= len(sent) <= 64 and sent.isprintable() else os.urandom(16).hex()


def content_security_policy(config: Settings) -> str:
    """Return the policy: nothing inline, nothing foreign; forms may go to the bank's page and nowhere else."""
    banks = sorted({f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in config.paybox_page_urls})
    pictures = urlsplit(config.pictures_url)
    foreign = f" {pictures.scheme}://{pictures.netloc}" if pictures.netloc else ""
    rules = {
        "default-src": "'self'",
        "img-src": f"'self' data:{foreign}",
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
    ours = {*_ours(config), *map(_origin, config.api_allowed_origins)}
    sent = request.headers.get("Origin")
    if sent is not None and _origin(sent) not in ours:
        raise Forbidden(_("Cette requête vient d'un autre site."))
    if sent is None and request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        raise Forbidden(_("Cette requête vient d'un autre site."))


def comes_from_us(config: Settings) -> bool:
    """Say whether a browser vouches that one of our own pages made this request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    sent = request.headers.get("Origin")
    return sent is not None and _origin(sent) in _ours(config)


def _ours(config: Settings) -> set[str]:
    return {_origin(config.app_url), _origin(request.host_url)}


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
