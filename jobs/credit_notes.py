"""Credit notes: issued when the bank has given back what was invoiced, sent with the news of it."""

from jobs.invoices import NEWS, PATIENCE
from jobs.letters import post, refund_confirmation
from jobs.refunds import send_refund_confirmation
from jobs.unit_of_work import for_each
from models.database import utc_now
from services.credit_notes import issue_credit_note, list_refunds_without_credit_note
from services.invoices import get_invoice
from services.orders import get_order
from services.refunds import get_refund


def acknowledge_refund(refund_id: int) -> None:
    """Issue the credit note of a refund; its mail goes when it is printed, at once where there is none."""
    if issue_credit_note(refund_id, at=utc_now()) is None:
        send_refund_confirmation(refund_id)


def send_credit_note(invoice_id: int) -> None:
    """Tell the buyer that the bank has given his money back, with the credit note; sent once its PDF is made."""
    note = get_invoice(invoice_id)
    if note.refund_id is not None:
        post(refund_confirmation(get_order(note.order_id), get_refund(note.refund_id), note))


def finish_credit_notes() -> None:
    """Issue what a lost job left undone, or what came before its invoice."""
    now = utc_now()
    late = list_refunds_without_credit_note(settled_from=now - NEWS, settled_before=now - PATIENCE)
    for_each(late, _issue)


def _issue(refund_id: int) -> None:
    issue_credit_note(refund_id, at=utc_now())
