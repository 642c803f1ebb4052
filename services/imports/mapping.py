"""Which column is which: guessed from the headers, or as it was for this supplier's last file."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from domain.errors import ShopError
from domain.search import plain_words
from models.database import session
from models.imports import ImportBatch, ImportMapping
from services.imports.columns import KINDS
from services.imports.fields import Field, Kind

# A synonym shorter than this is only taken as the whole header: « de » stands in many.
_MIN_PART = 4


class BadMapping(ShopError):
    """A mapping that names what is not there, or lacks what a row cannot do without."""


def guess_mapping(kind: Kind, headers: Sequence[str], remembered: Mapping[str, str] | None = None) -> list[str]:
    """Return the field of each header, "" where none fits: remembered first, then by name; each field once."""
    known = {field.name for field in kind.mappable}
    guessed = [""] * len(headers)
    for place, header in enumerate(headers):
        name = (remembered or {}).get(header, "")
        if name in known and name not in guessed:
            guessed[place] = name
    if remembered and any(guessed):
        return guessed
    words = [plain_words(header) for header in headers]
    for fits in (_is_whole, _is_part):
        for field in kind.mappable:
            if field.name in guessed:
                continue
            for place, header in enumerate(words):
                if header and not guessed[place] and fits(field, header):
                    guessed[place] = field.name
                    break
    return guessed


def read_mapping(kind: Kind, headers: Sequence[str], pairs: Mapping[str, str], base: Sequence[str]) -> list[str]:
    """Return `base` with what `pairs` (header → field name, "" to leave out) says instead; raises BadMapping."""
    mapping, places = list(base), {plain_words(header): place for place, header in reversed(list(enumerate(headers)))}
    for header, name in pairs.items():
        place = places.get(plain_words(header))
        if place is None:
            raise BadMapping(
                f"Le fichier n'a pas de colonne « {header} ». Il a : {', '.join(headers)}.", field="mapping"
            )
        if name and name not in {field.name for field in kind.mappable}:
            names = ", ".join(field.name for field in kind.mappable)
            raise BadMapping(f"« {name} » n'est pas un champ. Les champs : {names}.", field="mapping")
        mapping = ["" if field == name else field for field in mapping]
        mapping[place] = name
    return mapping


def check_mapping(kind: Kind, mapping: Sequence[str]) -> None:
    """Raise BadMapping unless each field is used once and nothing that every row needs is missing."""
    used = [name for name in mapping if name]
    for field in kind.mappable:
        if used.count(field.name) > 1:
            raise BadMapping(f"Deux colonnes sont lues comme « {field.label} » : gardez-en une.", field="mapping")
        if field.required and field.name not in used:
            raise BadMapping(f"Il manque la colonne « {field.label} ».", field="mapping")
    if kind.needs and not any(set(needed) <= set(used) for needed in kind.needs):
        labels = " ou ".join(f"« {kind.field(needed[0]).label} »" for needed in kind.needs)
        raise BadMapping(
            f"Rien ne dit de quel article parle une ligne : choisissez la colonne {labels}.", field="mapping"
        )
    identity = {"product_id", "brand", "reference", "ean"}
    if kind.name != "vehicles" and not set(used) - identity and kind.name != "products":
        raise BadMapping("Aucune colonne ne dit quoi changer.", field="mapping")


def find_mapping(supplier: str, kind: str) -> ImportMapping | None:
    """Return how this supplier's last file of that kind was read, None when there was none."""
    if not supplier:
        return None
    return session.scalars(
        select(ImportMapping).where(ImportMapping.supplier == supplier, ImportMapping.kind == kind)
    ).one_or_none()


def remember_mapping(batch: ImportBatch, *, at: datetime) -> None:
    """Keep how a batch is read and decided for the supplier's next file; without a supplier nothing is kept."""
    if not batch.supplier:
        return
    values = {
        "fields": {header: field for header, field in zip(batch.headers, batch.mapping, strict=True) if field},
        "brand_ids": batch.brand_ids,
        "blank": batch.blank,
        "missing": batch.missing,
        "unknown": batch.unknown,
        "updated_at": at,
    }
    session.execute(
        insert(ImportMapping)
        .values(supplier=batch.supplier, kind=batch.kind, **values)
        .on_conflict_do_update(index_elements=["supplier", "kind"], set_=values)
    )


def kind_of(batch: ImportBatch) -> Kind:
    """Return the kind of a batch with its fields."""
    return KINDS[batch.kind]


def _is_whole(field: Field, header: str) -> bool:
    compact = header.replace(" ", "")
    names = [plain_words(name) for name in (field.name, field.label, *field.synonyms.split(";"))]
    return header in names or compact in [name.replace(" ", "") for name in names]


def _is_part(field: Field, header: str) -> bool:
    """Say whether the header holds one of the names as whole words: « Prix TTC (EUR) » holds « prix ttc »."""
    names = (plain_words(name) for name in (field.label, *field.synonyms.split(";")))
    return any(len(name) >= _MIN_PART and f" {name} " in f" {header} " for name in names)
