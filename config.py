"""The shop's settings: read once from the environment, frozen, secrets do not print."""

from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# Refused in production; development and tests may use it.
DEVELOPMENT_SECRET = "development-only-secret-key-not-for-production"  # noqa: S105 - known to everybody on purpose
# Where Paybox lets merchants rehearse: nothing is ever collected there.
_REHEARSAL_HOSTS = ("preprod", "recette")


class Settings(BaseSettings):
    """Everything an operator can set; `.env.example` lists the same names (a test compares them)."""

    model_config = SettingsConfigDict(env_file=".env", frozen=True, extra="ignore")

    # The process
    app_env: Literal["development", "test", "production"] = "development"
    secret_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    host: str = "127.0.0.1"
    port: int = 8000
    web_workers: int = 2
    web_threads: int = 4
    app_url: str = "http://127.0.0.1:8000"
    api_allowed_origins: list[str] = []
    trusted_proxies: int = 0
    log_level: str = "INFO"
    data_dir: Path = Path(".data")
    import_max_megabytes: int = Field(default=200, ge=1, le=4000)

    # The services it stands on
    database_url: SecretStr = SecretStr("postgresql+psycopg://atelier@127.0.0.1:5432/atelier")
    database_pool_size: int = 8
    statement_timeout_ms: int = 5000
    redis_url: SecretStr = SecretStr("redis://127.0.0.1:6379/0")
    cache_redis_url: SecretStr = SecretStr("redis://127.0.0.1:6379/1")
    cache_prefix: str = "atelier:"
    page_cache: bool = True
    meilisearch_url: str = ""
    meilisearch_key: SecretStr = SecretStr("")
    search_timeout_seconds: float = 2.0

    # Mail
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_username: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool = False
    smtp_timeout_seconds: float = 10.0
    mail_from: str = "Atelier <commandes@atelier.invalid>"
    mail_alerts_to: str = ""

    # Paybox (facts: docs/payments.md). The contract's own values; nothing here has a usable default.
    paybox_site: str = "1999888"
    paybox_rang: str = "32"
    paybox_identifiant: str = "107904482"
    paybox_hmac_key: SecretStr = SecretStr("")
    paybox_page_urls: list[str] = ["https://preprod-tpeweb.paybox.com/cgi/MYchoix_pagepaiement.cgi"]
    paybox_server_urls: list[str] = ["https://preprod-ppps.paybox.com/PPPS.php"]
    paybox_public_keys: list[Path] = []
    paybox_ipn_hmac_key: SecretStr = SecretStr("")
    paybox_accept_test_authorisations: bool = False
    paybox_timeout_seconds: float = 5.0

    # Selling
    currency: Literal["EUR"] = "EUR"
    stock_mode: Literal["TRACKED", "UNLIMITED"] = "TRACKED"
    payment_minutes: int = Field(default=30, ge=1)
    free_shipping_from_cents: int = 100_00
    free_shipping_zones: list[str] = ["FR_METRO", "EU"]
    payment_min_cents: int = 1_00
    payment_max_cents: int = 10_000_00
    return_days: int = 14
    dispatch_cutoff_hour: int = 15
    # Where the pictures of products are served, without a slash at the end; empty: nowhere, pages show drawings.
    pictures_url: str = ""

    # Limits: requests per period, as Flask-Limiter reads them
    limit_public: str = "600/minute"
    limit_search: str = "120/minute"
    limit_cart: str = "100/minute"
    limit_payment: str = "10/minute"
    limit_login: str = "30/15minutes"
    login_failures: int = 5
    login_failure_minutes: int = 15

    @property
    def is_production(self) -> bool:
        return self.app_env == "production"

    @model_validator(mode="after")
    def production_is_safe(self) -> "Settings":
        """Refuse to start in production with development secrets, addresses or a bank that only rehearses."""
        if not self.is_production:
            return self
        secret = self.secret_key.get_secret_value()
        if secret == DEVELOPMENT_SECRET or len(secret) < 32:
            raise ValueError("SECRET_KEY must be set to at least 32 random characters in production")
        if self.paybox_accept_test_authorisations:
            raise ValueError("PAYBOX_ACCEPT_TEST_AUTHORISATIONS must be off in production")
        if not self.paybox_hmac_key.get_secret_value():
            raise ValueError("PAYBOX_HMAC_KEY must be set in production")
        if not (self.paybox_public_keys or self.paybox_ipn_hmac_key.get_secret_value()):
            raise ValueError("PAYBOX_PUBLIC_KEYS must name Paybox's PEM files in production")
        if not _is_public_https(self.app_url):
            raise ValueError("APP_URL must be the https address that shoppers see in production")
        for name, urls in (
            ("PAYBOX_PAGE_URLS", self.paybox_page_urls),
            ("PAYBOX_SERVER_URLS", self.paybox_server_urls),
        ):
            if not urls or not all(_is_public_https(url) and not _is_rehearsal(url) for url in urls):
                raise ValueError(f"{name} must be https addresses of Paybox's real platform in production")
        return self


def _is_public_https(url: str) -> bool:
    """Say whether others than this machine can reach an address, and nobody can listen in."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    is_loopback = host in ("localhost", "::1") or host.endswith(".localhost") or host.startswith(("127.", "0."))
    return parts.scheme == "https" and host != "" and not is_loopback


def _is_rehearsal(url: str) -> bool:
    return any(word in (urlsplit(url).hostname or "") for word in _REHEARSAL_HOSTS)


@cache
def settings() -> Settings:
    """Return the process's settings, read from the environment at the first call."""
    return Settings()
