"""What follows a payment, and what the bank is asked about those it never told us of."""

from datetime import timedelta

from domain.orders import OrderStatus
from jobs.letters import payment_confirmation, payment_refused, post
from jobs.unit_of_work import checkpoint, for_each
from models.database import utc_now
from services.invoices import get_invoice
from services.orders import get_order
from services.payments import get_payment, inquire_about, list_unsettled_payments, settle_by_inquiry

# The bank is asked about an attempt this long after the shopper was sent there (docs/payments.md).
PATIENCE = timedelta(minutes=20)
# The news of a payment is sent while it is news: past orders that are brought in later tell nobody.
NEWS = timedelta(days=7)


def send_payment_confirmation(invoice_id: int) -> None:
    """Tell the buyer that his money is there, with his invoice; sent once its PDF is made."""
    invoice = get_invoice(invoice_id)
    if invoice.kind == "invoice" and invoice.issued_at > utc_now() - NEWS:
        post(payment_confirmation(get_order(invoice.order_id), invoice))


def send_payment_refused(payment_id: int) -> None:
    """Tell the buyer that his bank said no and how to try again; not when he has paid or given up since."""
    payment = get_payment(payment_id)
    order = get_order(payment.order_id)
    if order.status == OrderStatus.PENDING:
        post(payment_refused(order, payment))


def reconcile_payments() -> None:
    """Ask the bank about attempts it should have told us about by now, and do what it answers."""
    overdue = [payment.id for payment in list_unsettled_payments(sent_before=utc_now() - PATIENCE)]
    for_each(overdue, _ask_and_settle)


def _ask_and_settle(payment_id: int) -> None:
    payment = get_payment(payment_id)
    checkpoint()
    answer = inquire_about(payment, at=utc_now())
    checkpoint()
    settle_by_inquiry(payment_id, answer, at=utc_now())
