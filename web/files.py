"""Files as answers."""

from pathlib import Path

from flask import Flask, Response, request, send_file

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


def csv_file(path: Path, name: str) -> Response:
    """Return a CSV file from disk to be saved under `name`, streamed, kept by nobody in between."""
    response = send_file(path, mimetype="text/csv", as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
