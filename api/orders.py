"""Orders as JSON, each buyer's own: another's is not found."""

from flask import Blueprint, Response

from api.checkout import PlaceOrder, place
from api.contract import Answer, Listing, PageQuery, Pagination, operation
from api.schemas.orders import OrderDetail, OrderList, OrderSummary, PlacedOrder
from config import settings
from domain.orders import OrderStatus
from services.invoices import get_document_of_order
from services.orders import count_orders_of_customer, get_order_of_customer, list_orders_of_customer
from web.auth import get_customer
from web.files import pdf
from web.limits import limiter

bp = Blueprint("orders", __name__, url_prefix="/api/orders")


class OrderQuery(PageQuery):
    """Which of the caller's orders."""

    status: OrderStatus | None = None


@bp.post("")
@limiter.limit(lambda: settings().limit_payment)
@operation(Answer[PlacedOrder], tag="Commandes", status=201, refusals=(403, 409, 413, 422), login=True)
def create(json: PlaceOrder) -> tuple[Answer[PlacedOrder], int]:
    """Commander le panier de l'appelant ; la commande attend son paiement."""
    return Answer(data=PlacedOrder.of(place(json, json.shipping_address, get_customer()))), 201


@bp.get("")
@operation(Listing[OrderList], tag="Commandes", refusals=(403,), login=True)
def index(query: OrderQuery) -> Listing[OrderList]:
    """Lister les commandes de l'appelant, les plus récentes d'abord."""
    customer = get_customer()
    total = count_orders_of_customer(customer.id, status=query.status)
    orders = list_orders_of_customer(
        customer.id, status=query.status, limit=query.limit, skip=(query.page - 1) * query.limit
    )
    return Listing(
        data=OrderList(orders=[OrderSummary.of(order) for order in orders], total=total),
        pagination=Pagination.of(page=query.page, limit=query.limit, total=total),
    )


@bp.get("/<int:id>")
@operation(Answer[OrderDetail], tag="Commandes", refusals=(403, 404), login=True)
def show(id: int) -> Answer[OrderDetail]:
    """Lire une commande de l'appelant."""
    return Answer(data=OrderDetail.of(get_order_of_customer(id, get_customer().id)))


@bp.get("/<int:id>/invoice")
@operation(tag="Commandes", refusals=(403, 404), login=True, media="application/pdf")
def invoice(id: int) -> Response:
    """Télécharger la facture d'une commande payée ; 404 tant que le PDF se prépare."""
    return pdf(*get_document_of_order(get_order_of_customer(id, get_customer().id)))
