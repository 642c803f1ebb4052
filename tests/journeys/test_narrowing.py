"""A long group of filters is searched by typing, without a word to the server."""

import re

from playwright.sync_api import Page, expect


def test_a_choice_is_found_by_its_letters(visitor: Page) -> None:
    visitor.goto("/recherche?q=filtre")
    group = visitor.locator("details.filter-group", has=visitor.get_by_placeholder("Chercher dans la liste")).last
    field = group.get_by_placeholder("Chercher dans la liste")
    choices = group.locator(".filter-options > li")
    shown = choices.locator("visible=true")
    name = str(choices.last.locator(".tick-text").text_content())

    field.fill(name.upper())
    expect(shown.first).to_contain_text(name)
    assert shown.count() < choices.count()
    field.press("Enter")
    field.fill("qqq")
    field.blur()
    expect(group.get_by_text("Aucun choix ne contient ces lettres.")).to_be_visible()
    expect(visitor).to_have_url(re.compile(r"\?q=filtre$"))

    field.fill(name)
    shown.get_by_role("checkbox").first.check()
    expect(visitor).to_have_url(re.compile(r"[?&](marque|gamme)=\d+"))
