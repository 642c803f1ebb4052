"""Texts of gamme pages, their templates, the texts that take turns in them, and links between gammes."""

from collections.abc import Callable, Sequence

from domain.legacy.rows import Row
from domain.legacy.values import Unreadable
from domain.page_texts import clean_html
from models.catalog import Brand, Family, Gamme
from models.recommendations import GammeLink
from models.seo import BrandGammeText, GammeAdvice, GammeInformation, GammeText, TextSwitch, VehicleGammeTemplate
from services.legacy.ledger import Handler, Ledger, convert_each
from services.legacy.writing import Record, insert_missing, known_ids, update_differing, upsert

# Four tables of switches become one: each has its own range of ids, in which the old order is kept, since which text
# a page shows depends on it.
SWITCH_RANGE = 10_000_000
_RANGES = {"item": 0, "gamme": 1, "family": 2, "type": 3}


def take_gamme_texts(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write the texts of gammes' own pages (__seo_gamme)."""
    gammes = _known(Gamme, rows, "sg_pg_id")

    def convert(row: Row) -> Record:
        return {
            "gamme_id": _one_of(row, "sg_pg_id", gammes, "gamme"),
            "title": row.text("sg_title", most=200),
            "description": row.text("sg_descrip", most=400),
            "keywords": row.text("sg_keywords", most=400),
            "h1": row.text("sg_h1", most=200),
            "content": clean_html(row.html("sg_content")),
        }

    upsert(GammeText, [made for _, made in convert_each(rows, ledger, convert)], "gamme_id")


def take_templates(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write the templates of gamme and vehicle pages (__seo_gamme_car), their markers as they are."""
    gammes = _known(Gamme, rows, "sgc_pg_id")

    def convert(row: Row) -> Record:
        return {
            "gamme_id": _one_of(row, "sgc_pg_id", gammes, "gamme"),
            "title": row.text("sgc_title", most=400),
            "description": row.text("sgc_descrip", most=800),
            "h1": row.text("sgc_h1", most=400),
            "preview": row.long_text("sgc_preview"),
            "content": clean_html(row.html("sgc_content")),
        }

    upsert(VehicleGammeTemplate, [made for _, made in convert_each(rows, ledger, convert)], "gamme_id")


def take_advice(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write advice on gammes (__seo_gamme_conseil)."""
    gammes = _known(Gamme, rows, "sgc_pg_id")

    def convert(row: Row) -> Record:
        return {
            "id": row.needed_id("sgc_id"),
            "gamme_id": _one_of(row, "sgc_pg_id", gammes, "gamme"),
            "title": row.text("sgc_title", most=200),
            "content": clean_html(_needed(row, "sgc_content", row.html)),
        }

    upsert(GammeAdvice, [made for _, made in convert_each(rows, ledger, convert)], "id")


def take_information(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write things to know about gammes (__seo_gamme_info)."""
    gammes = _known(Gamme, rows, "sgi_pg_id")

    def convert(row: Row) -> Record:
        return {
            "id": row.needed_id("sgi_id"),
            "gamme_id": _one_of(row, "sgi_pg_id", gammes, "gamme"),
            "content": _needed(row, "sgi_content"),
        }

    upsert(GammeInformation, [made for _, made in convert_each(rows, ledger, convert)], "id")


def take_brand_texts(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write what is said of brands on gammes' pages (__seo_equip_gamme)."""
    gammes, brands = _known(Gamme, rows, "seg_pg_id"), _known(Brand, rows, "seg_pm_id")

    def convert(row: Row) -> Record:
        return {
            "id": row.needed_id("seg_id"),
            "gamme_id": _one_of(row, "seg_pg_id", gammes, "gamme"),
            "brand_id": _one_of(row, "seg_pm_id", brands, "marque"),
            "content": _needed(row, "seg_content"),
        }

    upsert(BrandGammeText, [made for _, made in convert_each(rows, ledger, convert)], "id")


def taking_switches(kind: str, prefix: str) -> Handler:
    """Return what writes the texts that take turns of one kind, whose columns begin with `prefix`."""

    def take(rows: Sequence[Row], ledger: Ledger) -> None:
        gammes, families = _known(Gamme, rows, f"{prefix}pg_id"), _known(Family, rows, f"{prefix}mf_id")

        def convert(row: Row) -> Record:
            number = row.needed_id(f"{prefix}id")
            if number >= SWITCH_RANGE:
                raise Unreadable(f"{prefix}id : {number} est trop grand")
            # '0' is a text for any gamme.
            of_gamme = row.id(f"{prefix}pg_id") is not None
            return {
                "id": _RANGES[kind] * SWITCH_RANGE + number,
                "kind": kind,
                "gamme_id": _one_of(row, f"{prefix}pg_id", gammes, "gamme") if of_gamme else None,
                "family_id": _one_of(row, f"{prefix}mf_id", families, "famille") if kind == "family" else None,
                "slot": row.integer(f"{prefix}alias") or 0,
                "content": _needed(row, f"{prefix}content"),
            }

        upsert(TextSwitch, [made for _, made in convert_each(rows, ledger, convert)], "id")

    return take


def take_gamme_links(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write which gammes belong to the same repair (pieces_gamme_cross)."""
    gammes = _known(Gamme, rows, "pgc_pg_id") | _known(Gamme, rows, "pgc_pg_cross")

    def convert(row: Row) -> Record | None:
        if not row.flag("pgc_display", default=True):
            ledger.tallies["masqué"] += 1
            return None
        one, other = _one_of(row, "pgc_pg_id", gammes, "gamme"), _one_of(row, "pgc_pg_cross", gammes, "gamme")
        if one == other:
            raise Unreadable("une gamme liée à elle-même")
        level = row.integer("pgc_level") or 1
        return {"gamme_id": one, "other_id": other, "level": level, "position": row.position_number("pgc_sort")}

    records = [made for _, made in convert_each(rows, ledger, convert)]
    insert_missing(GammeLink, records, ["gamme_id", "other_id"])
    update_differing(GammeLink, records, "gamme_id", "other_id")


def _known(model: type[Gamme | Brand | Family], rows: Sequence[Row], column: str) -> set[int]:
    return known_ids(model, [_quietly(row.id, column) for row in rows])


def _quietly(read: Callable[[str], int | None], column: str) -> int | None:
    try:
        return read(column)
    except Unreadable:
        return None


def _one_of(row: Row, column: str, known: set[int], noun: str) -> int:
    number = row.needed_id(column)
    if number not in known:
        raise Unreadable(f"orphelin : {noun} {number} inconnue")
    return number


def _needed(row: Row, column: str, read: Callable[[str], str] | None = None) -> str:
    found = (read or row.long_text)(column)
    if not found:
        raise Unreadable(f"{column} : vide")
    return found
