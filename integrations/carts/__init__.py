"""Where carts lie between visits: interface, Redis provider, fake."""

from integrations.carts.fake import FakeCartStore
from integrations.carts.interface import CartStore, StoredCart, StoredItem
from integrations.carts.redis_provider import RedisCartStore
from integrations.provided import Provided

carts: Provided[CartStore] = Provided(RedisCartStore)

__all__ = ["CartStore", "FakeCartStore", "RedisCartStore", "StoredCart", "StoredItem", "carts"]
