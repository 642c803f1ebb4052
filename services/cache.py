"""The cache follows the shop: what a change spoils is purged after its commit."""

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select

from integrations.cache import cache
from models import spoils
from models.catalog import Product
from models.database import session

T = TypeVar("T")


def spoil(*tags: str) -> None:
    """Purge these tags of the cache once the current transaction has committed; a rollback forgets them.

    Needed where rows change by a bulk statement; what the ORM flushes follows by itself (models/spoils.py). Tags:
    `catalog` (all of it), `menu`, `brands`, `makes`, `settings`, `texts`, `ranges`, `products` and, by id,
    `product:{id}`, `gamme:{id}`, `family:{id}`, `brand:{id}`, `make:{id}`, `model:{id}`, `type:{id}`.
    """
    spoils.spoil(*tags)


def spoil_products(product_ids: Iterable[int]) -> None:
    """Purge, after the commit, the pages of these products and the lists of their gammes: stock, price, criteria."""
    ids = set(product_ids)
    if not ids:
        return
    gammes = session.scalars(select(Product.gamme_id).where(Product.id.in_(ids)).distinct())
    spoil(
        "products",
        *(f"product:{product_id}" for product_id in ids),
        *(f"gamme:{gamme_id}" for gamme_id in gammes),
    )


def remember(key: str, load: Callable[[], T], shape: TypeAdapter[T], *, tags: Collection[str], seconds: int) -> T:
    """Return what `load` reads from the database, from the cache when it is there; kept as JSON under `tags`.

    A transaction that has spoiled one of the tags itself reads the database, and leaves the cache alone.
    """
    if spoils.has_spoiled(tags):
        return load()
    name = f"data:{key}"
    if stored := cache().read(name):
        try:
            return shape.validate_json(stored)
        except ValidationError:
            # Another release wrote it in another shape.
            cache().purge_keys([name])
    build = cache().begin(name)
    value = load()
    if build:
        cache().store(build, shape.dump_json(value), tags=tags, seconds=seconds)
    return value


def purge_what_is_spoiled() -> None:
    """Have this process purge the cache after each commit that spoils something; to be called once when it starts."""
    spoils.when_committed(_purge)


def _purge(tags: set[str]) -> None:
    cache().purge(tags)
