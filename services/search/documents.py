"""What the search engine knows: three indexes, and the documents that the tables give for them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, text

from domain.price_ranges import price_range_of
from domain.vehicle_names import short_model_name, spoken_model_name
from integrations.search import Document, IndexDefinition
from models.catalog import Brand, Family, Gamme, Product, ProductReference
from models.database import session
from models.stock import StockItem
from models.vehicles import EngineCode, Make, VehicleModel, VehicleType
from services.stock import is_tracked

BATCH = 1_000
# A rebuild reads more at once: it has the time, and each reading costs a round.
READ = 5_000
# `fit_key` of a product: its fitment group, or one of these.
FITS_ANY = -1
FITS_UNKNOWN = 0

PRODUCTS = IndexDefinition(
    name="products",
    searchable=("name", "gamme", "brand", "side", "family", "reference", "references"),
    filterable=("brand_id", "gamme_id", "fit_key", "price_range", "in_stock"),
    exact_attributes=("reference", "references"),
)
GAMMES = IndexDefinition(
    name="gammes",
    searchable=("name", "plural_name", "family"),
    # Names are short: of those that hold the words, what people buy most comes before what is named most like it.
    ranking=("words", "typo", "proximity", "rank:asc", "attribute", "exactness", "place:asc"),
)
VEHICLES = IndexDefinition(
    name="vehicles",
    # « Clio 3 » as people type it, then « Clio III » and the maker's codes.
    searchable=("spoken", "label", "fuel", "codes", "engine_codes"),
    exact_attributes=("codes", "engine_codes"),
    # « clio » names models before the engines of one of them, « clio iii » the Clio III before its Grandtour.
    ranking=(
        *("words", "typo", "proximity", "attribute", "exactness"),
        *("rank:asc", "make_rank:asc", "length:asc", "year_from:desc"),
    ),
)


def product_documents(product_ids: Sequence[int]) -> list[Document]:
    """Return the documents of the sellable products among `product_ids`."""
    return [_product(row) for row in session.execute(_products().where(Product.id.in_(product_ids)))]


def batches_of(definition: IndexDefinition) -> Iterator[list[Document]]:
    """Read everything an index holds, some thousands at a time by id."""
    for source in SOURCES[definition]:
        yield from _by_id(source.rows(), source.key, source.document)


def count_of(definition: IndexDefinition) -> int:
    """Count what an index will hold."""
    return sum(_count(source.rows()) for source in SOURCES[definition])


def _count(query: Select[*tuple[Any, ...]]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _by_id(query: Select[*tuple[Any, ...]], key: Any, document: Any) -> Iterator[list[Document]]:
    last = 0
    while True:
        rows = session.execute(query.where(key > last).order_by(key).limit(READ)).all()
        if not rows:
            return
        last = rows[-1].id
        yield [document(row) for row in rows]


def _products() -> Select[*tuple[Any, ...]]:
    references = (
        select(func.array_agg(ProductReference.reference))
        .where(ProductReference.product_id == Product.id, ProductReference.kind != "ean")
        .correlate(Product)
        .scalar_subquery()
    )
    return (
        select(
            Product.id,
            Product.name,
            Product.side,
            Product.reference,
            Product.fitment_group_id,
            Product.is_universal,
            Product.brand_id,
            Brand.name.label("brand"),
            Product.gamme_id,
            Gamme.name.label("gamme"),
            Gamme.drawing,
            Family.name.label("family"),
            references.label("references"),
            Product.price_cents,
            (StockItem.on_hand - StockItem.reserved).label("available"),
        )
        .outerjoin(Product.stock)
        .join(Product.brand)
        .join(Product.gamme)
        .join(Gamme.family)
        .where(Product.is_displayed, Product.price_cents.is_not(None))
        .where(Brand.is_displayed, Gamme.is_displayed, Family.is_displayed)
    )


def _product(row: Any) -> Document:
    return {
        "id": row.id,
        "name": row.name,
        "side": row.side,
        "reference": row.reference,
        "references": row.references or [],
        "brand": row.brand,
        "brand_id": row.brand_id,
        "gamme": row.gamme,
        "gamme_id": row.gamme_id,
        "family": row.family,
        "drawing": row.drawing,
        "price_range": price_range_of(row.price_cents),
        "in_stock": not is_tracked() or (row.available or 0) > 0,
        "fit_key": FITS_ANY if row.is_universal else row.fitment_group_id or FITS_UNKNOWN,
    }


def _gammes() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Gamme.id,
            Gamme.alias,
            Gamme.name,
            Gamme.plural_name,
            Gamme.drawing,
            Gamme.is_top,
            Gamme.level,
            Family.name.label("family"),
            Family.position.label("family_position"),
            Gamme.position,
        )
        .join(Gamme.family)
        .where(Gamme.is_displayed, Family.is_displayed)
    )


def _gamme(row: Any) -> Document:
    return {
        "id": row.id,
        "alias": row.alias,
        "name": row.name,
        "plural_name": row.plural_name,
        "family": row.family,
        "drawing": row.drawing,
        "rank": 0 if row.is_top else row.level,
        "place": row.family_position * 10_000 + row.position,
    }


def _models() -> Select[*tuple[Any, ...]]:
    return (
        select(
            VehicleModel.id,
            VehicleModel.alias,
            VehicleModel.name,
            VehicleModel.year_from,
            VehicleModel.year_to,
            *_make_columns(),
        )
        .join(VehicleModel.make)
        .where(VehicleModel.is_displayed, Make.is_displayed)
    )


def _types() -> Select[*tuple[Any, ...]]:
    engine_codes = (
        select(func.array_agg(EngineCode.code))
        .where(EngineCode.type_id == VehicleType.id)
        .correlate(VehicleType)
        .scalar_subquery()
    )
    return (
        select(
            VehicleType.id,
            VehicleType.alias,
            VehicleType.name,
            VehicleType.fuel,
            VehicleType.power_hp,
            func.extract("year", VehicleType.produced_from).label("year_from"),
            func.extract("year", VehicleType.produced_to).label("year_to"),
            VehicleModel.id.label("model_id"),
            VehicleModel.alias.label("model_alias"),
            VehicleModel.name.label("model"),
            engine_codes.label("engine_codes"),
            *_make_columns(),
        )
        .join(VehicleType.model)
        .join(VehicleModel.make)
        .where(VehicleType.is_displayed, VehicleModel.is_displayed, Make.is_displayed)
    )


def _make_columns() -> tuple[Any, ...]:
    return (
        Make.id.label("make_id"),
        Make.alias.label("make_alias"),
        Make.name.label("make"),
        Make.is_top.label("make_is_top"),
    )


def _model(row: Any) -> Document:
    return {
        "id": f"model-{row.id}",
        "rank": 0,
        "label": f"{row.make} {short_model_name(row.name)}",
        "length": len(short_model_name(row.name)),
        "spoken": f"{row.make} {spoken_model_name(row.name)}",
        "codes": row.name,
        "model": [row.alias, row.id],
        "type": None,
        **_of_make(row),
    }


def _type(row: Any) -> Document:
    return {
        "id": f"type-{row.id}",
        "rank": 1,
        "label": f"{row.make} {short_model_name(row.model)} {row.name} {row.power_hp} ch",
        "spoken": f"{row.make} {spoken_model_name(row.model)} {row.name} {row.power_hp} ch",
        "length": len(short_model_name(row.model)) + len(row.name),
        "codes": row.model,
        "fuel": row.fuel,
        "engine_codes": row.engine_codes or [],
        "model": [row.model_alias, row.model_id],
        "type": [row.alias, row.id],
        **_of_make(row),
    }


def _of_make(row: Any) -> Document:
    return {
        "make": [row.make_alias, row.make_id],
        "make_rank": 0 if row.make_is_top else 1,
        "year_from": int(row.year_from),
        "year_to": int(row.year_to) if row.year_to else None,
    }


def hold_transaction_open() -> None:
    """Let this transaction wait longer between two statements than a request may: the engine works meanwhile."""
    session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


@dataclass(frozen=True)
class Source:
    """Rows that become documents of an index, read in the order of their key."""

    rows: Callable[[], Select[*tuple[Any, ...]]]
    key: Any
    document: Callable[[Any], Document]


# An index more is a definition above, its documents, and a line here.
SOURCES: Mapping[IndexDefinition, Sequence[Source]] = {
    PRODUCTS: (Source(_products, Product.id, _product),),
    GAMMES: (Source(_gammes, Gamme.id, _gamme),),
    VEHICLES: (Source(_models, VehicleModel.id, _model), Source(_types, VehicleType.id, _type)),
}
