"""Files as suppliers write them, and as somebody who means harm would."""

from itertools import product

import pytest
from sqlalchemy import func, select

from models.database import session, utc_now
from models.imports import ImportRow
from services import imports
from services.imports import KINDS, UnreadableFile, guess_mapping
from services.imports.reading import read_head
from tests.factories import make_brand, make_product
from tests.factories.imports import apply, dry_run, problems_of, take_in

ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "cp1252": "cp1252",
    # A character that only latin-1 has a meaning for tells it from cp1252.
    "latin-1": "latin-1",
    "utf-16": "utf-16",
}


@pytest.mark.parametrize(("encoding", "separator"), list(product(ENCODINGS, ";,\t|")))
def test_encoding_and_separator_are_recognised(tmp_path, encoding, separator):
    path = tmp_path / "f.csv"
    rare = "\x85" if encoding == "latin-1" else "’"
    marker = "\x81" if encoding == "latin-1" else "é"
    rows = [["Référence", "Désignation", "Prix"], ["A1", f'"Écrou {marker}{separator} l{rare}acier"', "1.50"]]
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    head = read_head(path)
    assert (head.encoding, head.separator) == (ENCODINGS[encoding], separator)
    assert head.headers == ["Référence", "Désignation", "Prix"]
    assert head.sample[0][1].startswith(f"Écrou {marker}{separator} l")
    assert head.sample[0][2] == "1.50"


def test_decimal_commas_do_not_pass_for_a_separator(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text("Référence;Prix\nA1;12,50\nA2;13,50\nA3;14,50\n")
    assert read_head(path).separator == ";"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "vide"),
        (b"Ref;Prix\n", "que ses en-têtes"),
        (b"Ref;Prix\n\n;\n", "que ses en-têtes"),
        (b"\n", "que ses en-têtes|nommer les colonnes"),
        (b"PK\x03\x04" + b"\x00" * 50, "classeur"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 50, "classeur"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "pas un fichier CSV"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 20, "pas un fichier CSV"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "pas un fichier CSV"),
        (b"\n<!DOCTYPE html>\n<html><body>Introuvable, page</body></html>\n", "pas un fichier CSV"),
        (b"\x1f\x8b\x08\x00" + bytes(range(256)) * 20, "pas un fichier CSV"),
        (b";".join([b"c"] * 500) + b"\n1\n", "Au plus 200 colonnes"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, content, sentence):
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=sentence):
        read_head(path)


def test_hostile_lines_are_refused_one_by_one_and_the_others_read():
    brand = make_brand(name="Bosch")
    good = make_product(brand_id=brand.id, reference="OK1")
    for n in range(2, 5):
        make_product(brand_id=brand.id, reference=f"OK{n}")
    batch = dry_run(
        "prices",
        b"Marque;Ref;Prix\n"
        b"Bosch;OK1;10\n"
        b"Bosch;O\x00K2;10\n"
        b"Bosch;OK2;10;extra;extra\n"
        b"Bosch;OK3\n"
        b"Bosch;" + b"A" * 1_000_000 + b";10\n"
        b"Bosch;OK4;11;;\n"
        b'=HYPERLINK("x");@SUM(1);-1\n',
    )
    found = {line: sentence for line, _column, _typed, sentence in problems_of(batch)}
    assert found[3] == "Retirez les caractères de contrôle de cette cellule."
    assert found[4] == "3 colonnes attendues, 5 trouvées."
    assert found[5] == "3 colonnes attendues, 2 trouvées."
    assert "guillemet" in found[6]
    assert set(found) == {3, 4, 5, 6, 8}
    assert batch.updates == 2
    errors = imports.errors_path_of(batch).read_text(encoding="utf-8-sig").splitlines()
    assert errors[-1].startswith("\"'=HYPERLINK") or errors[-1].startswith("'=HYPERLINK")
    assert ";'@SUM(1);'-1;8;" in errors[-1]
    assert good.price_cents == 5000


def test_a_quote_that_nobody_closed_costs_its_lines_only():
    brand = make_brand(name="Bosch")
    for n in range(3):
        make_product(brand_id=brand.id, reference=f"A{n}")
    filler = "".join(f"Bosch;X{n};1\n" for n in range(12_000))
    batch = dry_run("prices", 'Marque;Ref;Prix\nBosch;A0;10\nBosch;"A1;10\n' + filler + "Bosch;A2;12\n")
    assert batch.updates == 2
    assert any("guillemet" in sentence for *_where, sentence in problems_of(batch))


HEADERS = [
    ("prices", "Marque;Référence;Prix TTC;Consigne", "brand reference price deposit"),
    ("prices", "FABRICANT;REF ARTICLE;TARIF HT;TVA", "brand reference price_ht vat"),
    ("prices", "Brand;Part Number;Retail Price;Core Charge;VAT rate", "brand reference price deposit vat"),
    ("prices", "id;EAN13;PV TTC (EUR);Ancien prix", "product_id ean price prior_price"),
    ("prices", "Équipementier;N° Réf. Fourn.;Tarif public T.T.C. €", "brand reference price"),
    ("stock", "Marque;Réf.;Qté dispo;Emplacement", "brand reference quantity location"),
    ("stock", "SKU;Stock;Seuil;Date dispo", "reference quantity low_threshold next_restock_on"),
    ("stock", "Gencod;Available;ETA", "ean quantity next_restock_on"),
    ("products", "Équipementier;Code article;Famille;Libellé;Poids (kg)", "brand reference gamme name weight_kg"),
    ("products", "Manufacturer;MPN;Generic Article;Title;Weight;GTIN", "brand reference gamme name weight ean"),
    ("references", "Marque;Référence;Réf origine;Constructeur", "brand reference number maker"),
    ("references", "BrandName;ArticleNumber;OENumber;Reference Type", "brand reference number number_kind"),
    ("references", "Brand;Art.-Nr.;OE-Nummer;Hersteller", "brand reference number maker"),
    ("criteria", "Marque;Réf;Critère;Valeur;Unité", "brand reference criterion value unit"),
    ("fitment", "Marque;Réf;KType;De;À;Remarque", "brand reference vehicle_type_id fitted_from fitted_to restriction"),
    ("fitment", "Brand;ArtNr;KTypNr;Date from;Date to", "brand reference vehicle_type_id fitted_from fitted_to"),
    ("vehicles", "KType;Marque;Modèle;Motorisation;Énergie;Ch;kW;Du;Au",
     "type_id make model name fuel power_hp power_kw produced_from produced_to"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "headers", "fields"), HEADERS, ids=lambda value: str(value)[:40])
def test_columns_are_guessed_from_their_headers(kind, headers, fields):
    assert guess_mapping(KINDS[kind], headers.split(";")) == fields.split()


def test_no_two_fields_of_a_kind_share_a_name():
    for kind in KINDS.values():
        names = [field.name for field in kind.mappable]
        assert len(names) == len(set(names)), kind.name


def test_a_killed_reading_goes_on_where_it_was():
    brand = make_brand(name="Bosch")
    for n in range(30):
        make_product(brand_id=brand.id, reference=f"A{n}")
    text = "Marque;Ref;Prix\n" + "".join(f"Bosch;A{n};{n + 1}\n" for n in range(30))
    batch = take_in("prices", text)
    imports.decide(batch.id, batch.mapping, imports.Policies(), at=utc_now(), is_queued=False)
    from services.imports import staging

    whole, staging.CHUNK = staging.CHUNK, 7
    try:
        steps = imports.stage_rows(batch.id, imports.path_of(batch), at=utc_now())
        assert [next(steps), next(steps)] == [8, 15]
        steps.close()
        assert session.scalar(select(func.count()).select_from(ImportRow)) == 14
        # Of two that go on from there, the second finds that it was overtaken.
        late = imports.stage_rows(batch.id, imports.path_of(batch), at=utc_now())
        assert next(late) == 22
        early = imports.stage_rows(batch.id, imports.path_of(batch), at=utc_now())
        assert next(early) == 29
        with pytest.raises(imports.TakenOver):
            next(late)
        assert list(early) == [31]
    finally:
        staging.CHUNK = whole
    imports.check_rows(imports.get_batch(batch.id), at=utc_now())
    assert (imports.get_batch(batch.id).rows, imports.get_batch(batch.id).updates) == (30, 30)


def test_rows_that_a_crash_emptied_are_missed():
    make_product(brand_id=make_brand(name="Bosch").id, reference="A1")
    batch = dry_run("prices", "Marque;Ref;Prix\nBosch;A1;3\n")
    session.query(ImportRow).delete()
    with pytest.raises(imports.RowsLost):
        apply(batch)
    assert imports.get_batch(batch.id).state == "applying"
