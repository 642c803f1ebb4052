"""Jinja as this shop uses it: the same pages for less work.

A list of parts makes some four hundred calls and twenty imports. Jinja asks of each callable whether it wants the
context, the environment or neither, and of each import which global names it lacks; here both are nearly always known.
A list writes some fourteen hundred values, nearly all of them HTML already or without anything to escape.
"""

import re
from types import FunctionType
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape


class PageContext(Context):
    """A context that calls macros and plain functions at once, and leaves every other callable to Jinja."""

    def call(self, called: Any, /, *args: Any, **named: Any) -> Any:
        """Call something from a template."""
        if isinstance(called, Macro):
            return called(self.eval_ctx, *args, **_without_scopes(named))
        if type(called) is FunctionType and "jinja_pass_arg" not in called.__dict__:
            return called(*args, **_without_scopes(named))
        return super().call(called, *args, **named)


class PageTemplate(Template):
    """A template whose imports share one module: no template here is given globals of its own."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def install(app: Flask) -> None:
    """Have `app` render with these; to be called before anything touches its templates."""
    app.jinja_environment = PageEnvironment


class PageCodeGenerator(CodeGenerator):
    """Compiles templates that escape what they write by `escaped`, where Jinja's own would."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class PageEnvironment(Environment):
    """Flask's environment of templates with ours in it."""

    context_class = PageContext
    template_class = PageTemplate
    code_generator_class = PageCodeGenerator

    @staticmethod
    def escaped(value: Any) -> str:
        """Return a value as HTML, as markupsafe.escape does, without making a new object where none is needed."""
        kind = type(value)
        if kind is Markup or (kind is str and _needs_escaping(value) is None):
            text: str = value
            return text
        return escape(value)


_needs_escaping = re.compile("[&<>\"']").search


def _without_scopes(named: dict[str, Any]) -> dict[str, Any]:
    """Drop what a compiled template adds to a call inside a loop or block; only a context wants it."""
    named.pop("_loop_vars", None)
    named.pop("_block_vars", None)
    return named
