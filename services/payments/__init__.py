"""Paying an order: attempts, the bank's notifications, what each of them moves. The browser decides nothing."""

from services.payments.attempts import (
    get_payment,
    get_payment_of_customer,
    resume_payment,
    send_to_bank,
    start_payment,
)
from services.payments.events import NotPayable, PaymentAnomaly, PaymentReceived, PaymentRefused
from services.payments.notifications import get_notification, receive_notification
from services.payments.reconciliation import inquire_about, list_unsettled_payments, settle_by_inquiry
from services.payments.situation import (
    Situation,
    find_paying_payment,
    is_settled,
    situation_of,
    sum_refunds_of_cancellation,
)

__all__ = [
    "NotPayable",
    "PaymentAnomaly",
    "PaymentReceived",
    "PaymentRefused",
    "Situation",
    "find_paying_payment",
    "get_notification",
    "get_payment",
    "get_payment_of_customer",
    "inquire_about",
    "is_settled",
    "list_unsettled_payments",
    "receive_notification",
    "resume_payment",
    "send_to_bank",
    "settle_by_inquiry",
    "situation_of",
    "start_payment",
    "sum_refunds_of_cancellation",
]
