"""Customers: their accounts, and what they may change of them (spec/customers.md)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AliasChoices,
    AliasGenerator,
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from stdnum.fr import siret, tva

from domain.addresses import OptionalLine, PersonName, phone_number, wrong
from domain.errors import Conflict
from domain.orders import OrderStatus
from models.customers import Customer
from models.database import session
from models.orders import Order
from models.staff import StaffMember
from services.orders import get_order
from services.passwords import NewPassword, hash_password

Civility = Literal["", "M", "Mme", "Autre"]


class EmailTaken(Conflict):
    """An account with this e-mail exists."""

    code = "EMAIL_TAKEN"


class NotYours(Conflict):
    """The order was placed with another e-mail, or belongs to an account already."""


def _accepted(value: bool) -> bool:
    if not value:
        raise PydanticCustomError("terms", "Acceptez les conditions générales pour créer votre compte.")
    return value


def _phone(text: str) -> str:
    return phone_number(text) if text else ""


def _lower(text: str) -> str:
    return text.lower()


Email = Annotated[EmailStr, Field(max_length=120), AfterValidator(_lower)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=30), AfterValidator(_phone)]
# The pages say `first_name`, the Remix front end says `firstName`; both name the same field.
_BOTH_SPELLINGS = ConfigDict(
    alias_generator=AliasGenerator(validation_alias=lambda name: AliasChoices(name, to_camel(name)))
)


class SignUp(BaseModel):
    """What somebody opens an account with."""

    model_config = _BOTH_SPELLINGS

    civility: Civility = ""
    first_name: PersonName
    last_name: PersonName
    email: Email
    phone: Phone = ""
    password: NewPassword
    confirm_password: str = ""
    accept_terms: Annotated[bool, AfterValidator(_accepted), Field(validate_default=True)] = False

    @model_validator(mode="after")
    def passwords_agree(self) -> "SignUp":
        """Refuse a second password that is not the first."""
        if self.password != self.confirm_password:
            raise wrong("confirm_password", "Les deux mots de passe ne sont pas identiques.")
        return self


class Profile(BaseModel):
    """What a customer may change of his account; e-mail, level and pro status are not among it."""

    model_config = _BOTH_SPELLINGS

    civility: Civility = ""
    first_name: PersonName
    last_name: PersonName
    phone: Phone = ""
    company: OptionalLine = ""
    siret: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""
    vat_number: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=20)] = ""

    @model_validator(mode="after")
    def numbers_are_real(self) -> "Profile":
        """Refuse a SIRET or a French VAT number whose check digits are wrong, and keep both without spaces."""
        if self.siret and not siret.is_valid(self.siret):
            raise wrong("siret", "Saisissez les 14 chiffres du SIRET tels qu'ils figurent sur votre Kbis.")
        if self.vat_number.startswith("FR") and not tva.is_valid(self.vat_number):
            raise wrong("vat_number", "Ce numéro de TVA français n'est pas valable, par exemple FR 40 303265045.")
        self.siret = siret.compact(self.siret)
        self.vat_number = "".join(filter(str.isalnum, self.vat_number))
        return self


def find_active_customer(customer_id: int) -> Customer | None:
    """Return the customer, None when there is none or the account is closed."""
    customer = session.get(Customer, customer_id)
    return customer if customer is not None and customer.is_active else None


def register_customer(sign_up: SignUp, *, at: datetime) -> Customer:
    """Open an account and return it; raises EmailTaken when customer or staff have this e-mail."""
    if _is_taken(sign_up.email):
        raise _email_taken()
    customer = Customer(
        email=sign_up.email,
        password_hash=hash_password(sign_up.password),
        password_changed_at=at,
        civility=sign_up.civility,
        first_name=sign_up.first_name,
        last_name=sign_up.last_name,
        phone=sign_up.phone,
        accepted_terms_at=at,
        last_login_at=at,
    )
    try:
        with session.begin_nested():
            session.add(customer)
    except IntegrityError as error:
        # Two sign-ups at once: the database lets the first in.
        raise _email_taken() from error
    return customer


def update_profile(customer: Customer, profile: Profile) -> None:
    """Change what a customer may change of his account."""
    for name, value in profile.model_dump(exclude={"siret", "vat_number"}).items():
        setattr(customer, name, value)
    customer.siret = profile.siret or None
    customer.vat_number = profile.vat_number or None
    session.flush()


def claim_order(order_id: int, customer: Customer) -> Order:
    """Put a guest's order into the account of the same e-mail; raises NotYours. A second claim changes nothing."""
    order = get_order(order_id, lock=True)
    if order.customer_id == customer.id:
        return order
    if order.customer_id is not None or order.email.lower() != customer.email.lower():
        raise NotYours("Cette commande a été passée avec une autre adresse e-mail : connectez-vous avec celle-ci.")
    order.customer_id = customer.id
    session.flush()
    return order


def count_orders_by_status(customer_id: int) -> dict[OrderStatus, int]:
    """Return how many orders a customer has in each state that he has any in."""
    rows = session.execute(
        select(Order.status, func.count()).where(Order.customer_id == customer_id).group_by(Order.status)
    )
    return {OrderStatus(status): number for status, number in rows}


def _is_taken(email: str) -> bool:
    by_customer = select(Customer.id).where(func.lower(Customer.email) == email)
    by_staff = select(StaffMember.id).where(func.lower(StaffMember.email) == email)
    return bool(session.scalar(select(by_customer.exists() | by_staff.exists())))


def _email_taken() -> EmailTaken:
    return EmailTaken(
        "Un compte existe déjà avec cette adresse. Connectez-vous, ou choisissez une autre adresse.", field="email"
    )
