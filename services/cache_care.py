"""Looking after the cache: how it does, what can be cleared, and making the busiest pages again afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from domain.errors import ShopError
from domain.orders import Actor
from integrations.cache import CacheStats, KeyPage, cache
from integrations.queue import queue
from services.catalog import list_families, list_menu, list_top_gammes
from services.staff import record_change

log = structlog.get_logger()
WARM_JOB = "jobs.cache.warm_cache"
WARM_GAMMES = 20

# What staff clear by name. A page's key is « page:release:variant:vehicle:path?query » (web/page_keys.py).
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "home": ("page:*:/[?]*",),
    "gammes": ("page:*:/pieces*", "page:*:/familles/*"),
    "products": ("page:*:/piece/*",),
    "vehicles": ("page:*:/constructeurs*",),
    "brands": ("page:*:/equipementiers*",),
    "content": ("page:*:/informations/*",),
    "api": ("page:*:/api/*",),
    "data": ("data:*",),
}
# The names that the old front end uses for them (POST /api/admin/cache/clear).
SCOPES: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in SECTIONS},
    "catalog": ("gammes", "products", "vehicles", "brands", "home", "api", "data"),
    "all": tuple(SECTIONS),
}


class ConfirmFirst(ShopError):
    """All of the cache would be cleared without the word that this is meant."""

    status = 400
    code = "VALIDATION_ERROR"


@dataclass(frozen=True)
class WarmPaths:
    """What is worth making before anybody asks: ids of families and of the gammes put forward."""

    families: Sequence[tuple[str, int]]
    gammes: Sequence[tuple[str, int]]


def get_cache_stats() -> CacheStats:
    """Return how the cache is doing; not connected when its server is away."""
    return cache().stats()


def list_cached_keys(pattern: str, *, cursor: int, limit: int) -> KeyPage:
    """List the keys that match a pattern of `*` and `?`, from a cursor on; about `limit` of them."""
    return cache().list_keys(pattern, cursor=cursor, limit=limit)


def clear_sections(names: Sequence[str], *, by: Actor) -> int:
    """Clear sections of the cache by name and return how many entries went; raises KeyError for an unknown one."""
    cleared = sum(cache().purge_matching(pattern) for name in names for pattern in SECTIONS[name])
    _note(by, "cache.clear", {"sections": list(names), "cleared": cleared})
    return cleared


def clear_all(*, by: Actor, is_meant: bool) -> int:
    """Clear the whole cache, nothing else in its database; raises ConfirmFirst when it is not `is_meant`."""
    if not is_meant:
        raise ConfirmFirst("Confirmez que tout le cache doit être vidé.", field="confirm")
    cleared = cache().purge_matching("*")
    _note(by, "cache.clear", {"pattern": "*", "cleared": cleared})
    return cleared


def clear_matching(pattern: str, *, by: Actor) -> int:
    """Clear the entries whose key matches; a pattern of stars alone is everything: raises ConfirmFirst."""
    if not pattern.strip("*?"):
        raise ConfirmFirst("Ce motif désigne tout le cache : confirmez-le, ou précisez-le.", field="pattern")
    cleared = cache().purge_matching(pattern)
    _note(by, "cache.clear", {"pattern": pattern, "cleared": cleared})
    return cleared


def invalidate(keys: Sequence[str], patterns: Sequence[str], tags: Sequence[str], *, by: Actor) -> dict[str, int]:
    """Clear entries by key, pattern and tag, and return how many went by each; raises ConfirmFirst for « * »."""
    if any(not pattern.strip("*?") for pattern in patterns):
        raise ConfirmFirst("Un motif qui désigne tout le cache n'est pas accepté ici.", field="patterns")
    cleared = {
        "keys": cache().purge_keys(keys),
        "patterns": sum(cache().purge_matching(pattern) for pattern in patterns),
        "tags": cache().purge(tags) if tags else 0,
    }
    _note(by, "cache.invalidate", {"keys": len(keys), "patterns": list(patterns), "tags": list(tags), **cleared})
    return cleared


def clear_tag(tag: str, *, by: Actor) -> int:
    """Clear everything under one tag, such as `gamme:402`, and return how many entries went."""
    return invalidate([], [], [tag], by=by)["tags"]


def ask_for_warm_up() -> bool:
    """Have a worker make the busiest pages; False when the queue is away, and visitors make them themselves."""
    try:
        queue().enqueue(WARM_JOB, key="warm-cache")
    except ConnectionError as error:
        log.warning("cache.not_warmed", error=str(error))
        return False
    return True


def list_warm_things() -> WarmPaths:
    """List what is worth making first: every family, and the gammes put forward, else the first of the menu."""
    gammes = list_top_gammes(WARM_GAMMES) or [gamme for family in list_menu() for gamme in family.gammes]
    return WarmPaths(
        families=[(family.alias, family.id) for family in list_families()],
        gammes=[(gamme.alias, gamme.id) for gamme in gammes[:WARM_GAMMES]],
    )


def _note(by: Actor, action: str, what: dict[str, object]) -> None:
    record_change(by=by, action=action, subject_kind="cache", subject_id=0, before={}, after=what)
