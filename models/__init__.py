"""What the shop remembers: importing this package registers every table."""

from models import catalog, customers, invoices, mail, orders, outbox, payments, settings, staff, stock, vehicles
from models.database import Base

tables = (catalog, customers, invoices, mail, orders, outbox, payments, settings, staff, stock, vehicles)

__all__ = ["Base", "tables"]
