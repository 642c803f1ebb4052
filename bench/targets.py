"""Decision 28, line by line: what is asked for and whether it was reached."""

from dataclasses import dataclass

from bench.measures import Measured

KILOBYTE = 1024


@dataclass(frozen=True)
class Line:
    """One target: what, how much at most (or at least), what was measured."""

    name: str
    asked: str
    found: str
    is_met: bool


def judge(measured: Measured, growth: dict[str, float]) -> list[Line]:
    """Return every target with its answer."""
    lines = [
        _at_least(f"{kind}, from the cache / bare ok", 0.5, page.ratio, hits=page.hits)
        for kind, page in measured.cached.items()
    ]
    lines += [
        _at_most(f"{kind}, rendered, p95 of the server", 25, measured.rendered[kind].server_p95_ms, "ms")
        for kind in ("product", "gamme_vehicle")
    ]
    lines += [
        _at_most(f"{kind}, queries", 8, measured.rendered[kind].queries, "") for kind in ("product", "gamme_vehicle")
    ]
    lines += [
        _at_most("search by reference, p95", 30, measured.search["reference"].p95_ms, "ms"),
        _at_most("search by words with facets, p95", 30, measured.search["words_facets"].p95_ms, "ms"),
        _at_most("suggestions, p95", 20, measured.search["suggest"].p95_ms, "ms"),
        _at_most("adding to the cart, p95 of the server", 15, measured.cart_add.server_p95_ms, "ms"),
    ]
    lines += [
        _at_most(f"{kind}, HTML compressed", 20, times.bytes_compressed / KILOBYTE, "KB")
        for kind, times in measured.rendered.items()
    ]
    lines += [_at_most(f"{kind}, p95 full / medium", 1.5, ratio, "×") for kind, ratio in growth.items()]
    return lines


def _at_most(name: str, limit: float, found: float, unit: str) -> Line:
    return Line(name, f"≤ {limit:g} {unit}".strip(), f"{found:.1f} {unit}".strip(), found <= limit)


def _at_least(name: str, limit: float, found: float, *, hits: bool) -> Line:
    said = f"{found:.2f}" if hits else f"{found:.2f}, not every answer came from the cache"
    return Line(name, f"≥ {limit:g}", said, found >= limit and hits)
