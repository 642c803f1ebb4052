"""What is kept ready between pages: never another visitor's, never an old one, never unescaped."""

import pytest
from flask import Flask, g, render_template_string
from flask.testing import FlaskClient
from markupsafe import Markup, escape

from models.catalog import Family
from models.database import session
from tests.factories import make_customer, make_family
from tests.factories.keeping import keep
from tests.factories.people import PASSWORD
from web import shared_pages
from web.rendering import PageEnvironment


def test_a_macro_is_remembered_by_all_that_it_was_given(app: Flask) -> None:
    page = (
        "{% macro cell(text, tone='') %}<td class=\"{{ tone }}\">{{ text }}</td>{% endmacro %}"
        "{% set cell = remembered(cell) %}"
        "{{ cell('<b>') }}{{ cell('<b>' | safe) }}{{ cell('<b>') }}{{ cell('<b>', tone='x') }}"
        "{{ cell(1) }}{{ cell(true) }}"
    )
    with app.app_context():
        assert render_template_string(page) == (
            '<td class="">&lt;b&gt;</td><td class=""><b></td><td class="">&lt;b&gt;</td>'
            '<td class="x">&lt;b&gt;</td><td class="">1</td><td class="">True</td>'
        )


def test_a_macro_is_remembered_for_each_language(app: Flask) -> None:
    macro = "{% macro amount(cents) %}{{ money(cents) }}{% endmacro %}{% set amount = remembered(amount) %}"
    template = app.jinja_env.from_string(macro + "{{ amount(150) }}")
    with app.app_context():
        said = []
        for g.locale in ("fr", "en", "fr"):
            said.append(template.render())
        assert said == ["1,50\u00a0€", "€1.50", "1,50\u00a0€"]


def test_a_part_is_made_once_for_the_same_facts(app: Flask) -> None:
    made: list[str] = []
    page = app.jinja_env.from_string("{% call kept_part('test-part', fact) %}{{ made(fact) }}{% endcall %}")

    def render(fact: object) -> str:
        return page.render(fact=fact, made=lambda value: made.append(str(value)) or value)

    with app.test_request_context("/"):
        assert [render(fact) for fact in ("a", "b", "a")] == ["a", "b", "a"]
        assert made == ["a", "b"]
        # What cannot be told is not kept.
        render(None)
        render(None)
        assert made == ["a", "b", "None", "None"]


def test_a_kept_part_may_show_nothing_that_a_change_must_end(app: Flask) -> None:
    page = "{% call kept_part('test-tagged', 1) %}{{ show() }}{% endcall %}"
    with app.test_request_context("/"), pytest.raises(RuntimeError, match="product:1"):
        render_template_string(page, show=lambda: shared_pages.tag("product:1") or "")


def test_the_parts_of_one_visitor_are_not_kept_for_the_next(client: FlaskClient, app: Flask) -> None:
    customer = make_customer(first_name="Solveig")
    keep()
    client.post("/connexion", data={"email": customer.email, "password": PASSWORD})
    assert "Solveig" in client.get("/panier").text
    stranger = app.test_client().get("/panier").text
    assert "Solveig" not in stranger
    assert "Se connecter" in stranger


def test_a_family_that_changes_its_name_shows_it_at_once(client: FlaskClient) -> None:
    family = make_family(name="Freinage")
    keep()
    assert ">Freinage</a>" in client.get("/panier").text
    session.get_one(Family, family.id).name = "Freins"
    keep()
    page = client.get("/panier").text
    assert ">Freins</a>" in page
    assert ">Freinage</a>" not in page


@pytest.mark.parametrize("value", ["plain", "<b>\"'&", Markup("<b>"), 12, None, 1.5, ["<"]], ids=repr)
def test_values_are_escaped_as_markupsafe_escapes_them(value: object) -> None:
    assert PageEnvironment.escaped(value) == escape(value)
