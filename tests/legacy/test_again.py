"""Importing again changes nothing; an import that was killed ends as if it had not been."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from devstack.legacy.dump import Dump
from tests.legacy.conftest import Shop

# Everything that an import writes, told by what it says: numbers that the database gives by itself (of rows and
# groups, which a killed batch uses up) are left out, and so is when it was written.
_SAYS = {
    "family": "SELECT * FROM family",
    "gamme": "SELECT * FROM gamme",
    "brand": "SELECT * FROM brand",
    "criterion": "SELECT * FROM criterion",
    "make": "SELECT * FROM make",
    "vehicle_model": "SELECT * FROM vehicle_model",
    "vehicle_type": "SELECT * FROM vehicle_type",
    "engine_code": "SELECT * FROM engine_code",
    "registration_code": "SELECT type_id, mine, cnit FROM registration_code",
    "product": "SELECT to_jsonb(p) - 'fitment_group_id' - 'created_at' - 'updated_at' FROM product p",
    "product_reference": "SELECT product_id, kind, maker, reference, reference_key FROM product_reference",
    "product_criterion": "SELECT * FROM product_criterion",
    "product_picture": "SELECT * FROM product_picture",
    "fitment": (
        "SELECT p.id, f.vehicle_type_id, f.position, f.gamme_id, f.restriction FROM product p"
        " JOIN fitment f ON f.group_id = p.fitment_group_id"
    ),
    "sharing": ("SELECT min(id), count(*) FROM product WHERE fitment_group_id IS NOT NULL GROUP BY fitment_group_id"),
    "vehicle_gamme": "SELECT * FROM vehicle_gamme",
    "staff_member": "SELECT to_jsonb(s) - 'id' - 'created_at' FROM staff_member s",
    "customer": "SELECT to_jsonb(c) - 'id' - 'created_at' FROM customer c",
    "customer_address": (
        "SELECT to_jsonb(a) - 'id' - 'customer_id' - 'created_at', c.legacy_id FROM customer_address a"
        " JOIN customer c ON c.id = a.customer_id"
    ),
    "shop_order": (
        "SELECT to_jsonb(o) - 'id' - 'customer_id', c.legacy_id FROM shop_order o"
        " LEFT JOIN customer c ON c.id = o.customer_id"
    ),
    "order_line": (
        "SELECT to_jsonb(l) - 'id' - 'order_id', o.legacy_id FROM order_line l JOIN shop_order o ON o.id = l.order_id"
    ),
    "order_status_change": (
        "SELECT o.legacy_id, h.to_status, h.comment, h.at FROM order_status_change h"
        " JOIN shop_order o ON o.id = h.order_id"
    ),
    "invoice": "SELECT to_jsonb(i) - 'id' - 'order_id' FROM invoice i",
    "invoice_line": (
        "SELECT to_jsonb(l) - 'id' - 'invoice_id', i.number FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id"
    ),
    "text_switch": "SELECT * FROM text_switch",
    "gamme_text": "SELECT to_jsonb(t) - 'updated_at' FROM gamme_text t",
    "gamme_link": "SELECT * FROM gamme_link",
    "errors": "SELECT step, kind, reason, raw FROM legacy_error",
    # What is reckoned ("people: defaults") has less to do the second time.
    "checkpoints": "SELECT step, rows_read, rows_rejected, tallies FROM legacy_checkpoint WHERE step !~ ':'",
}


def digests(shop: Shop, *, without: tuple[str, ...] = ()) -> dict[str, str]:
    """What each table says, in one number."""
    return {
        name: shop.value(
            f"SELECT md5(coalesce(string_agg(md5(said::text), ',' ORDER BY md5(said::text)), '')) FROM ({query}) said"
        )
        for name, query in _SAYS.items()
        if name not in without
    }


def rows_written(shop: Shop) -> dict[str, tuple[int, int, int]]:
    """How many rows of each table were ever inserted, updated and deleted."""
    with psycopg.connect(shop.dsn, autocommit=True) as connection:
        connection.execute("SELECT pg_stat_force_next_flush()") if connection.info.server_version >= 150000 else None
    return {
        name: (inserted, updated, deleted)
        for name, inserted, updated, deleted in shop.rows(
            "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables WHERE relname !~ '^legacy_'"
        )
    }


def wait_until(holds: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    give_up = time.monotonic() + 120
    while not holds():
        assert process.poll() is None, "the import ended before it was killed"
        assert time.monotonic() < give_up
        time.sleep(0.01)


def read_of(shop: Shop, step: str) -> int:
    return int(shop.value("SELECT coalesce(sum(rows_read), 0) FROM legacy_checkpoint WHERE step = %s", step))


def test_a_second_import_changes_nothing(new_shop: Callable[..., Any], imported: Shop, dumps: Path) -> None:
    with new_shop("legacy_twice") as shop:
        shop.run(str(dumps), ends_with=3)
        before, versions = digests(shop), shop.rows("SELECT xmin, id FROM product ORDER BY id")
        moved = rows_written(shop)
        shop.run(str(dumps), ends_with=3)
        assert shop.value("SELECT count(*) FROM legacy_run WHERE status = 'finished'") == 2
        # What was refused is kept once, not once for each import.
        assert digests(shop) == before
        assert before == digests(imported)
        # Not even written over with the same.
        assert shop.rows("SELECT xmin, id FROM product ORDER BY id") == versions
        changed = {name for name, counts in rows_written(shop).items() if counts != moved.get(name)}
        assert changed == set()


@pytest.mark.parametrize("step", ["pieces", "parts: write"])
def test_an_import_killed_anywhere_ends_the_same(
    new_shop: Callable[..., Any], imported: Shop, dumps: Path, step: str
) -> None:
    with new_shop("legacy_killed") as shop:
        process = shop.start(str(dumps))
        wait_until(lambda: read_of(shop, step) > 0, process)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert shop.value("SELECT status FROM legacy_run") == "running"
        output = shop.run(str(dumps), ends_with=3)
        assert "Going on with run 1." in output
        # What was done is not done again.
        assert "catalog_family " not in output.partition("Report on")[0]
        assert shop.value("SELECT count(*) FROM legacy_run") == 1
        assert digests(shop) == digests(imported)


def test_staging_that_a_crash_of_the_database_emptied_is_read_anew(
    new_shop: Callable[..., Any], imported: Shop, dumps: Path
) -> None:
    with new_shop("legacy_crashed") as shop:
        process = shop.start(str(dumps))
        wait_until(lambda: read_of(shop, "pieces_relation_type") > 0, process)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        # What PostgreSQL does to unlogged tables when it recovers.
        shop.rows(
            "WITH gone AS (DELETE FROM legacy_held_row RETURNING 1), lost AS"
            " (DELETE FROM legacy_part_row RETURNING 1) SELECT 1"
        )
        shop.run(str(dumps), ends_with=3)
        assert digests(shop) == digests(imported)


def test_a_database_gives_what_its_dumps_give(
    new_shop: Callable[..., Any], imported: Shop, old_shop: Dump, dumps: Path
) -> None:
    with new_shop("legacy_old", template="template0") as old, new_shop("legacy_from_database") as shop:
        old_shop.load(old.dsn)
        output = shop.run(old.dsn, ends_with=3)
        assert "postgres" not in output.partition("Report on")[0]
        password = psycopg.conninfo.conninfo_to_dict(old.dsn).get("password")
        assert not password or password not in output
        # A line that is cut short is a fault of files alone.
        files_only = ("errors", "checkpoints")
        assert digests(shop, without=files_only) == digests(imported, without=files_only)
        assert shop.value("SELECT rows_rejected FROM legacy_checkpoint WHERE step = 'pieces'") == 7


def test_a_database_import_goes_on_where_it_was_killed(
    new_shop: Callable[..., Any], imported: Shop, old_shop: Dump
) -> None:
    with new_shop("legacy_old", template="template0") as old, new_shop("legacy_from_database") as shop:
        old_shop.load(old.dsn)
        process = shop.start(old.dsn)
        wait_until(lambda: read_of(shop, "pieces_relation_type") > 0, process)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        shop.run(old.dsn, ends_with=3)
        files_only = ("errors", "checkpoints")
        assert digests(shop, without=files_only) == digests(imported, without=files_only)


def test_two_imports_at_once_do_not_mix(new_shop: Callable[..., Any], imported: Shop, dumps: Path) -> None:
    with new_shop("legacy_two") as shop:
        one = shop.start(str(dumps))
        wait_until(lambda: read_of(shop, "pieces") > 0, one)
        other = shop.start(str(dumps))
        outputs = [process.communicate(timeout=300)[0] for process in (one, other)]
        assert 3 in (one.returncode, other.returncode), outputs
        if 1 in (one.returncode, other.returncode):
            assert any("Un autre processus poursuit" in output for output in outputs), [
                output[-600:] for output in outputs
            ]
        shop.rows("DELETE FROM legacy_run WHERE status <> 'finished' RETURNING id")
        assert digests(shop, without=("errors", "checkpoints")) == digests(imported, without=("errors", "checkpoints"))


def test_what_was_moved_on_here_is_left_alone(new_shop: Callable[..., Any], dumps: Path) -> None:
    with new_shop("legacy_moved") as shop:
        shop.run(str(dumps), ends_with=3)
        shop.rows(
            "WITH moved AS (UPDATE shop_order SET status = 'shipped', tracking_number = '6A1', version = 2"
            " WHERE legacy_id = '10002' RETURNING 1), seen AS (UPDATE customer SET phone = '+33600000000',"
            " password_hash = 'new', last_login_at = now() WHERE legacy_id = '5000' RETURNING 1) SELECT 1"
        )
        shop.run(str(dumps), ends_with=3)
        assert shop.rows("SELECT status, tracking_number FROM shop_order WHERE legacy_id = '10002'") == [
            ("shipped", "6A1")
        ]
        assert shop.rows("SELECT phone, password_hash FROM customer WHERE legacy_id = '5000'") == [
            ("+33600000000", "new")
        ]
