"""Quicker ways to say the same: prices as Babel writes them, sentences escaped, calls as Jinja makes them."""

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_currency
from flask import Flask, g, render_template_string
from hypothesis import given
from hypothesis import strategies as st

from web.templating import money, show_date


@pytest.mark.parametrize("language", ["fr", "en", "de"])
@given(cents=st.integers(min_value=-(10**9), max_value=10**12))
def test_a_price_reads_as_babel_writes_it(app: Flask, language: str, cents: int) -> None:
    with app.app_context():
        g.locale = language
        assert money(cents) == format_currency(Decimal(cents) / 100, "EUR", locale=language)


def test_a_date_is_said_in_the_visitors_language(app: Flask) -> None:
    day = date(2026, 12, 12)
    with app.app_context():
        g.locale = "fr"
        assert show_date(day) == "12 décembre 2026"
        g.locale = "en"
        assert show_date(day) == "December 12, 2026"


def test_values_in_sentences_are_escaped_and_sentences_are_formats(app: Flask) -> None:
    page = (
        '{{ _("Pièces %(brand)s", brand="<b>") }}|{{ _("TVA 20 %%") }}|'
        '{{ ngettext("%(num)s pièce de %(brand)s", "%(num)s pièces de %(brand)s", 2, brand="A&B") }}|'
        '{{ ngettext("%(num)s pièce", "%(num)s pièces", 1200, num="1 200") }}'
    )
    with app.app_context():
        assert render_template_string(page) == "Pièces &lt;b&gt;|TVA 20 %|2 pièces de A&amp;B|1 200 pièces"


def test_a_macro_keeps_its_caller_and_its_names_inside_loops(app: Flask) -> None:
    page = (
        "{% macro cell(text, tone='') %}<td{{ {'class': tone} | xmlattr }}>{{ text }}{{ caller() }}</td>{% endmacro %}"
        "{% for one in ('<', 'b') %}{% call cell(one, tone='x') %}{{ loop.index }}{% endcall %}{% endfor %}"
    )
    with app.app_context():
        assert render_template_string(page) == '<td class="x">&lt;1</td><td class="x">b2</td>'
