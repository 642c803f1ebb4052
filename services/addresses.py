"""The addresses a customer keeps: at most ten, one default of each kind (spec/customers.md, rule 3)."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import select, update

from domain.addresses import PostalAddress
from domain.errors import Conflict, NotFound, ShopError
from models.customers import Customer, CustomerAddress
from models.database import session

MAX_ADDRESSES = 10
AddressKind = Literal["shipping", "billing"]


class TooManyAddresses(ShopError):
    """The customer keeps ten addresses already."""


class AddressNeeded(Conflict):
    """The address is the last one to deliver to, or the default while there are others of its kind."""


class AddressInput(PostalAddress):
    """An address to keep, for delivery or for invoices."""

    kind: AddressKind = "shipping"
    is_default: bool = False


def list_addresses(customer_id: int, *, kind: AddressKind | None = None) -> Sequence[CustomerAddress]:
    """List a customer's addresses, the default of each kind first."""
    query = select(CustomerAddress).where(CustomerAddress.customer_id == customer_id)
    if kind is not None:
        query = query.where(CustomerAddress.kind == kind)
    return session.scalars(
        query.order_by(CustomerAddress.kind.desc(), CustomerAddress.is_default.desc(), CustomerAddress.id)
    ).all()


def get_address(address_id: int, customer_id: int) -> CustomerAddress:
    """Return a customer's own address; somebody else's is NotFound."""
    address = session.scalar(
        select(CustomerAddress).where(CustomerAddress.id == address_id, CustomerAddress.customer_id == customer_id)
    )
    if address is None:
        raise NotFound("Cette adresse n'existe pas.")
    return address


def values_of(address: CustomerAddress) -> dict[str, str]:
    """Return what domain.addresses.PostalAddress wants to know; an old address may break its rules."""
    return {name: getattr(address, name) for name in PostalAddress.model_fields}


def add_address(customer_id: int, wanted: AddressInput) -> CustomerAddress:
    """Keep one more address, the default when it is the first of its kind; raises TooManyAddresses."""
    siblings = _lock_addresses(customer_id)
    if len(siblings) >= MAX_ADDRESSES:
        raise TooManyAddresses(f"Vous avez déjà {MAX_ADDRESSES} adresses : supprimez-en une pour en ajouter.")
    is_first = not any(sibling.kind == wanted.kind for sibling in siblings)
    address = CustomerAddress(customer_id=customer_id, **wanted.model_dump(exclude={"is_default"}))
    session.add(address)
    session.flush()
    if is_first or wanted.is_default:
        _make_default(address)
    return address


def remember_address(customer_id: int, address: PostalAddress) -> None:
    """Keep a delivery address unless the very same one is kept already; raises TooManyAddresses."""
    known = [values_of(kept) for kept in list_addresses(customer_id, kind="shipping")]
    if address.model_dump() not in known:
        add_address(customer_id, AddressInput(**address.model_dump()))


def update_address(address_id: int, customer_id: int, wanted: AddressInput) -> CustomerAddress:
    """Change a kept address, not its kind; orders placed with it keep their copies."""
    _lock_addresses(customer_id)
    address = get_address(address_id, customer_id)
    for name, value in wanted.model_dump(exclude={"kind", "is_default"}).items():
        setattr(address, name, value)
    if wanted.is_default:
        _make_default(address)
    session.flush()
    return address


def choose_default_address(address_id: int, customer_id: int) -> None:
    """Make an address the default of its kind."""
    _lock_addresses(customer_id)
    _make_default(get_address(address_id, customer_id))


def remove_address(address_id: int, customer_id: int) -> None:
    """Forget an address; refuses the last one for delivery, and a default while others of its kind are kept."""
    siblings = _lock_addresses(customer_id)
    address = get_address(address_id, customer_id)
    same_kind = [sibling for sibling in siblings if sibling.kind == address.kind]
    if address.kind == "shipping" and len(same_kind) == 1:
        raise AddressNeeded("C'est votre dernière adresse de livraison : ajoutez-en une autre avant de la supprimer.")
    if address.is_default and len(same_kind) > 1:
        raise AddressNeeded("C'est votre adresse par défaut : choisissez-en une autre avant de la supprimer.")
    session.delete(address)
    session.flush()


def _lock_addresses(customer_id: int) -> Sequence[CustomerAddress]:
    """Return a customer's addresses while nobody else changes them: the customer's row is the lock."""
    session.execute(select(Customer.id).where(Customer.id == customer_id).with_for_update())
    return list_addresses(customer_id)


def _make_default(address: CustomerAddress) -> None:
    # The old default first: the index allows one of a kind at any moment.
    session.execute(
        update(CustomerAddress)
        .where(CustomerAddress.customer_id == address.customer_id, CustomerAddress.kind == address.kind)
        .values(is_default=False)
        .execution_options(synchronize_session="fetch")
    )
    address.is_default = True
    session.flush()
