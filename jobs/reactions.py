"""What follows what: one line per event, and nothing anywhere else."""

from collections.abc import Callable
from typing import Any

from jobs.alerts import alert_failed_mail, alert_failed_refund, alert_payment_anomaly
from jobs.cart import clear_paid_cart
from jobs.credit_notes import acknowledge_refund, send_credit_note
from jobs.imports import apply_import, check_import, index_import, recount_import, undo_import
from jobs.invoices import issue_order_invoice, render_invoice
from jobs.mail import deliver_mail
from jobs.orders import (
    send_cancellation_notice,
    send_delivery_notice,
    send_order_confirmation,
    send_shipping_notice,
)
from jobs.payments import send_payment_confirmation, send_payment_refused
from jobs.recommendations import recount_offers
from jobs.refunds import refund_cancelled, send_refund
from jobs.search import apply_synonym, index_product
from models.outbox import Event
from services.checkout import OrderPlaced
from services.imports import ImportApplied, ImportConfirmed, ImportMapped, ImportUndoAsked
from services.invoices import InvoiceIssued, InvoicePrinted
from services.mail import MailFailed, MailWritten
from services.orders import OrderCancelled, OrderDelivered, OrderPaid, OrderShipped
from services.payments import PaymentAnomaly, PaymentReceived, PaymentRefused
from services.products import ProductChanged
from services.refunds import RefundCompleted, RefundFailed, RefundRequested
from services.search.synonyms import SynonymsChanged
from services.stock import StockTurned

REACTIONS: dict[type[Event], tuple[Callable[[int], Any], ...]] = {
    OrderPlaced: (send_order_confirmation,),
    OrderPaid: (issue_order_invoice, clear_paid_cart),
    OrderShipped: (send_shipping_notice,),
    OrderDelivered: (send_delivery_notice,),
    OrderCancelled: (refund_cancelled, send_cancellation_notice),
    PaymentReceived: (),
    PaymentRefused: (send_payment_refused,),
    PaymentAnomaly: (alert_payment_anomaly,),
    InvoiceIssued: (render_invoice,),
    InvoicePrinted: (send_payment_confirmation, send_credit_note),
    RefundRequested: (send_refund,),
    RefundCompleted: (acknowledge_refund,),
    RefundFailed: (alert_failed_refund,),
    ProductChanged: (index_product, recount_offers),
    ImportMapped: (check_import,),
    ImportConfirmed: (apply_import,),
    ImportUndoAsked: (undo_import,),
    ImportApplied: (index_import, recount_import),
    StockTurned: (index_product,),
    SynonymsChanged: (apply_synonym,),
    MailWritten: (deliver_mail,),
    MailFailed: (alert_failed_mail,),
}
