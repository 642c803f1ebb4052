"""Vehicles of products: sets worked out, identical ones shared, what nothing points to any more dropped."""

from datetime import date

import pytest
from sqlalchemy import select

from models.catalog import Fitment, FitmentGroup, Product
from models.database import session
from services.imports import ChangedSince
from tests.factories import make_brand, make_fitment, make_gamme, make_product, make_vehicle_type
from tests.factories.imports import apply, dry_run, problems_of, undo

HEADER = "Marque;Référence;KType;De;À;Restriction\n"


@pytest.fixture
def bosch():
    return make_brand(name="Bosch")


@pytest.fixture
def gamme():
    return make_gamme()


def fits(product: Product) -> set[tuple[int, date | None, date | None, str]]:
    session.expire_all()
    group = session.get_one(Product, product.id).fitment_group_id
    rows = session.execute(
        select(Fitment.vehicle_type_id, Fitment.fitted_from, Fitment.fitted_to, Fitment.restriction).where(
            Fitment.group_id == group
        )
    )
    return {tuple(row) for row in rows}


def groups() -> list[int]:
    return list(session.scalars(select(FitmentGroup.id).order_by(FitmentGroup.id)))


def group_of(product: Product) -> int | None:
    session.expire_all()
    return session.get_one(Product, product.id).fitment_group_id


def test_identical_sets_share_one_group_and_its_undo_leaves_none(bosch, gamme, digest):
    first, second, other = (make_product(brand_id=bosch.id, gamme_id=gamme.id, reference=f"A{n}") for n in range(3))
    elsewhere = make_product(brand_id=bosch.id, reference="A9")
    a, b = make_vehicle_type().id, make_vehicle_type().id
    before = digest()
    rows = "".join(f"Bosch;{ref};{v};;;\n" for ref in ("A0", "A1", "A9") for v in (b, a))
    batch = apply(dry_run("fitment", HEADER + rows + f"Bosch;A2;{a};03/2009;200912;sans ABS\n"))
    assert (batch.creates, batch.rejected) == (7, 0)
    assert group_of(first) == group_of(second) is not None
    # A group belongs to one gamme.
    assert len({group_of(first), group_of(other), group_of(elsewhere)}) == 3
    assert fits(first) == fits(elsewhere) == {(a, None, None, ""), (b, None, None, "")}
    assert fits(other) == {(a, date(2009, 3, 1), date(2009, 12, 1), "sans ABS")}
    undo(batch)
    assert digest() == before


def test_vehicles_of_the_same_name_are_told_apart_by_their_power(bosch, gamme):
    part = make_product(brand_id=bosch.id, gamme_id=gamme.id, reference="A1")
    weak, strong = make_vehicle_type(name="1.5 dCi", power_hp=65), make_vehicle_type(name="1.5 dCi", power_hp=110)
    batch = dry_run("fitment", HEADER + f"Bosch;A1;{weak.id};;;\nBosch;A1;{strong.id};03/2009;;\n")
    assert [change["title"] for change in batch.sample] == [f"{part.name} (A1)"] * 2
    shown = [change["values"][0][2] for change in batch.sample]
    assert shown[0].endswith(" 1.5 dCi 65 ch")
    assert shown[1].endswith(" 1.5 dCi 110 ch de 03/2009")


def test_a_set_that_exists_is_found_again(bosch, gamme):
    known, new = (make_product(brand_id=bosch.id, gamme_id=gamme.id, reference=f"A{n}") for n in range(2))
    vehicles = [make_vehicle_type() for _ in range(3)]
    for vehicle in vehicles:
        make_fitment(known, vehicle)
    before = groups()
    apply(dry_run("fitment", HEADER + "".join(f"Bosch;A1;{v.id};;;\n" for v in vehicles)))
    assert group_of(new) == group_of(known)
    assert groups() == before


def test_new_vehicles_join_those_a_product_fits_already(bosch, gamme, digest):
    product, twin = (make_product(brand_id=bosch.id, gamme_id=gamme.id, reference=f"A{n}") for n in range(2))
    old, new = make_vehicle_type(), make_vehicle_type()
    make_fitment(product, old)
    twin.fitment_group_id = product.fitment_group_id
    session.flush()
    before = digest()
    batch = apply(dry_run("fitment", HEADER + f"Bosch;A0;{new.id};;;\nBosch;A0;{old.id};;;\n"))
    assert (batch.creates, batch.unchanged) == (1, 1)
    assert {row[0] for row in fits(product)} == {old.id, new.id}
    # The twin keeps the group of the old set.
    assert {row[0] for row in fits(twin)} == {old.id}
    undo(batch)
    assert digest() == before


def test_a_whole_list_replaces_the_old_one_and_drops_its_group(bosch, gamme, digest):
    product = make_product(brand_id=bosch.id, gamme_id=gamme.id, reference="A0")
    old, new = make_vehicle_type(), make_vehicle_type()
    make_fitment(product, old)
    before, group = digest(), group_of(product)
    batch = apply(dry_run("fitment", HEADER + f"Bosch;A0;{new.id};;;\n", missing="remove"))
    assert {row[0] for row in fits(product)} == {new.id}
    assert group not in groups()
    undo(batch)
    assert digest() == before
    assert group_of(product) == group


def test_a_list_with_a_refused_line_takes_nothing_away(bosch, gamme):
    product = make_product(brand_id=bosch.id, gamme_id=gamme.id, reference="A0")
    old, new = make_vehicle_type(), make_vehicle_type()
    make_fitment(product, old)
    batch = apply(dry_run("fitment", HEADER + f"Bosch;A0;{new.id};;;\nBosch;A0;999999;;;\n", missing="remove"))
    assert problems_of(batch) == [(3, "KType", "999999", "Ce type de véhicule n'existe pas dans la boutique.")]
    assert {row[0] for row in fits(product)} == {old.id, new.id}


def test_the_same_list_again_changes_nothing(bosch, gamme):
    product = make_product(brand_id=bosch.id, gamme_id=gamme.id, reference="A0")
    vehicle = make_vehicle_type()
    make_fitment(product, vehicle, fitted_from=date(2009, 3, 1))
    text = HEADER + f"Bosch;A0;{vehicle.id};2009-03;;\n" * 2
    batch = dry_run("fitment", text, missing="remove")
    assert (batch.creates, batch.updates, batch.missing_count, batch.unchanged) == (0, 0, 0, 2)


def test_one_vehicle_may_be_there_twice_with_its_own_months(bosch, gamme):
    product = make_product(brand_id=bosch.id, gamme_id=gamme.id, reference="A0")
    vehicle = make_vehicle_type().id
    apply(dry_run("fitment", HEADER + f"Bosch;A0;{vehicle};;2008-12;\nBosch;A0;{vehicle};2010;;\n"))
    assert fits(product) == {(vehicle, None, date(2008, 12, 1), ""), (vehicle, date(2010, 1, 1), None, "")}


def test_bad_lines_are_refused(bosch, gamme, digest):
    make_product(brand_id=bosch.id, gamme_id=gamme.id, reference="A0")
    make_product(brand_id=bosch.id, gamme_id=gamme.id, reference="U0", is_universal=True)
    vehicle, before = make_vehicle_type().id, digest()
    batch = dry_run(
        "fitment",
        HEADER + f"Bosch;A0;{vehicle};2010;2009;\nBosch;U0;{vehicle};;;\nBosch;A0;;;;\nBosch;A0;{vehicle};13/2009;;\n",
    )
    assert problems_of(batch) == [
        (2, "À", "01/2009", "La fin précède le début (01/2010)."),
        (3, "Référence", "U0", "Cet article convient à tous les véhicules : il n'en a pas de liste."),
        (4, "KType", "", "Cette cellule doit être remplie."),
        (5, "De", "13/2009", "Écrivez un mois comme 03/2009."),
    ]
    assert digest() == before


def test_an_undo_leaves_a_group_that_another_product_shares_by_now(bosch, gamme):
    first, second = (make_product(brand_id=bosch.id, gamme_id=gamme.id, reference=f"A{n}") for n in range(2))
    vehicle = make_vehicle_type().id
    batch = apply(dry_run("fitment", HEADER + f"Bosch;A0;{vehicle};;;\n"))
    later = apply(dry_run("fitment", HEADER + f"Bosch;A1;{vehicle};;;\n"))
    shared = group_of(second)
    assert shared == group_of(first)
    undo(batch)
    assert group_of(first) is None
    assert group_of(second) == shared
    assert {row[0] for row in fits(second)} == {vehicle}
    undo(later)
    assert group_of(second) is None


def test_an_undo_is_refused_once_the_product_was_moved(bosch, gamme, digest):
    product = make_product(brand_id=bosch.id, gamme_id=gamme.id, reference="A0")
    one, two = make_vehicle_type().id, make_vehicle_type().id
    batch = apply(dry_run("fitment", HEADER + f"Bosch;A0;{one};;;\n"))
    apply(dry_run("fitment", HEADER + f"Bosch;A0;{two};;;\n"))
    before = digest()
    with pytest.raises(ChangedSince):
        undo(batch)
    assert digest() == before
    assert {row[0] for row in fits(product)} == {one, two}
