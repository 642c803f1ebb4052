"""A change shows on the next request: one story per model of the table, told through cached pages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from config import settings
from models import spoils
from models.catalog import Brand, Fitment, Gamme, ProductPicture
from models.database import session
from models.offers import GammeSummary
from models.recommendations import GammeLink
from models.settings import ShopSetting
from models.stock import StockItem
from models.vehicles import EngineCode
from services.settings import IDENTITY_KEY
from tests.factories import (
    give_criterion,
    give_reference,
    make_brand,
    make_criterion,
    make_family,
    make_fitment,
    make_gamme,
    make_make,
    make_model,
    make_product,
    make_vehicle_type,
)
from tests.factories.keeping import keep
from tests.factories.texts import (
    give_advice,
    give_information,
    make_switch,
    write_brand_text,
    write_gamme_text,
    write_template,
)


@dataclass(frozen=True)
class Story:
    """Pages that show a thing, and its change; `path` may be another form of the address, which redirects."""

    row: Any
    change: Callable[[Any], None]
    paths: tuple[str, ...]


def family() -> Story:
    row = make_family()
    make_gamme(family_id=row.id)
    return Story(row, rename, ("/", "/pieces", f"/familles/x-{row.id}.html"))


def gamme() -> Story:
    row = make_gamme(is_top=True)
    make_product(gamme_id=row.id)
    return Story(row, rename, ("/", "/pieces", f"/familles/x-{row.family_id}.html", f"/pieces/x-{row.id}.html"))


def brand() -> Story:
    row = make_brand(is_top=True)
    product = make_product(brand_id=row.id)
    paths = ("/", "/equipementiers", f"/equipementiers/x-{row.id}.html", f"/piece/x-{product.id}.html")
    return Story(row, rename, (*paths, f"/pieces/x-{product.gamme_id}.html"))


def criterion() -> Story:
    row, product = make_criterion(), make_product()
    give_criterion(product, row, "280")
    return Story(row, rename, (f"/piece/x-{product.id}.html",))


def product() -> Story:
    row = make_product()
    rival = make_product(gamme_id=row.gamme_id)
    for one in (row, rival):
        make_fitment(one, make_vehicle_type())
    rival.fitment_group_id = row.fitment_group_id

    def change(it: Any) -> None:
        it.price_cents = 77_77

    return Story(
        row, change, (f"/piece/x-{row.id}.html", f"/pieces/x-{row.gamme_id}.html", f"/piece/x-{rival.id}.html")
    )


def product_criterion() -> Story:
    product = make_product()
    row = give_criterion(product, make_criterion(is_filter=True), "280")

    def change(it: Any) -> None:
        it.value = "317"

    return Story(row, change, (f"/piece/x-{product.id}.html", f"/pieces/x-{product.gamme_id}.html"))


def product_reference() -> Story:
    product = make_product()
    row = give_reference(product, "7701208265")

    def change(it: Any) -> None:
        it.reference = "8200123117"

    return Story(row, change, (f"/piece/x-{product.id}.html",))


def product_picture() -> Story:
    product = make_product()
    row = ProductPicture(product_id=product.id, position=1, path="a.webp", alt="Vue de face")
    session.add(row)

    def change(it: Any) -> None:
        it.path, it.alt = "b.webp", "Vue de dos"

    return Story(row, change, (f"/piece/x-{product.id}.html",))


def fitment() -> Story:
    product, car = make_product(), make_vehicle_type()
    row = make_fitment(product, car)

    def change(it: Any) -> None:
        it.restriction = "jusqu'au châssis 4711"

    return Story(row, change, (f"/piece/x-{product.id}/vehicules", type_list(product, car)))


def fitment_group() -> Story:
    """A group whose vehicles go: the page of what it fits."""
    product, car = make_product(), make_vehicle_type()
    row = make_fitment(product, car)
    group = session.get_one(spoils.FitmentGroup, row.group_id)

    def change(it: Any) -> None:
        it.gamme_id = it.gamme_id
        for one in session.query(Fitment).filter_by(group_id=it.id):
            session.delete(one)

    return Story(group, change, (f"/piece/x-{product.id}/vehicules",))


def stock_item() -> Story:
    product = make_product(stock=50)
    row = session.get_one(StockItem, product.id)

    def change(it: Any) -> None:
        it.on_hand = 0

    return Story(row, change, (f"/piece/x-{product.id}.html", f"/pieces/x-{product.gamme_id}.html"))


def make() -> Story:
    row = make_make(is_top=True)
    car = make_vehicle_type(model_id=make_model(make_id=row.id).id)
    paths = ("/", "/constructeurs", f"/constructeurs/x-{row.id}.html", f"/constructeurs/x-1/x-{car.model_id}")
    return Story(row, rename, (*paths, f"/constructeurs/x-1/x-1/x-{car.id}"))


def vehicle_model() -> Story:
    model = make_model()
    car = make_vehicle_type(model_id=model.id)
    paths = (f"/constructeurs/x-{model.make_id}.html", f"/constructeurs/x-1/x-{model.id}")
    return Story(model, rename, (*paths, f"/constructeurs/x-1/x-1/x-{car.id}"))


def vehicle_type() -> Story:
    row = make_vehicle_type()
    return Story(row, rename, (f"/constructeurs/x-1/x-{row.model_id}", f"/constructeurs/x-1/x-1/x-{row.id}"))


def engine_code() -> Story:
    car = make_vehicle_type()
    row = EngineCode(type_id=car.id, code="K9K 766")
    session.add(row)

    def change(it: Any) -> None:
        session.delete(it)
        session.add(EngineCode(type_id=car.id, code="K9K 892"))

    return Story(row, change, (f"/constructeurs/x-1/x-1/x-{car.id}",))


def shop_setting() -> Story:
    row = ShopSetting(key=IDENTITY_KEY, value={"name": "Atelier", "phone": "+33140000000"})
    session.add(row)

    def change(it: Any) -> None:
        it.value = {"name": "Atelier", "phone": "+33141111111", "email": "nous@example.org", "legal_name": "Autre"}

    return Story(row, change, ("/", "/informations/mentions-legales"))


def of_gamme_page(write: Callable[[Any], Any], column: str = "content") -> Callable[[], Story]:
    """A text that the page of its gamme shows."""

    def story() -> Story:
        gamme = make_gamme()
        make_product(gamme_id=gamme.id)

        def change(it: Any) -> None:
            setattr(it, column, "Des mots tout neufs pour cette page.")

        return Story(write(gamme), change, (f"/pieces/x-{gamme.id}.html",))

    return story


def brand_gamme_text() -> Story:
    product = make_product()
    gamme, brand = session.get_one(Gamme, product.gamme_id), session.get_one(Brand, product.brand_id)
    row = write_brand_text(gamme, brand, "Une marque connue.")

    def change(it: Any) -> None:
        it.content = "Une marque inconnue."

    return Story(row, change, (f"/pieces/x-{gamme.id}.html",))


def vehicle_template() -> Story:
    product, car = make_product(), make_vehicle_type()
    make_fitment(product, car)
    row = write_template(session.get_one(Gamme, product.gamme_id), h1="Un titre")

    def change(it: Any) -> None:
        it.h1 = "Un tout autre titre"

    return Story(row, change, (type_list(product, car),))


def text_switch() -> Story:
    product, car = make_product(), make_vehicle_type()
    make_fitment(product, car)
    gamme = session.get_one(Gamme, product.gamme_id)
    write_template(gamme, content="<p>#CompSwitch_1#</p>")
    # The only one of its slot: whatever the hash, its turn it is.
    row = make_switch("Des mots qui tournent.", gamme_id=gamme.id)

    def change(it: Any) -> None:
        it.content = "De tout autres mots."

    return Story(row, change, (type_list(product, car),))


def gamme_link() -> Story:
    product = make_product()
    discs, fluid = make_gamme(), make_gamme()
    for position, other in enumerate((discs, fluid)):
        counts = {"product_count": 1, "min_price_cents": 10_00, "universal_count": 0, "vehicle_count": 0}
        session.add(GammeSummary(gamme_id=other.id, **counts))
        session.add(GammeLink(gamme_id=product.gamme_id, other_id=other.id, position=position))
    session.flush()
    row = session.get_one(GammeLink, (product.gamme_id, discs.id))

    def change(it: Any) -> None:
        it.position = 9

    return Story(row, change, (f"/piece/x-{product.id}/associees",))


STORIES: dict[str, Callable[[], Story]] = {
    "Brand": brand,
    "Criterion": criterion,
    "EngineCode": engine_code,
    "Family": family,
    "Fitment": fitment,
    "FitmentGroup": fitment_group,
    "Gamme": gamme,
    "GammeLink": gamme_link,
    "Make": make,
    "Product": product,
    "ProductCriterion": product_criterion,
    "ProductPicture": product_picture,
    "ProductReference": product_reference,
    "ShopSetting": shop_setting,
    "StockItem": stock_item,
    "TextSwitch": text_switch,
    "BrandGammeText": brand_gamme_text,
    "GammeAdvice": of_gamme_page(lambda gamme: give_advice(gamme, "Un conseil.")),
    "GammeInformation": of_gamme_page(lambda gamme: give_information(gamme, "Une information.")),
    "GammeText": of_gamme_page(lambda gamme: write_gamme_text(gamme, h1="Un titre"), "h1"),
    "VehicleGammeTemplate": vehicle_template,
    "VehicleModel": vehicle_model,
    "VehicleType": vehicle_type,
}


def rename(row: Any) -> None:
    row.name = "Tout nouveau nom"
    if hasattr(row, "plural_name"):
        row.plural_name = "Tout nouveaux noms"


def type_list(product: Any, car: Any) -> str:
    return f"/pieces/x-{product.gamme_id}/x-1/x-1/x-{car.id}.html"


@pytest.fixture(autouse=True)
def served_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are shown where they are served from."""
    config = settings().model_copy(update={"pictures_url": "https://images.example.org"})
    monkeypatch.setattr("web.addresses.settings", lambda: config)


@pytest.mark.parametrize("name", sorted(model.__name__ for model in spoils.SPOILS))
def test_a_change_shows_on_the_next_request(visitor: FlaskClient, name: str) -> None:
    story = STORIES[name]()
    key = [getattr(story.row, column.key) for column in type(story.row).__mapper__.primary_key]
    keep()
    story = replace(story, paths=tuple(settled(visitor, path) for path in story.paths))
    before = {path: visitor.get(path) for path in story.paths}
    for path in story.paths:
        assert visitor.get(path).headers["X-Cache-Hit"] == "true", path

    row = session.get_one(type(story.row), key if len(key) > 1 else key[0])
    story.change(row)
    keep()

    for path, old in before.items():
        path = settled(visitor, path)
        new = visitor.get(path)
        assert new.status_code in (200, 404, 410), path
        assert new.text != old.text, f"{path} does not show it"


def settled(visitor: FlaskClient, path: str) -> str:
    """Follow an address to where it leads, as its name may have changed."""
    answer = visitor.get(path)
    while answer.status_code == 301:
        path = answer.headers["Location"]
        answer = visitor.get(path)
    return path
