"""What the old shop says of parts in many tables: filtered, put by, sorted by part, for `part_walk` to go through.

Kinds of rows, and what their numbers `a`, `b` and their text hold:
R fits a vehicle: type, side          X on a condition: type, sort; criterion and value
P price: type of price; its row       I picture: sort; path
C criterion: criterion, sort; value   O maker's number: maker; number
E EAN: the code                       S other number: maker, strength; number
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import text

from domain.legacy.parts import ean_of, read_price
from domain.legacy.rows import Row
from domain.legacy.values import Unreadable
from domain.references import reference_key
from models.database import session
from services.legacy.ledger import Ledger, convert_each

# part, kind, a, b, said
PartRow = tuple[int, str, int, int, str]
LONGEST_REFERENCE = 60

_PUT_BY = """
    WITH arrived AS (
        SELECT * FROM unnest(CAST(:parts AS bigint[]), CAST(:kinds AS text[]), CAST(:a AS bigint[]),
                             CAST(:b AS bigint[]), CAST(:said AS text[])) AS row(part_id, kind, a, b, said)
    ), kept AS (
        INSERT INTO legacy_part_row (part_id, kind, a, b, said)
        SELECT arrived.* FROM arrived JOIN product ON product.id = arrived.part_id
        RETURNING 1
    )
    SELECT count(*) FROM kept
"""
# The same for the table that has nearly all rows, with nothing in it that is the same in each.
_PUT_BY_RELATIONS = """
    WITH known AS (
        SELECT arrived.*, product.is_displayed AND vehicle_type.is_displayed AS is_displayed
        FROM unnest(CAST(:parts AS bigint[]), CAST(:types AS bigint[]), CAST(:sides AS bigint[]))
             AS arrived(part_id, a, b)
        JOIN product ON product.id = arrived.part_id
        JOIN vehicle_type ON vehicle_type.id = arrived.a
    ), kept AS (
        INSERT INTO legacy_part_row (part_id, kind, a, b) SELECT part_id, 'R', a, b FROM known WHERE is_displayed
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM known), (SELECT count(*) FROM kept)
"""
# For fitment only what is displayed counts: hidden parts and vehicles would be most of the rows.
_PUT_BY_FITMENT = """
    WITH arrived AS (
        SELECT * FROM unnest(CAST(:parts AS bigint[]), CAST(:kinds AS text[]), CAST(:a AS bigint[]),
                             CAST(:b AS bigint[]), CAST(:said AS text[])) AS row(part_id, kind, a, b, said)
    ), known AS (
        SELECT arrived.*, product.is_displayed AND vehicle_type.is_displayed AS is_displayed
        FROM arrived
        JOIN product ON product.id = arrived.part_id
        JOIN vehicle_type ON vehicle_type.id = arrived.a
    ), kept AS (
        INSERT INTO legacy_part_row (part_id, kind, a, b, said)
        SELECT part_id, kind, a, b, said FROM known WHERE is_displayed
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM known), (SELECT count(*) FROM kept)
"""


def take_relations(rows: Sequence[Row], ledger: Ledger) -> None:
    """Put by which part fits which vehicle (pieces_relation_type); sides as the row gives them."""
    plain: list[tuple[int, int, int]] = []
    for row in rows:
        part, vehicle, side = row.raw("rtp_piece_id"), row.raw("rtp_type_id"), row.raw("rtp_psf_id")
        try:
            # Nearly all of a hundred million rows are clean: they take the short way.
            plain.append((int(part or ""), int(vehicle or ""), int(side or 0)))
        except ValueError:
            plain.extend(made for _, made in convert_each([row], ledger, _relation))
    parts, types, sides = zip(*plain, strict=True) if plain else ((), (), ())
    columns = {"parts": list(parts), "types": list(types), "sides": list(sides)}
    _tally_fitment(len(plain), session.execute(text(_PUT_BY_RELATIONS), columns).one(), ledger)


def _relation(row: Row) -> tuple[int, int, int]:
    return row.needed_id("rtp_piece_id"), row.needed_id("rtp_type_id"), row.id("rtp_psf_id") or 0


def take_restrictions(rows: Sequence[Row], ledger: Ledger) -> None:
    """Put by on which condition a part fits a vehicle (pieces_relation_criteria)."""

    def convert(row: Row) -> PartRow | None:
        value = row.text("rcp_cri_value")
        if not value or not row.flag("rcp_display", default=True):
            ledger.tallies["sans valeur ou masqué"] += 1
            return None
        said = json.dumps([row.needed_id("rcp_cri_id"), value[:100]], ensure_ascii=False)
        sort = row.position_number("rcp_sort")
        return row.needed_id("rcp_piece_id"), "X", row.needed_id("rcp_type_id"), sort, said

    _put_by_fitment([made for _, made in convert_each(rows, ledger, convert)], ledger)


def take_prices(rows: Sequence[Row], ledger: Ledger) -> None:
    """Put by the prices at which parts are sold (pieces_price), never more than the best of the batch for a part."""

    def convert(row: Row) -> PartRow | None:
        part, price = row.needed_id("pri_piece_id"), read_price(row)
        if price is None:
            ledger.tallies["ligne non vendable (indisponible ou sans prix)"] += 1
            return None
        said = [price.since, str(price.unit_euros), str(price.deposit_euros), price.vat_basis_points, price.ean]
        return part, "P", price.type, 0, json.dumps(said)

    _put_by_parts(rows, ledger, convert)


def take_pictures(rows: Sequence[Row], ledger: Ledger) -> None:
    """Put by pictures (pieces_media_img): rack-images/{folder}/{name}."""

    def convert(row: Row) -> PartRow | None:
        part = row.needed_id("pmi_piece_id")
        if not row.flag("pmi_display"):
            ledger.tallies["masqué"] += 1
            return None
        folder, name = row.text("pmi_folder").strip("/"), row.needed_text("pmi_name")
        path = f"/rack-images/{folder}/{name}" if folder else f"/rack-images/{name}"
        if len(path) > 200 or ".." in path:
            raise Unreadable("chemin d'image impossible")
        return part, "I", row.position_number("pmi_sort"), 0, path

    _put_by_parts(rows, ledger, convert)


def take_part_criteria(rows: Sequence[Row], ledger: Ledger) -> None:
    """Put by what parts measure (pieces_criteria)."""

    def convert(row: Row) -> PartRow | None:
        part, criterion, value = row.needed_id("pc_piece_id"), row.needed_id("pc_cri_id"), row.text("pc_cri_value")
        if not value or not row.flag("pc_display", default=True):
            ledger.tallies["sans valeur ou masqué"] += 1
            return None
        return part, "C", criterion, row.position_number("pc_sort"), value[:100]

    _put_by_parts(rows, ledger, convert)


def take_oem_references(rows: Sequence[Row], ledger: Ledger) -> None:
    """Put by vehicle makers' numbers (pieces_ref_oem)."""

    def convert(row: Row) -> PartRow:
        # « oem_serach » is how the column is spelled.
        number = row.text("pro_oem") or row.text("pro_oem_serach")
        return row.needed_id("pro_piece_id"), "O", row.id("pro_prb_id") or 0, 0, _reference(number)

    _put_by_parts(rows, ledger, convert)


def take_eans(rows: Sequence[Row], ledger: Ledger) -> None:
    """Put by EANs (pieces_ref_ean)."""

    def convert(row: Row) -> PartRow:
        code = ean_of(row.text("pre_code_ean"))
        if not code:
            raise Unreadable(f"« {row.text('pre_code_ean')[:30]} » n'est pas un EAN")
        return row.needed_id("pre_piece_id"), "E", 0, 0, code

    _put_by_parts(rows, ledger, convert)


def take_search_references(rows: Sequence[Row], ledger: Ledger) -> None:
    """Put by the other numbers under which parts are searched (pieces_ref_search)."""

    def convert(row: Row) -> PartRow:
        number = row.text("prs_ref") or row.text("prs_search")
        strength = row.position_number("prs_kind")
        return row.needed_id("prs_piece_id"), "S", row.id("prs_prb_id") or 0, strength, _reference(number)

    _put_by_parts(rows, ledger, convert)


def _reference(number: str) -> str:
    if not reference_key(number):
        raise Unreadable("numéro vide")
    if len(number) > LONGEST_REFERENCE:
        raise Unreadable(f"numéro de plus de {LONGEST_REFERENCE} caractères")
    return number


def _put_by_parts(rows: Sequence[Row], ledger: Ledger, convert: Callable[[Row], PartRow | None]) -> None:
    taken = list(convert_each(rows, ledger, convert))
    kept = session.scalar(text(_PUT_BY), _columns(made for _, made in taken))
    if kept != len(taken):
        ledger.tallies["orphelin : pièce inconnue"] += len(taken) - int(kept or 0)


def _put_by_fitment(rows: Sequence[PartRow], ledger: Ledger) -> None:
    _tally_fitment(len(rows), session.execute(text(_PUT_BY_FITMENT), _columns(rows)).one(), ledger)


def _tally_fitment(arrived: int, found: Any, ledger: Ledger) -> None:
    known, kept = found
    if known != arrived:
        ledger.tallies["orphelin : pièce ou type inconnu"] += arrived - known
    if kept != known:
        ledger.tallies["pièce ou type masqué"] += known - kept


def _columns(rows: Iterable[PartRow]) -> dict[str, list[int] | list[str]]:
    taken = list(rows)
    return {
        "parts": [row[0] for row in taken],
        "kinds": [row[1] for row in taken],
        "a": [row[2] for row in taken],
        "b": [row[3] for row in taken],
        "said": [row[4] for row in taken],
    }


def sort_part_rows(position: str) -> tuple[str, int] | None:
    """Put the rows in the order of parts, each once, so that a walk reads every page once; done in one go."""
    if position:
        return None
    session.execute(text("SET LOCAL work_mem = '256MB'"))
    session.execute(text("SET LOCAL maintenance_work_mem = '256MB'"))
    session.execute(text("TRUNCATE legacy_sorted_part_row"))
    # An index that grows row by row costs more than one made at the end.
    session.execute(text("DROP INDEX ix_legacy_sorted_part_row_part_id"))
    moved = session.execute(
        text(
            "INSERT INTO legacy_sorted_part_row (part_id, kind, a, b, said)"
            " SELECT DISTINCT part_id, kind, a, b, said FROM legacy_part_row ORDER BY part_id, kind, a, b, said"
        )
    )
    session.execute(text("CREATE INDEX ix_legacy_sorted_part_row_part_id ON legacy_sorted_part_row (part_id)"))
    session.execute(text("ANALYZE legacy_sorted_part_row"))
    session.execute(text("TRUNCATE legacy_part_row"))
    return "sorted", moved.rowcount  # type: ignore[attr-defined]
