"""The stories a payment can live through: what the bank books, what it tells the shop, where the browser goes.

One method per story, named as in `STANDIN_OUTCOME`.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa

from devstack.paybox.answers import browser_return, facts, signed_query
from devstack.paybox.keys import forgers_key, private_key
from devstack.paybox.ledger import APPROVED, REFUSED, Ledger, Operation, Visit
from devstack.paybox.notifier import Notification, Notifier

TEST_AUTHORISATION = "XXXXXX"
CANCELLED_BY_SHOPPER = "00001"
DEFAULT_REFUSAL = "00151"
DEFAULT_DELAY_SECONDS = 3.0
LONGEST_DELAY_SECONDS = 300.0

OUTCOMES = {
    "accept": "Accepter",
    "refuse": "Refuser",
    "cancel": "Abandonner",
    "refuse-then-accept": "Refuser, puis accepter",
    "late": "Accepter, notification tardive",
    "duplicate": "Accepter, notification en double",
    "forged": "Notification falsifiée, rien n'est payé",
    "wrong-amount": "Accepter pour un autre montant",
}

# What staff and shoppers read on the card page, in French, beside the code the shop receives.
REFUSALS = {
    "00151": "provision insuffisante",
    "00105": "ne pas honorer",
    "00114": "numéro de porteur invalide",
    "00133": "carte expirée",
    "00159": "suspicion de fraude",
    "00001": "centre d'autorisation injoignable",
    "00004": "numéro de carte ou cryptogramme",
    "00008": "date de validité",
    "00021": "carte non autorisée",
    "00030": "délai de la page dépassé",
    "00040": "3-D Secure non authentifié",
}


@dataclass(frozen=True)
class Choice:
    """Which story to play, and its particulars."""

    outcome: str = "accept"
    code: str = DEFAULT_REFUSAL
    delay_seconds: float = DEFAULT_DELAY_SECONDS
    authorisation: str = TEST_AUTHORISATION

    @classmethod
    def read(cls, fields: dict[str, str]) -> "Choice":
        """Read the `STANDIN_*` fields; ValueError names the one that is wrong."""
        outcome = fields.get("STANDIN_OUTCOME", "accept")
        if outcome not in OUTCOMES:
            raise ValueError(f"STANDIN_OUTCOME : {', '.join(OUTCOMES)}")
        code = fields.get("STANDIN_CODE") or DEFAULT_REFUSAL
        if not (len(code) == 5 and code.isdigit() and code != APPROVED):
            raise ValueError("STANDIN_CODE : cinq chiffres, autre que 00000")
        try:
            delay = float(fields.get("STANDIN_DELAY") or DEFAULT_DELAY_SECONDS)
        except ValueError:
            delay = -1
        if not 0 <= delay <= LONGEST_DELAY_SECONDS:
            raise ValueError(f"STANDIN_DELAY : de 0 à {LONGEST_DELAY_SECONDS:.0f} secondes")
        return cls(outcome, code, delay, fields.get("STANDIN_AUTHORISATION") or TEST_AUTHORISATION)


class Stories:
    """Plays a story and returns the address to send the browser to ('' when the shop gave none)."""

    def __init__(self, ledger: Ledger, keys: Path, notifier: Notifier) -> None:
        self.ledger = ledger
        self.key = private_key(keys)
        self.notifier = notifier

    def play(self, visit: Visit, choice: Choice) -> str:
        """Play the chosen story to its end."""
        story: Callable[[Visit, Choice], str] = getattr(self, choice.outcome.replace("-", "_"))
        return story(visit, choice)

    def accept(self, visit: Visit, choice: Choice) -> str:
        """Paid: the shop's server is told, then the browser returns."""
        payment = self.pay(visit, choice)
        self.tell(visit, payment)
        return self.way_back(visit, payment)

    def refuse(self, visit: Visit, choice: Choice) -> str:
        """Refused with the chosen code."""
        payment = self.turn_down(visit, choice)
        self.tell(visit, payment)
        return self.way_back(visit, payment)

    def cancel(self, visit: Visit, choice: Choice) -> str:
        """The shopper gives up: no attempt was made, so only the browser returns."""
        return self.way_back(visit, unbooked(visit, code=CANCELLED_BY_SHOPPER), to="PBX_ANNULE")

    def refuse_then_accept(self, visit: Visit, choice: Choice) -> str:
        """Refused, then paid with another card on the same page."""
        self.tell(visit, self.turn_down(visit, choice))
        return self.accept(visit, choice)

    def late(self, visit: Visit, choice: Choice) -> str:
        """Paid; the browser is back before the notification."""
        payment = self.pay(visit, choice)
        self.tell(visit, payment, after=choice.delay_seconds)
        return self.way_back(visit, payment)

    def duplicate(self, visit: Visit, choice: Choice) -> str:
        """Paid; the same notification arrives twice."""
        payment = self.pay(visit, choice)
        self.tell(visit, payment)
        self.tell(visit, payment)
        return self.way_back(visit, payment)

    def forged(self, visit: Visit, choice: Choice) -> str:
        """Nothing was paid: somebody who lacks the bank's key claims it was."""
        claim = unbooked(visit, code=APPROVED, authorisation=choice.authorisation)
        self.tell(visit, claim, key=forgers_key())
        return self.way_back(visit, claim, key=forgers_key())

    def wrong_amount(self, visit: Visit, choice: Choice) -> str:
        """Paid and well signed, but for another amount than the shop asked."""
        payment = self.pay(visit, choice, amount=visit.amount - 100 if visit.amount > 100 else visit.amount + 100)
        self.tell(visit, payment)
        return self.way_back(visit, payment)

    def pay(self, visit: Visit, choice: Choice, *, amount: int | None = None) -> Operation:
        """Book a payment (refused with 00015 if the reference is paid already)."""
        return self.ledger.record_payment(
            visit, code=APPROVED, amount=amount or visit.amount, authorisation=choice.authorisation
        )

    def turn_down(self, visit: Visit, choice: Choice) -> Operation:
        """Book a refusal."""
        return self.ledger.record_payment(visit, code=choice.code, amount=visit.amount, authorisation="")

    def tell(self, visit: Visit, payment: Operation, *, after: float = 0, key: rsa.RSAPrivateKey | None = None) -> None:
        """Notify the shop's server of an attempt, if it gave an address."""
        address = visit.fields.get("PBX_REPONDRE_A")
        if not address:
            return
        query = signed_query(visit.fields["PBX_RETOUR"], facts(payment), key or self.key)
        notification = Notification(address, visit.fields.get("PBX_RUF1", "GET"), query)
        if after:
            self.notifier.deliver_after(after, notification)
        else:
            self.notifier.deliver(notification)

    def way_back(self, visit: Visit, payment: Operation, *, to: str = "", key: rsa.RSAPrivateKey | None = None) -> str:
        """Return where the browser goes: PBX_EFFECTUE or PBX_REFUSE as the attempt went, or the field named."""
        address = visit.fields.get(to or ("PBX_EFFECTUE" if payment.code == APPROVED else "PBX_REFUSE"), "")
        return address and browser_return(address, visit.fields["PBX_RETOUR"], facts(payment), key or self.key)


def unbooked(visit: Visit, *, code: str, authorisation: str = "") -> Operation:
    """Return an attempt that stands in nobody's books, with numbers the bank will not give out."""
    return Operation(
        id=secrets.randbelow(9_000_000) + 90_000_000,
        created=datetime.now(UTC),
        site=visit.fields["PBX_SITE"],
        reference=visit.reference,
        amount=visit.amount,
        currency=visit.fields["PBX_DEVISE"],
        code=code,
        authorisation=authorisation,
        status=REFUSED,
        refunded=0,
    )
