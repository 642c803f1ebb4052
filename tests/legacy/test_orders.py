"""What became of the old shop's orders and invoices, of both generations."""

import pytest

from devstack.legacy.dump import Dump
from tests.legacy.conftest import Shop


def order(shop: Shop, legacy_id: object, columns: str) -> tuple[object, ...]:
    (row,) = shop.rows(f"SELECT {columns} FROM shop_order WHERE legacy_id = %s", str(legacy_id))
    return row


@pytest.mark.parametrize(
    ("trait", "state"),
    [
        ("order: status 1, unpaid", "pending"),
        ("order: status 1, paid", "paid"),
        ("order: status 2, paid", "paid"),
        ("order: status 3, paid", "processing"),
        ("order: status 4, paid", "shipped"),
        ("order: status 5, paid", "delivered"),
        ("order: status 6, paid", "cancelled"),
        ("order: status 7, paid", "cancelled"),
        ("order: status 8, paid", "refunded"),
        ("order: status 99, unpaid", "cancelled"),
        ("order: newer generation", "paid"),
        ("order: cancelled by its note", "cancelled"),
        ("order: status unknown", "paid"),
    ],
)
def test_states_follow_the_map_and_the_money(imported: Shop, old_shop: Dump, trait: str, state: str) -> None:
    numbers = old_shop.traits[trait]
    assert numbers
    for number in numbers:
        found, paid_at = order(imported, number, "status, paid_at")
        assert found == state
        assert (paid_at is not None) == ("unpaid" not in trait)


def test_an_unknown_status_is_said(imported: Shop) -> None:
    assert imported.value("SELECT count(*) FROM legacy_error WHERE reason LIKE 'état « 42 »%%'") == 1


def test_the_amounts_of_an_older_order_are_its_own(imported: Shop) -> None:
    # 10.30 goods, 30.00 deposit, 5.90 shipping, commas in the amounts.
    columns = "goods_cents, deposit_cents, shipping_cents, total_cents, vat_cents, is_vat_estimated"
    assert order(imported, 10_000, columns) == (1030, 3000, 590, 4620, 770, False)
    lines = imported.rows(
        "SELECT kind, reference, name, quantity, line.total_cents, line.vat_cents, product_id FROM order_line line"
        " JOIN shop_order ON shop_order.id = order_id WHERE legacy_id = '10000' ORDER BY position"
    )
    assert lines == [
        ("goods", "R-00000 0", "Filtre à huile", 1, 1030, 172, 100_000),
        ("deposit", "R-00000 0", "Filtre à huile", 1, 3000, 500, 100_000),
        ("shipping", "", "Livraison", 1, 590, 98, None),
    ]


def test_a_newer_order_has_its_vat_estimated(imported: Shop, old_shop: Dump) -> None:
    number = old_shop.traits["order: newer generation"][0]
    total, vat, estimated, note = order(imported, number, "total_cents, vat_cents, is_vat_estimated, staff_note")
    assert (total, vat, estimated) == (2300, 383, True)
    assert note == "payment_gateway : cyberplus\nmetadata.canal : web"
    line = imported.rows(
        "SELECT reference, name, product_id FROM order_line JOIN shop_order ON shop_order.id = order_id"
        " WHERE legacy_id = %s",
        number,
    )
    assert line == [("sans référence", "Kit de freins complet", None)]


def test_no_address_that_the_bank_called_is_kept(imported: Shop) -> None:
    for table in ("shop_order", "legacy_error", "legacy_run"):
        assert imported.value(f"SELECT count(*) FROM {table} row WHERE row::text LIKE '%%old.invalid%%'") == 0, table


def test_notes_are_plain_text(imported: Shop, old_shop: Dump) -> None:
    for number in old_shop.traits["order: entity in note"]:
        assert order(imported, number, "staff_note") == ("Merci d'appeler",)
    for number in old_shop.traits["order: cancelled by its note"]:
        assert order(imported, number, "staff_note") == ("Commande depuis le site",)
    (supplement,) = old_shop.traits["order: supplement"]
    assert order(imported, supplement, "staff_note") == ("Supplément de la commande 10000",)


def test_a_wrong_total_is_kept_and_listed(imported: Shop, old_shop: Dump) -> None:
    (high,), (low,) = old_shop.traits["order: total too high"], old_shop.traits["order: total too low"]
    assert order(imported, high, "goods_cents, discount_cents, total_cents") == (5200, 0, 5700)
    assert order(imported, low, "goods_cents, discount_cents, total_cents") == (5000, 300, 5200)
    listed = imported.value("SELECT report -> 'differences' FROM legacy_run")
    assert listed["count"] == 4
    assert listed["first"][0] == f"{high} · total : écart de 200 centimes avec marchandise + consignes + port"


@pytest.mark.parametrize("trait", ["order: no date", "order: negative"])
def test_an_order_that_means_nothing_is_refused_with_its_reason(imported: Shop, old_shop: Dump, trait: str) -> None:
    (number,) = old_shop.traits[trait]
    assert imported.value("SELECT count(*) FROM shop_order WHERE legacy_id = %s", number) == 0
    kept = "SELECT count(*) FROM legacy_error WHERE kind = 'rejected' AND raw ->> 'ord_id' = %s"
    assert imported.value(kept, number) == 1


def test_orders_find_their_customer(imported: Shop, old_shop: Dump) -> None:
    (lost,), (twice,) = (
        old_shop.traits["order: customer unknown"],
        old_shop.traits["order: customer of another e-mail's account"],
    )
    assert order(imported, lost, "customer_id") == (None,)
    (owner,) = imported.rows("SELECT id FROM customer WHERE legacy_id = '5001'")
    assert order(imported, twice, "customer_id") == owner


def test_addresses_are_copied_or_taken_from_the_customer(imported: Shop) -> None:
    (own,) = order(imported, 10_001, "shipping_address ->> 'line1'")
    assert own == "0 avenue Foch"
    # No address of its own: the profile's.
    (profile,) = order(imported, 10_006, "shipping_address ->> 'line1'")
    assert profile == "6 rue du Port"
    (city,) = order(imported, 10_018, "shipping_address ->> 'city'")
    assert city == "Nîmes"


def test_dates_of_every_shape_are_one_moment(imported: Shop) -> None:
    found = {order(imported, number, "placed_at::date::text")[0] for number in (10_000, 10_001, 10_002, 10_004, 10_008)}
    assert found <= {"2021-03-04", "2021-03-03"}


def test_invoices_keep_their_numbers_and_ours_go_on(imported: Shop) -> None:
    invoice = imported.rows(
        "SELECT invoice.number, year, sequence, net_cents, invoice.vat_cents, invoice.total_cents,"
        " buyer ->> 'last_name' FROM invoice"
        " JOIN shop_order ON shop_order.id = order_id WHERE legacy_id = '10001'"
    )
    assert invoice == [("701", 2021, 701, 2375, 475, 2850, "Nom1")]
    assert imported.value("SELECT max(sequence) = (SELECT last FROM invoice_counter) FROM invoice") is True
    assert (
        imported.value(
            "SELECT count(*) FROM invoice WHERE total_cents <> (SELECT sum(total_cents) FROM invoice_line"
            " WHERE invoice_id = invoice.id)"
        )
        == 0
    )


def test_each_order_has_its_first_line_of_history(imported: Shop) -> None:
    assert imported.value("SELECT count(*) FROM shop_order") == 607
    assert imported.rows("SELECT DISTINCT by, comment FROM order_status_change") == [
        ("system", "Repris de l'ancienne boutique")
    ]
    assert imported.value("SELECT count(*) FROM order_status_change") == 607
