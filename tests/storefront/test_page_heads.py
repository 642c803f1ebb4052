"""Heads of pages: one title, description, canonical address and h1 each, within length; JSON-LD as the page says."""

import html
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from models.catalog import Gamme, Product
from models.database import session
from models.vehicles import VehicleType
from services.products import get_product
from services.vehicles import get_vehicle_type
from tests.factories import (
    make_brand,
    make_family,
    make_fitment,
    make_gamme,
    make_make,
    make_model,
    make_product,
    make_vehicle_type,
)
from tests.factories.texts import give_advice, make_switch, offer_for, write_gamme_text, write_template
from tests.storefront.reading import text_of

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def clio(db: None) -> VehicleType:
    model = make_model(make_id=make_make(alias="renault", name="Renault").id, alias="clio-iii", name="Clio III")
    return get_vehicle_type(make_vehicle_type(model_id=model.id, alias="1-5-dci", name="1.5 dCi").id)


@pytest.fixture
def disc(db: None, clio: VehicleType) -> Product:
    family = make_family(alias="freinage", name="Freinage", description="Plaquettes, disques et étriers.")
    gamme = make_gamme(
        family_id=family.id, alias="disque", name="Disque de frein", plural_name="Disques de frein", is_top=True
    )
    product = make_product(
        gamme_id=gamme.id,
        brand_id=make_brand(alias="ate", name="ATE").id,
        name="Disque de frein",
        reference="24.01 & 10",
        ean="4006633288354",
        price_cents=38_90,
    )
    make_fitment(product, clio)
    return get_product(product.id)


def addresses_of(product: Product, vehicle: VehicleType) -> dict[str, str]:
    gamme, brand, model = product.gamme, product.brand, vehicle.model
    make = model.make
    car = f"{make.alias}-{make.id}/{model.alias}-{model.id}/{vehicle.alias}-{vehicle.id}"
    return {
        "home": "/",
        "families": "/pieces",
        "family": f"/familles/{gamme.family.alias}-{gamme.family.id}.html",
        "gamme": f"/pieces/{gamme.alias}-{gamme.id}.html",
        "gamme_for_vehicle": f"/pieces/{gamme.alias}-{gamme.id}/{car}.html",
        "product": f"/piece/disque-de-frein-ate-24-01-10-{product.id}.html",
        "makes": "/constructeurs",
        "make": f"/constructeurs/{make.alias}-{make.id}.html",
        "model": f"/constructeurs/{make.alias}-{make.id}/{model.alias}-{model.id}",
        "type": f"/constructeurs/{car}",
        "brands": "/equipementiers",
        "brand": f"/equipementiers/{brand.alias}-{brand.id}.html",
    }


PAGES = (
    *("home", "families", "family", "gamme", "gamme_for_vehicle", "product", "makes", "make", "model", "type"),
    *("brands", "brand"),
)


def only(pattern: str, page: str) -> str:
    found = re.findall(pattern, page, re.S)
    assert len(found) == 1, (pattern, found)
    return html.unescape(found[0])


def data_of(answer: Any) -> dict[str, dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.S)
    return {block["@type"]: block for block in map(json.loads, found)}


@pytest.mark.parametrize("kind", PAGES)
def test_each_page_has_one_head_within_length(client: FlaskClient, disc: Product, clio: VehicleType, kind: str) -> None:
    path = addresses_of(disc, clio)[kind]
    offer_for(disc.gamme, clio)
    answer = client.get(path)
    assert answer.status_code == 200
    title = only(r"<title>(.*?)</title>", answer.text)
    description = only(r'<meta name="description" content="(.*?)">', answer.text)
    assert 30 <= len(title) <= 70, title
    assert 100 <= len(description) <= 170, description
    assert only(r'<link rel="canonical" href="(.*?)">', answer.text) == f"{SITE}{path}"
    assert only(r"<h1[^>]*>(.*?)</h1>", answer.text)
    assert "noindex" not in answer.text
    assert only(r'<meta property="og:title" content="(.*?)">', answer.text) == title.removesuffix(" · Atelier")
    assert only(r'<meta property="og:description" content="(.*?)">', answer.text) == description
    assert only(r'<meta property="og:url" content="(.*?)">', answer.text) == f"{SITE}{path}"
    assert only(r'<meta property="og:locale" content="(.*?)">', answer.text) == "fr_FR"
    assert "og:image" not in answer.text
    for words in (title, description):
        assert "#" not in words
        assert "None" not in words
        assert "&" not in words.replace(" & ", "")


def test_heads_differ_from_page_to_page(client: FlaskClient, disc: Product, clio: VehicleType) -> None:
    found = [client.get(path).text for kind, path in addresses_of(disc, clio).items() if kind in PAGES]
    for pattern in (r"<title>(.*?)</title>", r'<meta name="description" content="(.*?)">'):
        assert len({only(pattern, page) for page in found}) == len(found)


class TestStructuredData:
    def test_a_products_price_is_the_pages(self, client: FlaskClient, disc: Product, clio: VehicleType) -> None:
        answer = client.get(addresses_of(disc, clio)["product"])
        data = data_of(answer)["Product"]
        assert data["offers"]["price"] == "38.90"
        assert data["offers"]["priceCurrency"] == "EUR"
        assert data["offers"]["availability"] == "https://schema.org/InStock"
        assert "38,90 €" in text_of(answer)
        assert (data["mpn"], data["gtin13"], data["brand"]["name"]) == ("24.01 & 10", "4006633288354", "ATE")
        [model] = data["isAccessoryOrSparePartFor"]
        assert (model["@type"], model["name"]) == ("Car", "Renault Clio III")
        assert answer.headers["X-Robots-Tag"] == "index, follow, max-image-preview:large"
        path = addresses_of(disc, clio)["product"]
        assert answer.headers["Link"] == f'<{SITE}{path}>; rel="canonical"'

    def test_at_most_twelve_models_are_named(self, client: FlaskClient, disc: Product, clio: VehicleType) -> None:
        for _ in range(14):
            make_fitment(disc, make_vehicle_type())
        data = data_of(client.get(addresses_of(disc, clio)["product"]))["Product"]
        assert len(data["isAccessoryOrSparePartFor"]) == 12

    def test_a_list_for_a_vehicle_says_which(self, client: FlaskClient, disc: Product, clio: VehicleType) -> None:
        paths = addresses_of(disc, clio)
        data = data_of(client.get(paths["gamme_for_vehicle"]))["CollectionPage"]
        assert data["about"]["vehicleEngine"]["enginePower"]["value"] == 63
        assert data["about"]["manufacturer"] == "Renault"
        [item] = data["mainEntity"]["itemListElement"]
        assert item["url"] == SITE + paths["product"]

    def test_home_says_who_sells_and_how_to_search(self, client: FlaskClient, disc: Product) -> None:
        data = data_of(client.get("/"))
        assert data["Organization"]["url"] == f"{SITE}/"
        assert "address" not in data["Organization"]
        target = data["WebSite"]["potentialAction"]["target"]["urlTemplate"]
        assert target.startswith(SITE)
        assert client.get(target.removeprefix(SITE).format(search_term_string="disque")).status_code == 200


class TestTexts:
    def test_a_pages_own_texts_are_shown_clean(self, client: FlaskClient, disc: Product, clio: VehicleType) -> None:
        make_switch("Contrôlez #VModele#.", gamme_id=disc.gamme_id)
        write_template(
            disc.gamme,
            title="Disques #VMarque# #VModele# #MinPrice#",
            h1="Freiner en #VModele#",
            preview="<p>#CompSwitch_1# #Inconnu#</p>",
            content="<p>Un <b>texte</b><script>alert(1)</script></p>",
        )
        answer = client.get(addresses_of(disc, clio)["gamme_for_vehicle"])
        assert only(r"<title>(.*?)</title>", answer.text) == "Disques Renault Clio III dès 38,90\xa0€ · Atelier"
        assert only(r"<h1[^>]*>(.*?)</h1>", answer.text) == "Freiner en Clio III"
        assert "<p>Contrôlez <b>Clio III</b>.</p>" in answer.text
        assert "<p>Un <b>texte</b></p>" in answer.text
        assert "alert(1)" not in answer.text

    def test_a_narrowed_list_leaves_texts_to_the_whole_one(
        self, client: FlaskClient, disc: Product, clio: VehicleType
    ) -> None:
        write_template(disc.gamme, content="<p>Texte de la page</p>")
        answer = client.get(addresses_of(disc, clio)["gamme_for_vehicle"] + "?tri=nom")
        assert '<meta name="robots" content="noindex, follow">' in answer.text
        assert "Texte de la page" not in answer.text

    def test_what_may_not_be_indexed_says_so_and_names_no_canonical(
        self, client: FlaskClient, disc: Product, clio: VehicleType
    ) -> None:
        session.execute(update(Gamme).values(is_indexable=False))
        paths = addresses_of(disc, clio)
        for kind in ("gamme", "gamme_for_vehicle"):
            page = client.get(paths[kind]).text
            assert '<meta name="robots" content="noindex, nofollow">' in page
            assert 'rel="canonical"' not in page

    def test_a_gammes_sections_are_there_when_written(
        self, client: FlaskClient, disc: Product, clio: VehicleType
    ) -> None:
        path = addresses_of(disc, clio)["gamme"]
        plain = text_of(client.get(path))
        assert "Nos conseils" not in plain
        assert "Disques de frein par véhicule" not in plain
        offer_for(disc.gamme, clio, products=3, from_cents=38_90)
        give_advice(disc.gamme, "<p>Toujours par paire.</p>", title="Monter")
        write_gamme_text(disc.gamme, h1="Les disques")
        answer = client.get(path)
        assert only(r"<h1[^>]*>(.*?)</h1>", answer.text) == "Les disques"
        assert "Nos conseils" in text_of(answer)
        assert "3 références, dès 38,90 €" in text_of(answer)
        assert addresses_of(disc, clio)["gamme_for_vehicle"] in answer.text


@pytest.mark.parametrize(
    "path", ["/panier", "/connexion", "/recherche?q=disque", "/api/catalog/hierarchy", "/backoffice/connexion"]
)
def test_pages_of_one_visitor_are_kept_from_robots(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["X-Robots-Tag"] == "noindex"
