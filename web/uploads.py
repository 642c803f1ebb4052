"""Large files: let in only from staff who may send them, for the views that say so, and written straight to disk."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from config import Settings
from web.auth import find_staff_member

View = TypeVar("View", bound=Callable[..., Any])
_LEVEL = "takes_files_from_level"


def takes_files(level: int) -> Callable[[View], View]:
    """Mark a view that takes files larger than other requests may be, from staff of at least `level`."""

    def mark(view: View) -> View:
        setattr(view, _LEVEL, level)
        return view

    return mark


def install(app: Flask, config: Settings) -> None:
    """Give the marked views of `app` their larger limit; to be installed before anything reads a form."""
    largest = config.import_max_megabytes * 1024 * 1024

    def let_in() -> None:
        level = getattr(current_app.view_functions.get(request.endpoint or ""), _LEVEL, None)
        if level is None or request.method != "POST":
            return
        member = find_staff_member()
        # Anybody else's body stays under the common limit, whatever the route answers him.
        if member is not None and member.level >= level:
            request.max_content_length = largest

    app.before_request(let_in)
