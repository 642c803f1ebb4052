"""Things a test needs, made with as little as it says; each is flushed and has its id."""

from tests.factories.catalog import (
    give_criterion,
    give_reference,
    make_brand,
    make_criterion,
    make_family,
    make_fitment,
    make_gamme,
    make_product,
    make_stock,
)
from tests.factories.people import make_address, make_customer, make_staff_member
from tests.factories.selling import fill_cart, make_cart, make_checkout, make_order, notification, pay
from tests.factories.vehicles import make_make, make_model, make_vehicle_type

__all__ = [
    "fill_cart",
    "give_criterion",
    "give_reference",
    "make_address",
    "make_brand",
    "make_cart",
    "make_checkout",
    "make_criterion",
    "make_customer",
    "make_family",
    "make_fitment",
    "make_gamme",
    "make_make",
    "make_model",
    "make_order",
    "make_product",
    "make_staff_member",
    "make_stock",
    "make_vehicle_type",
    "notification",
    "pay",
]
