"""Payments: sending a buyer to the bank, hearing what the bank says, telling how a payment stands."""

from datetime import datetime

import structlog
from flask import Blueprint, Response, request
from pydantic import BaseModel, Field
from werkzeug.exceptions import InternalServerError, RequestEntityTooLarge

from api.checkout import InitPayment, place
from api.contract import Answer, Euros, operation
from config import settings
from domain.errors import NotAuthenticated, ShopError
from domain.money import to_euros
from domain.payments import PaymentStatus
from integrations.payments import BadSignature, PaymentForm, gateway
from models.customers import Customer
from models.database import utc_now
from models.orders import Order
from models.payments import Payment
from services.orders import get_order_of_customer
from services.payments import NotPayable, get_payment_of_customer, receive_notification, resume_payment, send_to_bank
from web.auth import get_customer
from web.bank import return_addresses
from web.language import gettext as _
from web.limits import limiter
from web.unit_of_work import commits

log = structlog.get_logger()
bp = Blueprint("payments", __name__)
MAX_NOTIFICATION_BYTES = 8 * 1024
SIGNED_BY_THE_BANK = {"api.payments.paybox_callback"}


class BankForm(BaseModel):
    """The form that the buyer's browser posts to the bank, its fields in the order in which they are signed."""

    payment_id: int
    payment_ref: str
    order_id: int
    status: PaymentStatus
    paybox_url: str
    fields: dict[str, str] = Field(description="À envoyer tels quels, dans cet ordre, par un formulaire POST.")
    expires_at: datetime

    @classmethod
    def of(cls, payment: Payment, form: PaymentForm) -> "BankForm":
        """Show an attempt that is on its way to the bank."""
        return cls(
            payment_id=payment.id,
            payment_ref=payment.reference,
            order_id=payment.order_id,
            status=PaymentStatus(payment.status),
            paybox_url=form.url,
            fields=dict(form.fields),
            expires_at=payment.expires_at,
        )


class PaymentState(BaseModel):
    """How an attempt stands; only the bank's notification moves it."""

    payment_id: int
    payment_ref: str
    status: PaymentStatus
    amount: Euros
    currency: str
    date: datetime
    order_id: int
    order_status: str

    @classmethod
    def of(cls, payment: Payment) -> "PaymentState":
        """Show an attempt with its order loaded."""
        return cls(
            payment_id=payment.id,
            payment_ref=payment.reference,
            status=PaymentStatus(payment.status),
            amount=to_euros(payment.amount_cents),
            currency=payment.currency,
            date=payment.settled_at or payment.created_at,
            order_id=payment.order_id,
            order_status=payment.order.status,
        )


@bp.post("/api/payments/init")
@limiter.limit(lambda: settings().limit_payment)
@operation(Answer[BankForm], tag="Paiements", status=201, refusals=(403, 404, 409, 413, 422), login=True)
def create(json: InitPayment) -> tuple[Answer[BankForm], int]:
    """Ouvrir un paiement. Commande le panier de l'appelant si aucune commande n'attend déjà d'être payée."""
    now = utc_now()
    customer = get_customer()
    # Before anything is locked: the bank's page may take seconds to answer.
    gateway().prepare()
    order = _order_to_pay(json, customer)
    payment = resume_payment(order, at=now)
    _refuse_paid(payment)
    form = send_to_bank(payment, order, returns=return_addresses(payment), at=now)
    return Answer(data=BankForm.of(payment, form)), 201


@bp.get("/api/payments/<int:id>/status")
@operation(Answer[PaymentState], tag="Paiements", refusals=(403, 404), login=True)
def show(id: int) -> Answer[PaymentState]:
    """Lire où en est un paiement de l'appelant."""
    return Answer(data=PaymentState.of(get_payment_of_customer(id, get_customer().id)))


# The one added first, which is the last written, is the address that the bank is given.
@bp.route("/api/paybox/callback", methods=["GET", "POST"])
@bp.route("/api/payments/paybox/callback", methods=["GET", "POST"])
@limiter.exempt
@commits
def paybox_callback() -> Response:
    """Hear what the bank says, by GET or POST; anything but an empty 200 makes it say so again."""
    try:
        receive_notification(_raw_notification(), source_ip=request.remote_addr or "", at=utc_now())
    except BadSignature as error:
        log.warning("payment.bad_signature", source_ip=request.remote_addr, reason=str(error))
        raise NotAuthenticated(_("Signature refusée.")) from error
    except ShopError as error:
        # The bank would take a refusal of ours for an answer; what we could not do, it must tell us again.
        log.exception("payment.notification_failed")
        raise InternalServerError from error
    return Response(status=200)


def _raw_notification() -> bytes:
    """Return the bytes that the bank signed, never decoded and encoded again."""
    if request.method == "POST":
        request.max_content_length = MAX_NOTIFICATION_BYTES
        return request.get_data()
    if len(request.query_string) > MAX_NOTIFICATION_BYTES:
        raise RequestEntityTooLarge
    return request.query_string


def _refuse_paid(payment: Payment) -> None:
    """Refuse to send a buyer to the bank again; the details are those of the payment's state."""
    status = PaymentStatus(payment.status)
    if status.is_captured:
        details: dict[str, object] = {
            "payment_id": payment.id,
            "payment_ref": payment.reference,
            "order_id": payment.order_id,
            "status": status.value,
        }
        raise NotPayable("Cette commande a déjà été payée.", details=details)


def _order_to_pay(wanted: InitPayment, customer: Customer) -> Order:
    if wanted.order_id is not None:
        return get_order_of_customer(wanted.order_id, customer.id)
    assert wanted.shipping_address is not None
    return place(wanted, wanted.shipping_address, customer)
