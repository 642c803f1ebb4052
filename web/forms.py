"""Reading input: one pydantic class defines it, this module reads a form or a JSON body into it."""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.datastructures import MultiDict

from domain.errors import ShopError
from web.language import gettext as _

Input = TypeVar("Input", bound=BaseModel)


class InvalidInput(ShopError):
    """The input breaks its definition; `errors` has one French sentence per field."""

    status = 400
    code = "VALIDATION_ERROR"

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(_("Certaines informations sont à corriger."), details={"fields": errors})
        self.errors = errors


@dataclass
class Form(Generic[Input]):
    """What somebody typed, what is wrong with it, and the valid input when nothing is."""

    typed: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    value: Input | None = None

    @property
    def valid(self) -> Input:
        """Return the input; only to be asked for after `is_valid`."""
        if self.value is None:
            raise InvalidInput(self.errors)
        return self.value

    @property
    def is_valid(self) -> bool:
        return self.value is not None and not self.errors

    def refuse(self, refusal: ShopError) -> None:
        """Show a service's refusal beside the field it names, or on top of the form."""
        self.errors[refusal.field or ""] = refusal.message


def read_form(model: type[Input], source: MultiDict[str, str] | None = None) -> Form[Input]:
    """Read the submitted form (or query) into `model`; nested models use dotted names: `shipping.city`."""
    flat = request.form if source is None else source
    typed = {key: _clean(flat.getlist(key)) if key.endswith("[]") else _clean(flat[key]) for key in flat}
    form: Form[Input] = Form(typed=typed)
    if _holds_nul(typed):
        form.errors = {"": _("Retirez les caractères de contrôle.")}
        return form
    try:
        form.value = model.model_validate(_nested(typed))
    except ValidationError as error:
        form.errors = sentences(error)
    return form


def blank_is_none(text: Any) -> Any:
    """Read an empty field of a search form as not filled in."""
    return None if text == "" else text


def _clean(value: Any) -> Any:
    """Leave out NUL, which no keyboard types and PostgreSQL cannot keep."""
    return [_clean(one) for one in value] if isinstance(value, list) else value.replace("\x00", "")


def read_json(model: type[Input]) -> Input:
    """Read the JSON body into `model`; raises InvalidInput with a sentence per field."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        body = None
    if not isinstance(body, dict):
        raise InvalidInput({"": _("Envoyez un objet JSON.")})
    return _validated(model, body)


def read_query(model: type[Input]) -> Input:
    """Read the query string into `model`; raises InvalidInput with a sentence per field."""
    return _validated(model, {key: request.args[key] for key in request.args})


def _validated(model: type[Input], values: dict[str, Any]) -> Input:
    if _holds_nul(values):
        raise InvalidInput({"": _("Retirez les caractères de contrôle.")})
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise InvalidInput(sentences(error)) from error


def _holds_nul(value: Any) -> bool:
    """Say whether a text somewhere in `value` has the one character that PostgreSQL cannot keep."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_holds_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(map(_holds_nul, value))


def _nested(flat: dict[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for name, value in flat.items():
        *path, last = name.removesuffix("[]").split(".")
        place = nested
        for part in path:
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                return flat
        place[last] = value
    return nested


def sentences(error: ValidationError) -> dict[str, str]:
    """Return the first French sentence for each field that `error` names, by dotted field name."""
    found: dict[str, str] = {}
    for detail in error.errors(include_url=False):
        path = [str(part) for part in detail["loc"]]
        context = detail.get("ctx", {})
        if detail["type"] == "address" and "field" in context:
            path.append(str(context["field"]))
        found.setdefault(".".join(path), _sentence(detail))
    return found


def _sentence(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "string_too_short" and context.get("min_length", 0) > 1 and detail.get("input"):
        return _("Saisissez au moins %(n)s caractères.", n=context["min_length"])
    if kind in ("missing", "string_too_short"):
        return _("Renseignez ce champ.")
    if kind == "string_too_long":
        return _("Saisissez au plus %(n)s caractères.", n=context["max_length"])
    if kind in ("int_parsing", "int_type", "int_from_float"):
        return _("Saisissez un nombre entier.")
    if kind in ("greater_than_equal", "greater_than"):
        return _("La valeur minimale est %(n)s.", n=context.get("ge", context.get("gt")))
    if kind in ("less_than_equal", "less_than"):
        return _("La valeur maximale est %(n)s.", n=context.get("le", context.get("lt")))
    if kind == "literal_error" or kind == "enum":
        return _("Choisissez une valeur de la liste.")
    if kind == "value_error" and "email" in detail["msg"]:
        return _("Saisissez une adresse e-mail valide, par exemple nom@exemple.fr.")
    if kind in _OURS:
        return detail["msg"]
    return _("Cette valeur n'est pas valable.")


# Errors that our own validators raise with a French sentence.
_OURS = {"address", "phone", "one_line", "password", "terms", "shop"}
