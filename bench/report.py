"""The tables: on the terminal, and as docs/performance.md with its chart."""

from collections.abc import Sequence
from pathlib import Path

from bench.chart import bars
from bench.measures import Measured
from bench.targets import Line

DOCS = Path(__file__).parent.parent / "docs"
CHART = DOCS / "pictures" / "performance.svg"
RENDERED_TARGET_MS = 25


def lines_of(measured: Measured) -> list[list[str]]:
    """Return the rows of the table of one size, its head first."""
    head = ["page", "req/s", "of ok", "p50 ms", "p95 ms", "p99 ms", "server p50", "server p95", "queries", "KB gzip"]
    limit = measured.limit
    rows = [head, ["bare ok", *_load(limit.rps, 1.0, limit.p50_ms, limit.p95_ms, limit.p99_ms), "", "", "0", ""]]
    for kind, page in measured.cached.items():
        load = page.load
        loaded = _load(load.rps, page.ratio, load.p50_ms, load.p95_ms, load.p99_ms)
        rows.append([f"{kind}, cached", *loaded, "", "", "0", ""])
    timed = {f"{kind}, rendered": times for kind, times in measured.rendered.items()}
    timed |= {f"search, {kind}": times for kind, times in measured.search.items()}
    timed |= {"add to cart": measured.cart_add, "back office, products": measured.staff_list}
    for name, times in timed.items():
        server = [f"{times.server_p50_ms:.1f}", f"{times.server_p95_ms:.1f}"]
        weight = [str(times.queries), f"{times.bytes_compressed / 1024:.1f}"]
        rows.append([name, "", "", f"{times.p50_ms:.1f}", f"{times.p95_ms:.1f}", "", *server, *weight])
    return rows


def _load(rps: float, ratio: float, *times: float) -> list[str]:
    return [f"{rps:.0f}", f"{ratio:.2f}", *(f"{time:.1f}" for time in times)]


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table for a terminal, numbers to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]

    def line(row: Sequence[str]) -> str:
        first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        return "  ".join([first.strip().ljust(widths[0]), *others])

    return "\n".join(map(line, rows))


def write(every: dict[str, Measured], targets: Sequence[Line], about: str) -> None:
    """Write docs/performance.md and its chart."""
    sizes = list(every)
    values = {
        kind: {size: measured.rendered[kind].server_p95_ms for size, measured in every.items()}
        for kind in every[sizes[-1]].rendered
    }
    CHART.write_text(bars("Rendered pages, p95 of server time", "ms", RENDERED_TARGET_MS, values, sizes))
    DOCS.joinpath("performance.md").write_text(_page(every, targets, about))


HOW = """Pages are served by granian with two workers while the load comes from the same two cores, so compare figures
of one run with each other, not with another machine's. *Cached* pages are pressed by 16 connections; *rendered* ones
(the cache switched off), searches and forms are asked for one after the other, over up to 200 addresses drawn from
the whole catalogue. `of ok` is the share of the requests per second of a Flask application that only says ok, measured
before and after, the better of the two."""


def _page(every: dict[str, Measured], targets: Sequence[Line], about: str) -> str:
    judged = [[one.name, one.asked, one.found, "yes" if one.is_met else "**no**"] for one in targets]
    parts = [
        "# Performance",
        "",
        f"Written by `make bench SIZE={list(every)[-1]}` on {about}.",
        HOW,
        "",
        "![p95 of the server time of rendered pages at each size](pictures/performance.svg)",
        "",
        "## Targets (decision 28)",
        "",
        *_markdown([["target", "asked", "measured", "met"], *judged]),
    ]
    for size, measured in every.items():
        parts += ["", f"## Size {size}", "", *_markdown(lines_of(measured)), ""]
        parts.append(
            f"Loaded in {measured.load_seconds:.0f} s, indexed in {measured.index_seconds:.0f} s;"
            f" {measured.memory_mb:.0f} MB of memory per web worker after the load."
        )
    return "\n".join(parts) + "\n"


def _markdown(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *others = rows
    rule = ["---", *("---:" for _cell in head[1:])]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *others)]
