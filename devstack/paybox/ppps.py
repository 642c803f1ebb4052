"""The server-to-server side (PPPS): capture, cancel, refund, inquiry. Answers `k=v&k=v` in ISO-8859-1."""

import re
from datetime import datetime

from devstack.paybox.answers import PARIS
from devstack.paybox.forms import Contract, Fields, is_known, is_sealed
from devstack.paybox.ledger import AUTHORISED, CANCELLED, CAPTURED, Ledger, Operation

CAPTURE, CANCEL, REFUND, INQUIRY = "00002", "00005", "00014", "00017"
DONE = "Demande traitée avec succès"
RULES = {
    "VERSION": r"00104",
    "TYPE": r"\d{5}",
    "NUMQUESTION": r"\d{10}",
    "MONTANT": r"\d{10}",
    "DEVISE": r"\d{3}",
    "REFERENCE": r".{1,250}",
    "NUMAPPEL": r"\d{10}",
    "NUMTRANS": r"\d{10}",
    "DATEQ": r"\d{14}",
    "ACTIVITE": r"\d{3}",
}
# An inquiry may know no more than the reference: that is what it is for when a notification never came.
NOT_FOR_INQUIRY = ("MONTANT", "NUMAPPEL", "NUMTRANS", "ACTIVITE")


class Refusal(Exception):
    """A request the bank does not carry out: a CODEREPONSE and its comment."""

    def __init__(self, code: str, comment: str) -> None:
        super().__init__(code, comment)
        self.code = code
        self.comment = comment


def answer(fields: Fields, *, contract: Contract, ledger: Ledger, at: datetime) -> str:
    """Carry out one PPPS request and return the answer's text."""
    values = dict(fields)
    try:
        check(fields, contract, ledger, at)
        payment, extra = carry_out(values, ledger)
    except Refusal as refusal:
        return reply(values, None, code=refusal.code, comment=refusal.comment)
    return reply(values, payment, code="00000", comment=DONE, extra=extra)


def check(fields: Fields, contract: Contract, ledger: Ledger, at: datetime) -> None:
    """Raise Refusal unless the request is well formed, sealed by the shop and asked for the first time."""
    values = dict(fields)
    if not is_known(values, contract, prefix="") or not is_sealed(
        fields, contract, seal_field="HMAC", hash_field="HASH"
    ):
        raise Refusal("00006", "Accès refusé")
    for name, pattern in RULES.items():
        optional = values.get("TYPE") == INQUIRY and name in NOT_FOR_INQUIRY
        if not (optional and name not in values) and not re.fullmatch(pattern, values.get(name, "")):
            raise Refusal("00014", f"Trame incohérente : {name}")
    if not ledger.ask(contract.site, f"{at.astimezone(PARIS):%Y-%m-%d}", values["NUMQUESTION"]):
        raise Refusal("00005", "Numéro de question déjà utilisé aujourd'hui")


def carry_out(values: dict[str, str], ledger: Ledger) -> tuple[Operation, str]:
    """Do what is asked; return the operation to name in the answer and what follows it."""
    payment = ledger.find_payment(
        site=values["SITE"], transaction=values.get("NUMTRANS", ""), reference=values["REFERENCE"]
    )
    if payment is None or payment.reference != values["REFERENCE"]:
        raise Refusal("00018", "Transaction non trouvée")
    if payment.currency != values["DEVISE"]:
        raise Refusal("00010", "Devise incorrecte")
    amount = int(values.get("MONTANT", "0"))
    if values["TYPE"] == INQUIRY:
        if amount not in (0, payment.amount):
            raise Refusal("00011", "Montant incorrect")
        return payment, f"&STATUS={payment.status}"
    if values["NUMAPPEL"] != payment.call_number or values["NUMTRANS"] != payment.transaction_number:
        raise Refusal("00018", "Transaction non trouvée")
    if values["TYPE"] == REFUND:
        return refund(payment, amount, ledger), ""
    if values["TYPE"] == CANCEL:
        move(payment, ledger, to=CANCELLED, allowed=(AUTHORISED, CAPTURED))
    elif values["TYPE"] == CAPTURE:
        if amount != payment.amount:
            raise Refusal("00011", "Montant incorrect")
        move(payment, ledger, to=CAPTURED, allowed=(AUTHORISED,))
    else:
        raise Refusal("00009", "Type d'opération invalide")
    return payment, ""


def refund(payment: Operation, amount: int, ledger: Ledger) -> Operation:
    """Refund part or all of a payment, never more than is left of it."""
    booked = ledger.refund(payment, amount) if amount > 0 else None
    if booked is None:
        raise Refusal("00011", "Montant incorrect")
    return booked


def move(payment: Operation, ledger: Ledger, *, to: str, allowed: tuple[str, ...]) -> None:
    """Change a payment's status if its present one allows it."""
    if not ledger.move(payment, to=to, allowed=allowed):
        raise Refusal("00002", f"Opération impossible : transaction {payment.status.lower()}")


def reply(values: dict[str, str], payment: Operation | None, *, code: str, comment: str, extra: str = "") -> str:
    """Return the answer, echoing SITE, RANG and NUMQUESTION."""
    return (
        f"NUMTRANS={payment.transaction_number if payment else '0000000000'}"
        f"&NUMAPPEL={payment.call_number if payment else '0000000000'}"
        f"&NUMQUESTION={values.get('NUMQUESTION', '')}&SITE={values.get('SITE', '')}&RANG={values.get('RANG', '')}"
        f"&AUTORISATION={payment.authorisation if payment else ''}&CODEREPONSE={code}&COMMENTAIRE={comment}"
        f"&REFABONNE=&PORTEUR={extra}"
    )
