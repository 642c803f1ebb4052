"""PPPS, the server-to-server interface: refunds and inquiries (docs/payments.md)."""

from datetime import datetime
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import requests
import structlog
from urllib3.exceptions import NewConnectionError

from integrations.payments.interface import BankAnswer, RefundRequest, Settlement, TransactionState
from integrations.payments.paybox.page import CURRENCIES, plain
from integrations.payments.paybox.signature import sign_fields

log = structlog.get_logger()
REFUND, INQUIRY = "00014", "00017"
# The bank's own time-outs: the call may have been carried out.
UNKNOWN_CODES = {"00097", "00098", "00001", "00003"}
PARIS = ZoneInfo("Europe/Paris")
# STATUS of an inquiry, without accents, in lower case.
STATES = {
    "autorise": TransactionState.AUTHORISED,
    "capture": TransactionState.CAPTURED,
    "rembourse": TransactionState.REFUNDED,
    "annule": TransactionState.CANCELLED,
    "refuse": TransactionState.REFUSED,
}


def question_fields(
    kind: str, request: RefundRequest, *, site: str, rang: str, identifiant: str
) -> list[tuple[str, str]]:
    """Return the unsigned fields of one call."""
    return [
        ("VERSION", "00104"),
        ("TYPE", kind),
        ("SITE", site),
        ("RANG", rang),
        ("IDENTIFIANT", identifiant),
        ("NUMQUESTION", f"{request.question_number:010d}"),
        ("MONTANT", f"{request.amount_cents:010d}"),
        ("DEVISE", CURRENCIES[request.currency]),
        ("REFERENCE", request.reference),
        ("NUMAPPEL", request.call_number),
        ("NUMTRANS", request.transaction_number),
        ("DATEQ", _paris(request.at)),
        ("ACTIVITE", "024"),
        ("HASH", "SHA512"),
    ]


def ask(urls: list[str], fields: list[tuple[str, str]], key: str, timeout: float) -> BankAnswer:
    """Post one call; the spare address is tried only when the first one could not be reached at all."""
    signed = [*fields, ("HMAC", sign_fields(fields, key))]
    asked = dict(fields)
    for url in urls:
        try:
            reply = requests.post(url, data=signed, timeout=(timeout, timeout * 4))
            reply.raise_for_status()
        except requests.ConnectionError as error:
            if not _never_left(error):
                return BankAnswer(Settlement.UNKNOWN, "", str(error)[:150])
            log.warning("paybox.unreachable", url=url, error=str(error))
            continue
        except requests.RequestException as error:
            log.warning("paybox.no_answer", url=url, error=str(error))
            # Whether the bank acted on it is not known: only an inquiry can tell.
            return BankAnswer(Settlement.UNKNOWN, "", str(error)[:150])
        return read_answer(reply.content, asked)
    return BankAnswer(Settlement.NOT_SENT, "", "no address of the bank could be reached")


def _never_left(error: requests.ConnectionError) -> bool:
    """Say whether no connection was made at all: refused, no such host, no route, or timed out while connecting."""
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", None)
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)


def read_answer(content: bytes, asked: dict[str, str]) -> BankAnswer:
    """Return what `k=v&…` in ISO-8859-1 says; an answer that does not echo the question is unknown."""
    answer = dict(parse_qsl(content.decode("iso-8859-1"), keep_blank_values=True, encoding="iso-8859-1"))
    code = answer.get("CODEREPONSE", "")
    echoed = all(
        answer.get(name, "").lstrip("0") == asked[name].lstrip("0") for name in ("SITE", "RANG", "NUMQUESTION")
    )
    if not echoed or not code or code in UNKNOWN_CODES:
        settlement = Settlement.UNKNOWN
    else:
        settlement = Settlement.DONE if code == "00000" else Settlement.REFUSED
    return BankAnswer(
        settlement,
        code,
        answer.get("COMMENTAIRE", "")[:150],
        transaction_number=answer.get("NUMTRANS", ""),
        call_number=answer.get("NUMAPPEL", ""),
        authorisation=answer.get("AUTORISATION", ""),
        state=STATES.get(plain(answer.get("STATUS", ""), 20).lower(), TransactionState.UNKNOWN),
    )


def _paris(at: datetime) -> str:
    return at.astimezone(PARIS).strftime("%d%m%Y%H%M%S")
