"""Answers: a whole page for a person, named blocks of the same page for htmx, 303 after a plain POST."""

from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request


def wants_fragment() -> bool:
    """Say whether htmx asks for a part of a page: not for a boosted link, nor to restore its history."""
    headers = request.headers
    return "HX-Request" in headers and not ("HX-Boosted" in headers or "HX-History-Restore-Request" in headers)


def page(template: str, *blocks: str, status: int = 200, **context: Any) -> Response:
    """Render the whole `template`, or only `blocks` of it when htmx asked; the server chooses, never the client."""
    if blocks and wants_fragment():
        body = _render_blocks(template, blocks, context)
    else:
        body = render_template(template, **context)
    response = make_response(body, status)
    response.vary.add("HX-Request")
    return response


def _render_blocks(name: str, blocks: tuple[str, ...], context: dict[str, Any]) -> str:
    """Render blocks of a page, those of its layouts among them, with what the templates import at their top.

    jinja2-fragments does neither: it calls the block of the named template alone.
    """
    current_app.update_template_context(context)
    template = current_app.jinja_env.get_template(name)
    page_context = template.new_context(context)
    # The first piece of output is the outermost layout's: by then every template's imports and blocks are known.
    next(iter(template.root_render_func(page_context)))
    return "".join(piece for block in blocks for piece in page_context.blocks[block][0](page_context))


def see_other(location: str) -> Response:
    """Send the visitor on after a successful POST; htmx is told to load the new page whole."""
    if wants_fragment():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = location
        return response
    response = make_response(redirect(location, 303))
    response.vary.add("HX-Request")
    return response


def safe_target(target: str | None, default: str) -> str:
    """Return `target` when it is a path of this site, else `default` (no open redirects, spec/auth.md rule 7)."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return default
    if "\\" in target or any(character < " " for character in target):
        return default
    return target
