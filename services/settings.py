"""The shop's own identity, as pages, mails and invoices print it."""

from pydantic import BaseModel, ConfigDict

from models.database import session
from models.settings import ShopSetting

IDENTITY_KEY = "shop.identity"


class ShopIdentity(BaseModel):
    """Who sells: everything French law wants on an invoice and in the legal notice."""

    model_config = ConfigDict(frozen=True)

    name: str = "Atelier"
    legal_name: str = ""
    legal_form: str = ""
    capital_euros: str = ""
    address_line: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "France"
    siret: str = ""
    rcs: str = ""
    vat_number: str = ""
    phone: str = ""
    email: str = ""
    host: str = ""
    publisher: str = ""
    mediator: str = ""
    is_demo: bool = False


def get_shop_identity() -> ShopIdentity:
    """Return who sells; unset values are empty and their lines are left out wherever they would stand."""
    setting = session.get(ShopSetting, IDENTITY_KEY)
    return ShopIdentity.model_validate(setting.value) if setting else ShopIdentity()
