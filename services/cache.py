"""The cache follows the shop: what a change spoils is purged after its commit."""

from collections.abc import Iterable

from sqlalchemy import select

from integrations.cache import cache
from models import spoils
from models.catalog import Product
from models.database import session


def spoil(*tags: str) -> None:
    """Purge these tags of the cache once the current transaction has committed; a rollback forgets them.

    Needed where rows change by a bulk statement; what the ORM flushes follows by itself (models/spoils.py). Tags:
    `catalog` (all of it), `menu`, `brands`, `makes`, `settings`, `texts`, `ranges` and, by id, `product:{id}`,
    `gamme:{id}`, `family:{id}`, `brand:{id}`, `make:{id}`, `model:{id}`, `type:{id}`.
    """
    spoils.spoil(*tags)


def spoil_products(product_ids: Iterable[int]) -> None:
    """Purge, after the commit, the pages of these products and the lists of their gammes: stock, price, criteria."""
    ids = set(product_ids)
    if not ids:
        return
    gammes = session.scalars(select(Product.gamme_id).where(Product.id.in_(ids)).distinct())
    spoil(*(f"product:{product_id}" for product_id in ids), *(f"gamme:{gamme_id}" for gamme_id in gammes))


def purge_what_is_spoiled() -> None:
    """Have this process purge the cache after each commit that spoils something; to be called once when it starts."""
    spoils.when_committed(_purge)


def _purge(tags: set[str]) -> None:
    cache().purge(tags)
