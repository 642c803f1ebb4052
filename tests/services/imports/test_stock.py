"""Quantities: counted stock with its movements, never below what orders were promised."""

import pytest
from sqlalchemy import select

from models.catalog import Product
from models.database import session
from models.stock import StockItem, StockMovement
from services.imports import ChangedSince
from tests.factories import make_brand, make_product
from tests.factories.imports import apply, dry_run, problems_of, undo


@pytest.fixture
def bosch():
    return make_brand(name="Bosch")


def shelf(product: Product) -> tuple[int, int, str]:
    session.expire_all()
    item = session.get_one(StockItem, product.id)
    return item.on_hand, item.low_threshold, item.location


def movements(product: Product) -> list[tuple[str, int, int, int, str]]:
    rows = session.execute(
        select(
            StockMovement.kind,
            StockMovement.quantity,
            StockMovement.on_hand_before,
            StockMovement.on_hand_after,
            StockMovement.reason,
        )
        .where(StockMovement.product_id == product.id)
        .order_by(StockMovement.id)
    )
    return [tuple(row) for row in rows]


def test_each_changed_quantity_has_one_movement_and_its_undo_another(bosch, digest):
    more = make_product(brand_id=bosch.id, reference="A1", stock=3)
    fewer = make_product(brand_id=bosch.id, reference="A2", stock=9)
    same = make_product(brand_id=bosch.id, reference="A3", stock=4)
    new = make_product(brand_id=bosch.id, reference="A4", stock=None)
    before = digest()
    batch = apply(
        dry_run("stock", "Marque;Réf;Qté;Emplacement\nBosch;A1;10;B-12\nBosch;A2;2,0;\nBosch;A3;4;\nBosch;A4;5;\n")
    )
    assert (batch.creates, batch.updates, batch.unchanged) == (1, 2, 1)
    assert [shelf(one) for one in (more, fewer, new)] == [(10, 5, "B-12"), (2, 5, ""), (5, 5, "")]
    reason = f"Import n° {batch.id} (fichier.csv)"
    assert movements(more) == [("in", 7, 3, 10, reason)]
    assert movements(fewer) == [("adjustment", 7, 9, 2, reason)]
    assert movements(same) == []
    assert movements(new) == [("in", 5, 0, 5, reason)]
    undo(batch)
    assert digest() == before
    assert movements(more)[1] == ("adjustment", 7, 10, 3, f"Annulation de l'import n° {batch.id}")
    assert movements(new)[1] == ("adjustment", 5, 5, 0, f"Annulation de l'import n° {batch.id}")


def test_days_are_shown_as_staff_write_them(bosch):
    product = make_product(brand_id=bosch.id, reference="A1", stock=5)
    batch = dry_run("stock", "marque;ref;stock;réappro\nBosch;A1;5;15/12/2026\n")
    assert batch.sample[0]["title"] == f"{product.name} (A1)"
    assert batch.sample[0]["values"] == [["Réapprovisionnement", "", "15/12/2026"]]


def test_what_orders_were_promised_stays(bosch, digest):
    promised = make_product(brand_id=bosch.id, reference="A1", stock=5)
    session.get_one(StockItem, promised.id).reserved = 3
    free = make_product(brand_id=bosch.id, reference="A2", stock=5)
    before = digest()
    batch = dry_run("stock", "marque;ref;stock\nBosch;A1;2\nBosch;A2;0\n")
    assert problems_of(batch) == [
        (2, "stock", "2", "3 lots sont promis à des commandes : la quantité ne peut pas descendre en dessous.")
    ]
    assert digest() == before
    apply(batch)
    assert (shelf(promised)[0], shelf(free)[0]) == (5, 0)
    assert movements(promised) == []


def test_a_promise_made_after_the_dry_run_counts_too(bosch):
    product = make_product(brand_id=bosch.id, reference="A1", stock=5)
    other = make_product(brand_id=bosch.id, reference="A2", stock=5)
    batch = dry_run("stock", "marque;ref;stock\nBosch;A1;2\nBosch;A2;1\n")
    assert batch.updates == 2
    session.get_one(StockItem, product.id).reserved = 4
    session.flush()
    batch = apply(batch)
    assert (batch.updates, batch.rejected) == (1, 1)
    assert (shelf(product)[0], shelf(other)[0]) == (5, 1)


def test_what_is_not_in_the_file_falls_to_what_is_promised(bosch, digest):
    make_product(brand_id=bosch.id, reference="A1", stock=5)
    absent = make_product(brand_id=bosch.id, reference="A2", stock=5)
    session.get_one(StockItem, absent.id).reserved = 2
    foreign = make_product(reference="A3", stock=5)
    before = digest()
    batch = apply(dry_run("stock", "marque;ref;stock\nBosch;A1;6\n", missing="zero", brand_ids=[bosch.id]))
    assert batch.missing_count == 1
    assert (shelf(absent)[0], shelf(foreign)[0]) == (2, 5)
    assert movements(absent)[0][:4] == ("adjustment", 3, 5, 2)
    undo(batch)
    assert digest() == before


def test_an_undo_is_refused_when_the_shelf_moved_or_was_promised(bosch, digest):
    product = make_product(brand_id=bosch.id, reference="A1", stock=1)
    batch = apply(dry_run("stock", "marque;ref;stock\nBosch;A1;6\n"))
    session.get_one(StockItem, product.id).reserved = 4
    before = digest()
    with pytest.raises(ChangedSince, match="commandes tiennent 1"):
        undo(batch)
    assert digest() == before
    item = session.get_one(StockItem, product.id)
    item.on_hand, item.reserved = 5, 0
    session.flush()
    with pytest.raises(ChangedSince, match=r"autre chose a changé \(stocks : 1\)"):
        undo(batch)
    assert len(movements(product)) == 1


@pytest.mark.parametrize("typed", ["-1", "1,5", "beaucoup", "1000000"])
def test_a_bad_quantity_is_refused(bosch, typed):
    product = make_product(brand_id=bosch.id, reference="A1", stock=1)
    batch = dry_run("stock", f"marque;ref;stock;seuil\nBosch;A1;{typed};3\n")
    assert [(line, column, cell) for line, column, cell, _why in problems_of(batch)] == [(2, "stock", typed)]
    assert shelf(product) == (1, 5, "")


def test_a_blank_quantity_is_never_zero(bosch):
    product = make_product(brand_id=bosch.id, reference="A1", stock=7)
    apply(dry_run("stock", "marque;ref;stock;réappro\nBosch;A1;;31/12/2026\n", blank="clear"))
    assert shelf(product)[0] == 7
    assert session.get_one(StockItem, product.id).next_restock_on.isoformat() == "2026-12-31"
