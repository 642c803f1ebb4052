"""What became of the old shop's catalogue, fault by fault."""

import pytest

from devstack.legacy.dump import Dump
from tests.legacy.conftest import Shop


def part(shop: Shop, part_id: object, columns: str) -> tuple[object, ...]:
    (row,) = shop.rows(f"SELECT {columns} FROM product WHERE id = %s", int(str(part_id)))
    return row


def test_sound_rows_are_all_there(imported: Shop) -> None:
    assert imported.value("SELECT count(*) FROM product") == 1200
    assert imported.value("SELECT count(*) FROM vehicle_type") == 240
    assert imported.value("SELECT count(*) FROM engine_code") == 240
    assert imported.value("SELECT count(*) FROM family WHERE id > 0") == 6
    assert imported.value("SELECT count(*) FROM brand") == 13


@pytest.mark.parametrize(
    ("trait", "step", "reason"),
    [
        ("gamme: no name", "pieces_gamme", "pg_name : vide"),
        ("gamme: id is no number", "pieces_gamme", "pg_id : « abc »"),
        ("brand: control character", "pieces_marque", "caractère de contrôle"),
        ("part: unknown gamme", "pieces", "orphelin : gamme"),
        ("part: unknown brand", "pieces", "orphelin : marque"),
        ("part: same brand and reference", "pieces", "doublon : même marque et même référence que la pièce 100000"),
        ("part: reference without letters", "pieces", "piece_ref : ni lettre ni chiffre"),
        ("part: control character", "pieces", "caractère de contrôle"),
        ("part: id too large", "pieces", "trop grand"),
        ("part: flag unknown", "pieces", "ni oui ni non"),
        ("part: line cut short", "pieces", "3 champs au lieu de"),
        ("price: not a number", "pieces_price", "pri_vente_ttc : « sur devis »"),
        ("ean: nonsense", "pieces_ref_ean", "n'est pas un EAN"),
        ("model: unknown make", "auto_modele", "orphelin : marque"),
        ("model: no year", "auto_modele", "modele_year_from : vide"),
        ("type: unknown model", "auto_type", "orphelin : modèle"),
        ("type: no power", "auto_type", "puissance inconnue"),
        ("type: no year", "auto_type", "type_year_from : vide"),
        ("type: year 20001", "auto_type", "n'est pas une année"),
        ("code: neither mine nor CNIT", "auto_type_number_code", "ni type mine ni CNIT"),
        ("code: unknown type", "auto_type_motor_code", "orphelin : type"),
        ("relation: not a number", "pieces_relation_type", "rtp_type_id : « abc »"),
        ("relation: empty", "pieces_relation_type", "rtp_type_id : identifiant vide"),
    ],
)
def test_a_bad_row_is_kept_with_its_reason(imported: Shop, old_shop: Dump, trait: str, step: str, reason: str) -> None:
    wanted = len(old_shop.traits[trait])
    assert wanted > 0
    found = imported.rows(
        "SELECT raw FROM legacy_error WHERE step = %s AND kind = 'rejected' AND strpos(reason, %s) > 0", step, reason
    )
    assert len(found) == wanted
    assert all(raw for (raw,) in found)


@pytest.mark.parametrize(
    ("trait", "step", "tally", "times"),
    [
        ("price: unknown part", "pieces_price", "orphelin : pièce inconnue", 1),
        ("criterion: unknown part", "pieces_criteria", "orphelin : pièce inconnue", 1),
        ("picture: hidden", "pieces_media_img", "masqué", 1),
    ],
)
def test_orphans_and_what_is_left_out_are_counted(
    imported: Shop, old_shop: Dump, trait: str, step: str, tally: str, times: int
) -> None:
    found = imported.value("SELECT tallies ->> %s FROM legacy_checkpoint WHERE step = %s", tally, step)
    assert int(found) == len(old_shop.traits[trait]) * times


def test_every_row_is_accounted_for(imported: Shop, old_shop: Dump) -> None:
    read = dict(imported.rows("SELECT step, rows_read FROM legacy_checkpoint WHERE step !~ ':'"))
    for table, count in read.items():
        assert count == len(old_shop.tables[table]) + len(old_shop.broken_lines.get(table, ())), table


def test_encodings_and_entities_are_repaired_once(imported: Shop, old_shop: Dump) -> None:
    assert imported.rows("SELECT name FROM family WHERE id IN (3, 4) ORDER BY id") == [("Éclairage",), ("Électricité",)]
    for number in old_shop.traits["part: mojibake"]:
        assert str(part(imported, number, "name")[0]).startswith("Câble de frein à main")
    # « &amp;amp; » was written twice by somebody: once is undone.
    for number in old_shop.traits["part: entity"]:
        assert str(part(imported, number, "name")[0]).startswith("Pièce d'origine &amp; co")


def test_a_gamme_stands_under_its_primary_family(imported: Shop) -> None:
    assert imported.value("SELECT family_id FROM gamme WHERE id = 1") == 2
    # No primary family is named for every fourth one.
    assert imported.value("SELECT family_id FROM gamme WHERE id = 4") == 5
    assert imported.rows("SELECT family_id, is_displayed FROM gamme WHERE id = 90") == [(0, True)]
    assert imported.rows("SELECT family_id, is_displayed FROM gamme WHERE id = 91") == [(0, False)]
    assert imported.rows("SELECT name, is_displayed FROM family WHERE id = 0") == [("Sans famille", False)]


def test_two_brands_of_one_name_stay_two(imported: Shop) -> None:
    assert imported.rows("SELECT alias, name FROM brand WHERE id IN (1, 50) ORDER BY id") == [
        ("bosch", "BOSCH"),
        ("bosch-50", "BOSCH (50)"),
    ]


def test_the_price_is_that_of_the_highest_type_that_sells(imported: Shop, old_shop: Dump) -> None:
    for number in old_shop.traits["price: chosen"]:
        euros = 5 + (int(number) - 100_000) % 200
        assert part(imported, number, "price_cents, deposit_cents, vat_basis_points") == (euros * 100 + 50, 3000, 2000)
    for number in old_shop.traits["price: none to sell at"]:
        assert part(imported, number, "price_cents, is_displayed")[0] is None


def test_a_pack_costs_its_parts(imported: Shop, old_shop: Dump) -> None:
    for number in old_shop.traits["part: sold by two"]:
        price, pack = part(imported, number, "price_cents, sale_quantity")
        unit = 5 + (int(number) - 100_000) % 200
        if price is not None:
            assert (price, pack) == ((unit * 100 + 50) * 2, 2)
    for number in old_shop.traits["part: impossible pack"]:
        assert part(imported, number, "sale_quantity") == (1,)


def test_other_traits_of_parts(imported: Shop, old_shop: Dump) -> None:
    for number in old_shop.traits["part: weight with comma"]:
        assert part(imported, number, "weight_grams") == (2750,)
    for number in old_shop.traits["part: hidden"]:
        assert part(imported, number, "is_displayed, fitment_group_id") == (False, None)
    for number in old_shop.traits["part: long name"]:
        assert len(str(part(imported, number, "name")[0])) <= 200
    for number in old_shop.traits["part: no name"]:
        name, gamme = part(imported, number, "name, (SELECT name FROM gamme WHERE gamme.id = gamme_id)")
        assert str(name).startswith(str(gamme))
    assert "7700 000001" in str(part(imported, 100_001, "search_text")[0])


def test_criteria_pictures_and_numbers(imported: Shop, old_shop: Dump) -> None:
    for number in old_shop.traits["criterion: two values"]:
        value = imported.value(
            "SELECT value FROM product_criterion WHERE product_id = %s AND criterion_id = 3", int(number)
        )
        assert "ATE / BOSCH" in value
    assert imported.value("SELECT count(*) FROM product_picture WHERE path LIKE '%%secret%%'") == 0
    assert imported.rows("SELECT position, path FROM product_picture WHERE product_id = 100002 ORDER BY position") == [
        (1, "/rack-images/2/100002_0.jpg"),
        (2, "/rack-images/2/100002_1.jpg"),
    ]
    numbers = imported.rows(
        "SELECT kind, maker, reference FROM product_reference WHERE product_id = 100001 ORDER BY kind, reference"
    )
    assert numbers == [
        ("cross", "CONSTRUCTEUR 5", "X-1"),
        ("ean", "", "5000000100001"),
        ("oem", "CONSTRUCTEUR 1", "7700 000001 1"),
        ("oem", "CONSTRUCTEUR 2", "7700 000001 2"),
    ]


def test_vehicles(imported: Shop, old_shop: Dump) -> None:
    def vehicle(number: str, columns: str) -> tuple[object, ...]:
        (row,) = imported.rows(f"SELECT {columns} FROM vehicle_type WHERE id = %s", int(number))
        return row

    for number in old_shop.traits["type: ends before it begins"]:
        assert vehicle(number, "produced_from < produced_to, extract(year FROM produced_to)::int") == (True, 2010)
    for number in old_shop.traits["type: kilowatts only"]:
        assert vehicle(number, "power_hp, power_kw") == (86, 63)
    for number in old_shop.traits["type: fuel by motor"]:
        assert vehicle(number, "fuel") == ("Hybride",)
    for number in old_shop.traits["type: month 13"]:
        assert vehicle(number, "extract(month FROM produced_from)::int") == (1,)
    for number in old_shop.traits["type: still built"]:
        assert vehicle(number, "produced_to") == (None,)
    assert imported.rows("SELECT displacement_cc FROM vehicle_type ORDER BY id LIMIT 5") == [
        (1500,), (1461,), (1900,), (None,), (None,),
    ]  # fmt: skip
    assert imported.rows("SELECT mine, cnit FROM registration_code WHERE type_id = 10003") == [
        ("M000003F", "M10REN00003")
    ]
    assert imported.value("SELECT code FROM engine_code WHERE type_id = 10003") == "K9K 3"


def test_identical_sets_of_vehicles_are_shared(imported: Shop) -> None:
    groups, used = imported.rows("SELECT count(DISTINCT fitment_group_id), count(fitment_group_id) FROM product")[0]
    assert groups < used
    assert imported.value("SELECT count(*) FROM fitment_group") == groups
    same = imported.value(
        "SELECT count(*) FROM (SELECT gamme_id, array_agg(vehicle_type_id || restriction ORDER BY 1) AS vehicles"
        " FROM fitment GROUP BY group_id, gamme_id) sets GROUP BY gamme_id, vehicles ORDER BY 1 DESC LIMIT 1"
    )
    assert same == 1


def test_a_part_fits_what_its_rows_say(imported: Shop, old_shop: Dump) -> None:
    hidden = {int(number) for number in old_shop.traits["type: hidden"]}
    said: dict[int, set[int]] = {}
    for row in old_shop.tables["pieces_relation_type"]:
        kind = str(row["rtp_type_id"]).strip().removesuffix(".0")
        if kind.isdecimal() and 10_000 <= int(kind) < 10_240 and int(kind) not in hidden:
            said.setdefault(int(str(row["rtp_piece_id"])), set()).add(int(kind))
    found: dict[int, set[int]] = {}
    for number, kind in imported.rows(
        "SELECT product.id, vehicle_type_id FROM product JOIN fitment ON group_id = fitment_group_id"
    ):
        found.setdefault(number, set()).add(kind)
    shown = {number for (number,) in imported.rows("SELECT id FROM product WHERE is_displayed")}
    assert found == {number: kinds for number, kinds in said.items() if number in shown}
    for number in old_shop.traits["fitment: maker says nothing"]:
        assert part(imported, number, "fitment_group_id") == (None,)


def test_conditions_stand_beside_the_vehicle(imported: Shop, old_shop: Dump) -> None:
    def restrictions(number: str) -> set[str]:
        return {
            said
            for (said,) in imported.rows(
                "SELECT restriction FROM product JOIN fitment ON group_id = fitment_group_id WHERE product.id = %s",
                int(number),
            )
        }

    sided = set(old_shop.traits["fitment: two sides"])
    plain = [number for number in old_shop.traits["fitment: on condition"] if number not in sided]
    assert plain
    assert all(restrictions(number) == {"", "Système de freinage : ATE ou BOSCH"} for number in plain)
    assert all({"Montage : Avant", "Montage : Arrière"} <= restrictions(number) for number in sided)


def test_numbers_go_on_after_the_old_ones(imported: Shop) -> None:
    for table in ("product", "gamme", "brand", "vehicle_type", "fitment_group"):
        following = imported.value(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))")
        assert following > imported.value(f"SELECT max(id) FROM {table}"), table
