"""Imports by staff: upload, mapping, preview, confirmation, report, undo; and who may not."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from config import settings
from integrations.queue import FakeQueue, queue
from jobs.imports import apply_import, check_import, undo_import
from models.catalog import Product
from models.database import session
from models.imports import ImportBatch, ImportMapping
from models.outbox import OutboxEvent
from tests.factories import make_brand, make_product
from tests.factories.keeping import keep

ROWS = "Marque;Référence;Prix TTC\nBosch;A1;12,50\nBosch;ZZ;3\n=cmd|calc;B;1\n"


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    own = settings().model_copy(update={"data_dir": tmp_path})
    monkeypatch.setattr("services.imports.batches.settings", lambda: own)
    return tmp_path / "imports"


@pytest.fixture(autouse=True)
def waiting() -> Iterator[FakeQueue]:
    with queue.replaced_by(FakeQueue()) as fake:
        yield fake


@pytest.fixture
def chief(browser_of: Callable[[int], FlaskClient]) -> FlaskClient:
    return browser_of(8)


@pytest.fixture
def product() -> int:
    made = make_product(brand_id=make_brand(name="Bosch").id, reference="A1", price_cents=1000)
    keep()
    return made.id


def upload(browser: FlaskClient, content: str | bytes = ROWS, name: str = "tarif.csv", **fields: str):
    body = content.encode() if isinstance(content, str) else content
    form = {"kind": "prices", "supplier": "Fournisseur SA", **fields}
    # Put together by hand: what the test client makes of a large file it never closes.
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in form.items()]
    parts.append(f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + body)
    sent = b"".join(b"--limit\r\n" + part + b"\r\n" for part in parts) + b"--limit--\r\n"
    return browser.post("/backoffice/imports", data=sent, content_type="multipart/form-data; boundary=limit")


def price(product_id: int) -> int | None:
    session.expire_all()
    return session.get_one(Product, product_id).price_cents


def test_the_whole_way_from_the_file_to_its_undo(app, chief, product, files):
    sent = upload(chief)
    assert sent.status_code == 303, sent.text
    address = sent.location.removesuffix("/mapping")
    number = int(address.rsplit("/", 1)[1])
    mapping = chief.get(sent.location)
    assert mapping.status_code == 200
    assert '<option value="price" selected>Prix de vente TTC</option>' in mapping.text
    assert "12,50" in mapping.text

    columns = {"columns.0": "brand", "columns.1": "reference", "columns.2": "price"}
    assert chief.post(sent.location, data={**columns, "blank": "keep", "missing": "keep"}).location == address
    waits = chief.get(address)
    assert 'hx-trigger="every 2s"' in waits.text
    assert session.scalars(select(OutboxEvent.name).order_by(OutboxEvent.id)).all() == ["ImportMapped"]

    with app.app_context():
        check_import(number)
    preview = chief.get(address)
    assert "Appliquer les changements (1)" in preview.text
    assert "12,50 €" in preview.text
    assert "Aucun article Bosch n&#39;a cette référence." in preview.text
    assert "every 2s" not in preview.text
    assert price(product) == 1000

    errors = chief.get(f"{address}/errors")
    assert errors.content_type == "text/csv; charset=utf-8"
    lines = errors.data.decode("utf-8-sig").splitlines()
    errors.close()
    assert lines[0] == "Marque;Référence;Prix TTC;Ligne;À corriger"
    assert lines[1] == "Bosch;ZZ;3;3;Référence : Aucun article Bosch n'a cette référence."
    # A spreadsheet would run it.
    assert lines[2].startswith("'=cmd|calc;B;1;4;")

    assert chief.post(f"{address}/confirmation").location == address
    with app.app_context():
        apply_import(number)
        apply_import(number)
    assert price(product) == 1250
    report = chief.get(address)
    assert "Annuler cet import" in report.text

    assert chief.post(f"{address}/undo").location == address
    with app.app_context():
        undo_import(number)
        undo_import(number)
    assert price(product) == 1000
    assert "Annulé" in chief.get("/backoffice/imports").text


def test_the_choice_of_columns_is_remembered_for_the_supplier(chief, product):
    first = upload(chief, "Code;Tarif net;Valeur\nA1;1;12\n")
    answer = chief.post(first.location, data={"columns.0": "reference", "columns.2": "price", "blank": "clear"})
    assert answer.status_code == 303
    assert session.scalars(select(ImportMapping.fields)).one() == {"Code": "reference", "Valeur": "price"}
    upload(chief, "Valeur;Code;Tarif net\n12;A1;1\n")
    second = session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc())).first()
    assert (second.mapping, second.blank) == (["price", "reference", ""], "clear")


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"columns.1": "reference", "columns.2": "reference"}, "Deux colonnes sont lues comme"),
        ({"columns.2": "price"}, "Rien ne dit de quel article"),
        ({"columns.1": "reference"}, "Aucune colonne ne dit quoi changer"),
        ({"columns.1": "reference", "columns.2": "price", "missing": "hide"}, "Dites de quelles marques"),
        ({"columns.1": "reference", "columns.2": "price", "missing": "zero"}, "pour cette sorte de fichier"),
        ({"columns.1": "reference", "columns.2": "price", "brand_id": "999999"}, "Cette marque n&#39;existe pas"),
    ],
)
def test_a_bad_choice_is_told_and_what_was_chosen_stays(chief, product, columns, sentence):
    sent = upload(chief)
    answer = chief.post(sent.location, data=columns)
    assert answer.status_code == 422
    assert sentence in answer.text
    for name, field in columns.items():
        if name.startswith("columns."):
            assert f'<option value="{field}" selected>' in answer.text
    assert session.scalars(select(ImportBatch.state)).one() == "uploaded"
    assert session.scalar(select(func.count()).select_from(OutboxEvent)) == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Ce fichier est vide."),
        (b"Marque;Prix\n", "que ses en-têtes"),
        (b"PK\x03\x04xxxx", "un classeur"),
        (b"\n\n;;;\n", "La première ligne doit nommer"),
    ],
)
def test_a_file_that_is_no_table_is_refused_and_not_kept(chief, files, content, sentence):
    answer = upload(chief, content)
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    assert 'value="Fournisseur SA"' in answer.text
    assert session.scalar(select(func.count()).select_from(ImportBatch)) == 0
    assert list(files.iterdir()) == []


def test_without_a_file_nothing_is_taken_in(chief):
    answer = chief.post("/backoffice/imports", data={"kind": "prices"}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Choisissez un fichier CSV." in answer.text


def test_the_name_of_a_file_is_only_shown(chief, files):
    upload(chief, name="../../../etc/<b>passwd.csv")
    batch = session.scalars(select(ImportBatch)).one()
    assert batch.file_name == "<b>passwd.csv"
    assert [path.name for path in files.iterdir()] == [batch.stored_as]
    assert "<b>" not in chief.get("/backoffice/imports").text.replace("<b data-palette-query>", "")


def test_a_large_file_is_let_in_for_who_may_import_and_nobody_else(chief, staff, app):
    large = "Marque;Référence;Prix TTC\n" + "Bosch;A1;12,50\n" * 800_000
    assert len(large) > 11 * 1024 * 1024
    assert upload(staff, large).status_code in (403, 413)
    assert upload(app.test_client(), large).status_code in (303, 413)
    assert session.scalar(select(func.count()).select_from(ImportBatch)) == 0
    assert upload(chief, large).status_code == 303


def test_level_7_looks_but_does_not_touch(chief, staff, product):
    sent = upload(chief)
    address = sent.location.removesuffix("/mapping")
    keep()
    assert staff.get("/backoffice/imports").status_code == 200
    assert staff.get(address).status_code == 200
    assert "Importer un fichier" not in staff.get("/backoffice/imports").text
    for path in ("/backoffice/imports/new", f"{address}/mapping"):
        assert staff.get(path).status_code == 403
    for path in ("/backoffice/imports", f"{address}/mapping", f"{address}/confirmation", f"{address}/undo"):
        assert staff.post(path).status_code == 403
    assert session.scalars(select(ImportBatch.state)).one() == "uploaded"


def test_what_is_not_ready_is_not_applied_nor_undone(chief, product):
    address = upload(chief).location.removesuffix("/mapping")
    for step, sentence in (
        ("confirmation", "pas prêt"),
        ("undo", "Seul un import appliqué"),
        ("resumption", "pas interrompu"),
    ):
        assert chief.post(f"{address}/{step}").location == address
        assert sentence in chief.get(address).text
    assert session.scalars(select(ImportBatch.state)).one() == "uploaded"
    assert chief.get(f"{address}/errors").status_code == 404
    assert chief.get("/backoffice/imports/999999").status_code == 404


def test_a_file_without_headers_is_pointed_out_before_its_first_row_is_taken_for_them(chief, product):
    warning = "La première ligne du fichier nomme-t-elle les colonnes ?"
    assert warning in chief.get(upload(chief, "A1;Bosch;12,50\nA2;Bosch;13,50\n").location).text
    assert warning not in chief.get(upload(chief).location).text


def test_whoever_watches_an_interrupted_import_sees_it_go_on_by_itself(app, chief, product):
    sent = upload(chief)
    address = sent.location.removesuffix("/mapping")
    number = int(address.rsplit("/", 1)[1])
    chief.post(sent.location, data={"columns.0": "brand", "columns.1": "reference", "columns.2": "price"})
    session.get_one(ImportBatch, number).touched_at -= timedelta(minutes=1)
    keep()
    interrupted = chief.get(address).text
    assert "Le travail est arrêté" in interrupted
    assert 'hx-trigger="every 10s"' in interrupted
    with app.app_context():
        check_import(number)
    assert "Prêt à appliquer" in chief.get(address).text


def test_the_palette_leads_wherever_the_navigation_does(chief):
    page = chief.get("/backoffice/imports").text
    navigation, palette = page.split('class="palette-list"')
    places = re.findall(r'<li><a href="(/[^"]*)"', navigation.split('class="bo-nav"')[1].split("</nav>")[0])
    assert len(places) == 10
    assert [place for place in places if f'href="{place}"' not in palette] == []


@pytest.mark.parametrize("level", [7, 8])
def test_the_navigation_leads_nobody_to_a_closed_door(browser_of, level):
    browser = browser_of(level)
    navigation = browser.get("/backoffice/imports").text.split('class="bo-nav"')[1].split("</nav>")[0]
    places = re.findall(r'<li><a href="(/[^"]*)"', navigation)
    assert {place: browser.get(place).status_code for place in places} == dict.fromkeys(places, 200)
    assert ("/backoffice/texts" in places) is (level == 8)
