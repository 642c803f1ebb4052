"""States of a payment and what a bank's notification does to them: success dominates, duplicates are neutral."""

from enum import StrEnum


class PaymentStatus(StrEnum):
    """Where one attempt to pay stands (spec/payments.md)."""

    PENDING = "pending"
    PROCESSING = "processing"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"

    @property
    def is_captured(self) -> bool:
        """Whether the bank has taken the money (given back or not)."""
        return self in CAPTURED

    @property
    def is_open(self) -> bool:
        """Whether the shopper may still be at the bank."""
        return self in (PaymentStatus.PENDING, PaymentStatus.PROCESSING)


CAPTURED = frozenset({PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED})

# Words for the codes of PAYBOX.md; those after 001 are the response codes of French card networks (CB).
_BANK_REASONS = {
    "03": "commerçant inconnu de la banque",
    "04": "carte à conserver",
    "05": "refus sans motif communiqué",
    "12": "opération non valable",
    "13": "montant non valable",
    "14": "numéro de carte non valable",
    "33": "carte expirée",
    "34": "suspicion de fraude",
    "41": "carte déclarée perdue",
    "43": "carte déclarée volée",
    "51": "provision insuffisante ou plafond atteint",
    "54": "carte expirée",
    "57": "opération non permise avec cette carte",
    "59": "suspicion de fraude",
    "61": "plafond de la carte dépassé",
    "65": "trop d'opérations avec cette carte",
    "75": "trop de codes erronés",
    "91": "votre banque est injoignable",
}
_GATEWAY_REASONS = {
    "00001": "le centre d'autorisation est injoignable",
    "00003": "erreur de la plateforme de paiement",
    "00004": "numéro de carte ou cryptogramme erroné",
    "00008": "date de fin de validité erronée",
    "00021": "cette carte n'est pas acceptée",
    "00029": "cette carte ne convient pas, essayez-en une autre",
    "00030": "le temps prévu pour payer est écoulé",
    "00033": "paiement refusé depuis ce pays",
    "00040": "l'authentification 3-D Secure n'a pas abouti",
}


def refusal_sentence(error_code: str) -> str:
    """Return why a payment was refused, in French, from the bank's code; a code without words is only named."""
    if len(error_code) == 5 and error_code.startswith("001"):
        bank_code = error_code[3:]
        reason = _BANK_REASONS.get(bank_code)
        detail = f" : {reason}" if reason else ""
        return f"Paiement refusé par votre banque ({bank_code}){detail}."
    reason = _GATEWAY_REASONS.get(error_code)
    return f"Paiement refusé ({error_code}) : {reason}." if reason else f"Paiement refusé ({error_code})."
