"""Vehicles of the made-up old shop, and which parts fit them."""

from collections.abc import Sequence

from devstack.legacy.dump import Dump

MAKES = ("RENAULT", "PEUGEOT", "CITROËN", "VOLKSWAGEN", "BMW", "FIAT")
FIRST_TYPE = 10_000
FUELS = ("Diesel", "Essence", "Hybride")


def add_vehicles(dump: Dump, count: int) -> list[int]:
    """Add so many sound types under makes and models, and one of each fault; return the displayed sound ones' ids."""
    for number, name in enumerate(MAKES, 1):
        dump.add(
            "auto_marque",
            "marque_",
            id=number,
            alias=name.lower(),
            name=name,
            relfollow="1",
            sitemap="1",
            display="1",
            sort=number,
            top="1" if number < 4 else "0",
        )
    models = max(count // 12, 1)
    for number in range(models):
        dump.add(
            "auto_modele",
            "modele_",
            id=number + 1,
            marque_id=number % len(MAKES) + 1,
            alias=f"modele-{number}",
            name=f"MODÈLE {number} (B{number})",
            year_from=1990 + number % 25,
            month_from="3",
            year_to=("", "0", None, str(2016 + number % 8))[number % 4],
            body="Berline",
            relfollow="1",
            sitemap="1",
            display="1",
            sort=number,
        )
    dump.add("auto_modele", "modele_", "model: unknown make", id=9001, marque_id="88", name="PERDU", year_from="2000")
    dump.add("auto_modele", "modele_", "model: no year", id=9002, marque_id="1", name="SANS ANNÉE", year_from="")
    for number, fuel in enumerate(FUELS, 1):
        dump.add("auto_type_motor_fuel", "tmf_", id=number, motor="x", engine="y", fuel=fuel, sort="1", display="1")
    shown = []
    for number in range(count):
        _add_type(dump, FIRST_TYPE + number, number, models)
        if number % 50 != 7:
            shown.append(FIRST_TYPE + number)
    _add_faulty_types(dump, FIRST_TYPE + count)
    return shown


def _add_type(dump: Dump, type_id: int, number: int, models: int) -> None:
    trait, changes = "", {}
    match number % 50:
        case 7:
            trait, changes = "type: hidden", {"display": "0"}
        case 11:
            trait, changes = "type: ends before it begins", {"year_from": "2010", "year_to": "2004"}
        case 13:
            trait, changes = "type: kilowatts only", {"power_ps": "", "power_kw": "63"}
        case 17:
            trait, changes = "type: fuel by motor", {"fuel": "", "tmf_id": "3"}
        case 19:
            trait, changes = "type: month 13", {"month_from": "13"}
        case 23:
            trait, changes = "type: still built", {"year_to": "0", "month_to": "0"}
    fields = {
        "tmf_id": "1", "alias": f"type-{number}", "modele_id": number % models + 1, "name": f"1.{number % 9} dCi",
        "fuel": "Diesel", "power_ps": 60 + number % 200, "power_kw": 44 + number % 147,
        "liter": ("1.5", "1461", "1,9", "", "150")[number % 5], "month_from": "6", "year_from": "2001",
        "month_to": "5", "year_to": str(2006 + number % 15), "body": "Berline", "relfollow": "1", "display": "1",
        "sort": number, **changes,
    }  # fmt: skip
    dump.add("auto_type", "type_", trait, id=type_id, **fields)
    dump.add("auto_type_motor_code", "tmc_", type_id=type_id, code=f" k9k {number % 40} ")
    dump.add("auto_type_number_code", "tnc_", type_id=type_id, cnit=f"M10ren{number:05d}", code=f"m{number:06d}f")


def _add_faulty_types(dump: Dump, first: int) -> None:
    good = {"modele_id": "1", "name": "Fautif", "fuel": "Diesel", "power_ps": "90", "year_from": "2001", "display": "1"}
    for number, (trait, changes) in enumerate(
        (
            ("type: unknown model", {"modele_id": "7777"}),
            ("type: no power", {"power_ps": "0"}),
            ("type: no year", {"year_from": ""}),
            ("type: year 20001", {"year_from": "20001"}),
        )
    ):
        dump.add("auto_type", "type_", trait, id=first + number, **{**good, **changes})
    dump.add(
        "auto_type_number_code", "tnc_", "code: neither mine nor CNIT", key="x", type_id=FIRST_TYPE, cnit="", code=""
    )
    dump.add("auto_type_motor_code", "tmc_", "code: unknown type", key="x", type_id="4242", code="ABC")


def add_relations(dump: Dump, parts: Sequence[int], types: Sequence[int], *, each: int, sets: int) -> None:
    """Let each part fit `each` vehicles; parts share `sets` different sets of them, some rows with a condition."""
    for number, part in enumerate(parts):
        if number % 33 == 32:
            dump.traits["fitment: maker says nothing"].append(str(part))
            continue
        chosen = number % sets
        for step in range(each):
            vehicle = types[(chosen * 7 + step * 3) % len(types)]
            side = (step % 2 + 1) if number % 100 == 60 else 0
            written = (
                f" {vehicle} "
                if (number + step) % 97 == 0
                else f"{vehicle}.0"
                if (number + step) % 89 == 0
                else vehicle
            )
            dump.add(
                "pieces_relation_type", "rtp_", type_id=written, piece_id=part, pg_id="1", psf_id=side or "", inside="0"
            )
        if number % 100 == 60:
            dump.traits["fitment: two sides"].append(str(part))
        if number % 40 == 20:
            dump.traits["fitment: on condition"].append(str(part))
            for value in ("ATE", "BOSCH"):
                dump.add(
                    "pieces_relation_criteria",
                    "rcp_",
                    type_id=types[chosen * 7 % len(types)],
                    piece_id=part,
                    pg_id="1",
                    cri_id="3",
                    cri_value=value,
                    display="1",
                    sort="1",
                )
    first = parts[0]
    for trait, row in (
        ("relation: unknown part", {"type_id": types[0], "piece_id": "555"}),
        ("relation: unknown type", {"type_id": "555", "piece_id": first}),
        ("relation: not a number", {"type_id": "abc", "piece_id": first}),
        ("relation: empty", {"type_id": "", "piece_id": first}),
        ("relation: twice", {"type_id": types[0], "piece_id": first}),
    ):
        for _ in range(2):
            dump.add("pieces_relation_type", "rtp_", trait, key="x", **row, pg_id="1", psf_id="", inside="0")
    hidden = dump.traits["type: hidden"][0]
    dump.add(
        "pieces_relation_type",
        "rtp_",
        "relation: hidden vehicle",
        key="x",
        type_id=hidden,
        piece_id=first,
        pg_id="1",
        psf_id="",
        inside="0",
    )
