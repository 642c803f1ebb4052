"""Customers, staff and addresses."""

from itertools import count
from typing import Any

import bcrypt

from domain.addresses import PostalAddress
from models.customers import Customer
from models.database import session
from models.staff import StaffMember

PASSWORD = "Motdepasse1"
# Cost 4 on purpose: tests sign in often.
PASSWORD_HASH = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
_numbers = count(1)


def make_customer(**values: Any) -> Customer:
    """An active customer whose password is PASSWORD."""
    n = next(_numbers)
    customer = Customer(
        **{
            "email": f"client{n}@example.org",
            "password_hash": PASSWORD_HASH,
            "first_name": "Camille",
            "last_name": f"Essai{n}",
            **values,
        }
    )
    session.add(customer)
    session.flush()
    return customer


def make_staff_member(**values: Any) -> StaffMember:
    """An active member of staff of level 7 whose password is PASSWORD."""
    n = next(_numbers)
    member = StaffMember(
        **{
            "email": f"equipe{n}@example.org",
            "password_hash": PASSWORD_HASH,
            "first_name": "Dominique",
            "last_name": f"Equipe{n}",
            **values,
        }
    )
    session.add(member)
    session.flush()
    return member


def make_address(**values: Any) -> PostalAddress:
    """An address in Lyon."""
    return PostalAddress(
        **{
            "first_name": "Camille",
            "last_name": "Essai",
            "line1": "12 rue des Ateliers",
            "postal_code": "69003",
            "city": "Lyon",
            "country": "FR",
            "phone": "0612345678",
            **values,
        }
    )
