"""Customers: who they are."""

from models.customers import Customer
from models.database import session


def find_active_customer(customer_id: int) -> Customer | None:
    """Return the customer, None when there is none or the account is closed."""
    customer = session.get(Customer, customer_id)
    return customer if customer is not None and customer.is_active else None
