"""The report of an import, and what the command says when it cannot import."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from devstack.legacy.dump import Dump
from tests.legacy.conftest import Shop


def checks(shop: Shop) -> dict[str, bool]:
    report = shop.value("SELECT report FROM legacy_run ORDER BY id DESC LIMIT 1")
    return {check["name"]: check["holds"] for check in report["checks"]}


def test_it_counts_every_table_against_its_source(imported: Shop, old_shop: Dump) -> None:
    report = imported.value("SELECT report FROM legacy_run")
    for table in report["tables"]:
        own = len(old_shop.tables[table["name"]]) + len(old_shop.broken_lines.get(table["name"], ()))
        assert table["in_source"] == table["read"] == own, table["name"]


def test_no_row_is_left_behind_unsaid(imported: Shop, old_shop: Dump) -> None:
    report = imported.value("SELECT report FROM legacy_run")
    taken = {table["name"] for table in report["tables"]}
    left = {table["name"]: table["rows"] for table in report["not_imported"]}
    assert left == {name: len(rows) for name, rows in old_shop.tables.items() if name not in taken}
    assert "pieces_list" in imported.output
    assert "kits" in imported.output


def test_the_checks_find_the_faults_that_are_there_and_no_others(imported: Shop) -> None:
    failed = {name for name, holds in checks(imported).items() if not holds}
    assert failed == {"order lines belong to an order", "every displayed gamme has a family"}
    assert len(checks(imported)) == 9


def test_it_says_how_each_state_was_read(imported: Shop) -> None:
    assert "État 3                         → processing" in imported.output
    assert "NOT IN THE MAP" in imported.output
    assert "bcrypt 48, md5 48, sha1 48, des 48, md5-crypt 48, plain 48" in imported.output


def test_pages_of_chance_show_parts(imported: Shop) -> None:
    assert "pages of a gamme for a vehicle show parts: 100 read, 0 empty" in imported.output


def test_search_and_counts_follow(imported: Shop) -> None:
    assert imported.value("SELECT count(*) FROM vehicle_gamme") > 0
    assert "run flask reindex" in imported.output


def test_a_report_can_be_asked_for_again(imported: Shop, dumps: Path) -> None:
    runs = imported.value("SELECT count(*) FROM legacy_run")
    output = imported.run(str(dumps), "--check", ends_with=3)
    assert "every row of the source was read" in output
    assert "order lines belong to an order: 3 of 610" in output
    assert imported.value("SELECT count(*) FROM legacy_run") == runs


def test_one_table_can_be_imported_alone(new_shop: Callable[[str], Any], dumps: Path) -> None:
    with new_shop("legacy_alone") as shop:
        shop.run(str(dumps), "--only", "auto_type", ends_with=0)
        assert shop.value("SELECT count(*) FROM vehicle_type") == 0
        shop.run(str(dumps), "--only", "auto_marque,auto_modele,auto_type")
        assert shop.value("SELECT count(*) FROM vehicle_type") == 240
        assert shop.value("SELECT count(*) FROM product") == 0


def test_what_cannot_be_read_is_a_sentence(imported: Shop, tmp_path: Path) -> None:
    assert "neither a folder nor the address" in imported.run("nowhere", ends_with=1)
    assert "no table of the old shop: pices" in imported.run(str(tmp_path), "--only", "pices", ends_with=1)
    away = imported.run("postgresql://nobody@127.0.0.1:1/gone", ends_with=1)
    assert "postgresql://127.0.0.1:1/gone" in away
    wrong = tmp_path / "map.toml"
    wrong.write_text('[orders]\n1 = "lost"\n')
    assert "1 = lost: no such state" in imported.run(str(tmp_path), "--map", str(wrong), ends_with=1)


def test_another_map_makes_other_states(new_shop: Callable[[str], Any], dumps: Path, tmp_path: Path) -> None:
    own = tmp_path / "map.toml"
    own.write_text('[orders]\n1 = "pending"\n2 = "paid"\n3 = "delivered"\n42 = "returned"\n')
    with new_shop("legacy_mapped") as shop:
        shop.run(str(dumps), "--only", "___xtr_order", "--map", str(own), ends_with=3)
        assert shop.rows("SELECT DISTINCT status FROM shop_order WHERE legacy_status = '3'") == [("delivered",)]
        assert shop.rows("SELECT DISTINCT status FROM shop_order WHERE legacy_status = '42'") == [("returned",)]
