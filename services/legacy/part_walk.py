"""Goes from part to part through the sorted rows and writes each part whole: price, pictures, criteria, numbers."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.legacy.parts import PriceRow
from domain.references import reference_key
from domain.search import search_text
from models.catalog import Brand, Criterion, Gamme, Product, ProductCriterion, ProductPicture, ProductReference
from models.database import session
from models.legacy import sorted_part_rows
from services.legacy.fitment import fit_parts
from services.legacy.holding import first_held
from services.legacy.writing import Record, known_ids, replace_children, update_differing

CHUNK = 1_000
# Which kinds of rows a legacy table gives (part_rows.py).
KINDS_OF = {
    "pieces_relation_type": "R",
    "pieces_relation_criteria": "X",
    "pieces_price": "P",
    "pieces_media_img": "I",
    "pieces_criteria": "C",
    "pieces_ref_oem": "O",
    "pieces_ref_ean": "E",
    "pieces_ref_search": "S",
}
LONGEST_VALUE = 100


@dataclass
class Part:
    """A part, and what the rows say of it."""

    id: int
    gamme_id: int
    name: str
    side: str
    reference: str
    sale_quantity: int
    words: tuple[str, str]
    prices: list[PriceRow] = field(default_factory=list)
    pictures: list[tuple[int, str]] = field(default_factory=list)
    criteria: list[tuple[int, int, str]] = field(default_factory=list)
    # kind, maker's number, strength, number
    numbers: list[tuple[str, int, int, str]] = field(default_factory=list)


def walk_parts(position: str, tables: Collection[str]) -> tuple[str, int] | None:
    """Write the next thousand parts after a position; only what the tables that were read say of them.

    Returns the new position and how many parts there were, None at the end.
    """
    parts = _parts_after(int(position or 0))
    if not parts:
        return None
    kinds = {kind for table, kind in KINDS_OF.items() if table in tables}
    _gather(parts, kinds)
    if "I" in kinds:
        _write_pictures(parts)
    if "C" in kinds:
        _write_criteria(parts)
    # Numbers are replaced together, so all of them must have been read.
    if set("OSE") <= kinds:
        _write_references(parts)
    _write_parts(parts, kinds)
    if "R" in kinds:
        fit_parts(min(parts), max(parts))
    return str(max(parts)), len(parts)


def _parts_after(last: int) -> dict[int, Part]:
    query = (
        select(
            *(Product.id, Product.gamme_id, Product.name, Product.side, Product.reference, Product.sale_quantity),
            *(Gamme.name.label("gamme"), Brand.name.label("brand")),
        )
        .join(Product.gamme)
        .join(Product.brand)
        .where(Product.id > last)
        .order_by(Product.id)
        .limit(CHUNK)
    )
    return {
        row.id: Part(row.id, row.gamme_id, row.name, row.side, row.reference, row.sale_quantity, (row.gamme, row.brand))
        for row in session.execute(query)
    }


def _gather(parts: Mapping[int, Part], kinds: Collection[str]) -> None:
    rows = sorted_part_rows.c
    wanted = sorted(set(kinds) - {"R", "X"})
    query = (
        select(rows.part_id, rows.kind, rows.a, rows.b, rows.said)
        .where(rows.part_id.between(min(parts), max(parts)), rows.kind.in_(wanted))
        .order_by(rows.part_id, rows.kind, rows.a, rows.b, rows.said)
    )
    for part_id, kind, a, b, said in session.execute(query):
        part = parts.get(part_id)
        if part is None:
            continue
        if kind == "P":
            since, unit, deposit, vat, ean = json.loads(said)
            part.prices.append(PriceRow(a, since, -Decimal(unit), Decimal(deposit), vat, ean))
        elif kind == "I":
            part.pictures.append((a, said))
        elif kind == "C":
            part.criteria.append((a, b, said))
        else:
            part.numbers.append((kind, a, b, said))


def _write_parts(parts: Mapping[int, Part], kinds: Collection[str]) -> None:
    numbers = _numbers_of(parts)
    records: list[dict[str, Any]] = []
    for part in parts.values():
        record: dict[str, Any] = {
            "id": part.id,
            "search_text": search_text(part.name, part.side, *part.words, part.reference, *numbers.get(part.id, ())),
        }
        price = max(part.prices, default=None)
        if "P" in kinds:
            record |= {
                "price_cents": (price.price_cents(part.sale_quantity) or None) if price else None,
                "deposit_cents": price.deposit_cents(part.sale_quantity) if price else 0,
                "vat_basis_points": price.vat_basis_points if price else 2000,
            }
        if set("PE") <= set(kinds):
            record["ean"] = next(_eans_of(part), None)
        records.append(record)
    update_differing(Product, records, "id")


def _eans_of(part: Part) -> Iterator[str]:
    best = max(part.prices, default=None)
    yield from ([best.ean] if best and best.ean else [])
    yield from (said for kind, _, _, said in part.numbers if kind == "E")


def _numbers_of(parts: Mapping[int, Part]) -> dict[int, Sequence[str]]:
    """Return the numbers that the database has now: of those that this run brought and those it did not."""
    query = (
        select(
            ProductReference.product_id,
            func.array_agg(
                aggregate_order_by(ProductReference.reference, ProductReference.kind, ProductReference.reference)
            ),
        )
        .where(ProductReference.product_id.in_(list(parts)), ProductReference.kind != "ean")
        .group_by(ProductReference.product_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _write_pictures(parts: Mapping[int, Part]) -> None:
    records = []
    for part in parts.values():
        paths = dict.fromkeys(path for _, path in sorted(part.pictures))
        records += [
            {"product_id": part.id, "position": place, "path": path, "alt": f"{part.name} {part.reference}"[:200]}
            for place, path in enumerate(paths, 1)
        ]
    replace_children(ProductPicture, "product_id", list(parts), records, ("product_id", "position"))


def _write_criteria(parts: Mapping[int, Part]) -> None:
    known = known_ids(Criterion, [criterion for part in parts.values() for criterion, _, _ in part.criteria])
    keys = {f"{part.gamme_id}:{criterion}" for part in parts.values() for criterion, _, _ in part.criteria}
    links = first_held("pieces_criteria_link", keys)
    hidden = {key for key, link in links.items() if (link.raw("pcl_display") or "1").strip() in ("0", "f", "false")}
    places = {key: (link.position_number("pcl_level"), link.position_number("pcl_sort")) for key, link in links.items()}
    records = []
    for part in parts.values():
        values: defaultdict[int, list[str]] = defaultdict(list)
        order: dict[int, tuple[Any, ...]] = {}
        for criterion, sort, value in part.criteria:
            key = f"{part.gamme_id}:{criterion}"
            if criterion not in known or key in hidden:
                continue
            values[criterion].append(value)
            own = (*places.get(key, (999, 999)), sort, criterion)
            order[criterion] = min(order.get(criterion, own), own)
        for place, criterion in enumerate(sorted(values, key=lambda one: order[one]), 1):
            said = " / ".join(dict.fromkeys(values[criterion]))
            records.append(
                {
                    "product_id": part.id,
                    "criterion_id": criterion,
                    "value": said if len(said) <= LONGEST_VALUE else f"{said[: LONGEST_VALUE - 1]}…",
                    "position": place,
                }
            )
    replace_children(ProductCriterion, "product_id", list(parts), records, ("product_id", "criterion_id"))


def _write_references(parts: Mapping[int, Part]) -> None:
    makers = first_held("pieces_ref_brand", {maker for part in parts.values() for _, maker, _, _ in part.numbers})
    names = {int(number): row.text("prb_name")[:100] for number, row in makers.items() if number.isdecimal()}
    records = [record for part in parts.values() for record in _references_of(part, names)]
    replace_children(
        ProductReference,
        "product_id",
        list(parts),
        records,
        ("product_id", "kind", "maker", "reference_key", "reference"),
    )


def _references_of(part: Part, makers: Mapping[int, str]) -> list[Record]:
    """Return the numbers of a part, each once: makers' numbers first, then others that say something new."""
    found: dict[tuple[str, str, str], Record] = {}
    said = {reference_key(part.reference)}

    def add(kind: str, maker: str, number: str) -> None:
        key = reference_key(number)
        record = {"product_id": part.id, "kind": kind, "maker": maker, "reference": number, "reference_key": key}
        found.setdefault((kind, maker, key), record)

    for kind, maker, _, number in part.numbers:
        if kind == "O":
            add("oem", makers.get(maker, ""), number)
            said.add(reference_key(number))
    for _, maker, _, number in sorted((n for n in part.numbers if n[0] == "S"), key=lambda n: (n[2], n[3])):
        if reference_key(number) not in said:
            add("cross", makers.get(maker, ""), number)
    for code in _eans_of(part):
        add("ean", "", code)
    return list(found.values())
