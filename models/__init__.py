"""What the shop remembers: importing this package registers every table."""

from models import (
    catalog,
    customers,
    facets,
    imports,
    invoices,
    legacy,
    mail,
    offers,
    orders,
    outbox,
    payments,
    recommendations,
    search,
    seo,
    settings,
    staff,
    stock,
    vehicles,
)
from models.database import Base

tables = (
    catalog,
    customers,
    facets,
    imports,
    invoices,
    legacy,
    mail,
    offers,
    orders,
    outbox,
    payments,
    recommendations,
    search,
    seo,
    settings,
    staff,
    stock,
    vehicles,
)

__all__ = ["Base", "tables"]
