"""Files as answers."""

from flask import Response


def pdf(name: str, content: bytes) -> Response:
    """Return a PDF to be shown or saved under `name`, kept by nobody in between."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
