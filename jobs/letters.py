"""The mails the shop writes: each is a function that returns what its template needs."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import render_template

from config import settings
from domain.orders import OrderStatus
from domain.payments import refusal_sentence
from domain.shipping import tracking_url
from models.invoices import Invoice
from models.orders import Order
from models.payments import Payment, Refund
from services.mail import write_mail
from services.payments import find_paying_payment, is_settled, sum_refunds_of_cancellation
from services.settings import get_shop_identity
from web.language import gettext as _
from web.links import order_link, staff_order_link
from web.postal import address_lines
from web.templating import money, show_date


@dataclass(frozen=True)
class Letter:
    """One mail to one person: `key` names the news, so that it is told once; `values` go to `templates/mail/`."""

    template: str
    to: str
    subject: str
    key: str
    values: dict[str, Any] = field(default_factory=dict)
    order_id: int | None = None
    invoice_id: int | None = None


def post(letter: Letter) -> None:
    """Render a letter as HTML and as text and put it in the post; what was told before is not told again."""
    context = {"shop": get_shop_identity(), "subject": letter.subject, **letter.values}
    write_mail(
        template=letter.template,
        recipient=letter.to,
        subject=letter.subject,
        html=render_template(f"mail/{letter.template}.html", **context),
        text=render_template(f"mail/{letter.template}.txt", **context),
        dedupe_key=letter.key,
        order_id=letter.order_id,
        invoice_id=letter.invoice_id,
    )


def order_confirmation(order: Order) -> Letter:
    """The order is on record; whether it still has to be paid is said first."""
    is_unpaid = order.status == OrderStatus.PENDING
    subject = (
        _("Votre commande %(number)s attend votre paiement", number=order.number)
        if is_unpaid
        else _("Votre commande %(number)s est enregistrée", number=order.number)
    )
    return _about(order, "order_confirmation", subject, is_unpaid=is_unpaid)


def payment_confirmation(order: Order, invoice: Invoice) -> Letter:
    """The money is there; the invoice is attached."""
    return _about(
        order,
        "payment_confirmation",
        _("Paiement reçu pour votre commande %(number)s", number=order.number),
        invoice_id=invoice.id,
        invoice=invoice,
        # Staff may record a payment that came another way: then there is none of ours to tell of.
        payment=find_paying_payment(order),
        # Paid after it was called off: the buyer had been told that it was.
        was_reopened=any(change.from_status == OrderStatus.CANCELLED for change in order.history),
    )


def payment_refused(order: Order, payment: Payment) -> Letter:
    """The bank said no; the order waits, and can be paid again."""
    return _about(
        order,
        "payment_refused",
        _("Paiement refusé pour votre commande %(number)s", number=order.number),
        news=f"{payment.id}",
        payment=payment,
        reason=refusal_sentence(payment.error_code),
    )


def shipping_notice(order: Order) -> Letter:
    """The parcel has left, and can be followed."""
    return _about(
        order,
        "shipping_notice",
        _("Votre commande %(number)s est expédiée", number=order.number),
        tracking_url=tracking_url(order.carrier, order.tracking_number),
    )


def delivery_notice(order: Order) -> Letter:
    """The parcel has arrived; until when it may be sent back."""
    delivered_at = order.delivered_at or order.placed_at
    return _about(
        order,
        "delivery_notice",
        _("Votre commande %(number)s est livrée", number=order.number),
        return_by=delivered_at + timedelta(days=settings().return_days),
    )


def cancellation_notice(order: Order) -> Letter:
    """The order is called off, why, and what comes back."""
    # Taken up again by a late payment and called off once more is another piece of news.
    news = f"{order.id}:{order.cancelled_at:%Y%m%d%H%M%S}" if order.cancelled_at else f"{order.id}"
    return _about(
        order,
        "cancellation_notice",
        _("Votre commande %(number)s est annulée", number=order.number),
        news=news,
        refunded_cents=sum_refunds_of_cancellation(order),
        # What was under way at the bank may still come in.
        is_certain=all(is_settled(payment) for payment in order.payments),
    )


def refund_confirmation(order: Order, refund: Refund, credit_note: Invoice | None = None) -> Letter:
    """The bank has given money back; the credit note is attached where there is one."""
    return _about(
        order,
        "refund_confirmation",
        _("Remboursement de %(amount)s effectué", amount=money(refund.amount_cents)),
        news=f"{refund.id}",
        invoice_id=credit_note.id if credit_note else None,
        refund=refund,
        credit_note=credit_note,
    )


def staff_alert(
    *, key: str, title: str, sentences: list[str], facts: dict[str, str], order: Order | None = None
) -> Letter:
    """Something needs a person: what happened, what is known, where to look."""
    return Letter(
        "staff_alert",
        settings().mail_alerts_to,
        f"[{get_shop_identity().name}] {title}",
        f"staff_alert:{key}",
        {"title": title, "sentences": sentences, "facts": facts, "link": staff_order_link(order.id) if order else ""},
        order_id=order.id if order else None,
    )


def _about(
    order: Order, template: str, subject: str, *, news: str = "", invoice_id: int | None = None, **values: Any
) -> Letter:
    """Return a letter to the buyer of an order, which its template sees whole."""
    return Letter(
        template,
        order.email,
        subject,
        f"{template}:{news or order.id}",
        {
            "order": order,
            "order_url": order_link(order.id),
            "delivery": address_lines(order.shipping_address),
            "billing": address_lines(order.billing_address),
            "promise": _promise(order),
            **values,
        },
        order_id=order.id,
        invoice_id=invoice_id,
    )


def _promise(order: Order) -> str:
    """Return between which days the parcel is expected, nothing when that is not known."""
    if order.delivery_from is None or order.delivery_to is None:
        return ""
    if order.delivery_from == order.delivery_to:
        return _("Livraison prévue le %(day)s", day=show_date(order.delivery_to))
    # « entre le 25 et le 26 novembre », but « entre le 30 novembre et le 2 décembre ».
    is_same_month = (order.delivery_from.year, order.delivery_from.month) == (
        order.delivery_to.year,
        order.delivery_to.month,
    )
    return _(
        "Livraison prévue entre le %(first)s et le %(last)s",
        first=show_date(order.delivery_from, "d" if is_same_month else "d MMMM"),
        last=show_date(order.delivery_to),
    )
