"""The bank's web side: hosted page, card and 3-D Secure forms, PPPS, availability probe, the books."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, render_template, request, url_for

from devstack.paybox import ppps
from devstack.paybox.card import Card
from devstack.paybox.forms import CURRENCIES, STANDIN, Contract, is_known, is_sealed, mistakes, read_form
from devstack.paybox.ledger import Ledger, Visit
from devstack.paybox.notifier import Notifier
from devstack.paybox.stories import OUTCOMES, REFUSALS, Choice, Stories

PAGE_PATH = "/cgi/MYchoix_pagepaiement.cgi"
SERVER_PATH = "/PPPS.php"
LARGEST_FORM = 64 * 1024
FAILED_AUTHENTICATION = "00040"
# Without `form-action`, which browsers would hold against the redirect back to the shop.
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"

pages = Blueprint("bank", __name__)


@dataclass(frozen=True)
class Bank:
    """What the pages stand on."""

    contract: Contract
    ledger: Ledger
    stories: Stories


def create_bank(directory: Path, contract: Contract, *, notifier: Notifier | None = None) -> Flask:
    """Return the WSGI application of a bank that keeps its keys and books in `directory`."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    ledger = Ledger(directory / "bank.sqlite3")
    app.extensions["bank"] = Bank(contract, ledger, Stories(ledger, directory, notifier or Notifier()))
    app.register_blueprint(pages)
    return app


def bank() -> Bank:
    """Return the bank whose page is being served."""
    found: Bank = current_app.extensions["bank"]
    return found


@pages.get("/")
def index() -> str:
    return render_template("index.html", operations=bank().ledger.list_operations(), page_path=PAGE_PATH)


@pages.get("/load.html")
def load() -> str:
    return '<html><body><div id="server_status" style="text-align:center;">OK</div></body></html>'


@pages.post(PAGE_PATH)
def receive() -> Response:
    fields = read_or_refuse()
    contract = bank().contract
    sealed = is_sealed(fields, contract, seal_field="PBX_HMAC", hash_field="PBX_HASH")
    if not sealed or not is_known(dict(fields), contract, prefix="PBX_"):
        return refused_entry(["Problème d'identification du commerce. Accès refusé !"], 403)
    if wrong := mistakes([(name, value) for name, value in fields if not name.startswith(STANDIN)]):
        return refused_entry(wrong, 400)
    try:
        choice = Choice.read(dict(fields))
    except ValueError as error:
        return refused_entry([str(error)], 400)
    visit = bank().ledger.open_visit(fields)
    if "STANDIN_OUTCOME" in dict(fields) or bank().ledger.is_paid(contract.site, visit.reference):
        return finish(visit, choice)
    return to(url_for(".card_form", token=visit.token))


@pages.get("/cgi/paiement/<token>")
def card_form(token: str) -> str:
    return card_page(open_visit(token), Card({}))


@pages.post("/cgi/paiement/<token>")
def card(token: str) -> Response:
    visit = open_visit(token)
    typed = Card(request.form)
    if typed.mistakes:
        return Response(card_page(visit, typed), 422)
    bank().ledger.choose_story(token, {key: value for key, value in request.form.items() if key.startswith(STANDIN)})
    return to(url_for(".authentication_form", token=token))


@pages.post("/cgi/paiement/<token>/abandon")
def cancel(token: str) -> Response:
    return finish(open_visit(token), Choice("cancel"))


@pages.get("/cgi/paiement/<token>/3ds")
def authentication_form(token: str) -> str:
    return render_template("authentication.html", visit=open_visit(token), amount=amount_of)


@pages.post("/cgi/paiement/<token>/3ds")
def authenticate(token: str) -> Response:
    visit = open_visit(token)
    if request.form.get("result") != "ok":
        return finish(visit, Choice("refuse", code=FAILED_AUTHENTICATION))
    return finish(visit, Choice.read(visit.story))


@pages.post(SERVER_PATH)
def server_to_server() -> Response:
    text = ppps.answer(read_or_refuse(), contract=bank().contract, ledger=bank().ledger, at=datetime.now(UTC))
    return Response(text.encode("iso-8859-1", "replace"), content_type="text/plain; charset=ISO-8859-1")


@pages.after_request
def protect(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def read_or_refuse() -> list[tuple[str, str]]:
    """Return the posted fields in their order; 400 when the body is not a form."""
    try:
        return read_form(request.get_data())
    except ValueError:
        abort(400)


def open_visit(token: str) -> Visit:
    """Return a visit that is still under way; 404 or 410 otherwise."""
    visit = bank().ledger.find_visit(token)
    if visit is None:
        abort(404)
    if visit.closed:
        abort(ended(visit, 410))
    return visit


def finish(visit: Visit, choice: Choice) -> Response:
    """Play the story, once, and send the browser back to the shop."""
    if not bank().ledger.close_visit(visit.token):
        return ended(visit, 410)
    address = bank().stories.play(visit, choice)
    return to(address) if address else ended(visit, 200)


def to(address: str) -> Response:
    """Answer "see other", as after any form."""
    return Response(status=303, headers={"Location": address})


def ended(visit: Visit, status: int) -> Response:
    return Response(render_template("ended.html", visit=visit), status)


def refused_entry(reasons: list[str], status: int) -> Response:
    return Response(render_template("refused_entry.html", reasons=reasons), status)


def card_page(visit: Visit, card: Card) -> str:
    return render_template("card.html", visit=visit, card=card, amount=amount_of, outcomes=OUTCOMES, refusals=REFUSALS)


def amount_of(visit: Visit) -> str:
    """Return the amount to pay as French readers write it."""
    euros, cents = divmod(visit.amount, 100)
    grouped = f"{euros:,}".replace(",", "\u202f")
    return f"{grouped},{cents:02d}\u00a0{CURRENCIES[visit.fields['PBX_DEVISE']]}"
