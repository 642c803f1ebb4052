"""Families, gammes, brands and criteria: what parts are sorted by (spec/catalog.md, rules 1–4)."""

from collections.abc import Sequence

from sqlalchemy import text

from domain.legacy.rows import Row
from domain.slugs import slugify
from models.catalog import Brand, Criterion, Family, Gamme
from models.database import session
from services.legacy.holding import held_rows, holding
from services.legacy.ledger import Ledger, convert_each
from services.legacy.writing import Record, insert_missing, known_ids, unique_texts, upsert

# Gammes that no family holds stand under this hidden one: their parts keep their addresses, no menu shows them.
NO_FAMILY = {"id": 0, "alias": "sans-famille", "name": "Sans famille", "is_displayed": False}
OES = frozenset(("OES", "O", "1"))


def _link_key(link: Row) -> str:
    """Parts look their criteria up by gamme and criterion."""
    return f"{(link.raw('pcl_pg_id') or '').strip()}:{(link.raw('pcl_cri_id') or '').strip()}"


_HOLD_LINKS = holding("pieces_criteria_link", _link_key)


def take_families(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write families (catalog_family)."""

    def convert(row: Row) -> Record:
        name = row.text("mf_name_system", most=100) or row.needed_text("mf_name", most=100)
        return {
            "id": row.needed_id("mf_id"),
            "alias": slugify(name),
            "name": name,
            "description": row.long_text("mf_description"),
            "is_displayed": row.flag("mf_display"),
            "position": row.position_number("mf_sort"),
        }

    records = [made for _, made in convert_each(rows, ledger, convert)]
    upsert(Family, _with_unique(Family, records, "alias", "{}-{}"), "id")


def take_gammes(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write gammes (pieces_gamme) under the primary family that catalog_gamme gives them."""
    links = held_rows("catalog_gamme", [(row.raw("pg_id") or "").strip() for row in rows])
    families = known_ids(Family, [_family_of(link) for links_of_one in links.values() for link in links_of_one])
    records = []
    for row, record in convert_each(rows, ledger, _gamme):
        holders = [link for link in links.get((row.raw("pg_id") or "").strip(), ()) if _family_of(link) in families]
        holder = min(holders, key=lambda link: link.position_number("mc_sort"), default=None)
        if holder is None and record["is_displayed"]:
            ledger.remark(row, "gamme affichée sans famille : rangée à part, hors des menus")
        place = holder.position_number("mc_sort") if holder else 0
        family_id = _family_of(holder) if holder else NO_FAMILY["id"]
        records.append({**record, "family_id": family_id, "position": place})
    if any(record["family_id"] == NO_FAMILY["id"] for record in records):
        upsert(Family, [NO_FAMILY], "id", only_new=("alias", "name", "is_displayed"))
    upsert(Gamme, records, "id")


def _gamme(row: Row) -> Record:
    name = row.needed_text("pg_name", most=120)
    level = row.integer("pg_level") or 0
    return {
        "id": row.needed_id("pg_id"),
        "alias": slugify(row.text("pg_alias") or name)[:120],
        "name": name,
        "plural_name": name,
        # Only levels 1 and 2 were ever shown (rule 2).
        "level": level if level in (1, 2) else 2,
        "is_displayed": row.flag("pg_display") and level in (1, 2),
        "is_top": row.flag("pg_top"),
        "is_indexable": row.flag("pg_relfollow", default=True),
    }


def _family_of(link: Row) -> int | None:
    try:
        return link.id("mc_mf_prime") or link.id("mc_mf_id")
    except ValueError:
        return None


def take_brands(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write makers of parts (pieces_marque)."""

    def convert(row: Row) -> Record:
        name = row.needed_text("pm_name", most=90)
        stars = row.integer("pm_nb_stars")
        return {
            "id": row.needed_id("pm_id"),
            "alias": slugify(row.text("pm_alias") or name)[:90],
            "name": name,
            "is_oes": row.text("pm_oes").upper() in OES,
            "stars": stars if stars and 1 <= stars <= 6 else None,
            "is_displayed": row.flag("pm_display"),
            "is_top": row.flag("pm_top"),
            "position": row.position_number("pm_sort"),
        }

    taken = list(convert_each(rows, ledger, convert))
    records = _with_unique(Brand, [made for _, made in taken], "alias", "{}-{}")
    settled = _with_unique(Brand, records, "name", "{} ({})")
    for (row, _), before, after in zip(taken, records, settled, strict=True):
        if before["name"] != after["name"]:
            ledger.remark(row, "une autre marque porte ce nom")
    upsert(Brand, settled, "id")


def take_criteria(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write what parts are measured by (pieces_criteria_group)."""

    def convert(row: Row) -> Record:
        return {
            "id": row.needed_id("cri_id"),
            "name": row.needed_text("cri_criteria", most=100),
            "unit": row.text("cri_unit", most=20),
        }

    upsert(Criterion, [made for _, made in convert_each(rows, ledger, convert)], "id")


def take_criteria_links(rows: Sequence[Row], ledger: Ledger) -> None:
    """Write criteria that only the gammes' lists name, and which criteria filter (pieces_criteria_link)."""

    def convert(row: Row) -> tuple[Record, bool] | None:
        number = row.needed_id("pcl_cri_id")
        name = row.text("pcl_cri_criteria", most=100)
        if not name:
            return None
        record = {"id": number, "name": name, "unit": row.text("pcl_cri_unit", most=20)}
        return record, row.flag("pcl_is_filter") and row.flag("pcl_display", default=True)

    _HOLD_LINKS(rows, Ledger())
    taken = [made for _, made in convert_each(rows, ledger, convert)]
    insert_missing(Criterion, [record for record, _ in taken], ["id"])
    filters = sorted({record["id"] for record, is_filter in taken if is_filter})
    if filters:
        session.execute(
            text("UPDATE criterion SET is_filter = true WHERE id = ANY(:ids) AND NOT is_filter"), {"ids": filters}
        )


def _with_unique(model: type[Family | Brand], records: Sequence[Record], name: str, apart: str) -> list[Record]:
    settled = unique_texts(model, name, {record["id"]: record[name] for record in records}, apart)
    return [{**record, name: settled[record["id"]]} for record in records]
