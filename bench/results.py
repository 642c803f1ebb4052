"""bench/results.json: the figures of the last run, in the shape that other programs read."""

import json
from pathlib import Path
from typing import Any

from bench.measures import Measured

PATH = Path(__file__).with_name("results.json")


def growth_of(medium: Measured | None, full: Measured | None) -> dict[str, float]:
    """Return how much slower the p95 of each rendered page is at full size than at medium."""
    if medium is None or full is None:
        return {}
    return {kind: full.rendered[kind].server_p95_ms / medium.rendered[kind].server_p95_ms for kind in full.rendered}


def write(measured: Measured, growth: dict[str, float]) -> None:
    """Write the file anew."""
    PATH.write_text(json.dumps(_rounded(_content(measured, growth)), indent=2) + "\n")


def _content(measured: Measured, growth: dict[str, float]) -> dict[str, Any]:
    return {
        "size": measured.size,
        "limit_rps": measured.limit.rps,
        "pages": {
            kind: {
                "cached_rps": page.load.rps,
                "cached_ratio": page.ratio,
                "cached_p95_ms": page.load.p95_ms,
                "uncached_server_p95_ms": measured.rendered[kind].server_p95_ms,
                "queries": measured.rendered[kind].queries,
                "bytes_compressed": measured.rendered[kind].bytes_compressed,
            }
            for kind, page in measured.cached.items()
        },
        "search": {kind: {"p50_ms": times.p50_ms, "p95_ms": times.p95_ms} for kind, times in measured.search.items()},
        "cart_add": {"p95_ms": measured.cart_add.server_p95_ms},
        "growth": growth,
        "memory_mb_per_worker": measured.memory_mb,
        "load_seconds": measured.load_seconds,
        "index_seconds": measured.index_seconds,
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return value
