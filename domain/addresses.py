"""A postal address: what an order, an account, the bank and the carrier all need of one."""

import re
from typing import Annotated

import phonenumbers
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.shipping import EU_COUNTRIES

# ISO 3166-1 numeric codes of the countries delivered to; the bank asks for them (PAYBOX.md).
NUMERIC_COUNTRIES = {
    "FR": 250, "MC": 492, "AT": 40, "BE": 56, "BG": 100, "CY": 196, "CZ": 203, "DE": 276, "DK": 208, "EE": 233,
    "ES": 724, "FI": 246, "GR": 300, "HR": 191, "HU": 348, "IE": 372, "IT": 380, "LT": 440, "LU": 442, "LV": 428,
    "MT": 470, "NL": 528, "PL": 616, "PT": 620, "RO": 642, "SE": 752, "SI": 705, "SK": 703,
}  # fmt: skip
COUNTRIES = ("FR", "MC", *sorted(EU_COUNTRIES))

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def _one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise PydanticCustomError("one_line", "Tenez-vous à une seule ligne, sans caractère de contrôle.")
    return text


def phone_number(text: str, country: str = "FR") -> str:
    """Return a telephone number in international form; raises a pydantic error in French when it is not one."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise PydanticCustomError("phone", "Saisissez un numéro de téléphone valide, par exemple 06 12 34 56 78.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


PersonName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=50), AfterValidator(_one_line)
]
AddressLine = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=100), AfterValidator(_one_line)
]
OptionalLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), AfterValidator(_one_line)]


class PostalAddress(BaseModel):
    """A deliverable address; country is ISO 3166-1 alpha-2, phone E.164 or empty."""

    model_config = ConfigDict(frozen=True)

    first_name: PersonName
    last_name: PersonName
    company: OptionalLine = ""
    line1: AddressLine
    line2: OptionalLine = ""
    postal_code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=2, max_length=12)]
    city: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_one_line)
    ]
    country: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True)] = Field(default="FR")
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=30)] = ""

    @model_validator(mode="after")
    def fits_its_country(self) -> "PostalAddress":
        """Refuse countries not delivered to, French codes that are not five digits, and impossible phones."""
        if self.country not in COUNTRIES:
            raise wrong("country", "Choisissez un pays de la liste.")
        if self.country in ("FR", "MC") and not re.fullmatch(r"\d{5}", self.postal_code):
            raise wrong("postal_code", "Saisissez un code postal de 5 chiffres, par exemple 69003.")
        if not re.fullmatch(r"[A-Z0-9][A-Z0-9 \-]*", self.postal_code):
            raise wrong("postal_code", "Un code postal n'a que des lettres, des chiffres et des tirets.")
        if self.phone:
            object.__setattr__(self, "phone", _phone_of(self.phone, self.country))
        return self

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


def _phone_of(text: str, country: str) -> str:
    try:
        return phone_number(text, country)
    except PydanticCustomError as error:
        raise wrong("phone", error.message()) from error


def wrong(field: str, message: str) -> PydanticCustomError:
    """Return the error that `web/forms.py` shows beside `field`."""
    return PydanticCustomError("address", "{message}", {"message": message, "field": field})
