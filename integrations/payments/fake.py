"""A bank for tests that need no signature: it believes every notification and remembers every call."""

from urllib.parse import parse_qsl

from integrations.payments.interface import (
    BadSignature,
    BankAnswer,
    Notification,
    PaymentForm,
    PaymentRequest,
    RefundRequest,
    Settlement,
)


class FakeGateway:
    """Answers refunds with `answers` in turn, then with success."""

    def __init__(self) -> None:
        self.refunds: list[RefundRequest] = []
        self.inquiries: list[RefundRequest] = []
        self.answers: list[BankAnswer] = []

    def prepare(self) -> None:
        """Its page is always up."""

    def payment_form(self, request: PaymentRequest) -> PaymentForm:
        """Return an unsigned form."""
        fields = [("PBX_CMD", request.reference), ("PBX_TOTAL", str(request.amount_cents))]
        return PaymentForm("https://bank.invalid/pay", fields)

    def read_notification(self, raw: bytes) -> Notification:
        """Believe `Sign=good`, refuse every other."""
        said = dict(parse_qsl(raw.decode()))
        if said.get("Sign") != "good":
            raise BadSignature("not good")
        return Notification(
            reference=said.get("Ref", ""),
            amount_cents=int(said["Mt"]) if "Mt" in said else None,
            error_code=said.get("Erreur", ""),
            authorisation=said.get("Auto", ""),
            transaction_number=said.get("Trans", ""),
            call_number=said.get("Appel", ""),
            card_kind="CB",
            three_d_secure="Y",
            liability_shift="O",
            verified_by="fake",
        )

    def refund(self, request: RefundRequest) -> BankAnswer:
        """Remember the refund."""
        self.refunds.append(request)
        return self.answers.pop(0) if self.answers else BankAnswer(Settlement.DONE, "00000")

    def inquire(self, request: RefundRequest) -> BankAnswer:
        """Remember the inquiry."""
        self.inquiries.append(request)
        return self.answers.pop(0) if self.answers else BankAnswer(Settlement.REFUSED, "00018")
