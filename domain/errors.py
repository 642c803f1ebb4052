"""Refusals: what the shop says no to, in words that may be shown."""


class ShopError(Exception):
    """A refusal whose text is French, complete and fit for the person who asked.

    `field` names the input that caused it, so that a form can show the sentence beside it.
    """

    status = 422
    code = "UNPROCESSABLE_ENTITY"

    def __init__(self, message: str, *, field: str | None = None, details: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.details = details or {}


class NotFound(ShopError):
    """There is no such thing, or not for the one who asks."""

    status = 404
    code = "NOT_FOUND"


class Gone(ShopError):
    """There was such a thing and there will not be again."""

    status = 410
    code = "GONE"


class Conflict(ShopError):
    """Somebody else was first, or the thing has moved on."""

    status = 409
    code = "CONFLICT"


class NotAuthenticated(ShopError):
    """Nobody is signed in."""

    status = 401
    code = "UNAUTHORIZED"


class Forbidden(ShopError):
    """Signed in, but not allowed."""

    status = 403
    code = "FORBIDDEN"


class TooManyAttempts(ShopError):
    """A limit was reached; `details["retry_after"]` says for how many seconds."""

    status = 429
    code = "RATE_LIMIT_EXCEEDED"
