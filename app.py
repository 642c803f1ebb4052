"""Puts the shop together: settings, plumbing, doors, reactions."""

from flask import Flask

import api
import backoffice
import commands
import storefront
from config import Settings, settings
from models import database
from services.cache import purge_what_is_spoiled
from web import (
    addresses,
    auth,
    errors,
    files,
    kept_parts,
    limits,
    observability,
    page_cache,
    page_heads,
    rendering,
    security,
    sessions,
    structured_data,
    templating,
    unit_of_work,
    uploads,
    visitor,
    visitor_parts,
)


def create_app(config: Settings | None = None) -> Flask:
    """Return the shop as a WSGI application, connected to the servers that its settings name."""
    config = config or settings()
    observability.configure_logging(config.log_level, as_json=config.is_production)
    app = Flask(__name__)
    app.config.update(SECRET_KEY=config.secret_key.get_secret_value(), SETTINGS=config)
    app.url_map.strict_slashes = False
    rendering.install(app)
    addresses.install(app)

    engine = database.connect(
        config.database_url.get_secret_value(),
        pool_size=config.database_pool_size,
        statement_timeout_ms=config.statement_timeout_ms,
        # An error of the database is logged: without the addresses and names it was about.
        hide_parameters=config.is_production,
    )
    app.extensions["engine"] = engine
    purge_what_is_spoiled()

    # Order matters: hooks before a request run in this order, hooks after it in reverse.
    # Who may send a large file is asked before the token in its form is read.
    uploads.install(app, config)
    security.install(app, config)
    observability.count_queries(engine)
    observability.install(app, show_timing=not config.is_production)
    unit_of_work.install(app)
    sessions.install(app, secure=config.is_production)
    auth.install(app)
    limits.install(app, config)
    templating.install(app)
    visitor.install(app)
    visitor_parts.install(app)
    kept_parts.install(app)
    page_heads.install(app)
    structured_data.install(app)
    errors.install(app)
    files.install(app)

    for door in (storefront.door, backoffice.door, api.door):
        app.register_blueprint(door)
    commands.install(app)
    page_cache.install(app, config)
    return app
