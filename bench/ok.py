"""The limit: a Flask application whose only page says ok."""

from flask import Flask


def create_app() -> Flask:
    """Return it; served like the shop, its requests/s are what the server and Flask allow on this machine."""
    app = Flask(__name__)

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app
