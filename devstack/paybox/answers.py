"""What the bank says of an attempt: the fields the shop asked for in PBX_RETOUR, signed."""

from urllib.parse import quote
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import rsa

from devstack.paybox.keys import sign
from devstack.paybox.ledger import APPROVED, Operation

PARIS = ZoneInfo("Europe/Paris")
SIGNATURE = "K"


def facts(payment: Operation) -> dict[str, str]:
    """Return the value of each letter of PBX_RETOUR that the bank knows for this attempt."""
    approved = payment.code == APPROVED
    moment = payment.created.astimezone(PARIS)
    return {
        "M": str(payment.amount),
        "R": payment.reference,
        "T": payment.call_number,
        "S": payment.transaction_number,
        "E": payment.code,
        "A": payment.authorisation if approved else "",
        "C": "CB",
        "N": "111122",
        "J": "44",
        "D": "3012",
        "Y": "FRA",
        "I": "FRA",
        "F": "Y" if approved else "N",
        "G": "O" if approved else "N",
        "O": "Y",
        "P": "CARTE",
        "W": f"{moment:%d%m%Y}",
        "Q": f"{moment:%H:%M:%S}",
    }


def signed_query(wanted: str, values: dict[str, str], key: rsa.RSAPrivateKey, *, before: str = "") -> str:
    """Return `name=value&…` for a PBX_RETOUR, the signature covering all that stands before it.

    A value the bank does not have is left out. `before` is a query already on the address: on a browser return
    the signature covers it too.
    """
    pieces = [before] if before else []
    for item in filter(None, wanted.split(";")):
        name, letter = item.split(":")
        value = sign("&".join(pieces).encode(), key) if letter == SIGNATURE else values.get(letter, "")
        if value:
            pieces.append(f"{name}={quote(value, safe='')}")
    return "&".join(pieces)


def browser_return(address: str, wanted: str, values: dict[str, str], key: rsa.RSAPrivateKey) -> str:
    """Return the address a browser is sent back to, with the signed answer as its query."""
    path, _, query = address.partition("?")
    return f"{path}?{signed_query(wanted, values, key, before=query)}"
