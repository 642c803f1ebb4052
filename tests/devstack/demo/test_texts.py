"""The pages of a whole demo shop: heads within length, each its own, and nothing unresolved anywhere."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine, select, text

from devstack.demo.catalog.products import Catalogue
from devstack.demo.catalog.sizes import SIZES
from devstack.demo.catalog.writing import finish_numbering, write_products, write_shelves
from devstack.demo.texts.writing import WRITINGS, write_texts
from devstack.demo.vehicles.writing import write_vehicles
from domain.page_subjects import Offered
from domain.page_texts import clean_html, plain_text, unknown_markers
from models import database
from models.catalog import Family, Gamme
from models.database import session
from models.offers import VehicleGamme
from models.seo import TextSwitch, VehicleGammeTemplate
from services.seo import get_gamme_page, get_vehicle_page, list_engine_cards
from services.vehicle_gammes import rebuild_vehicle_gammes
from services.vehicles import get_car

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def shop(engine: Engine) -> Iterator[Connection]:
    """The tiny demo shop, in a transaction that is rolled back when its tests are done."""
    connection = engine.connect()
    transaction = connection.begin()
    database.session.remove()
    database._sessions.configure(bind=connection, join_transaction_mode="create_savepoint")
    write_vehicles()
    write_shelves()
    write_products(Catalogue(SIZES["tiny"], 1), NOW, lambda _done: None)
    finish_numbering()
    session.execute(text("ANALYZE"))
    rebuild_vehicle_gammes()
    write_texts()
    session.execute(text("ANALYZE"))
    yield connection
    database.session.remove()
    transaction.rollback()
    connection.close()
    database._sessions.configure(bind=engine, join_transaction_mode="conditional_savepoint")


def assert_reads_well(words: str) -> None:
    assert not re.search(r"#[\w.-]+#", words)
    assert "None" not in words
    assert "  " not in words
    assert not re.search(r"\s[.,]", words)


@pytest.mark.usefixtures("shop")
def test_every_gamme_has_its_own_head_and_clean_texts() -> None:
    gamme_ids = session.scalars(
        select(Gamme.id).join(Gamme.family).where(Gamme.is_displayed, Family.is_displayed).order_by(Gamme.id)
    ).all()
    titles, descriptions = set(), set()
    for gamme_id in gamme_ids:
        page = get_gamme_page(gamme_id)
        texts = page.write()
        titles.add(texts.title)
        descriptions.add(texts.description)
        assert 20 <= len(texts.title) <= 60, texts.title
        assert 100 <= len(texts.description) <= 170, texts.description
        for words in (texts.title, texts.description, texts.h1, *texts.informations):
            assert_reads_well(words)
        for html in (texts.content, *(one.content for one in (*texts.advice, *texts.brands))):
            assert_reads_well(plain_text(html))
            assert clean_html(html) == html
        for card in list_engine_cards(page.gamme, texts):
            assert_reads_well(card.words.title)
            assert_reads_well(card.words.description)
    assert len(titles) == len(descriptions) == len(gamme_ids) > 150


@pytest.mark.usefixtures("shop")
def test_three_hundred_pages_for_a_vehicle_read_well() -> None:
    written = [writing.gamme_id for writing in WRITINGS]
    query = (
        select(VehicleGamme)
        .join(Gamme, Gamme.id == VehicleGamme.gamme_id)
        .where(Gamme.is_displayed)
        .order_by(VehicleGamme.vehicle_type_id * 7919 % 10007, VehicleGamme.gamme_id)
    )
    offers = [
        *session.scalars(query.where(VehicleGamme.gamme_id.in_(written)).limit(150)),
        *session.scalars(query.where(VehicleGamme.gamme_id.not_in(written)).limit(150)),
    ]
    assert len(offers) == 300
    h1s, previews = set(), 0
    for offer in offers:
        car = get_car(offer.vehicle_type_id)
        texts = get_vehicle_page(offer.gamme_id, car.id).write(car.type, Offered(offer.product_count, "38,90 €"))
        h1s.add(texts.h1)
        previews += bool(texts.preview)
        assert 20 <= len(texts.title) <= 60, texts.title
        assert 100 <= len(texts.description) <= 170, texts.description
        for words in (texts.title, texts.description, texts.h1, plain_text(texts.preview), plain_text(texts.content)):
            assert_reads_well(words)
        assert clean_html(texts.content) == texts.content
        assert clean_html(texts.preview) == texts.preview
    assert len(h1s) > 280
    assert previews == 150


@pytest.mark.usefixtures("shop")
def test_the_demos_own_texts_name_no_unknown_marker() -> None:
    for template in session.scalars(select(VehicleGammeTemplate)):
        for name in ("title", "description", "h1", "preview", "content"):
            assert unknown_markers(getattr(template, name)) == []
    contents = session.scalars(select(TextSwitch.content)).all()
    assert len(contents) > 250
    assert all(not unknown_markers(content) and clean_html(content) == content for content in contents)
