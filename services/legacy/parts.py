"""Parts themselves (pieces): what is on their own row; price, fitment and the like follow with `part_walk`."""

from collections.abc import Sequence

from sqlalchemy import select, text

from domain.legacy.parts import full_name, pack_of
from domain.legacy.rows import Row
from domain.legacy.values import Unreadable
from domain.references import reference_key
from models.catalog import Brand, Gamme, Product
from models.database import session
from services.legacy.holding import first_held
from services.legacy.ledger import Ledger, convert_each
from services.legacy.writing import Record, known_ids, upsert

LONGEST_NAME = 200


def take_parts(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write parts whose gamme and brand are known, one per brand and comparable reference."""
    gammes = _names(Gamme, [_number(row, "piece_pg_id") for row in rows])
    brands = known_ids(Brand, [_number(row, "piece_pm_id") for row in rows])
    sides = first_held("pieces_side_filtre", [(row.raw("piece_psf_id") or "").strip() for row in rows])

    def convert(row: Row) -> Record:
        return _part(row, gammes, brands, sides, ledger)

    taken = list(convert_each(rows, ledger, convert))
    upsert(Product, _without_doubles(taken, ledger), "id")


def _part(row: Row, gammes: dict[int, str], brands: set[int], sides: dict[str, Row], ledger: Ledger) -> Record:
    gamme_id, brand_id = row.needed_id("piece_pg_id"), row.needed_id("piece_pm_id")
    if gamme_id not in gammes:
        raise Unreadable(f"orphelin : gamme {gamme_id} inconnue")
    if brand_id not in brands:
        raise Unreadable(f"orphelin : marque {brand_id} inconnue")
    reference = row.needed_text("piece_ref", most=60)
    if not reference_key(reference):
        raise Unreadable("piece_ref : ni lettre ni chiffre")
    pack = pack_of(row.integer("piece_qty_sale"))
    if pack is None:
        ledger.remark(row, "piece_qty_sale impossible : vendu à l'unité")
    held_side = sides.get((row.raw("piece_psf_id") or "").strip())
    side = row.text("piece_name_side", most=60) or (held_side.text("psf_side", most=60) if held_side else "")
    name = full_name(row.text("piece_name") or gammes[gamme_id], side, row.text("piece_name_comp"))
    if len(name) > LONGEST_NAME:
        ledger.remark(row, f"nom coupé à {LONGEST_NAME} caractères")
    weight = row.decimal("piece_weight_kgm")
    return {
        "id": row.needed_id("piece_id"),
        "gamme_id": gamme_id,
        "brand_id": brand_id,
        "reference": reference,
        "reference_key": reference_key(reference),
        "name": name[:LONGEST_NAME].rstrip(),
        "side": side,
        "description": row.long_text("piece_des"),
        "sale_quantity": pack or 1,
        "weight_grams": round(weight * 1000) or None if weight and weight > 0 else None,
        "is_displayed": row.flag("piece_display"),
    }


def _without_doubles(taken: Sequence[tuple[Row, Record]], ledger: Ledger) -> list[Record]:
    """Leave out parts whose brand has that reference already under another id: the first one stays."""
    holders = products_by_reference([_identity(made) for _, made in taken])
    kept = []
    for row, made in taken:
        holder = holders.setdefault(_identity(made), made["id"])
        if holder == made["id"]:
            kept.append(made)
        else:
            ledger.reject(row, f"doublon : même marque et même référence que la pièce {holder}")
    return kept


def products_by_reference(wanted: Sequence[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Return our products by brand and comparable reference."""
    # Thousands of pairs in one IN would be compared one by one with each row.
    query = text(
        "SELECT brand_id, reference_key, id FROM product"
        " JOIN unnest(CAST(:brands AS bigint[]), CAST(:keys AS text[])) AS wanted(brand, key)"
        " ON brand_id = wanted.brand AND reference_key = wanted.key"
    )
    named = {"brands": [brand for brand, _ in wanted], "keys": [key for _, key in wanted]}
    return {(brand, key): number for brand, key, number in session.execute(query, named)}


def _identity(made: Record) -> tuple[int, str]:
    return made["brand_id"], made["reference_key"]


def _names(model: type[Gamme], ids: Sequence[int | None]) -> dict[int, str]:
    asked = {number for number in ids if number is not None}
    query = select(model.id, model.name).where(model.id.in_(asked))
    return {row.id: row.name for row in session.execute(query)}


def _number(row: Row, column: str) -> int | None:
    try:
        return row.id(column)
    except Unreadable:
        return None
