"""Orders of the made-up old shop: rows of the PHP shop and of the service that followed it."""

import json
from collections.abc import Sequence
from decimal import Decimal

from devstack.legacy.catalogue import BRANDS, FIRST_PART
from devstack.legacy.dump import Dump

STATUSES = ("1", "2", "3", "4", "5", "6", "7", "8", "99")
DATES = ("2021-03-04 10:20:30", "2021-03-04T10:20:30Z", "04/03/2021 10:20", "1614853230", "2021-03-04")


def add_orders(dump: Dump, count: int, customers: Sequence[str]) -> None:
    """Add so many sound orders of both generations, and one of each fault."""
    for number in range(1, 9):
        dump.add(
            "___xtr_order_status", "ords_", id=number, named=f"État {number}", action="", color="#fff", dept_id="1"
        )
    dump.add("___xtr_delivery_agent", "da_", id="1", name="Colissimo", fee="5.90", seuil="100")
    for number in range(count):
        if number % 4 == 3:
            _add_newer(dump, number, customers)
        else:
            _add_older(dump, number, customers)
    _add_faulty(dump, customers)


def _ht(euros: Decimal) -> str:
    return str((euros / Decimal("1.2")).quantize(Decimal("0.01")))


def _add_older(dump: Dump, number: int, customers: Sequence[str]) -> None:
    order_id, customer = 10_000 + number, number % len(customers)
    unit, quantity = Decimal(10 + number % 90) + Decimal("0.30"), number % 3 + 1
    deposit, shipping = Decimal(30 if number % 10 == 0 else 0), Decimal("5.90")
    goods, deposits = unit * quantity, deposit * quantity
    total = goods + deposits + shipping
    status = STATUSES[number % len(STATUSES)]
    is_paid = "1" if status not in ("1", "99") or number % 4 == 0 else "0"
    trait = f"order: status {status}, {'paid' if is_paid == '1' else 'unpaid'}"
    comma = number % 5 == 0
    dump.add(
        "___xtr_order", "ord_", trait, id=order_id, cst_id=customers[customer],
        cba_id=customer * 10 + 1 if number % 6 else "", cda_id=customer * 10 + 1 if number % 6 else "0",
        date=DATES[number % len(DATES)], amount_ht=_ht(goods), deposit_ht=_ht(deposits), shipping_fee_ht=_ht(shipping),
        total_ht=_ht(total), tva="20", amount_ttc=str(goods).replace(".", ",") if comma else goods,
        deposit_ttc=deposits,
        shipping_fee_ttc=shipping, total_ttc=str(total).replace(".", ",") if comma else total, is_pay=is_paid,
        date_pay=DATES[number % len(DATES)] if is_paid == "1" else "0000-00-00 00:00:00", da_id="1",
        info="Merci d&#39;appeler" if number % 8 == 0 else "", dept_id="1", ords_id=status, parent="0",
    )  # fmt: skip
    if number % 8 == 0:
        dump.traits["order: entity in note"].append(str(order_id))
    part = number % 40
    dump.add(
        "___xtr_order_line", "orl_", id=order_id * 10, ord_id=order_id, pg_id="1", pg_name="Filtre &agrave; huile",
        pm_id=part % len(BRANDS) + 1, pm_name=BRANDS[part % len(BRANDS)], art_ref=f"R-{part:05d} {part % 7}",
        art_ref_clean=f"R{part:05d}{part % 7}", art_price_sell_unit_ht=_ht(unit), art_price_sell_unit_ttc=unit,
        art_deposit_unit_ttc=deposit, art_quantity=quantity, art_price_sell_ht=_ht(goods), art_price_sell_ttc=goods,
        art_deposit_ttc=deposits, spl_id="1", spl_name="Grossiste", orls_id="1",
    )  # fmt: skip
    if is_paid == "1":
        _add_invoice(dump, order_id, number, goods, deposits, shipping, total)


def _add_invoice(
    dump: Dump, order_id: int, number: int, goods: Decimal, deposits: Decimal, shipping: Decimal, total: Decimal
) -> None:
    dump.add(
        "___xtr_invoice", "inv_", id=700 + number, ord_id=order_id, cst_id="", date="2021-03-05 08:00:00",
        amount_ht=_ht(goods), total_ht=_ht(total), amount_ttc=goods, deposit_ttc=deposits, shipping_fee_ttc=shipping,
        total_ttc=total,
    )  # fmt: skip
    dump.add(
        "___xtr_invoice_line", "invl_", id=number, inv_id=700 + number, pg_name="Filtre", pm_name="BOSCH",
        art_ref=f"R-{FIRST_PART}", art_price_sell_unit_ttc=goods, art_deposit_unit_ttc=deposits, art_quantity="1",
        art_price_sell_ht=_ht(goods), art_price_sell_ttc=goods, art_deposit_ttc=deposits,
    )  # fmt: skip


def _add_newer(dump: Dump, number: int, customers: Sequence[str]) -> None:
    order_id = f"ORD{1_700_000_000_000 + number}"
    unit = Decimal(20 + number % 50)
    info = {"payment_gateway": "cyberplus", "return_url": "https://old.invalid/return",
            "metadata": {"canal": "web", "callback": "https://old.invalid/ipn"}}  # fmt: skip
    note = "Commande depuis le site [ANNULÉE]" if number % 16 == 15 else json.dumps(info)
    trait = "order: cancelled by its note" if number % 16 == 15 else "order: newer generation"
    dump.add(
        "___xtr_order", "ord_", trait, id=order_id, cst_id=customers[number % len(customers)], cba_id=None, cda_id=None,
        date="2024-05-06T07:08:09.123Z", amount_ht=None, total_ht=None, tva=None, amount_ttc=unit, deposit_ttc="0",
        shipping_fee_ttc="0", total_ttc=unit, is_pay="1", date_pay="2024-05-06T07:10:00Z", info=note, ords_id="1",
        parent="0",
    )  # fmt: skip
    dump.add(
        "___xtr_order_line",
        "orl_",
        id=f"{order_id}-L001",
        ord_id=order_id,
        pg_name="Kit de freins complet",
        art_price_sell_unit_ttc=unit,
        art_quantity="1",
        art_price_sell_ttc=unit,
        orls_id="1",
    )


def _add_faulty(dump: Dump, customers: Sequence[str]) -> None:
    good: dict[str, object] = {
        "cst_id": customers[0], "date": "2020-01-02 03:04:05", "amount_ttc": "50.00", "deposit_ttc": "0",
        "shipping_fee_ttc": "5.00", "total_ttc": "55.00", "is_pay": "1", "ords_id": "5", "parent": "0",
    }  # fmt: skip
    for number, (trait, changes) in enumerate(
        (
            ("order: total too high", {"total_ttc": "57.00"}),
            ("order: total too low", {"total_ttc": "52.00"}),
            ("order: status unknown", {"ords_id": "42"}),
            ("order: no date", {"date": "0000-00-00 00:00:00"}),
            ("order: customer unknown", {"cst_id": "424242"}),
            ("order: customer of another e-mail's account", {"cst_id": "9001"}),
            ("order: supplement", {"parent": "10000"}),
            ("order: negative", {"total_ttc": "-5"}),
            ("order: no lines", {}),
        )
    ):
        order_id = 20_000 + number
        dump.add("___xtr_order", "ord_", trait, id=order_id, **{**good, **changes})
        if trait != "order: no lines":
            dump.add(
                "___xtr_order_line",
                "orl_",
                id=f"{order_id}0",
                ord_id=order_id,
                pg_name="Article",
                art_ref="Z-1",
                art_price_sell_unit_ttc="50.00",
                art_quantity="1",
                art_price_sell_ttc="50.00",
            )
    dump.add(
        "___xtr_order_line",
        "orl_",
        "line: of no order",
        id="77",
        ord_id="999999",
        pg_name="Perdue",
        art_ref="Z",
        art_price_sell_unit_ttc="1",
        art_quantity="1",
    )
    dump.add(
        "___xtr_order_line",
        "orl_",
        "line: quantity nought",
        id="78",
        ord_id="10000",
        pg_name="Rien",
        art_ref="Z",
        art_price_sell_unit_ttc="1",
        art_quantity="0",
    )
    dump.add(
        "___xtr_invoice", "inv_", "invoice: of no order", id="9999", ord_id="999999", date="2021-01-01", total_ttc="10"
    )
    for table, count in (("___xtr_msg", 25), ("__blog_advice", 12), ("promo_codes", 3), ("ic_postback", 40)):
        for number in range(count):
            dump.add(table, "", "no noun yet", key=f"{table} {number}", id=number, content="x")
