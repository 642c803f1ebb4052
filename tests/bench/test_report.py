"""The bench tells what it measured: targets, growth, table and chart."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from bench import report, results
from bench.clock import Answer, Times, percentile, sum_up
from bench.load import Load
from bench.measures import CachedPage, Measured
from bench.targets import judge

KINDS = ("home", "family", "gamme", "gamme_vehicle", "product")


def times(p95: float, **changes: int) -> Times:
    found = Times(200, p95 / 2, p95, p95 * 2, p95 / 2, p95, p95 / 4, 6, 5 * 1024)
    return replace(found, **changes)  # type: ignore[arg-type]


def measured(size: str, p95: float = 20.0, ratio: float = 0.8) -> Measured:
    load = Load(8000 * ratio, 1.0, 2.0, 3.0)
    return Measured(
        size=size,
        load_seconds=30.0,
        index_seconds=10.0,
        limit=Load(8000.0, 1.0, 2.0, 3.0),
        cached={kind: CachedPage(load, ratio, hits=True) for kind in KINDS},
        rendered={kind: times(p95) for kind in KINDS},
        search={kind: times(p95) for kind in ("reference", "words_facets", "suggest")},
        cart_add=times(p95 / 2),
        staff_list=times(p95),
        memory_mb=180.0,
    )


def test_it_takes_the_percentiles_of_what_was_asked() -> None:
    answers = [Answer(float(ms), ms + 1.0, 0.5, ms % 7, ms * 10) for ms in range(1, 101)]

    found = sum_up(answers)

    assert (found.count, found.queries, found.bytes_compressed) == (100, 6, 1000)
    assert found.server_p50_ms == pytest.approx(50.5)
    assert found.server_p95_ms == pytest.approx(95.05)
    assert found.p95_ms == pytest.approx(96.05)
    assert percentile([3.0], 95) == 3.0


def test_every_target_is_met_by_a_quick_shop() -> None:
    assert all(line.is_met for line in judge(measured("full"), {"product": 1.2}))


@pytest.mark.parametrize(
    ("slow", "growth", "named"),
    [
        (measured("full", p95=25.1), {}, "product, rendered, p95 of the server"),
        (measured("full", ratio=0.49), {}, "home, from the cache / bare ok"),
        (measured("full"), {"gamme": 1.6}, "gamme, p95 full / medium"),
    ],
)
def test_a_target_that_is_missed_says_so(slow: Measured, growth: dict[str, float], named: str) -> None:
    missed = {line.name for line in judge(slow, growth) if not line.is_met}

    assert named in missed


def test_a_page_that_was_not_cached_misses_its_target_however_fast() -> None:
    shop = measured("small")
    shop.cached["home"] = replace(shop.cached["home"], hits=False)

    line = next(line for line in judge(shop, {}) if line.name.startswith("home, from the cache"))

    assert not line.is_met
    assert "not every answer came from the cache" in line.found


def test_growth_compares_full_with_medium() -> None:
    assert results.growth_of(measured("medium", p95=10.0), measured("full", p95=12.0))["product"] == pytest.approx(1.2)
    assert results.growth_of(None, measured("full")) == {}


def test_it_writes_the_page_the_chart_and_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "DOCS", tmp_path)
    monkeypatch.setattr(report, "CHART", tmp_path / "chart.svg")
    monkeypatch.setattr(results, "PATH", tmp_path / "results.json")
    every = {"medium": measured("medium"), "full": measured("full", p95=30.0)}
    growth = results.growth_of(every["medium"], every["full"])

    report.write(every, judge(every["full"], growth), "2026-11-22")
    results.write(every["full"], growth)

    page = (tmp_path / "performance.md").read_text()
    assert "| product, rendered, p95 of the server | ≤ 25 ms | 30.0 ms | **no** |" in page
    assert "## Size medium" in page
    assert ET.fromstring((tmp_path / "chart.svg").read_text()).tag.endswith("svg")
    written = json.loads((tmp_path / "results.json").read_text())
    assert set(written) == {
        "size", "limit_rps", "pages", "search", "cart_add", "growth", "memory_mb_per_worker", "load_seconds",
        "index_seconds",
    }  # fmt: skip
    assert set(written["pages"]) == set(KINDS)
    assert written["pages"]["product"]["uncached_server_p95_ms"] == 30.0
    assert written["growth"]["product"] == 1.5
