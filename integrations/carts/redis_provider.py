"""Carts in Redis under `cart:{owner}`, 7 days sliding (spec/cart.md)."""

from collections.abc import Callable

from redis.exceptions import RedisError, WatchError

from integrations.carts.interface import StoredCart
from integrations.redis_connections import lasting_redis

LIFETIME_SECONDS = 7 * 86400


class RedisCartStore:
    """Carts as JSON documents; concurrent changes are retried on the newer document."""

    def load(self, owner: str) -> StoredCart:
        """Return the owner's cart; raises ConnectionError when Redis is away."""
        try:
            document = lasting_redis().get(_key(owner))
        except RedisError as error:
            raise ConnectionError(str(error)) from error
        return _read(document)

    def change(self, owner: str, edit: Callable[[StoredCart], None]) -> StoredCart:
        """Apply `edit` under optimistic locking; raises ConnectionError when Redis is away."""
        key = _key(owner)
        try:
            with lasting_redis().pipeline() as pipe:
                while True:
                    try:
                        pipe.watch(key)  # type: ignore[no-untyped-call]
                        cart = _read(pipe.get(key))
                        edit(cart)
                        pipe.multi()
                        pipe.set(key, cart.model_dump_json(), ex=LIFETIME_SECONDS)
                        pipe.execute()
                        return cart
                    except WatchError:
                        continue
        except RedisError as error:
            raise ConnectionError(str(error)) from error

    def delete(self, owner: str) -> None:
        """Forget the cart; raises ConnectionError when Redis is away."""
        try:
            lasting_redis().delete(_key(owner))
        except RedisError as error:
            raise ConnectionError(str(error)) from error


def _key(owner: str) -> str:
    return f"cart:{owner}"


def _read(document: object) -> StoredCart:
    return StoredCart.model_validate_json(document) if isinstance(document, str) else StoredCart()
