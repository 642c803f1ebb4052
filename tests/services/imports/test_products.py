"""Products: the new are created, the known changed, and found by their new words."""

import pytest
from sqlalchemy import select

from models.catalog import Product
from models.database import session, utc_now
from models.outbox import OutboxEvent
from models.search import ProductToIndex
from services.imports import BadPolicy, ChangedSince
from services.products import ProductChange, change_product, words_of
from tests.factories import (
    give_reference,
    make_brand,
    make_fitment,
    make_gamme,
    make_product,
    make_stock,
    make_vehicle_type,
)
from tests.factories.imports import apply, dry_run, problems_of, undo

HEADER = "Marque;Référence;Gamme;Désignation;Prix TTC;Poids (kg);EAN;Affiché;Côté\n"


@pytest.fixture
def bosch():
    return make_brand(name="Bosch")


@pytest.fixture
def disc():
    return make_gamme(name="Disque de frein", plural_name="Disques de frein", alias="disque-de-frein")


def only(reference_key: str) -> Product:
    session.expire_all()
    return session.scalars(select(Product).where(Product.reference_key == reference_key)).one()


def test_new_products_are_created_and_known_ones_changed(bosch, disc, digest):
    known = make_product(brand_id=bosch.id, gamme_id=disc.id, reference="0 986 478 853", name="Disque")
    give_reference(known, "1K0 615 301", kind="oem", maker="VW")
    before = digest()
    batch = apply(
        dry_run(
            "products",
            HEADER
            + 'BOSCH;0986478853;Disques de frein;"Disque de frein &eacute;mail";45,9;7,5 kg;;oui;avant\n'
            + "bosch;BD-1;disque de frein;Disque ventilé;1 234,50;0,8;3165143000001;1;\n",
            unknown="create",
        )
    )
    assert (batch.creates, batch.updates) == (1, 1)
    new = only("BD1")
    assert (new.reference, new.name, new.price_cents, new.weight_grams) == ("BD-1", "Disque ventilé", 123450, 800)
    assert (new.ean, new.is_displayed, new.gamme_id) == ("3165143000001", True, disc.id)
    changed = only("0986478853")
    assert (changed.name, changed.side, changed.weight_grams) == ("Disque de frein émail", "avant", 7500)
    session.refresh(changed, ["gamme", "brand"])
    # Found by its new words and still by the number of the vehicle maker.
    assert changed.search_text == words_of(changed, ["1K0 615 301"])
    assert "1k0 615 301" in changed.search_text
    assert new.search_text == "disque ventile de frein bosch bd 1"
    assert set(session.scalars(select(ProductToIndex.product_id))) >= {known.id, new.id}
    undo(batch)
    assert digest() == before
    assert session.scalars(select(OutboxEvent.name)).all() == ["ImportApplied", "ImportApplied"]


def test_unknown_references_are_refused_unless_asked_otherwise(bosch, disc, digest):
    before = digest()
    batch = dry_run("products", HEADER + "Bosch;NEW1;Disque de frein;Disque;10;;;;\n")
    assert problems_of(batch) == [(2, "Référence", "NEW1", "Aucun article Bosch n'a cette référence.")]
    assert digest() == before


def test_a_new_product_lacks_nothing(bosch, disc):
    batch = dry_run(
        "products",
        HEADER + "Bosch;N1;;Disque;10;;;;\nBosch;N2;Disque de frein;;10;;;;\nBosch;N3;Truc;X;;;;;\n",
        unknown="create",
    )
    sentence = "Cet article est nouveau : remplissez cette cellule pour le créer."
    assert problems_of(batch) == [
        (2, "Gamme", "", sentence),
        (3, "Désignation", "", sentence),
        (4, "Gamme", "Truc", "Cette gamme n'existe pas dans la boutique : créez-la ou corrigez son nom."),
    ]
    with pytest.raises(BadPolicy, match="Gamme"):
        dry_run("products", "marque;ref;nom\nBosch;N1;Disque\n", unknown="create")


def test_numbers_of_the_old_shop_stay_and_numbering_goes_on(bosch, disc):
    batch = apply(
        dry_run(
            "products",
            "id;marque;ref;gamme;nom\n900001;Bosch;Z1;Disque de frein;Disque\n;Bosch;Z2;Disque de frein;Disque\n",
            unknown="create",
        )
    )
    assert batch.creates == 2
    assert only("Z1").id == 900001
    assert make_product().id > 900001


def test_the_same_number_of_the_same_brand_is_not_given_twice(bosch, disc):
    taken = make_product(brand_id=bosch.id, gamme_id=disc.id, reference="A1")
    other = make_product(brand_id=bosch.id, gamme_id=disc.id, reference="A2")
    batch = dry_run("products", f"id;marque;ref\n{other.id};Bosch;A-1\n")
    assert problems_of(batch) == [
        (2, "ref", "A-1", f"Cette marque a déjà cette référence : c'est l'article {taken.id}.")
    ]


def test_what_fits_vehicles_keeps_its_gamme(bosch, disc):
    product = make_product(brand_id=bosch.id, reference="A1")
    make_fitment(product, make_vehicle_type())
    batch = dry_run("products", "marque;ref;gamme;universel\nBosch;A1;Disque de frein;\nBosch;A-1;;oui\n")
    assert [one[3].split(" :")[0] for one in problems_of(batch)] == [
        "Cet article a des véhicules",
        "Déjà donné à la ligne 2.",
    ]


@pytest.mark.parametrize(("blank", "expected"), [("keep", ("droit", 900, "12345678")), ("clear", ("", None, None))])
def test_a_blank_cell_means_what_was_decided(bosch, blank, expected):
    make_product(brand_id=bosch.id, reference="A1", side="droit", weight_grams=900, ean="12345678", name="Nom")
    apply(dry_run("products", "marque;ref;côté;poids;ean;nom;prix\nBosch;A1;;;;;70\n", blank=blank))
    product = only("A1")
    assert (product.side, product.weight_grams, product.ean) == expected
    # What nothing can be without stays in both cases.
    assert product.name == "Nom"


def test_an_undo_is_refused_once_what_it_created_is_used(bosch, disc, digest):
    batch = apply(dry_run("products", HEADER + "Bosch;N1;Disque de frein;Disque;10;;;;\n", unknown="create"))
    make_stock(only("N1"))
    before = digest()
    with pytest.raises(ChangedSince, match="servent depuis"):
        undo(batch)
    assert digest() == before


def test_an_undo_is_refused_once_what_it_created_was_renamed(bosch, disc):
    batch = apply(dry_run("products", HEADER + "Bosch;N1;Disque de frein;Disque;10;;;;\n", unknown="create"))
    change_product(only("N1").id, ProductChange(name="Autre"), at=utc_now())
    with pytest.raises(ChangedSince, match=r"autre chose a changé \(articles : 1\)"):
        undo(batch)
    assert only("N1").name == "Autre"
