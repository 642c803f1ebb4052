"""A shopper finds the part that fits, buys it and gets the invoice; staff ship it. With scripts and without."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Stack, open_context, wait_for

pytestmark = pytest.mark.journey


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def context(request: pytest.FixtureRequest, browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    opened = open_context(browser, stack, java_script_enabled=request.param)
    opened.has_scripts = request.param  # type: ignore[attr-defined]
    yield opened
    opened.close()


def test_from_the_car_to_the_parcel(context: BrowserContext, stack: Stack) -> None:
    scripts: bool = context.has_scripts  # type: ignore[attr-defined]
    buyer = f"parcours-{uuid4().hex[:8]}@example.org"
    page = context.new_page()
    choose_the_car(page, scripts=scripts)
    name = find_brake_pads(page)
    add_two(page)
    number, total = check_out(page, buyer)
    pay(page, scripts=scripts)
    expect(page.get_by_role("heading", name="Merci, votre commande est payée")).to_be_visible()
    invoice_is_mailed(stack, buyer, number, total)
    invoice_is_downloaded(page, number)
    ship_it(context, stack, number, name)
    told = wait_for(
        lambda: [mail for mail in stack.messages(buyer) if "6A98765432101" in mail["text"]], said="shipping"
    )
    assert len(told) == 1
    page.reload()
    expect(page.get_by_text("6A98765432101").first).to_be_visible()


def choose_the_car(page: Page, *, scripts: bool) -> None:
    page.goto("/")
    if not scripts:
        page.goto("/vehicule")
    for label, text in (
        ("Marque", "Renault"),
        ("Modèle", "Clio III (BR0/1"),
        ("Année", "2008"),
        ("Motorisation", "1.5 dCi 86 ch"),
    ):
        select = page.get_by_role("combobox", name=label, exact=True)
        option = select.locator("option", has_text=text).first
        option.wait_for(state="attached")
        value = option.get_attribute("value")
        if label == "Motorisation":
            select.select_option(value=value)
        elif scripts:
            # The next list comes by itself, with this choice kept in it.
            with page.expect_response(lambda answer: "/vehicule?" in answer.url):
                select.select_option(value=value)
            expect(page.locator(f"form.picker-last input[type=hidden][value='{value}']")).to_be_attached()
        else:
            select.select_option(value=value)
            page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Choisir ce véhicule").first.click()
    expect(page.get_by_role("region", name="Votre véhicule")).to_contain_text("Renault Clio III")


def find_brake_pads(page: Page) -> str:
    page.get_by_role("searchbox").or_(page.get_by_role("combobox", name=re.compile("Rechercher|Référence"))).first.fill(
        "plaquette de frein"
    )
    page.get_by_role("button", name="Rechercher").first.click()
    page.wait_for_url(re.compile("recherche|pieces"))
    page.get_by_role("link", name=re.compile("^Plaquettes? de frein")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plaquettes de frein")
    only_mine = page.get_by_role("link", name="Voir seulement ce qui est monté dessus")
    if only_mine.count():
        only_mine.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Renault Clio III")
    row = (
        page.locator("article.part-row").filter(has_text="Convient à votre véhicule").filter(has_text="En stock").first
    )
    link = row.get_by_role("heading").get_by_role("link")
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name.split(" ")[0])
    expect(page.get_by_text("Convient à votre véhicule").first).to_be_visible()
    return name


def add_two(page: Page) -> None:
    form = page.locator("form.add-to-cart").first
    form.get_by_label("Quantité").fill("2")
    form.get_by_role("button", name="Ajouter au panier").click()
    expect(page.get_by_text("Ajouté au panier").first).to_be_visible()
    page.goto("/panier")
    expect(page.get_by_label("Quantité").first).to_have_value("2")


def check_out(page: Page, buyer: str) -> tuple[str, str]:
    page.get_by_role("link", name=re.compile("Commander|Passer")).first.click()
    # Nothing typed: every field says what it wants, and nothing goes on.
    page.get_by_role("button", name="Choisir la livraison").click()
    expect(page.get_by_role("alert")).to_contain_text("Vérifiez")
    page.get_by_label("Adresse e-mail").fill(buyer)
    delivery = page.get_by_role("group", name="Adresse de livraison")
    for label, text in (
        ("Prénom", "Camille"), ("Nom", "Parcours"), ("Adresse", "12 rue des Ateliers"), ("Code postal", "6900"),
        ("Ville", "Lyon"),
    ):  # fmt: skip
        delivery.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Choisir la livraison").click()
    expect(page.get_by_text("code postal de 5 chiffres").first).to_be_visible()
    expect(delivery.get_by_label("Nom", exact=True)).to_have_value("Parcours")
    delivery.get_by_label("Code postal", exact=True).fill("69003")
    page.get_by_role("button", name="Choisir la livraison").click()
    page.get_by_role("button", name="Vérifier la commande").click()
    page.get_by_role("button", name=re.compile("Commander et payer")).click()
    expect(page.get_by_text("Acceptez les conditions générales").first).to_be_visible()
    page.get_by_label(re.compile("J'accepte")).check()
    button = page.get_by_role("button", name=re.compile("Commander et payer"))
    total = button.inner_text().removeprefix("Commander et payer").strip()
    button.click()
    return find_number(page), total


def find_number(page: Page) -> str:
    """Return the order's number, which the way to the bank or the bank's own page shows."""
    page.wait_for_url(re.compile("paiement|commande|cgi"))
    text = page.locator("body")
    expect(text).to_contain_text(re.compile(r"ORD-\d{4}-\d{6}"))
    found = re.search(r"ORD-\d{4}-\d{6}", text.inner_text())
    assert found
    return found[0]


def pay(page: Page, *, scripts: bool) -> None:
    if not scripts:
        page.get_by_role("button", name=re.compile("^Payer")).click()
    page.wait_for_url(re.compile("/cgi/"))
    page.get_by_role("button", name=re.compile("^Payer")).click()
    page.get_by_role("button", name="Confirmer le paiement").click()
    if not scripts:
        # The waiting page asks for itself again every few seconds: the test only looks on.
        expect(page.get_by_role("heading", name=re.compile("Merci"))).to_be_visible(timeout=60_000)


def invoice_is_mailed(stack: Stack, buyer: str, number: str, total: str) -> None:
    def paid() -> list[dict[str, object]]:
        return [mail for mail in stack.messages(buyer) if mail["attachments"]]

    (mail,) = wait_for(paid, seconds=60, said="the mail with the invoice")
    assert number in str(mail["text"])
    assert total.replace("\u202f", " ").replace("\xa0", " ") in str(mail["text"]).replace("\u202f", " ").replace(
        "\xa0", " "
    )
    (attachment,) = mail["attachments"]  # type: ignore[misc]
    assert attachment["name"].endswith(".pdf")  # type: ignore[index]


def invoice_is_downloaded(page: Page, number: str) -> None:
    page.get_by_role("link", name="Suivre ma commande").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    link = page.get_by_role("link", name=re.compile("facture", re.IGNORECASE)).first
    answer = page.context.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def ship_it(context: BrowserContext, stack: Stack, number: str, name: str) -> None:
    page = context.new_page()
    page.goto(f"/backoffice/orders?q={number}")
    page.get_by_label("Adresse e-mail").fill(stack.staff["email"])
    page.locator("input[name=password]").fill(stack.staff["password"])
    page.get_by_role("button", name=re.compile("connecter", re.I)).click()
    page.goto(f"/backoffice/orders?q={number}")
    page.get_by_role("link", name=number).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    expect(page.get_by_text(name).first).to_be_visible()
    page.get_by_role("button", name="Commencer la préparation").click()
    # Without a number no parcel leaves, and the carrier stays chosen.
    page.get_by_label("Transporteur").select_option("Colissimo")
    page.get_by_role("button", name="Marquer comme expédiée").click()
    expect(page.get_by_text("Saisissez le numéro de suivi").first).to_be_visible()
    expect(page.get_by_label("Transporteur")).to_have_value("Colissimo")
    page.get_by_label("Numéro de suivi").fill("6A98765432101")
    page.get_by_role("button", name="Marquer comme expédiée").click()
    expect(page.get_by_role("button", name="Marquer comme livrée")).to_be_visible()
    page.close()
