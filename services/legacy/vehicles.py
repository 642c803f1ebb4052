"""Makes, models, types and the codes that name them (spec/vehicles.md)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.legacy.rows import Row
from domain.legacy.values import Unreadable, month
from domain.slugs import slugify
from models.vehicles import EngineCode, Make, RegistrationCode, VehicleModel, VehicleType
from services.legacy.holding import first_held
from services.legacy.ledger import Ledger, convert_each
from services.legacy.writing import Record, insert_missing, known_ids, unique_texts, upsert

# One metric horsepower in kilowatts.
KW_PER_HP = Decimal("0.73549875")
# A displacement is given in litres (1.5) or in cubic centimetres (1461); what lies between is neither.
MOST_LITRES, LEAST_CC = 20, 400


def take_makes(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write makes (auto_marque)."""

    def convert(row: Row) -> Record:
        name = row.needed_text("marque_name", most=90)
        return {
            "id": row.needed_id("marque_id"),
            "alias": slugify(row.text("marque_alias") or name)[:90],
            "name": name,
            "is_displayed": row.flag("marque_display"),
            "is_top": row.flag("marque_top"),
            "is_indexable": row.flag("marque_relfollow", default=True) and row.flag("marque_sitemap", default=True),
            "position": row.position_number("marque_sort"),
        }

    records = [made for _, made in convert_each(rows, ledger, convert)]
    aliases = unique_texts(Make, "alias", {record["id"]: record["alias"] for record in records}, "{}-{}")
    names = unique_texts(Make, "name", {record["id"]: record["name"] for record in records}, "{} ({})")
    upsert(
        Make,
        [{**record, "alias": aliases[record["id"]], "name": names[record["id"]]} for record in records],
        "id",
    )


def take_models(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write models (auto_modele) whose make is known."""
    makes = known_ids(Make, [_number(row, "modele_marque_id") for row in rows])

    def convert(row: Row) -> Record:
        make_id = row.needed_id("modele_marque_id")
        if make_id not in makes:
            raise Unreadable(f"orphelin : marque {make_id} inconnue")
        name = row.needed_text("modele_name", most=120)
        start, end = _years(row)
        return {
            "id": row.needed_id("modele_id"),
            "make_id": make_id,
            "alias": slugify(row.text("modele_alias") or name)[:120],
            "name": name,
            "body": row.text("modele_body", most=60),
            "year_from": start,
            "year_to": end,
            "is_displayed": row.flag("modele_display"),
            "is_indexable": row.flag("modele_relfollow", default=True) and row.flag("modele_sitemap", default=True),
            "position": row.position_number("modele_sort"),
        }

    upsert(VehicleModel, [made for _, made in convert_each(rows, ledger, convert)], "id")


def take_types(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write vehicle types (auto_type) whose model is known."""
    models = known_ids(VehicleModel, [_number(row, "type_modele_id") for row in rows])
    fuels = first_held("auto_type_motor_fuel", [(row.raw("type_tmf_id") or "").strip() for row in rows])

    def convert(row: Row) -> Record:
        model_id = row.needed_id("type_modele_id")
        if model_id not in models:
            raise Unreadable(f"orphelin : modèle {model_id} inconnu")
        name = row.needed_text("type_name", most=120)
        horses, kilowatts = _power(row)
        start, end = _months(row, ledger)
        fuel = fuels.get((row.raw("type_tmf_id") or "").strip())
        return {
            "id": row.needed_id("type_id"),
            "model_id": model_id,
            "alias": slugify(row.text("type_alias") or name)[:120],
            "name": name,
            "fuel": row.text("type_fuel", most=40) or (fuel.text("tmf_fuel", most=40) if fuel else ""),
            "displacement_cc": _displacement(row),
            "power_hp": horses,
            "power_kw": kilowatts,
            "body": row.text("type_body", most=60),
            "produced_from": start,
            "produced_to": end,
            "is_displayed": row.flag("type_display"),
            "is_indexable": row.flag("type_relfollow", default=True),
            "position": row.position_number("type_sort"),
        }

    upsert(VehicleType, [made for _, made in convert_each(rows, ledger, convert)], "id")


def take_engine_codes(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write engine codes (auto_type_motor_code)."""
    types = known_ids(VehicleType, [_number(row, "tmc_type_id") for row in rows])

    def convert(row: Row) -> Record:
        return {"type_id": _known_type(row, "tmc_type_id", types), "code": row.needed_text("tmc_code", most=40).upper()}

    insert_missing(EngineCode, [made for _, made in convert_each(rows, ledger, convert)], ["type_id", "code"])


def take_registration_codes(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write « type mine » and CNIT codes (auto_type_number_code), upper case (spec/vehicles.md, rule 6)."""
    types = known_ids(VehicleType, [_number(row, "tnc_type_id") for row in rows])

    def convert(row: Row) -> Record:
        mine, cnit = row.text("tnc_code", most=20).upper(), row.text("tnc_cnit", most=20).upper()
        if not mine and not cnit:
            raise Unreadable("ni type mine ni CNIT")
        return {"type_id": _known_type(row, "tnc_type_id", types), "mine": mine or None, "cnit": cnit or None}

    records = [made for _, made in convert_each(rows, ledger, convert)]
    insert_missing(RegistrationCode, records, ["type_id", "mine", "cnit"])


def _number(row: Row, column: str) -> int | None:
    """Return an id to look up beforehand; what cannot be read is refused when the row is converted."""
    try:
        return row.id(column)
    except Unreadable:
        return None


def _known_type(row: Row, column: str, types: set[int]) -> int:
    number = row.needed_id(column)
    if number not in types:
        raise Unreadable(f"orphelin : type {number} inconnu")
    return number


def _years(row: Row) -> tuple[int, int | None]:
    start, end = month(row.raw("modele_year_from"), None), month(row.raw("modele_year_to"), None)
    if start is None:
        raise Unreadable("modele_year_from : vide")
    if end and end < start:
        start, end = end, start
    return start.year, end.year if end else None


def _months(row: Row, ledger: Ledger) -> tuple[date, date | None]:
    start = month(row.raw("type_year_from"), row.raw("type_month_from"))
    end = month(row.raw("type_year_to"), row.raw("type_month_to"))
    if start is None:
        raise Unreadable("type_year_from : vide")
    if end and end < start:
        ledger.remark(row, "fin de production avant son début : dates échangées")
        start, end = end, start
    return start, end


def _power(row: Row) -> tuple[int, int]:
    horses, kilowatts = row.decimal("type_power_ps") or Decimal(0), row.decimal("type_power_kw") or Decimal(0)
    if horses <= 0 and kilowatts <= 0:
        raise Unreadable("puissance inconnue")
    return round(horses) if horses > 0 else round(kilowatts / KW_PER_HP), (
        round(kilowatts) if kilowatts > 0 else max(round(horses * KW_PER_HP), 1)
    )


def _displacement(row: Row) -> int | None:
    size = row.decimal("type_liter")
    if size is None or size <= 0:
        return None
    if size <= MOST_LITRES:
        return round(size * 1000)
    return round(size) if size >= LEAST_CC else None
