"""The bank's way back to the shop: where it sends the browser, and where it says what happened."""

from integrations.payments import ReturnAddresses
from models.payments import Payment
from web.links import absolute_url, payment_token


def return_addresses(payment: Payment) -> ReturnAddresses:
    """Return the addresses of one attempt; only the notification decides, the page shows and waits for it."""
    token = payment_token(payment.id)

    def back(said: str) -> str:
        return absolute_url("storefront.payments.returned", token=token, said=said)

    return ReturnAddresses(
        accepted=back("accepte"),
        refused=back("refuse"),
        cancelled=back("annule"),
        waiting=back("attente"),
        notification=absolute_url("api.payments.paybox_callback"),
    )
