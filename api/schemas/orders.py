"""What the JSON door says of an order."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from api.contract import Euros
from domain.money import to_euros
from domain.orders import OrderStatus
from domain.shipping import tracking_url
from models.orders import Order, OrderLine


class PlacedOrder(BaseModel):
    """An order that waits for its payment."""

    order_id: int
    number: str
    status: OrderStatus
    total: Euros
    expires_at: datetime | None = Field(description="Sans paiement, la commande est annulée à ce moment.")

    @classmethod
    def of(cls, order: Order) -> "PlacedOrder":
        """Show an order that was placed just now."""
        return cls(
            order_id=order.id,
            number=order.number,
            status=OrderStatus(order.status),
            total=to_euros(order.total_cents),
            expires_at=order.expires_at,
        )


class OrderSummary(BaseModel):
    """An order in a list."""

    id: int
    number: str
    status: OrderStatus
    date: datetime
    total: Euros
    currency: str
    item_count: int = Field(description="Unités de vente.")

    @classmethod
    def of(cls, order: Order) -> "OrderSummary":
        """Show an order with its lines loaded."""
        return cls(**_summary(order))


class OrderItem(BaseModel):
    """One line: goods, a deposit (consigne) or the delivery."""

    line_id: int
    kind: str
    product_id: int | None
    reference: str
    brand: str
    name: str
    quantity: int
    unit_price: Euros
    discount: Euros
    total: Euros
    vat: Euros
    fit: str = Field(description="Ce qui était connu de la compatibilité à l'achat ; vide : rien.")
    fit_reason: str

    @classmethod
    def of(cls, line: OrderLine) -> "OrderItem":
        """Show a line."""
        return cls(
            line_id=line.id,
            kind=line.kind,
            product_id=line.product_id,
            reference=line.reference,
            brand=line.brand_name,
            name=line.name,
            quantity=line.quantity,
            unit_price=to_euros(line.unit_cents),
            discount=to_euros(line.discount_cents),
            total=to_euros(line.total_cents),
            vat=to_euros(line.vat_cents),
            fit=line.fit,
            fit_reason=line.fit_reason,
        )


class OrderTotals(BaseModel):
    """What the lines add up to."""

    goods: Euros
    discount: Euros
    deposit: Euros
    shipping: Euros
    total: Euros
    vat: Euros = Field(description="TVA contenue dans le total.")


class OrderAddress(BaseModel):
    """An address as it stood when the order was placed."""

    first_name: str = ""
    last_name: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    phone: str = ""


class OrderPayment(BaseModel):
    """One attempt to pay."""

    payment_id: int
    payment_ref: str
    status: str
    amount: Euros
    refunded: Euros
    date: datetime


class StatusChange(BaseModel):
    """One move of the order; who made it is the shop's affair."""

    from_status: str | None
    to_status: str
    comment: str
    at: datetime


class Tracking(BaseModel):
    """Where the parcel is followed."""

    carrier: str
    tracking_number: str
    url: str | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    estimated_from: date | None
    estimated_to: date | None


class OrderDetail(OrderSummary):
    """An order with everything its buyer may know."""

    items: list[OrderItem]
    totals: OrderTotals
    shipping_address: OrderAddress
    billing_address: OrderAddress
    shipping_method: str
    vehicle: str
    notes: str
    cancel_reason: str
    payments: list[OrderPayment]
    statusHistory: list[StatusChange]
    tracking: Tracking
    invoice_number: str | None

    @classmethod
    def of(cls, order: Order) -> "OrderDetail":
        """Show an order with its lines, history, payments and invoices loaded."""
        return cls(
            **_summary(order),
            items=[OrderItem.of(line) for line in order.lines],
            totals=_totals(order),
            shipping_address=OrderAddress.model_validate(order.shipping_address),
            billing_address=OrderAddress.model_validate(order.billing_address),
            shipping_method=order.shipping_method,
            vehicle=order.vehicle_label,
            notes=order.customer_note,
            cancel_reason=order.cancel_reason,
            payments=_payments(order),
            statusHistory=_history(order),
            tracking=_tracking(order),
            invoice_number=next((invoice.number for invoice in order.invoices if invoice.kind == "invoice"), None),
        )


class OrderList(BaseModel):
    """One page of the caller's orders, newest first."""

    orders: list[OrderSummary]
    total: int


def _summary(order: Order) -> dict[str, object]:
    return {
        "id": order.id,
        "number": order.number,
        "status": order.status,
        "date": order.placed_at,
        "total": to_euros(order.total_cents),
        "currency": order.currency,
        "item_count": sum(line.quantity for line in order.lines if line.kind == "goods"),
    }


def _totals(order: Order) -> OrderTotals:
    return OrderTotals(
        goods=to_euros(order.goods_cents),
        discount=to_euros(order.discount_cents),
        deposit=to_euros(order.deposit_cents),
        shipping=to_euros(order.shipping_cents),
        total=to_euros(order.total_cents),
        vat=to_euros(order.vat_cents),
    )


def _payments(order: Order) -> list[OrderPayment]:
    return [
        OrderPayment(
            payment_id=payment.id,
            payment_ref=payment.reference,
            status=payment.status,
            amount=to_euros(payment.amount_cents),
            refunded=to_euros(payment.refunded_cents),
            date=payment.created_at,
        )
        for payment in order.payments
    ]


def _history(order: Order) -> list[StatusChange]:
    return [
        StatusChange(from_status=change.from_status, to_status=change.to_status, comment=change.comment, at=change.at)
        for change in order.history
    ]


def _tracking(order: Order) -> Tracking:
    return Tracking(
        carrier=order.carrier,
        tracking_number=order.tracking_number,
        url=tracking_url(order.carrier, order.tracking_number),
        shipped_at=order.shipped_at,
        delivered_at=order.delivered_at,
        estimated_from=order.delivery_from,
        estimated_to=order.delivery_to,
    )
