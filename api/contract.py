"""The contract of this door: its envelope, and an OpenAPI 3.1 description made from the pydantic inputs and outputs."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import wraps
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from flask import Response as HttpResponse
from flask import current_app, g, make_response
from pydantic import BaseModel, Field, PlainSerializer, WithJsonSchema
from spectree import Response, SecurityScheme, SpecTree
from spectree.models import InType, SecureType, SecuritySchemeData
from spectree.plugins.base import Context
from spectree.plugins.flask_plugin import FlaskPlugin
from spectree.plugins.werkzeug_utils import flask_response_unpack

from web.auth import get_person
from web.forms import read_json, read_query

Data = TypeVar("Data")
LOGIN: list[dict[str, list[str]]] = [{"cookie": []}, {"bearer": []}]

# A JSON number of euros with two decimals; the shop itself counts in cents (decision 13).
Euros = Annotated[
    Decimal,
    PlainSerializer(float, return_type=float),
    WithJsonSchema({"type": "number", "examples": [126.4]}),
]


class Meta(BaseModel):
    """When and by which request an answer was made."""

    timestamp: datetime
    version: Literal["1.0.0"] = "1.0.0"
    requestId: str

    @classmethod
    def now(cls) -> Self:
        """Return the meta part of an answer to the current request."""
        return cls(timestamp=datetime.now(UTC), requestId=g.get("request_id", ""))


class Answer(BaseModel, Generic[Data]):
    """A success: what was asked for stands in `data`."""

    success: Literal[True] = True
    data: Data
    meta: Meta = Field(default_factory=Meta.now)


class Pagination(BaseModel):
    """Where a page stands in its list; `pages` and `totalPages` say the same (two generations of clients)."""

    page: int
    limit: int
    total: int
    pages: int
    totalPages: int

    @classmethod
    def of(cls, *, page: int, limit: int, total: int) -> Self:
        """Return the pagination of a list of `total` things in pages of `limit`."""
        pages = -(-total // limit)
        return cls(page=page, limit=limit, total=total, pages=pages, totalPages=pages)


class Listing(Answer[Data], Generic[Data]):
    """A success that is one page of a list."""

    pagination: Pagination


class Problem(BaseModel):
    """What was refused and why; `details.fields` has a sentence per field of a wrong input."""

    code: str = Field(examples=["VALIDATION_ERROR"])
    message: str = Field(description="Une phrase en français, faite pour être montrée.")
    details: dict[str, Any]


class Refusal(BaseModel):
    """A refusal: nothing was done."""

    success: Literal[False] = False
    error: Problem
    meta: Meta


class PageQuery(BaseModel):
    """Which page of a list, from 1, and how many things on it."""

    page: int = Field(default=1, ge=1, le=10_000)
    limit: int = Field(default=20, ge=1, le=100)


class _Plugin(FlaskPlugin):
    """Reads input with the shop's own readers, so that a refusal says the same at every door; answers are models."""

    def get_func_operation_id(self, func: Any, path: str, method: str) -> str:
        """Name an operation by its noun, its view and its method: « cart.change.put »."""
        return f"{func.__module__.removeprefix('api.')}.{func.__name__}.{method.lower()}"

    def request_validation(self, request: Any, query: Any, json: Any, form: Any, headers: Any, cookies: Any) -> None:
        """Read what the view's annotations ask for; raises InvalidInput."""
        request.context = Context(
            query=read_query(query) if query else None,
            json=read_json(json) if json else None,
            form=None,
            headers=None,
            cookies=None,
        )

    def validate_response(
        self, resp: Any, resp_model: Response | None, skip_validation: bool, force_resp_serialize: bool
    ) -> tuple[HttpResponse, None]:
        """Turn the view's model into JSON; its ETag leaves out when and by which request it was made."""
        payload, status, headers = flask_response_unpack(resp)
        if not isinstance(payload, BaseModel):
            return make_response(resp), None
        response = current_app.response_class(payload.model_dump_json(), mimetype="application/json")
        lasting = payload.model_dump_json(exclude=_passing(payload))
        response.set_etag(hashlib.sha256(lasting.encode()).hexdigest()[:32], weak=True)
        return make_response(response, status, headers), None


def _passing(payload: BaseModel) -> set[str]:
    """Return the fields that differ from one asking to the next though nothing has changed."""
    return {"meta"} if isinstance(getattr(payload, "meta", None), Meta) else {"performance", "timestamp"}


class _Answers(Response):
    """The answers of one operation; `media` is that of its success."""

    def __init__(self, media: str, **models: Any) -> None:
        super().__init__(**models)
        self.media = media

    def generate_spec(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Describe the answers, a file's content included."""
        described = super().generate_spec(*args, **kwargs)
        for status, answer in described.items():
            if status.startswith("2") and self.media != "application/json":
                answer["content"] = {self.media: {"schema": {"type": "string", "format": "binary"}}}
        return described


contract = SpecTree(
    backend=_Plugin,
    mode="strict",
    annotations=True,
    title="Atelier, l'interface des machines",
    version="1.0.0",
    description=(
        "Montants : euros décimaux TTC. Dates : ISO 8601, UTC. Langue des phrases : le français."
        " Une requête qui s'appuie sur le cookie de session doit venir d'une origine autorisée."
    ),
    # Where the library would add pages of its own; they are never registered.
    path="api/openapi-library",
    page_templates={},
    validation_error_status=400,
    validation_error_model=Refusal,
    naming_strategy=lambda model: re.sub(r"[^A-Za-z0-9]+", "_", model.__name__).strip("_"),
    nested_naming_strategy=lambda _parent, child: child,
    security_schemes=[
        SecurityScheme(
            name="cookie",
            data=SecuritySchemeData(type=SecureType.API_KEY, name="connect.sid", field_in=InType.COOKIE),
        ),
        SecurityScheme(name="bearer", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer")),
    ],
)


def operation(
    answer: Any = None,
    *,
    tag: str,
    body: type[BaseModel] | None = None,
    status: int = 200,
    refusals: tuple[int, ...] = (),
    login: bool = False,
    media: str = "application/json",
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Describe a view's answers and read its `json` and `query` arguments; too many and away can happen anywhere.

    `body` only describes: for a view that reads its input itself because a form may bring it as well.
    With `login`, nobody's input is looked at before he has said who he is.
    """
    codes = {400, 429, 503, *refusals, *((401,) if login else ())}
    models = {f"HTTP_{status}": answer, **{f"HTTP_{code}": Refusal for code in sorted(codes)}}
    read_and_describe = contract.validate(
        json=body,
        skip_validation=body is not None,
        resp=_Answers(media, **models),
        tags=[tag],
        security=LOGIN if login else [],
    )

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        described: Callable[..., Any] = read_and_describe(view)

        @wraps(described)
        def close(*args: Any, **kwargs: Any) -> Any:
            if login:
                get_person()
            return described(*args, **kwargs)

        return close

    return decorate
