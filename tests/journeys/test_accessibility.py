"""axe finds nothing serious or critical on the pages a shop is judged by, nor do they scroll sideways on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import DESK, PHONE, Stack, open_context

pytestmark = pytest.mark.journey
AXE = Path(__file__).parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
PAGES = {
    "home": "/",
    "families": "/pieces",
    "gamme": "/pieces/plaquette-de-frein-402.html",
    "gamme of a vehicle": "/pieces/plaquette-de-frein-402/renault-1/clio-iii-1007/1-5-dci-100710.html",
    "makes": "/constructeurs",
    "search": "/recherche?q=disque",
    "vehicle picker": "/vehicule",
    "cart": "/panier",
    "sign in": "/connexion",
    "sign up": "/inscription",
    "terms": "/informations/conditions-generales-de-vente",
    "no such page": "/cette-page-n-existe-pas",
    "staff sign in": "/backoffice/connexion",
    "api": "/api/docs",
}


def find_faults(page: Page) -> list[str]:
    # Evaluated by the debugger, which the content policy does not bind.
    page.evaluate(AXE.read_text())
    # A toast that is still fading in has no colour of its own yet.
    page.evaluate("document.getAnimations().forEach((one) => one.effect.getTiming().iterations < 9 && one.finish())")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:160]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_page_can_be_used_by_everybody(browser: Browser, stack: Stack, name: str, size: dict[str, int]) -> None:
    context = open_context(browser, stack, viewport=size)
    page = context.new_page()
    page.goto(PAGES[name])
    faults = find_faults(page)
    sideways = scrolls_sideways(page)
    context.close()
    assert not faults
    assert not sideways


STAFF_PAGES = (
    "/backoffice",
    "/backoffice/orders",
    "/backoffice/orders/1",
    "/backoffice/products",
    "/backoffice/imports",
    "/backoffice/imports/new",
    "/backoffice/searches",
    "/backoffice/synonyms",
    "/backoffice/texts",
    "/backoffice/cache",
    "/backoffice/styleguide",
)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_staffs_pages_too(browser: Browser, stack: Stack, size: dict[str, int]) -> None:
    context = open_context(browser, stack, viewport=size)
    page = context.new_page()
    page.goto("/backoffice/connexion")
    page.get_by_label("Adresse e-mail").fill(stack.staff["email"])
    page.locator("input[name=password]").fill(stack.staff["password"])
    page.get_by_role("button", name="connecter").click()
    for path in STAFF_PAGES:
        page.goto(path)
        assert not find_faults(page), path
    page.goto("/backoffice/products")
    page.locator("tr[data-row] a").first.click()
    page.get_by_role("button", name="Enregistrer le stock").wait_for()
    assert not find_faults(page), "a product"
    context.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_of_buying_too(browser: Browser, stack: Stack, size: dict[str, int]) -> None:
    context = open_context(browser, stack, viewport=size)
    page = context.new_page()
    page.goto(PAGES["gamme of a vehicle"])
    page.locator("article.part-row h3 a").first.click()
    page.locator("form.add-to-cart").first.wait_for()
    assert not find_faults(page), "product"
    page.get_by_role("button", name="Ajouter au panier").first.click()
    page.get_by_text("Ajouté au panier").first.wait_for()
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(stack.customer["email"])
    page.locator("input[name=password]").fill(stack.customer["password"])
    page.locator("main").get_by_role("button", name="Se connecter").click()
    for path in ("/panier", "/commande", "/compte", "/compte/commandes"):
        page.goto(path)
        assert not find_faults(page), path
        assert not scrolls_sideways(page), path
    page.goto("/commande")
    page.get_by_role("button", name="Choisir la livraison").click()
    assert not find_faults(page), "delivery"
    page.get_by_role("button", name="Vérifier la commande").click()
    assert not find_faults(page), "summary"
    context.close()
