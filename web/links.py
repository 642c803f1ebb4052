"""Links that open one order or one payment to whoever holds them: signed, so that nobody can make one up."""

from datetime import timedelta

from flask import current_app
from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from config import settings
from domain.errors import Gone, NotFound
from web.language import gettext as _

LIFETIME = timedelta(days=365)


def order_token(order_id: int) -> str:
    """Return the path segment that opens an order without an account."""
    return _signer("order").dumps(order_id)


def read_order_token(token: str) -> int:
    """Return the order's id; raises NotFound when we did not sign it, Gone after a year."""
    return _read("order", token)


def payment_token(payment_id: int) -> str:
    """Return the path segment that opens one attempt to pay, for the bank's way back."""
    return _signer("payment").dumps(payment_id)


def read_payment_token(token: str) -> int:
    """Return the payment's id; raises as `read_order_token` does."""
    return _read("payment", token)


def order_link(order_id: int) -> str:
    """Return the public address that opens an order to whoever has its mail."""
    return absolute_url("storefront.orders.track", token=order_token(order_id))


def staff_order_link(order_id: int) -> str:
    """Return the address of an order in the back office."""
    return absolute_url("backoffice.orders.show", id=order_id)


def absolute_url(endpoint: str, **values: str | int) -> str:
    """Return the public address of a page, for mails and the bank: from APP_URL, never from a request's Host header."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{settings().app_url.rstrip('/')}{path}"


def _signer(purpose: str) -> URLSafeTimedSerializer:
    # The purpose is part of the key: a link to pay is no link to the order.
    return URLSafeTimedSerializer(settings().secret_key.get_secret_value(), salt=f"link:{purpose}")


def _read(purpose: str, token: str) -> int:
    try:
        number = _signer(purpose).loads(token, max_age=int(LIFETIME.total_seconds()))
    except SignatureExpired as error:
        raise Gone(_("Ce lien a expiré. Écrivez-nous en donnant votre numéro de commande.")) from error
    except BadData as error:
        raise NotFound(_("Ce lien n'est pas valable. Ouvrez celui de votre e-mail en entier.")) from error
    assert isinstance(number, int)
    return number
