"""The cache as staff and probes see it (spec/cache.md), and the names that the old front end has for it."""

import time
from typing import Annotated, Literal

from flask import Blueprint
from pydantic import BaseModel, Field, StringConstraints

from api.contract import Answer, operation
from services import cache_care
from services.catalog import get_family, get_gamme
from web.auth import level_required, staff_actor

bp = Blueprint("cache", __name__)
TAG = "Cache"
Pattern = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Tag = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(:[a-z0-9_]+){0,2}$", max_length=80)]


class CacheFigures(BaseModel):
    """How the cache is doing; `hitRate` is a part of one, null before the first answer."""

    connected: bool
    hits: int
    staleHits: int
    misses: int
    hitRate: float | None
    keyCount: int
    memory: int = Field(description="Octets.")
    maxMemory: int = Field(description="Octets ; zéro : sans limite.")
    evicted: int
    uptime: int = Field(description="Secondes depuis le démarrage du serveur de cache.")
    version: str

    @classmethod
    def now(cls) -> "CacheFigures":
        """Read them."""
        stats = cache_care.get_cache_stats()
        return cls(
            connected=stats.is_connected,
            hits=stats.hits,
            staleHits=stats.stale_hits,
            misses=stats.misses,
            hitRate=None if stats.hit_ratio is None else round(stats.hit_ratio, 4),
            keyCount=stats.keys,
            memory=stats.memory_bytes,
            maxMemory=stats.max_memory_bytes,
            evicted=stats.evicted,
            uptime=stats.uptime_seconds,
            version=stats.version,
        )


class RedisHealth(BaseModel):
    """The cache's server, without a word on where it is."""

    connected: bool
    latency: float = Field(description="Millisecondes.")
    memoryUsage: int
    maxMemory: int
    usagePercent: float


class CacheHealth(BaseModel):
    """`degraded`: pages are made each time."""

    status: Literal["ok", "degraded"]
    redis: RedisHealth


class Clearing(BaseModel):
    """What to clear: what matches, or everything once it is confirmed."""

    pattern: Pattern | None = None
    confirm: bool = False


class Cleared(BaseModel):
    """How many entries went, and how long it took, in milliseconds."""

    keysDeleted: int
    duration: float


class ScopeClearing(BaseModel):
    """What to clear, by name."""

    scope: Literal["all", "catalog", "home", "gammes", "products", "vehicles", "brands", "content", "api", "data"]


class ScopesCleared(BaseModel):
    """What was cleared."""

    cleared: list[str]
    keysDeleted: int


class Invalidation(BaseModel):
    """Entries by key, by pattern and by tag, a thousand of each at most."""

    keys: list[Annotated[str, StringConstraints(min_length=1, max_length=500)]] = Field(default=[], max_length=1000)
    patterns: list[Pattern] = Field(default=[], max_length=1000)
    tags: list[Tag] = Field(default=[], max_length=1000)


class Invalidated(BaseModel):
    """How many entries went; `details` says by what."""

    keysInvalidated: int
    patternsProcessed: int
    tagsProcessed: int
    details: dict[str, int]


class WarmUp(BaseModel):
    """Whether a worker was asked."""

    queued: bool


class KeyQuery(BaseModel):
    """Which keys."""

    pattern: Pattern = "*"
    limit: int = Field(default=100, ge=1, le=1000)
    cursor: int = Field(default=0, ge=0, le=2**63)


class Key(BaseModel):
    """One key; `ttl` in seconds, null when it does not end by itself; `size` in bytes."""

    key: str
    type: str
    ttl: int | None
    size: int


class KeyCursor(BaseModel):
    """Where the list goes on."""

    returned: int
    nextCursor: int
    hasMore: bool


class Keys(BaseModel):
    """A piece of the list of keys."""

    keys: list[Key]
    pagination: KeyCursor


@bp.get("/api/cache/stats")
@level_required(7)
@operation(Answer[CacheFigures], tag=TAG, refusals=(401, 403), login=True)
def stats() -> Answer[CacheFigures]:
    """Lire l'état du cache."""
    return Answer(data=CacheFigures.now())


@bp.get("/api/catalog/cache/stats")
@level_required(7)
@operation(Answer[CacheFigures], tag=TAG, refusals=(401, 403), login=True)
def catalog_stats() -> Answer[CacheFigures]:
    """Lire l'état du cache, sous son nom d'avant."""
    return Answer(data=CacheFigures.now())


@bp.get("/api/cache/health")
@operation(Answer[CacheHealth], tag=TAG)
def health() -> Answer[CacheHealth]:
    """Dire si le cache répond."""
    found = cache_care.get_cache_stats()
    used = 100 * found.memory_bytes / found.max_memory_bytes if found.max_memory_bytes else 0.0
    redis = RedisHealth(
        connected=found.is_connected,
        latency=found.latency_ms,
        memoryUsage=found.memory_bytes,
        maxMemory=found.max_memory_bytes,
        usagePercent=round(used, 1),
    )
    return Answer(data=CacheHealth(status="ok" if found.is_connected else "degraded", redis=redis))


@bp.post("/api/cache/clear")
@level_required(8)
@operation(Answer[Cleared], tag=TAG, refusals=(401, 403), login=True)
def clear(json: Clearing) -> Answer[Cleared]:
    """Vider ce qui répond à un motif (niveau 8), ou tout le cache une fois confirmé (niveau 9)."""
    began = time.perf_counter()
    if json.pattern is None or not json.pattern.strip("*?"):
        gone = cache_care.clear_all(by=staff_actor(9), is_meant=json.confirm)
    else:
        gone = cache_care.clear_matching(json.pattern, by=staff_actor())
    return Answer(data=Cleared(keysDeleted=gone, duration=round((time.perf_counter() - began) * 1000, 1)))


@bp.post("/api/admin/cache/clear")
@level_required(9)
@operation(Answer[ScopesCleared], tag=TAG, refusals=(401, 403), login=True)
def clear_scope(json: ScopeClearing) -> Answer[ScopesCleared]:
    """Vider une partie du cache par son nom."""
    names = cache_care.SCOPES[json.scope]
    gone = cache_care.clear_sections(names, by=staff_actor())
    return Answer(data=ScopesCleared(cleared=list(names), keysDeleted=gone))


@bp.post("/api/cache/warmup")
@level_required(8)
@operation(Answer[WarmUp], tag=TAG, status=202, refusals=(401, 403), login=True)
def warm_up() -> tuple[Answer[WarmUp], int]:
    """Demander que les pages les plus vues soient préparées."""
    return Answer(data=WarmUp(queued=cache_care.ask_for_warm_up())), 202


@bp.delete("/api/cache/invalidate")
@level_required(8)
@operation(Answer[Invalidated], tag=TAG, refusals=(401, 403), login=True)
def invalidate(json: Invalidation) -> Answer[Invalidated]:
    """Vider par clés, motifs et étiquettes."""
    gone = cache_care.invalidate(json.keys, json.patterns, json.tags, by=staff_actor())
    return Answer(
        data=Invalidated(
            keysInvalidated=sum(gone.values()),
            patternsProcessed=len(json.patterns),
            tagsProcessed=len(json.tags),
            details=gone,
        )
    )


@bp.get("/api/cache/keys")
@level_required(9)
@operation(Answer[Keys], tag=TAG, refusals=(401, 403), login=True)
def keys(query: KeyQuery) -> Answer[Keys]:
    """Lister les clés."""
    found = cache_care.list_cached_keys(query.pattern, cursor=query.cursor, limit=query.limit)
    listed = [Key(key=one.key, type=one.type, ttl=one.seconds_left, size=one.bytes) for one in found.keys]
    cursor = KeyCursor(returned=len(listed), nextCursor=found.next_cursor, hasMore=found.next_cursor != 0)
    return Answer(data=Keys(keys=listed, pagination=cursor))


@bp.delete("/api/catalog/cache")
@level_required(8)
@operation(Answer[ScopesCleared], tag=TAG, refusals=(401, 403), login=True)
def clear_catalog() -> Answer[ScopesCleared]:
    """Vider tout ce qui montre le catalogue."""
    return Answer(
        data=ScopesCleared(cleared=["catalog"], keysDeleted=cache_care.clear_tag("catalog", by=staff_actor()))
    )


@bp.delete("/api/catalog/cache/famille/<int:id>")
@level_required(8)
@operation(Answer[ScopesCleared], tag=TAG, refusals=(401, 403, 404), login=True)
def clear_family(id: int) -> Answer[ScopesCleared]:
    """Vider les pages d'une famille."""
    tag = f"family:{get_family(id).id}"
    return Answer(data=ScopesCleared(cleared=[tag], keysDeleted=cache_care.clear_tag(tag, by=staff_actor())))


@bp.delete("/api/catalog/cache/gamme/<int:pg_id>")
@level_required(8)
@operation(Answer[ScopesCleared], tag=TAG, refusals=(401, 403, 404), login=True)
def clear_gamme(pg_id: int) -> Answer[ScopesCleared]:
    """Vider les pages d'une gamme."""
    tag = f"gamme:{get_gamme(pg_id).id}"
    return Answer(data=ScopesCleared(cleared=[tag], keysDeleted=cache_care.clear_tag(tag, by=staff_actor())))
