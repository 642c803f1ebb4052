"""The reading side: a list, a page per mail, and the same as JSON for tests."""

import re
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, render_template, request, url_for

from devstack.mailbox.store import Mail, Store

OUR_PAGES = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'"
# A mail brings its own styles and pictures; scripts and forms it must not have.
A_MAIL = (
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; "
    "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; font-src *"
)
PAGE_SIZE = 100
LARGEST_ANSWER = 500
SHOWN_IN_PLACE = ("application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp")


pages = Blueprint("mailbox", __name__)


def create_pages(store: Store) -> Flask:
    """Return the WSGI application that shows `store`."""
    app = Flask(__name__)
    app.extensions["mails"] = store
    app.register_blueprint(pages)
    return app


def mails() -> Store:
    """Return the mails whose pages are being served."""
    found: Store = current_app.extensions["mails"]
    return found


@pages.get("/")
def index() -> str:
    to = request.args.get("to", "").strip()
    return render_template("index.html", mails=mails().list(to=to, limit=PAGE_SIZE), to=to)


@pages.get("/messages.json")
def messages() -> Response:
    limit = request.args.get("limit", PAGE_SIZE, type=int)
    found = mails().list(to=request.args.get("to", "").strip(), limit=min(max(limit, 1), LARGEST_ANSWER))
    return jsonify([as_json(mail) for mail in found])


@pages.get("/messages/<int:number>")
def show(number: int) -> str:
    return render_template("show.html", mail=wanted(number))


@pages.get("/messages/<int:number>/html")
def html(number: int) -> Response:
    answer = Response(with_pictures(wanted(number)), content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = A_MAIL
    return answer


@pages.get("/messages/<int:number>/source")
def source(number: int) -> Response:
    return Response(wanted(number).source, content_type="text/plain; charset=utf-8")


@pages.get("/messages/<int:number>/attachments/<int:position>")
def attachment(number: int, position: int) -> Response:
    attachments = wanted(number).attachments
    if position >= len(attachments):
        abort(404)
    part = attachments[position]
    answer = Response(part.content, content_type=part.type)
    kind = "inline" if part.type in SHOWN_IN_PLACE else "attachment"
    answer.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(part.name)}"
    return answer


@pages.after_request
def protect(answer: Response) -> Response:
    answer.headers.setdefault("Content-Security-Policy", OUR_PAGES)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def wanted(number: int) -> Mail:
    """Return the mail with that number; 404 when there is none."""
    mail = mails().find(number)
    if mail is None:
        abort(404)
    return mail


def as_json(mail: Mail) -> dict[str, Any]:
    """Return what tests and tools read of a mail."""
    return {
        "id": mail.id,
        "from": mail.sender,
        "to": mail.recipients,
        "subject": mail.subject,
        "date": mail.received.isoformat(),
        "text": mail.text,
        "html": mail.html,
        "attachments": [
            {
                "name": part.name,
                "type": part.type,
                "size": part.size,
                "url": url_for(".attachment", number=mail.id, position=position),
            }
            for position, part in enumerate(mail.attachments)
        ],
    }


def with_pictures(mail: Mail) -> str:
    """Return the mail's HTML with its `cid:` pictures found again and its links opening elsewhere."""
    addresses = {
        part.content_id: url_for(".attachment", number=mail.id, position=position)
        for position, part in enumerate(mail.attachments)
        if part.content_id
    }
    html = re.sub(r"cid:([^\"'\s)>]+)", lambda found: addresses.get(found[1], found[0]), mail.html)
    return f'<base target="_blank">{html}'
