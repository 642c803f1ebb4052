"""Which tags of the cache a change spoils: one table beside the models, gathered at each flush, purged after commit.

A tag names what a cached answer shows: `product:12`, `gamme:402`, `menu`… Bulk statements pass the flush by:
whoever writes one says `services.cache.spoil(…)` himself.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from models.catalog import (
    Brand,
    Criterion,
    Family,
    Fitment,
    FitmentGroup,
    Gamme,
    Product,
    ProductCriterion,
    ProductPicture,
    ProductReference,
)
from models.database import Base, _sessions, session
from models.recommendations import GammeLink
from models.seo import BrandGammeText, GammeAdvice, GammeInformation, GammeText, TextSwitch, VehicleGammeTemplate
from models.settings import ShopSetting
from models.stock import StockItem
from models.vehicles import EngineCode, Make, VehicleModel, VehicleType

_SPOILED = "spoiled_tags"


@dataclass(frozen=True)
class Through:
    """Tags filled from another row, which a column of this one names."""

    column: str
    model: type[Base]
    tags: tuple[str, ...]


@dataclass(frozen=True)
class When:
    """Tags that only a new or deleted row spoils, or a change of these columns (`name?`: of there being a value)."""

    columns: tuple[str, ...]
    tags: tuple[str, ...]


Rule = str | Through | When
_OF_ITS_PRODUCT = Through("product_id", Product, ("products", "product:{id}", "gamme:{gamme_id}"))
# What puts a product on sale, takes it off or moves it: lists of gammes change, not only the product's own pages.
_RANGE = ("gamme_id", "brand_id", "fitment_group_id", "is_universal", "is_displayed", "side", "price_cents?")

SPOILS: dict[type[Base], tuple[Rule, ...]] = {
    Family: ("menu", "family:{id}"),
    Gamme: ("menu", "gamme:{id}", "family:{family_id}"),
    Brand: ("brands", "brand:{id}"),
    Criterion: ("catalog",),
    Product: (
        "products",
        "product:{id}",
        "gamme:{gamme_id}",
        "range:gamme:{gamme_id}",
        "range:brand:{brand_id}",
        When(_RANGE, ("ranges",)),
    ),
    ProductCriterion: (_OF_ITS_PRODUCT,),
    ProductReference: (_OF_ITS_PRODUCT,),
    ProductPicture: (_OF_ITS_PRODUCT,),
    FitmentGroup: ("gamme:{gamme_id}", "group:{id}"),
    Fitment: ("gamme:{gamme_id}", "group:{group_id}", "type:{vehicle_type_id}"),
    StockItem: (_OF_ITS_PRODUCT,),
    Make: ("makes", "make:{id}"),
    VehicleModel: ("model:{id}", "make:{make_id}"),
    VehicleType: ("type:{id}", "model:{model_id}", Through("model_id", VehicleModel, ("make:{make_id}",))),
    EngineCode: ("type:{type_id}", Through("type_id", VehicleType, ("model:{model_id}",))),
    ShopSetting: ("settings",),
    GammeLink: ("gamme:{gamme_id}", "range:gamme:{gamme_id}"),
    GammeText: ("gamme:{gamme_id}",),
    VehicleGammeTemplate: ("gamme:{gamme_id}",),
    # The templates of any gamme may draw from a switch.
    TextSwitch: ("texts", "gamme:{gamme_id}"),
    GammeAdvice: ("gamme:{gamme_id}",),
    GammeInformation: ("gamme:{gamme_id}",),
    BrandGammeText: ("gamme:{gamme_id}",),
}

_listeners: list[Callable[[set[str]], None]] = []


def spoil(*tags: str) -> None:
    """Purge these tags once the current transaction has committed; a rollback forgets them."""
    if not session().in_transaction():
        # Else a rollback would have nothing to end, and would not tell.
        session.begin()
    session.info.setdefault(_SPOILED, set()).update(tags)


def has_spoiled(tags: Collection[str]) -> bool:
    """Say whether the current transaction has changed something under one of these tags, flushed or not."""
    # What is not flushed yet may be under any tag.
    if session.new or session.dirty or session.deleted:
        return True
    return not session.info.get(_SPOILED, set()).isdisjoint(tags)


def when_committed(purge: Callable[[set[str]], None]) -> None:
    """Have `purge` called with the spoiled tags after each commit that has any; the same function counts once."""
    if purge not in _listeners:
        _listeners.append(purge)


def spoiled_by(row: Base, of: Session) -> Iterator[str]:
    """Return the tags that the change of a row in the flush of `of` spoils, of what it was and of what it is."""
    for rule in SPOILS.get(type(row), ()):
        if isinstance(rule, str):
            yield from _filled(rule, lambda name: _values(row, name))
        elif isinstance(rule, Through):
            yield from _filled_through(rule, _values(row, rule.column), of)
        elif _is_new_or_gone(row, of) or any(_has_changed(row, name) for name in rule.columns):
            for tag in rule.tags:
                yield from _filled(tag, lambda name: _values(row, name))


def _filled(tag: str, values: Callable[[str], set[Any]]) -> Iterator[str]:
    names = [name for _text, name, _spec, _conversion in Formatter().parse(tag) if name]
    if not names:
        yield tag
        return
    for value in values(names[0]):
        yield tag.format(**{names[0]: value})


def _filled_through(rule: Through, ids: set[Any], of: Session) -> Iterator[str]:
    columns = rule.model.__table__.c
    # Below the session: a flush is under way, and it has written what this reads.
    rows = of.connection().execute(select(rule.model.__table__).where(columns.id.in_(ids))).mappings().all()
    for row in rows:
        for tag in rule.tags:
            yield from _filled(tag, lambda name, row=row: {row[name]})  # type: ignore[misc]


def _values(row: Base, name: str) -> set[Any]:
    """Return a column's value now and before the flush, None left out."""
    history = inspect(row).attrs[name].history
    found = {*history.added, *history.unchanged, *history.deleted}
    return found - {None}


def _has_changed(row: Base, name: str) -> bool:
    history = inspect(row).attrs[name.removesuffix("?")].history
    if not name.endswith("?"):
        return bool(history.has_changes())
    return bool(history.has_changes()) and (None in (*history.added, *history.deleted) or not history.deleted)


def _is_new_or_gone(row: Base, of: Session) -> bool:
    return row in of.new or row in of.deleted


@event.listens_for(_sessions, "after_flush")
def _gather(of: Session, _context: Any) -> None:
    spoiled: set[str] = of.info.setdefault(_SPOILED, set())
    for row in (*of.new, *of.dirty, *of.deleted):
        if type(row) in SPOILS and (row not in of.dirty or of.is_modified(row)):
            spoiled.update(spoiled_by(row, of))


@event.listens_for(_sessions, "after_commit")
def _purge(of: Session) -> None:
    # A savepoint's end is not the transaction's: others cannot see its rows yet.
    if of.in_nested_transaction():
        return
    spoiled = of.info.pop(_SPOILED, None)
    if spoiled:
        for purge in _listeners:
            purge(spoiled)


@event.listens_for(_sessions, "after_rollback")
def _forget(of: Session) -> None:
    if not of.in_nested_transaction():
        of.info.pop(_SPOILED, None)
