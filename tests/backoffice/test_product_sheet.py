"""The sheet of a product: changed and counted by staff, conflicts shown, everything noted."""

import pytest
from sqlalchemy import select

from models.catalog import Product
from models.database import session
from models.outbox import OutboxEvent
from models.search import ProductToIndex
from models.staff import AuditEntry
from models.stock import StockItem, StockMovement
from tests.factories import make_product
from tests.factories.keeping import keep


@pytest.fixture
def product() -> Product:
    made = make_product(reference="0 986 494 596", name="Plaquettes", price_cents=54_90, stock=7)
    keep()
    return made


def fresh(product: Product) -> Product:
    return session.scalars(
        select(Product).where(Product.id == product.id).execution_options(populate_existing=True)
    ).one()


def stock_of(product: Product) -> StockItem:
    return session.scalars(
        select(StockItem).where(StockItem.product_id == product.id).execution_options(populate_existing=True)
    ).one()


def typed(product: Product, **other: str) -> dict[str, str]:
    return {
        "version": str(product.version),
        "name": product.name,
        "price": "54,90",
        "prior_price": "",
        "deposit": "",
        "is_displayed": "on",
    } | other


def counted(**other: str) -> dict[str, str]:
    return {"seen": "7", "on_hand": "7", "low_threshold": "5", "reason": ""} | other


def edit(staff, product: Product, **other: str):
    return staff.post(f"/backoffice/products/{product.id}", data=typed(product, **other))


def count(staff, product: Product, **other: str):
    return staff.post(f"/backoffice/products/{product.id}/stock", data=counted(**other))


def notes() -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "product").order_by(AuditEntry.id)))


def nothing_happened(product: Product) -> bool:
    now = fresh(product)
    unchanged = (now.name, now.price_cents, now.is_displayed) == ("Plaquettes", 54_90, True)
    return (
        unchanged
        and stock_of(product).on_hand == 7
        and not notes()
        and not session.scalars(select(StockMovement)).all()
    )


def test_a_price_is_changed_noted_and_told_to_the_search(staff, product):
    answer = edit(staff, product, price="1 049,5 €", prior_price="1.200,00", deposit="30")
    assert answer.status_code == 303
    now = fresh(product)
    assert (now.price_cents, now.prior_price_cents, now.deposit_cents) == (1_049_50, 1_200_00, 30_00)
    (note,) = notes()
    assert note.before == {"price_cents": 54_90, "prior_price_cents": None, "deposit_cents": 0}
    assert note.after == {"price_cents": 1_049_50, "prior_price_cents": 1_200_00, "deposit_cents": 30_00}
    assert session.get(ProductToIndex, product.id)
    assert "ProductChanged" in session.scalars(select(OutboxEvent.name)).all()
    text = staff.get(f"/backoffice/products/{product.id}").text
    assert "1049,50" in text
    assert "54,90" in text, "the history says what it was"


def test_the_shop_shows_it_at_once(staff, client, product):
    address = client.get("/recherche?q=0986494596", follow_redirects=True).request.path
    if not address.startswith("/piece/"):
        address = f"/piece/x-{product.id}.html"
    assert "54,90" in client.get(address, follow_redirects=True).text
    edit(staff, product, price="61,30")
    assert "61,30" in client.get(address, follow_redirects=True).text


def test_it_is_hidden_and_sold_without_a_price(staff, product):
    data = typed(product, price="")
    del data["is_displayed"]
    assert staff.post(f"/backoffice/products/{product.id}", data=data).status_code == 303
    assert (fresh(product).price_cents, fresh(product).is_displayed) == (None, False)


def test_saving_what_is_there_changes_nothing(staff, product):
    assert edit(staff, product).status_code == 303
    assert fresh(product).version == product.version
    assert nothing_happened(product)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"price": "gratuit"}, "pas un nombre"),
        ({"price": "0"}, "supérieur à zéro"),
        ({"price": "-3"}, "de 0 à 999"),
        ({"price": "1000000"}, "de 0 à 999"),
        ({"name": " "}, "Renseignez ce champ."),
        ({"prior_price": "54,90"}, "plus élevé que le prix"),
        ({"price": "", "prior_price": "60"}, "plus élevé que le prix"),
    ],
)
def test_a_mistake_is_said_beside_what_was_typed(staff, product, wrong, sentence):
    answer = edit(staff, product, **wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{next(iter(wrong.values())).strip()}"' in answer.text
    assert nothing_happened(product)


def test_a_colleague_is_never_overwritten(staff, product):
    seen = typed(product, name="Plaquettes arrière")
    edit(staff, product, price="61,30")
    answer = staff.post(f"/backoffice/products/{product.id}", data=seen)
    assert answer.status_code == 409
    assert "a changé depuis que vous" in answer.text
    assert "Plaquettes arrière" in answer.text, "what was typed is kept"
    assert (fresh(product).name, fresh(product).price_cents) == ("Plaquettes", 61_30)


def test_a_count_makes_a_movement(staff, product):
    assert count(staff, product, on_hand="4", reason="Casse").status_code == 303
    (movement,) = session.scalars(select(StockMovement)).all()
    assert (movement.kind, movement.quantity, movement.on_hand_before, movement.on_hand_after) == (
        "adjustment",
        3,
        7,
        4,
    )
    assert movement.reason == "Casse"
    assert stock_of(product).on_hand == 4
    assert session.get(ProductToIndex, product.id) is None, "what is found stays the same"
    text = staff.get(f"/backoffice/products/{product.id}").text
    assert "7 → 4" in text
    assert "Casse" in text


def test_an_empty_shelf_is_told_to_the_search(staff, product):
    count(staff, product, on_hand="0")
    assert session.get(ProductToIndex, product.id)
    assert "StockTurned" in session.scalars(select(OutboxEvent.name)).all()


def test_a_product_that_never_had_stock_can_be_counted(staff):
    bare = make_product(reference="NEW-1", price_cents=10_00)
    session.query(StockItem).filter_by(product_id=bare.id).delete()
    keep()
    assert count(staff, bare, seen="0", on_hand="12").status_code == 303
    assert stock_of(bare).on_hand == 12


def test_packs_that_orders_hold_cannot_be_counted_away(staff, product):
    stock_of(product).reserved = 3
    keep()
    answer = count(staff, product, on_hand="2")
    assert answer.status_code == 409
    assert "3 sont réservés" in answer.text
    assert stock_of(product).on_hand == 7


def test_a_parcel_that_left_meanwhile_is_not_counted_twice(staff, product):
    answer = count(staff, product, seen="8", on_hand="6")
    assert answer.status_code == 409
    assert "il y en a 7" in answer.text
    assert nothing_happened(product)


def test_a_product_that_is_not_there(staff):
    assert staff.get("/backoffice/products/999999999").status_code == 404
    assert staff.post("/backoffice/products/999999999", data={"version": "1", "name": "x"}).status_code == 404
    assert staff.post("/backoffice/products/999999999/stock", data=counted(seen="0")).status_code == 404
