"""Shares identical sets of vehicles while walking: a set has a digest, a digest has one group (decision 14).

Everything happens inside PostgreSQL, a thousand parts at a time: a hundred million pairs never meet in memory.
"""

import json

from sqlalchemy import select, text

from models.database import session
from models.legacy import LegacyHeldRow

_TABLES = (
    "CREATE TEMP TABLE IF NOT EXISTS legacy_chunk_fit (part_id bigint, gamme_id bigint, type_id bigint,"
    ' said text COLLATE "C") ON COMMIT DELETE ROWS',
    "CREATE TEMP TABLE IF NOT EXISTS legacy_chunk_set (part_id bigint, gamme_id bigint, digest text)"
    " ON COMMIT DELETE ROWS",
    "CREATE TEMP TABLE IF NOT EXISTS legacy_chunk_new (part_id bigint, gamme_id bigint, digest text, group_id bigint)"
    " ON COMMIT DELETE ROWS",
    "TRUNCATE legacy_chunk_fit, legacy_chunk_set, legacy_chunk_new",
)

# Values of one criterion are alternatives, several criteria hold together. A side is said only where one part goes to
# different sides of different vehicles: otherwise it is the part's own.
_FITS = """
    INSERT INTO legacy_chunk_fit (part_id, gamme_id, type_id, said)
    WITH rows AS (
        SELECT * FROM legacy_sorted_part_row WHERE part_id BETWEEN :first AND :last AND kind IN ('R', 'X')
    ), many_sided AS (
        SELECT part_id FROM rows WHERE kind = 'R' AND b <> 0 GROUP BY part_id HAVING count(DISTINCT b) > 1
    ), choice AS (
        SELECT part_id, a AS type_id, (said::json ->> 0)::bigint AS criterion_id, min(b) AS place,
               string_agg(DISTINCT said::json ->> 1, ' ou ') AS value
        FROM rows WHERE kind = 'X' GROUP BY part_id, a, (said::json ->> 0)::bigint
    ), condition AS (
        SELECT part_id, type_id, string_agg(
                   coalesce(criterion.name || ' : ', '') || value || coalesce(' ' || nullif(criterion.unit, ''), ''),
                   ' ; ' ORDER BY place, criterion_id) AS said
        FROM choice LEFT JOIN criterion ON criterion.id = choice.criterion_id
        GROUP BY part_id, type_id
    ), fit AS (
        SELECT rows.part_id, product.gamme_id, rows.a AS type_id, concat_ws(' ; ',
                   CASE WHEN many_sided.part_id IS NOT NULL THEN 'Montage : ' || (CAST(:sides AS json) ->> rows.b::text)
                   END, condition.said) AS said
        FROM rows
        JOIN product ON product.id = rows.part_id
        LEFT JOIN many_sided ON many_sided.part_id = rows.part_id
        LEFT JOIN condition ON condition.part_id = rows.part_id AND condition.type_id = rows.a
        WHERE rows.kind = 'R' AND product.id BETWEEN :first AND :last AND NOT product.is_universal
    )
    SELECT DISTINCT part_id, gamme_id, type_id,
           CASE WHEN length(said) > 200 THEN left(said, 199) || '…' ELSE said END
    FROM fit
"""
_SETS = """
    INSERT INTO legacy_chunk_set (part_id, gamme_id, digest)
    SELECT part_id, gamme_id, md5(string_agg(type_id || ':' || said, E'\\n' ORDER BY type_id, said))
    FROM legacy_chunk_fit GROUP BY part_id, gamme_id
"""
_NEW = """
    INSERT INTO legacy_chunk_new (part_id, gamme_id, digest, group_id)
    SELECT part_id, gamme_id, digest, nextval(pg_get_serial_sequence('fitment_group', 'id'))
    FROM (
        SELECT min(part_id) AS part_id, gamme_id, digest
        FROM legacy_chunk_set seen
        WHERE NOT EXISTS (
            SELECT FROM legacy_fitment_set known
            WHERE known.gamme_id = seen.gamme_id AND known.digest = seen.digest
        )
        GROUP BY gamme_id, digest ORDER BY min(part_id)
    ) fresh
"""
_WRITE = (
    "INSERT INTO fitment_group (id, gamme_id) SELECT group_id, gamme_id FROM legacy_chunk_new ORDER BY group_id",
    "INSERT INTO legacy_fitment_set (gamme_id, digest, group_id)"
    " SELECT gamme_id, digest, group_id FROM legacy_chunk_new",
    "INSERT INTO fitment (group_id, vehicle_type_id, position, gamme_id, restriction)"
    " SELECT new.group_id, fit.type_id,"
    " row_number() OVER (PARTITION BY fit.part_id, fit.type_id ORDER BY fit.said) - 1,"
    " fit.gamme_id, fit.said FROM legacy_chunk_new new JOIN legacy_chunk_fit fit ON fit.part_id = new.part_id"
    " ORDER BY new.group_id, fit.type_id",
)
# A part without any row is one of which the maker says nothing: it has no group.
_POINT = """
    UPDATE product SET fitment_group_id = wanted.group_id, version = version + 1, updated_at = now()
    FROM (
        SELECT product.id, known.group_id
        FROM product
        LEFT JOIN legacy_chunk_set seen ON seen.part_id = product.id
        LEFT JOIN legacy_fitment_set known ON known.gamme_id = seen.gamme_id AND known.digest = seen.digest
        WHERE product.id BETWEEN :first AND :last AND NOT product.is_universal
    ) wanted
    WHERE product.id = wanted.id AND product.fitment_group_id IS DISTINCT FROM wanted.group_id
"""
_FORGET = """
    DELETE FROM fitment_group
    USING legacy_fitment_set known
    WHERE known.group_id = fitment_group.id
      AND NOT EXISTS (SELECT FROM product WHERE product.fitment_group_id = fitment_group.id)
"""


def fit_parts(first: int, last: int) -> None:
    """Point the parts from one id to another at the groups of their vehicles, making those that no part had yet."""
    for statement in _TABLES:
        session.execute(text(statement))
    span = {"first": first, "last": last}
    # Nothing is known of how many rows the parts of this statement give: a nested loop would compare all with all.
    session.execute(text("SET LOCAL enable_nestloop = off"))
    session.execute(text(_FITS), {**span, "sides": json.dumps(_sides(), ensure_ascii=False)})
    session.execute(text("SET LOCAL enable_nestloop = on"))
    session.execute(text(_SETS))
    session.execute(text(_NEW))
    for statement in _WRITE:
        session.execute(text(statement))
    session.execute(text(_POINT), span)


def forget_unused_groups(position: str) -> tuple[str, int] | None:
    """Delete groups of the old shop's that no part points at any more."""
    if position:
        return None
    gone = session.execute(text(_FORGET))
    return "done", gone.rowcount  # type: ignore[attr-defined]


def _sides() -> dict[str, str]:
    """The old shop's dozen of sides, by id."""
    query = select(LegacyHeldRow.key, LegacyHeldRow.raw["psf_side"].astext).where(
        LegacyHeldRow.source_table == "pieces_side_filtre"
    )
    return {key: said or "" for key, said in session.execute(query)}
