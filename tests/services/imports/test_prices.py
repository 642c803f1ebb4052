"""Prices: read as they are written, checked line by line, applied in one go, taken back whole."""

import pytest
from sqlalchemy import func, select

from models.catalog import Product
from models.database import session, utc_now
from models.imports import ImportChange
from models.outbox import OutboxEvent
from models.staff import AuditEntry
from services.imports import BadPolicy, ChangedSince, NotInThatState
from services.products import ProductChange, change_product
from tests.factories import make_brand, make_product
from tests.factories.imports import apply, check, dry_run, problems_of, take_in, undo


@pytest.fixture
def bosch():
    return make_brand(name="Bosch")


def price_of(product: Product) -> tuple[int | None, int | None, int, int]:
    session.expire_all()
    found = session.get_one(Product, product.id)
    return found.price_cents, found.prior_price_cents, found.deposit_cents, found.vat_basis_points


def test_a_dry_run_counts_and_writes_nothing(bosch, digest):
    changed = make_product(brand_id=bosch.id, reference="0 986 494 123", price_cents=5000)
    same = make_product(brand_id=bosch.id, reference="F 026", price_cents=1250)
    before = digest()
    batch = dry_run("prices", "Marque;Référence;Prix TTC\nBOSCH;0986494123;62,90\nbosch;F-026;12.50\nBosch;X1;3\n")
    assert (batch.rows, batch.creates, batch.updates, batch.unchanged, batch.rejected) == (3, 0, 1, 1, 1)
    assert batch.sample == [
        {
            "line": 2,
            "action": "update",
            "title": f"{changed.name} (0 986 494 123)",
            "values": [["Prix TTC", "50,00 €", "62,90 €"]],
        }
    ]
    assert problems_of(batch) == [(4, "Référence", "X1", "Aucun article Bosch n'a cette référence.")]
    assert digest() == before
    assert price_of(same)[0] == 1250


def test_it_is_applied_journalled_audited_and_undone(bosch, digest):
    product = make_product(brand_id=bosch.id, reference="A1", price_cents=5000, prior_price_cents=6000)
    before = digest()
    batch = apply(dry_run("prices", "Marque;Réf;Prix TTC;Consigne;TVA\nBosch;A1;55,005;12;5,5\n"))
    assert batch.state == "applied"
    # Half a cent is rounded up, once.
    assert price_of(product) == (5501, 6000, 1200, 550)
    assert session.get_one(Product, product.id).version == 2
    assert session.scalar(select(AuditEntry.action).where(AuditEntry.subject_id == batch.id)) == "import.applied"
    assert session.scalars(select(OutboxEvent.name)).all() == ["ImportApplied"]
    assert undo(batch).state == "undone"
    assert digest() == before
    # An editor who had the page open is told: the number of versions never goes back.
    assert session.get_one(Product, product.id).version == 3
    with pytest.raises(NotInThatState):
        undo(batch)


def test_a_price_before_vat_takes_the_products_own_rate(bosch):
    full = make_product(brand_id=bosch.id, reference="A1")
    reduced = make_product(brand_id=bosch.id, reference="A2", vat_basis_points=550)
    apply(dry_run("prices", "marque;référence;prix ht\nBosch;A1;10,0042\nBosch;A2;10\n"))
    assert price_of(full)[0] == 1201
    assert price_of(reduced)[0] == 1055


def test_a_prior_price_that_is_no_higher_any_more_ends(bosch):
    product = make_product(brand_id=bosch.id, reference="A1", price_cents=5000, prior_price_cents=6000)
    apply(dry_run("prices", "marque;référence;prix\nBosch;A1;60,00\n"))
    assert price_of(product)[:2] == (6000, None)


def test_each_bad_line_has_its_column_what_was_typed_and_a_sentence(bosch, digest):
    make_product(brand_id=bosch.id, reference="A1", price_cents=5000)
    make_product(brand_id=bosch.id, reference="TWIN", price_cents=5000)
    make_product(reference="TWIN", price_cents=5000)
    before = digest()
    batch = dry_run(
        "prices",
        "Marque;Référence;Prix TTC;Prix barré;Consigne\n"
        "Bosch;A1;douze;;\n"
        "Bosch;A1;-3;;\n"
        "Bosch;A1;0;;\n"
        "Bosch;A1;99999999;;\n"
        "Bosch;A1;10;9,99;\n"
        "Bosch;A1;10;;abc\n"
        "Bosh;A1;10;;\n"
        "Bosch;;10;;\n"
        ";TWIN;10;;\n"
        "Bosch;A1;10\n"
        "Bosch;---;10;;\n",
    )
    assert problems_of(batch) == [
        (2, "Prix TTC", "douze", "Ce n'est pas un nombre : écrivez par exemple 1234,56."),
        (3, "Prix TTC", "-3", "Un montant ne peut pas être négatif."),
        (4, "Prix TTC", "0", "Un prix est supérieur à zéro ; laissez la cellule vide s'il n'y en a pas."),
        (5, "Prix TTC", "99999999", "Au plus 999 999,99 €."),
        (6, "Prix barré", "9,99", "Le prix barré doit dépasser le prix de vente (10,00 €)."),
        (7, "Consigne", "abc", "Ce n'est pas un nombre : écrivez par exemple 1234,56."),
        (8, "Marque", "Bosh", "Cette marque n'existe pas dans la boutique : créez-la ou corrigez son nom."),
        (9, "Référence", "", "Rien ne dit de quel article parle cette ligne."),
        (10, "Référence", "TWIN", "2 articles portent ce numéro : ajoutez la marque."),
        (11, "", "", "5 colonnes attendues, 3 trouvées."),
        (12, "Référence", "---", "Une référence a au moins une lettre ou un chiffre."),
    ]
    assert (batch.rows, batch.rejected, batch.updates) == (11, 11, 0)
    with pytest.raises(NotInThatState):
        apply(batch)
    assert digest() == before


def test_the_same_product_twice_keeps_the_first(bosch):
    product = make_product(brand_id=bosch.id, reference="A1")
    batch = apply(dry_run("prices", "marque;référence;prix\nBosch;A1;10\nBosch;a-1;11\n"))
    assert problems_of(batch) == [(3, "référence", "a-1", "Déjà donné à la ligne 2.")]
    assert price_of(product)[0] == 1000


@pytest.mark.parametrize(("blank", "expected"), [("keep", (5000, 6000, 300, 2000)), ("clear", (None, None, 0, 2000))])
def test_a_blank_cell_means_what_was_decided(bosch, blank, expected):
    product = make_product(
        brand_id=bosch.id, reference="A1", price_cents=5000, prior_price_cents=6000, deposit_cents=300
    )
    other = make_product(brand_id=bosch.id, reference="A2", price_cents=5000)
    apply(dry_run("prices", "marque;référence;prix;prix barré;consigne\nBosch;A1;;;\nBosch;A2;7;;\n", blank=blank))
    assert price_of(product) == expected
    assert price_of(other)[0] == 700


def test_missing_rows_are_hidden_within_the_brand_only(bosch, digest):
    named = make_product(brand_id=bosch.id, reference="A1")
    absent = make_product(brand_id=bosch.id, reference="A2")
    refused = make_product(brand_id=bosch.id, reference="A3")
    foreign = make_product(reference="A4")
    before = digest()
    text = "marque;référence;prix\nBosch;A1;10\nBosch;A3;-1\n"
    with pytest.raises(BadPolicy):
        dry_run("prices", text, missing="hide")
    batch = apply(dry_run("prices", text, missing="hide", brand_ids=[bosch.id]))
    assert (batch.updates, batch.missing_count, batch.rejected) == (1, 1, 1)
    session.expire_all()
    assert [session.get_one(Product, one.id).is_displayed for one in (named, absent, refused, foreign)] == [
        True, False, True, True,
    ]  # fmt: skip
    undo(batch)
    assert digest() == before


def test_nothing_is_hidden_when_a_line_could_not_be_told(bosch):
    absent = make_product(brand_id=bosch.id, reference="A2")
    make_product(brand_id=bosch.id, reference="A1")
    text = "marque;référence;prix\nBosch;A1;10\nBoch;A2;11\n"
    batch = apply(dry_run("prices", text, missing="hide", brand_ids=[bosch.id]))
    assert batch.missing_count == 0
    assert "restent comme ils sont" in batch.message
    session.expire_all()
    assert session.get_one(Product, absent.id).is_displayed


def test_an_undo_is_refused_once_a_price_was_changed_by_hand(bosch, digest):
    product = make_product(brand_id=bosch.id, reference="A1", price_cents=5000)
    other = make_product(brand_id=bosch.id, reference="A2", price_cents=5000)
    batch = apply(dry_run("prices", "marque;référence;prix\nBosch;A1;10\nBosch;A2;11\n"))
    change_product(other.id, ProductChange(price_cents=1200), at=utc_now())
    before = digest()
    with pytest.raises(ChangedSince, match=r"autre chose a changé \(articles : 1\)"):
        undo(batch)
    assert digest() == before
    assert price_of(product)[0] == 1000


def test_a_change_elsewhere_on_the_product_does_not_stand_in_the_way(bosch):
    product = make_product(brand_id=bosch.id, reference="A1", price_cents=5000)
    batch = apply(dry_run("prices", "marque;référence;prix\nBosch;A1;10\n"))
    change_product(product.id, ProductChange(name="Autre nom"), at=utc_now())
    undo(batch)
    assert price_of(product)[0] == 5000
    assert session.get_one(Product, product.id).name == "Autre nom"


def test_what_has_moved_since_the_dry_run_is_checked_again(bosch):
    product = make_product(brand_id=bosch.id, reference="A1", price_cents=5000)
    batch = dry_run("prices", "marque;référence;prix barré\nBosch;A1;55\n")
    assert batch.updates == 1
    change_product(product.id, ProductChange(price_cents=6000), at=utc_now())
    with pytest.raises(NotInThatState, match="n'a plus rien à modifier"):
        apply(batch)
    assert price_of(product)[1] is None
    assert session.scalar(select(func.count()).select_from(ImportChange)) == 0


def test_one_brand_given_needs_no_column_for_it(bosch):
    product = make_product(brand_id=bosch.id, reference="A1")
    make_product(reference="A1")
    apply(dry_run("prices", "référence;prix\nA1;10\n", brand_ids=[bosch.id]))
    assert price_of(product)[0] == 1000


def test_products_are_found_by_number_and_by_ean(bosch):
    by_number, by_ean = make_product(), make_product(ean="3165143000001")
    batch = take_in("prices", f"id;ean;prix\n{by_number.id};;10\n;3165143000001;11\n")
    assert batch.mapping == ["product_id", "ean", "price"]
    apply(check(batch))
    assert (price_of(by_number)[0], price_of(by_ean)[0]) == (1000, 1100)
