"""What became of the old shop's customers, staff and addresses."""

import pytest

from devstack.legacy.dump import Dump
from devstack.legacy.people import PASSWORD
from services.passwords import is_password
from tests.legacy.conftest import Shop


def test_customers_have_clean_addresses_of_e_mail(imported: Shop) -> None:
    assert imported.value("SELECT count(*) FROM customer") == 300
    assert imported.value("SELECT count(*) FROM customer WHERE email <> lower(trim(email))") == 0
    assert imported.value("SELECT email FROM customer WHERE legacy_id = '5001'") == "client1@example.com"


@pytest.mark.parametrize("kind", ["bcrypt", "md5", "sha1", "des", "md5-crypt", "plain"])
def test_every_way_of_keeping_a_password_still_opens_the_account(imported: Shop, old_shop: Dump, kind: str) -> None:
    legacy_id = old_shop.traits[f"hash: {kind}"][0]
    stored = imported.value("SELECT password_hash FROM customer WHERE legacy_id = %s", legacy_id)
    assert is_password(stored, PASSWORD)
    assert not is_password(stored, "autre chose")


def test_two_accounts_of_one_e_mail_become_the_first(imported: Shop, old_shop: Dump) -> None:
    (twice,) = old_shop.traits["customer: e-mail twice"]
    assert imported.value("SELECT count(*) FROM customer WHERE legacy_id = %s", twice) == 0
    reason = imported.value("SELECT reason FROM legacy_error WHERE raw ->> 'cst_id' = %s", twice)
    assert reason == "doublon : cette adresse électronique est celle d'un autre compte (« 5001 »)"


def test_no_secret_is_kept_beside_the_account(imported: Shop) -> None:
    for table in ("legacy_error", "legacy_run", "customer", "staff_member"):
        assert imported.value(f"SELECT count(*) FROM {table} row WHERE row::text LIKE '%%SECRETKEY%%'") == 0, table
    assert imported.value("SELECT count(*) FROM legacy_error WHERE raw ->> 'cst_pswd' NOT IN ('', '(non repris)')") == 0
    assert imported.value("SELECT count(*) FROM legacy_held_row") == 0


def test_names_companies_and_flags(imported: Shop) -> None:
    row = imported.rows(
        "SELECT civility, is_pro, company, siret, phone, is_active FROM customer WHERE legacy_id IN ('5000')"
    )[0]
    assert row == ("M", True, "SARL Garage", "12345678900012", "+33472000001", True)
    assert imported.value("SELECT last_name FROM customer WHERE legacy_id = '5005'") == "Lefèvre"
    assert imported.value("SELECT is_active FROM customer WHERE legacy_id = '5024'") is False
    assert imported.value("SELECT siret FROM customer WHERE legacy_id = '5001'") is None


def test_each_customer_has_one_default_of_each_kind(imported: Shop) -> None:
    assert imported.value("SELECT count(*) FROM customer_address WHERE is_default AND kind = 'shipping'") == 300
    assert imported.value("SELECT count(*) FROM customer_address WHERE is_default AND legacy_id LIKE 'cst:%%'") == 0
    assert imported.value("SELECT count(*) FROM customer_address WHERE legacy_id LIKE 'cst:%%'") == 257


def test_countries_become_codes(imported: Shop, old_shop: Dump) -> None:
    found = {country for (country,) in imported.rows("SELECT DISTINCT country FROM customer_address")}
    assert found == {"FR", "BE", "RE", "CH"}
    (unknown,) = old_shop.traits["address: unknown country"]
    assert imported.value("SELECT country FROM customer_address WHERE legacy_id = %s", f"cba:{unknown}") == "FR"
    assert imported.value("SELECT count(*) FROM legacy_error WHERE reason = 'pays inconnu : France'") == 1
    for trait in ("address: nobody's", "address: no street"):
        (lost,) = old_shop.traits[trait]
        assert imported.value("SELECT count(*) FROM customer_address WHERE legacy_id = %s", f"cba:{lost}") == 0


def test_staff_keep_their_level(imported: Shop) -> None:
    assert imported.rows("SELECT email, level FROM staff_member ORDER BY legacy_id") == [
        ("staff0@example.org", 9),
        ("staff1@example.org", 9),
        ("staff2@example.org", 7),
        ("staff3@example.org", 10),
    ]


def test_accounts_are_as_old_as_their_first_order(imported: Shop) -> None:
    assert (
        imported.value(
            "SELECT count(*) FROM customer JOIN shop_order ON customer_id = customer.id WHERE created_at > placed_at"
        )
        == 0
    )
