"""Other numbers and criteria of products, and vehicles."""

from datetime import date

import pytest
from sqlalchemy import select

from models.catalog import Criterion, Product, ProductCriterion, ProductReference
from models.database import session
from models.vehicles import EngineCode, Make, RegistrationCode, VehicleModel, VehicleType
from tests.factories import (
    give_criterion,
    give_reference,
    make_brand,
    make_criterion,
    make_make,
    make_model,
    make_product,
    make_vehicle_type,
)
from tests.factories.imports import apply, dry_run, problems_of, undo


@pytest.fixture
def product():
    return make_product(brand_id=make_brand(name="Bosch").id, reference="A1")


def numbers(product: Product) -> set[tuple[str, str, str]]:
    rows = session.execute(
        select(ProductReference.kind, ProductReference.maker, ProductReference.reference).where(
            ProductReference.product_id == product.id
        )
    )
    return {tuple(row) for row in rows}


def values(product: Product) -> dict[str, tuple[str, int]]:
    rows = session.execute(
        select(Criterion.name, ProductCriterion.value, ProductCriterion.position)
        .join(Criterion)
        .where(ProductCriterion.product_id == product.id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def test_other_numbers_are_added_once_and_found(product, digest):
    give_reference(product, "1K0 615 301", maker="VW")
    before = digest()
    batch = apply(
        dry_run(
            "references",
            "Marque;Réf;OEM;Constructeur;Type\n"
            "Bosch;A1;1K0615301;vw;oem\n"
            "Bosch;A1;5Q0 615 301;Audi;\n"
            "Bosch;A1;5Q0-615-301;Audi;OE\n"
            "Bosch;A1;DDF1234;Ferodo;concurrent\n"
            "Bosch;A1;;Ferodo;cross\n"
            "Bosch;A1;X;Ferodo;truc\n",
        )
    )
    assert (batch.creates, batch.unchanged, batch.rejected) == (2, 2, 2)
    assert numbers(product) == {
        ("oem", "VW", "1K0 615 301"),
        ("oem", "Audi", "5Q0 615 301"),
        ("cross", "Ferodo", "DDF1234"),
    }
    session.expire_all()
    words = session.get_one(Product, product.id).search_text
    assert "ddf1234" in words
    assert "5q0" in words
    assert ["Sorte", "", "origine (OEM)"] in batch.sample[0]["values"]
    undo(batch)
    assert digest() == before


def test_numbers_that_a_whole_list_lacks_are_removed(product, digest):
    give_reference(product, "OLD1", maker="VW")
    give_reference(product, "CROSS1", kind="cross")
    before = digest()
    batch = apply(dry_run("references", "Marque;Réf;OEM\nBosch;A1;NEW1\n", missing="remove"))
    # Of the kinds that the file lists, no others.
    assert numbers(product) == {("oem", "", "NEW1"), ("cross", "", "CROSS1")}
    assert batch.missing_count == 1
    undo(batch)
    assert digest() == before


def test_criteria_are_set_created_and_removed(product, digest):
    diameter, gone = make_criterion(name="Diamètre", unit="mm"), make_criterion(name="Ancien")
    give_criterion(product, diameter, "280")
    give_criterion(product, gone, "1")
    before = digest()
    text = (
        "Marque;Réf;Critère;Valeur;Unité\n"
        "Bosch;A1;diamètre;288;mm\nBosch;A1;Épaisseur;25;mm\nBosch;A1;Épaisseur;26;mm\n"
    )
    refused = dry_run("criteria", text)
    assert (refused.updates, refused.rejected) == (1, 2)
    batch = apply(dry_run("criteria", text, unknown="create"))
    assert problems_of(batch) == [(4, "Réf", "A1", "Déjà donné à la ligne 3.")]
    assert values(product) == {"Diamètre": ("288", 0), "Ancien": ("1", 0), "Épaisseur": ("25", 1)}
    assert session.scalars(select(Criterion.unit).where(Criterion.name == "Épaisseur")).one() == "mm"
    undo(batch)
    assert digest() == before
    batch = apply(dry_run("criteria", "Marque;Réf;Critère;Valeur\nBosch;A1;Diamètre;280\n", missing="remove"))
    assert set(values(product)) == {"Diamètre"}
    undo(batch)
    assert digest() == before


VEHICLES = "KType;Marque;Modèle;Motorisation;Carburant;Puissance (ch);Cylindrée;De;À;Code moteur;Type mine\n"


def test_vehicles_are_created_with_all_above_them_and_changed(digest):
    renault = make_make(name="Renault", alias="renault")
    clio = make_model(make_id=renault.id, name="Clio III", alias="clio-iii", year_from=2005, year_to=2012)
    known = make_vehicle_type(model_id=clio.id, name="1.5 dCi", fuel="Diesel", power_hp=86, power_kw=63)
    before = digest()
    text = (
        VEHICLES
        + f"{known.id};RENAULT;Clio III;1.5 dCi;Diesel;86;1461;2005-06;2012-08;K9K 766, K9K 768;MRE1111\n"
        + "777001;renault;Clio III;1.2 16V;Essence;75;1149;06/2005;;D4F 740;\n"
        + ";Dacia;Sandero;1.4 MPI;Essence;75;1390;2008;2012;;\n"
        + ";Dacia;Sandero;1.6 MPI;Essence;87;1598;2008;;;\n"
        + ";Dacia;Sandero;Rien;Essence;;1598;2008;2007;;\n"
    )
    assert dry_run("vehicles", text).creates == 1
    batch = apply(dry_run("vehicles", text, unknown="create"))
    assert (batch.creates, batch.rejected) == (4, 1)
    assert ["Produit depuis", "", "06/2005"] in [value for change in batch.sample for value in change["values"]]
    session.expire_all()
    assert session.get_one(VehicleType, known.id).displacement_cc == 1461
    assert session.get_one(VehicleType, 777001).model_id == clio.id
    assert session.get_one(VehicleType, 777001).power_kw == 55
    sandero = session.scalars(select(VehicleModel).where(VehicleModel.name == "Sandero")).one()
    assert (sandero.year_from, sandero.year_to, sandero.alias) == (2008, None, "sandero")
    assert session.scalars(select(Make.alias).where(Make.id == sandero.make_id)).one() == "dacia"
    types = session.scalars(select(VehicleType).where(VehicleType.model_id == sandero.id).order_by(VehicleType.name))
    assert [(one.name, one.alias, one.produced_from) for one in types] == [
        ("1.4 MPI", "1-4-mpi", date(2008, 1, 1)),
        ("1.6 MPI", "1-6-mpi", date(2008, 1, 1)),
    ]
    assert set(session.scalars(select(EngineCode.code).where(EngineCode.type_id == known.id))) == {"K9K 766", "K9K 768"}
    assert session.scalars(select(RegistrationCode.mine).where(RegistrationCode.type_id == known.id)).all() == [
        "MRE1111"
    ]
    undo(batch)
    assert digest() == before
