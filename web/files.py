"""Files as answers."""

from flask import Flask, Response, request

# A built file changes its name with its content.
BUILT = "/static/build/"


def install(app: Flask) -> None:
    """Let browsers keep the built files of `app` for good."""

    def keep(response: Response) -> Response:
        if request.path.startswith(BUILT) and response.status_code in (200, 304):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    app.after_request(keep)


def pdf(name: str, content: bytes) -> Response:
    """Return a PDF to be shown or saved under `name`, kept by nobody in between."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
