"""The bank: interface, Paybox provider, fake."""

from integrations.payments.fake import FakeGateway
from integrations.payments.interface import (
    BadSignature,
    BankAnswer,
    Buyer,
    Notification,
    PaymentForm,
    PaymentGateway,
    PaymentRequest,
    RefundRequest,
    ReturnAddresses,
)
from integrations.payments.paybox import PayboxGateway
from integrations.provided import Provided

gateway: Provided[PaymentGateway] = Provided(PayboxGateway)

__all__ = [
    "BadSignature",
    "BankAnswer",
    "Buyer",
    "FakeGateway",
    "Notification",
    "PayboxGateway",
    "PaymentForm",
    "PaymentGateway",
    "PaymentRequest",
    "RefundRequest",
    "ReturnAddresses",
    "gateway",
]
