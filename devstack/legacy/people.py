"""Customers, staff and their addresses of the made-up old shop."""

import hashlib

import bcrypt
from passlib.hash import des_crypt, md5_crypt

from devstack.legacy.dump import Dump, mojibake

PASSWORD = "Motdepasse1"
CITIES = (("Lyon", "69003"), ("Lille", "59000"), ("Brest", "29200"), ("N&icirc;mes", "30000"), ("Orléans", "45000"))
COUNTRIES = ("FRANCE", "", None, "fr", "Belgique", "Réunion", "Suisse", "FR")


def hashes() -> dict[str, str]:
    """Return the one password in each of the formats that the old shop kept."""
    md5 = hashlib.md5(PASSWORD.encode(), usedforsecurity=False).hexdigest()
    return {
        "bcrypt": bcrypt.hashpw(PASSWORD.encode(), b"$2b$04$abcdefghijklmnopqrstuu").decode(),
        "md5": md5,
        "sha1": hashlib.sha1(PASSWORD.encode(), usedforsecurity=False).hexdigest(),
        "des": des_crypt.using(salt="im").hash(md5),
        "md5-crypt": md5_crypt.using(salt="abcdefgh").hash(PASSWORD),
        "plain": PASSWORD,
    }


def add_people(dump: Dump, count: int) -> list[str]:
    """Add so many customers and one of each fault; return the sound ones' ids."""
    formats = list(hashes().items())
    sound = []
    for number in range(count):
        kind, stored = formats[number % len(formats)]
        legacy_id = f"usr_{number}_x" if number % 10 == 9 else str(5000 + number)
        sound.append(legacy_id)
        _add_customer(dump, legacy_id, number, f"hash: {kind}", stored)
    _add_faulty(dump)
    for number, level in enumerate(("9", "", "7", "12")):
        dump.add(
            "___config_admin",
            "cnfa_",
            "staff: no level" if not level else "",
            id=number + 1,
            login=f"staff{number}",
            pswd=formats[number][1],
            mail=f"Staff{number}@Example.org ",
            keylog="SECRETKEY",
            level=level,
            job="Atelier",
            name=f"Nom{number}",
            fname="Chef",
            tel="",
            activ="1",
        )
    return sound


def _add_customer(dump: Dump, legacy_id: str, number: int, trait: str, stored: str) -> None:
    city, postal_code = CITIES[number % len(CITIES)]
    last_name = mojibake("Lefèvre") if number % 12 == 5 else f"Nom{number}"
    dump.add(
        "___xtr_customer", "cst_", trait, id=legacy_id, mail=f" Client{number}@Example.COM", pswd=stored,
        keylog="SECRETKEY", civility=("1", "Mme", "M.", "Mlle", "")[number % 5], name=last_name, fname="Jean",
        address=f"{number} rue du Port" if number % 7 else "", zip_code=postal_code, city=city,
        country=COUNTRIES[number % len(COUNTRIES)], tel="04 72 00 00 01", gsm="06.12.34.56.78" if number % 2 else "",
        is_cpy="1" if number % 9 == 0 else "0", rs="SARL Garage" if number % 9 == 0 else None,
        siret="123 456 789 00012" if number % 9 == 0 else "n/a", is_pro="0", activ="0" if number % 25 == 24 else "1",
        level=number % 3, password_changed_at="0000-00-00 00:00:00",
    )  # fmt: skip
    for table, prefix in (("billing", "cba_"), ("delivery", "cda_")):
        for extra in range(1 + number % 2):
            dump.add(
                f"___xtr_customer_{table}_address",
                prefix,
                id=number * 10 + extra + 1,
                cst_id=legacy_id,
                mail="",
                civility="1",
                name=last_name,
                fname="Jean",
                address=f"{extra} avenue Foch",
                zip_code=postal_code,
                city=city,
                country=COUNTRIES[(number + extra) % len(COUNTRIES)],
                tel="0472000001",
                gsm="",
            )


def _add_faulty(dump: Dump) -> None:
    good = {"pswd": "x", "name": "Double", "fname": "Jean", "activ": "1", "address": "", "zip_code": "", "city": ""}
    dump.add("___xtr_customer", "cst_", "customer: e-mail twice", id="9001", mail="CLIENT1@example.com ", **good)
    dump.add("___xtr_customer", "cst_", "customer: no e-mail", id="9002", mail="pas une adresse", **good)
    address = {"name": "X", "fname": "Y", "zip_code": "69003", "city": "Lyon", "country": "FR"}
    table = "___xtr_customer_billing_address"
    dump.add(table, "cba_", "address: nobody's", id="99001", cst_id="424242", address="1 rue X", **address)
    dump.add(table, "cba_", "address: no street", id="99002", cst_id="5000", address=" ", **address)
    dump.add(
        table,
        "cba_",
        "address: unknown country",
        id="99003",
        cst_id="5000",
        address="1 rue X",
        **{**address, "country": "Syldavie"},
    )
