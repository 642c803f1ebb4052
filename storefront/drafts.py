"""A checkout under way: what the visitor has typed so far, kept in his session until he pays."""

from dataclasses import dataclass, field
from typing import Any

from flask import session
from pydantic import BaseModel, EmailStr, Field, ValidationError
from werkzeug.datastructures import MultiDict

from domain.addresses import PostalAddress
from web.forms import Form, read_form

# Also named in web/auth.py: a guest who signs in keeps his draft.
KEY = "checkout"

ANSWERS = {
    *("email", "address", "other_billing"),
    *(f"{part}.{name}" for part in ("shipping", "billing") for name in PostalAddress.model_fields),
}


class Contact(BaseModel):
    """Who buys and where it goes; without a billing address the invoice names the delivery address."""

    email: EmailStr = Field(max_length=120)
    shipping: PostalAddress
    billing: PostalAddress | None = None


@dataclass
class Draft:
    """The steps done so far: `typed` by dotted field name, and the chosen delivery."""

    typed: dict[str, str] = field(default_factory=dict)
    method: str = ""

    @property
    def contact(self) -> Contact | None:
        """The first step's answer, None while it is missing or no longer valid."""
        form: Form[Contact] = read_form(Contact, MultiDict(self.typed))
        return form.value


def answers(typed: dict[str, Any]) -> dict[str, str]:
    """Return what of a form is worth keeping: the fields of the first step, and nothing endless."""
    return {name: str(value)[:200] for name, value in typed.items() if name in ANSWERS}


def load() -> Draft:
    """Return the visitor's draft, empty when there is none."""
    kept: dict[str, Any] = session.get(KEY, {})
    try:
        return Draft(dict(kept.get("typed", {})), str(kept.get("method", "")))
    except (TypeError, ValueError, ValidationError):
        return Draft()


def keep(draft: Draft) -> None:
    """Keep the draft for the next step."""
    session[KEY] = {"typed": draft.typed, "method": draft.method}


def forget() -> None:
    """Drop the draft: the order is paid."""
    if KEY in session:
        del session[KEY]
